//! What teams built beside the platform: every candidate with what it rivals, who shares it, and what it costs.
//! It must not call anything a shadow platform that is only possible.
pub mod item;
mod rows;

use crate::{
    api::get,
    components::{
        list::{ListFrame, Listing, PAGE_KEYS},
        load::{loading, page_url},
        problem::Empty,
    },
    url::PageUrl,
    words,
};
use leptos::prelude::*;
use leptos_meta::Title;
pub(super) use rows::{named, page_of, rivals, table, team_names};
use shared::{
    ShadowClaim,
    api::{Facet, Page, ShadowItem, ShadowQuery},
};

const API: &str = "/api/v1/shadow";

#[component]
pub fn ShadowsPage() -> impl IntoView {
    let url = page_url();
    loading(async move {
        let list = get::<Page<ShadowItem>>(url.at(API, PAGE_KEYS).href()).await?;
        let facets = get::<Vec<Facet>>(url.at("/api/v1/shadow/facets", PAGE_KEYS).href()).await?;
        Ok(view! {
            <Title text="Shadow platforms · Waymark"/>
            <Shadows url list facets/>
        }
        .into_any())
    })
}

/// The address of those with one claim.
pub(super) fn by_claim(claim: ShadowClaim) -> String {
    let query = ShadowQuery { claim: vec![claim.as_str().to_owned()], ..Default::default() };
    PageUrl::new("/shadow", query.pairs()).href()
}

/// The page from its answers.
#[component]
fn Shadows(url: PageUrl, list: Page<ShadowItem>, facets: Vec<Facet>) -> impl IntoView {
    let filtered = url.pairs.iter().any(|(key, value)| key != "sort" && !value.is_empty());
    let body = if list.items.is_empty() && !filtered { nothing() } else { found(&url, list, facets) };
    view! {
        <div class="page-head">
            <h1>"Shadow platforms"</h1>
            <p class="lead">"What two or more teams share that is no golden path: homegrown offers, internal packages and copied code. Cost is that of the last year. "
                <a href="/reports/shadow">"Read the report"</a>" or see "<a href="/clusters">"all code found twice"</a>"."</p>
        </div>
        {body}
    }
}

fn found(url: &PageUrl, list: Page<ShadowItem>, facets: Vec<Facet>) -> AnyView {
    let headline = headline(url, &facets);
    let rows = table(url, list.items.clone());
    let listing = Listing {
        url: url.clone(),
        api: API.into(),
        one: "candidate",
        many: "candidates",
        extra: vec!["proposed", "team", "capability"],
        facets,
        total: list.total,
        shown: list.items.len(),
        next: list.next,
        sorts: vec![
            ("", "Most author-days"),
            ("-growth", "Grown most in 90 days"),
            ("-cost", "Highest cost"),
            ("-consumers", "Most consumers"),
            ("-teams", "Most teams"),
            ("retire", "First to retire"),
            ("name", "By name"),
        ],
        dated: false,
    };
    view! { {headline}<ListFrame listing>{rows}</ListFrame> }.into_any()
}

/// How many are which, under the filters of the page; each count opens its list.
fn headline(url: &PageUrl, facets: &[Facet]) -> Option<AnyView> {
    let claims = facets.iter().find(|facet| facet.name == "claim")?;
    let of = |claim: ShadowClaim, one, many| {
        let n = claims.values.iter().find(|value| value.value == claim.as_str()).map_or(0, |value| value.count);
        let href = url.with("claim", Some(claim.as_str())).href();
        let text = if n == 0 { format!("no {one}") } else { words::counted(n, one, many) };
        if n == 0 { text.into_any() } else { view! { <a href=href>{text}</a> }.into_any() }
    };
    let shadows = of(ShadowClaim::Shadow, "shadow platform", "shadow platforms");
    let possible = of(ShadowClaim::PossibleDuplicate, "possible duplicate", "possible duplicates");
    Some(view! { <p class="headline first-up">{shadows}", "{possible}"."</p> }.into_any())
}

fn nothing() -> AnyView {
    let why = "A shadow platform is homegrown code that two or more teams share. None was found: either the scanned repositories hold none, they belong to one team, or no owner of their components is known. A scan compares the code of all repositories.";
    view! { <Empty title="No shadow platform found" why href="/sources" action="Scan repositories"/> }.into_any()
}

#[cfg(test)]
pub(crate) mod samples;
#[cfg(test)]
pub(crate) mod tests;
