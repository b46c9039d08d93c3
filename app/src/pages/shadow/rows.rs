//! One row a candidate: what it rivals, who shares it, how it grows and what it costs.
//! It must not show a number that opens nothing.
use crate::{
    components::{
        ago::Ago,
        badge::Badge,
        cost::Cost,
        delta::Grown,
        link::{EntityLink, capability_page},
        table::{TableRegion, header, sortable},
    },
    url::{PageUrl, encoded},
    words,
};
use leptos::prelude::*;
use shared::{EntityRef, api::ShadowItem};

/// Teams named in a row; the rest is one link away.
const TEAMS: usize = 2;

/// The order that the API gives unless told.
const DEFAULT: &str = "-author_days";

/// The page of one candidate.
pub(crate) fn page_of(id: &str) -> String {
    format!("/shadow/{}", encoded(id))
}

/// All columns, with headers that sort by the page's address.
pub(crate) fn table(url: &PageUrl, items: Vec<ShadowItem>) -> impl IntoView + use<> {
    let head = (
        sortable(url, "name", "Name", DEFAULT),
        header("Rivals"),
        sortable(url, "teams", "Teams", DEFAULT),
        sortable(url, "consumers", "Consumers", DEFAULT),
        sortable(url, "growth", "90 days", DEFAULT),
        sortable(url, "author_days", "Author-days", DEFAULT),
        sortable(url, "cost", "Cost", DEFAULT),
        header("Last change"),
    );
    let rows = items.into_iter().map(row).collect_view();
    view! { <TableRegion caption="Shadow platforms and possible duplicates" head=head.into_any()>{rows}</TableRegion> }
}

fn row(item: ShadowItem) -> impl IntoView {
    let page = page_of(&item.id);
    let part = |part: &str| format!("{page}#{part}");
    let (parts, users, effort, cost) = (part("evidence"), part("users"), part("effort"), part("cost"));
    view! {
        <tr>
            <th scope="row" class="named">{named(&item)}</th>
            <td>{rivals(&item)}</td>
            <td>{teams(&item.teams, parts)}</td>
            <td class="number"><a href=users.clone()>{words::grouped(item.consumers)}</a></td>
            <td class="number"><a href=users><Grown by=item.growth_90d/></a></td>
            <td class="number"><a href=effort>{words::grouped(item.author_days)}</a><div class="small quiet">{format!("{} last year", words::grouped(item.author_days_year))}</div></td>
            <td class="number"><a href=cost><Cost cost=item.cost/></a></td>
            <td>{last_change(item.last_change.map(|moment| moment.at))}</td>
        </tr>
    }
}

/// The name, what it is, and how sure that is.
pub(crate) fn named(item: &ShadowItem) -> impl IntoView + use<> {
    let (href, name) = (page_of(&item.id), item.name.clone());
    view! {
        <a href=href>{name}</a>
        <div class="row small"><Badge tag=words::claim(item.claim, item.confidence)/><span class="quiet">{words::shadow_kind(item.kind)}</span></div>
    }
}

/// The capability beside which it stands, or that nobody has named one.
pub(crate) fn rivals(item: &ShadowItem) -> AnyView {
    if let Some(name) = &item.capability {
        let title = item.capability_title.clone().unwrap_or_else(|| name.clone());
        return view! { <a href=capability_page(name)>{title}</a> }.into_any();
    }
    match item.proposed.clone() {
        Some(proposed) => view! { <span class="quiet">"nobody named it yet: "</span>{proposed} }.into_any(),
        None => view! { <span class="quiet">"nobody named it yet"</span> }.into_any(),
    }
}

/// The first teams, and how many more there are.
fn teams(teams: &[EntityRef], rest: String) -> AnyView {
    if teams.is_empty() {
        return view! { <span class="quiet">"unknown"</span> }.into_any();
    }
    let links = teams.iter().take(TEAMS).map(|team| view! { <div><EntityLink entity=Some(team.clone())/></div> });
    let more = (teams.len() > TEAMS).then(|| {
        let text = format!("and {} more", teams.len() - TEAMS);
        view! { <a class="small" href=rest>{text}</a> }
    });
    view! { {links.collect_view()}{more} }.into_any()
}

/// Teams by their short names, as text.
pub(crate) fn team_names(teams: &[EntityRef]) -> String {
    let names: Vec<String> = teams.iter().map(EntityRef::short).collect();
    if names.is_empty() { "no known team".to_owned() } else { words::listed(&names) }
}

fn last_change(at: Option<shared::Timestamp>) -> impl IntoView {
    view! { <Ago time=at/> }
}
