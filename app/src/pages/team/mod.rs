//! One team: what it owns and whether that is so, what it uses of the platform, what it built, what others use of its.
//! People are counted, never named.
mod branches;
pub mod head;
pub mod platform;
pub mod tree;
pub mod work;

use crate::{
    api::{ApiError, get},
    components::load::loading,
    url::{PageUrl, encoded},
};
use head::Head;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;
use platform::{Builds, Serves, Uses};
use shared::api::{Page, TeamDetail, TeamItem};
use work::{Owns, WorksOn};

/// The API's path of the list.
const API: &str = "/api/v1/teams";
/// Teams asked for at a time, and pages at most: an organisation is shown as a whole.
const LIMIT: &str = "200";
const PAGES: usize = 10;

#[component]
pub fn TeamPage() -> impl IntoView {
    let of = |key: &str| use_params_map().with_untracked(|params| encoded(&params.get(key).unwrap_or_default()));
    let path = format!("{API}/{}/{}", of("namespace"), of("name"));
    loading(async move {
        let team = get::<TeamDetail>(path).await?;
        // The names of parents and children; without them the page is only shorter.
        let others = all(PageUrl::new(API, Vec::new())).await.map(|page| page.items).unwrap_or_default();
        let title = format!("{} · Teams · Waymark", team.item.title);
        Ok(view! {
            <Title text=title/>
            <Team team others/>
        }
        .into_any())
    })
}

/// The page from its answers.
#[component]
fn Team(team: TeamDetail, others: Vec<TeamItem>) -> impl IntoView {
    let me = team.item.team.clone();
    view! {
        <Head team=team.clone() others/>
        <Owns team=me.clone() items=team.owns total=team.item.verdicts.total()/>
        <WorksOn team=me.clone() items=team.works_on/>
        <Uses team=me uses=team.uses/>
        <Builds builds=team.builds/>
        <Serves serves=team.serves/>
    }
}

/// All teams of a query, over its pages; `next` of the answer says whether there are more still.
async fn all(asked: PageUrl) -> Result<Page<TeamItem>, ApiError> {
    let asked = asked.with("limit", Some(LIMIT));
    let mut list = get::<Page<TeamItem>>(asked.href()).await?;
    for _ in 1..PAGES {
        let Some(cursor) = list.next.take() else { break };
        let more = get::<Page<TeamItem>>(asked.with("cursor", Some(&cursor)).href()).await?;
        list.items.extend(more.items);
        list.next = more.next;
    }
    Ok(list)
}

#[cfg(test)]
mod tests;
