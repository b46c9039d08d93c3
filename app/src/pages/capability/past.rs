//! What the capability's page asks about the past, and the parts it shows of it, in reading order.
//! A part that cannot be had says so in its place and takes nothing else with it.
use super::{
    cohorts::Cohorts, movers::Movers, over_time::OverTime, stays::Stays, substitution::Substituted, times::Times,
};
use crate::{
    api::{ApiError, get},
    components::{counted::FILTERS, problem::Unread},
    url::{PageUrl, encoded},
};
use leptos::prelude::*;
use shared::api::{
    CapabilityHistory, CapabilitySummary, CapabilityTimes, EntityQuery, Facet, MoveItem, Page, Substitution,
};

/// Movers shown before the list of its own.
const MOVERS: &str = "20";

/// The answers; each part may have failed alone.
#[derive(Debug, Clone)]
pub struct Past {
    pub history: Result<CapabilityHistory, ApiError>,
    pub substitution: Result<Substitution, ApiError>,
    pub times: Result<CapabilityTimes, ApiError>,
    pub moves: Result<Page<MoveItem>, ApiError>,
    /// Owners, systems and languages of the capability's components, to narrow by.
    pub facets: Vec<Facet>,
}

/// Asks for all parts at once.
pub async fn ask(url: &PageUrl, name: &str) -> Past {
    let (history, substitution, times, moves, facets) = futures::join!(
        get(with(url, name, "history", &["interval", "scope", "from", "to"]).href()),
        get(substitution_of(url, name).href()),
        get(with(url, name, "times", &["scope", "from", "to"]).href()),
        get(moves_of(url, name).with("limit", Some(MOVERS)).href()),
        get::<Vec<Facet>>(facets_of(url, name).href()),
    );
    let mut facets = facets.unwrap_or_default();
    facets.retain(|facet| FILTERS.contains(&facet.name.as_str()));
    Past { history, substitution, times, moves, facets }
}

/// One part of the API under the page's filters and these keys of it.
fn with(url: &PageUrl, name: &str, part: &str, keys: &[&str]) -> PageUrl {
    let mut asked = url.only(&format!("/api/v1/capabilities/{}/{part}", encoded(name)), keys);
    // The empty owner means nobody, so filters keep their empty values.
    asked.pairs.extend(url.pairs.iter().filter(|(key, _)| FILTERS.contains(&key.as_str())).cloned());
    asked
}

/// The two days of the substitution are `between` and `and` in the page's address; without them those of the history.
fn substitution_of(url: &PageUrl, name: &str) -> PageUrl {
    let mut asked = with(url, name, "substitution", &["scope"]);
    for (own, else_, key) in [("between", "from", "from"), ("and", "to", "to")] {
        let day = [own, else_].into_iter().find_map(|key| url.get(key).filter(|day| !day.is_empty()));
        asked.pairs.extend(day.map(|day| (key.to_owned(), day.to_owned())));
    }
    asked
}

/// Who came and who left, by how it ended.
pub fn moves_of(url: &PageUrl, name: &str) -> PageUrl {
    with(url, name, "moves", &["ended"])
}

fn facets_of(url: &PageUrl, name: &str) -> PageUrl {
    let query = EntityQuery { capability: vec![name.to_owned()], ..Default::default() };
    let mut asked = PageUrl::new("/api/v1/entities/facets", query.pairs());
    asked.pairs.extend(url.pairs.iter().filter(|(key, _)| FILTERS.contains(&key.as_str())).cloned());
    asked
}

/// Every part, or one sentence when no history has been read.
#[component]
pub fn PastSections(url: PageUrl, capability: CapabilitySummary, past: Past) -> impl IntoView {
    let Past { history, substitution, times, moves, facets } = past;
    let unread = matches!(&history, Ok(history) if history.points.is_empty())
        && matches!(&moves, Ok(moves) if moves.total == 0)
        && !url.pairs.iter().any(|(key, _)| FILTERS.contains(&key.as_str()));
    if unread {
        return not_read().into_any();
    }
    let name = capability.name.clone();
    let sections = times.as_ref().is_ok_and(|_| true);
    let history =
        history.map(|history| view! { <OverTime url=url.clone() capability=capability.clone() history facets/> });
    let substitution = substitution.map(|flows| view! { <Substituted url=url.clone() flows/> });
    let times = times.map(|times| {
        let CapabilityTimes { cohorts, time_to_integrate, time_to_adopt, survival, velocity, .. } = times;
        view! {
            <Cohorts cohorts/>
            <Times integrate=time_to_integrate adopt=time_to_adopt/>
            <Stays url=url.clone() capability=name.clone() survival velocity/>
        }
    });
    let moves = moves.map(|moves| view! { <Movers url=url.clone() capability=name.clone() moves/> });
    view! {
        {contents(sections)}
        {part("Over time", history)}
        {part("Where they went", substitution)}
        {part("How they came, and how long it took", times)}
        {part("Who came and who left", moves)}
    }
    .into_any()
}

fn part(title: &'static str, made: Result<impl IntoView + 'static, ApiError>) -> AnyView {
    match made {
        Ok(view) => view.into_any(),
        Err(error) => {
            view! { <section><div class="section-head"><h2>{title}</h2></div><Unread error/></section> }.into_any()
        }
    }
}

/// Jumps to the parts of a long page.
fn contents(times: bool) -> impl IntoView {
    let parts = [
        ("over-time", "Over time", true),
        ("substitution", "Where they went", true),
        ("cohorts", "Newer components", times),
        ("times", "How long it takes", times),
        ("stays", "Who stays", times),
        ("movers", "Who came and left", true),
    ];
    let links = parts.into_iter().filter(|part| part.2).map(|(id, name, _)| {
        view! { <li><a class="filter" href=format!("#{id}")>{name}</a></li> }
    });
    view! {
        <nav class="contents" aria-label="The past on this page">
            <h2 class="sr">"The past"</h2>
            <ul class="filters">{links.collect_view()}</ul>
        </nav>
    }
}

fn not_read() -> impl IntoView {
    view! {
        <section id="over-time">
            <div class="section-head"><h2>"Over time"</h2></div>
            <p class="notice" role="note">
                "No history of this capability is known: either the histories of the repositories have not been read yet, or nobody "
                "ever used it. "<a href="/sources">"Scan again to read them"</a>
            </p>
        </section>
    }
}
