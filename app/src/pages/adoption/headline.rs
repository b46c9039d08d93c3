//! The one sentence that says where golden paths stand.
//! It must not say more than the numbers on the page.
use crate::{
    components::{counted, link::capability_page},
    time,
    url::PageUrl,
    words,
};
use leptos::prelude::*;
use shared::api::{AdoptionItem, AdoptionSummary};

/// Share, change, and the capability that is furthest below its target.
pub(super) fn headline(url: &PageUrl, items: &[AdoptionItem], summary: &AdoptionSummary) -> impl IntoView + use<> {
    let Some(share) = summary.organisation.adoption else {
        return view! { <p class="headline">"Nobody who could use a golden path was found."</p> }.into_any();
    };
    let at = url.get("at").filter(|at| !at.is_empty());
    let (when, verb) = match at {
        Some(at) => (format!("On {} golden paths", time::day(at)), "served"),
        None => ("Golden paths".to_owned(), "serve"),
    };
    let why = counted::explain(url, "adoption", None);
    let change = summary.organisation.delta_90d.map(change).unwrap_or_default();
    view! {
        <p class="headline">
            {when}" "{verb}" "<a href=why>{words::percent(share)}</a>" of who could use them"{change}
            {furthest(items)}"."
        </p>
    }
    .into_any()
}

/// `, up 4 points in 90 days`.
fn change(delta: f64) -> String {
    let n = (delta * 100.0).round().abs();
    let points = if n == 1.0 { "point" } else { "points" };
    match (delta * 100.0).round() {
        d if d > 0.0 => format!(", up {n} {points} in 90 days"),
        d if d < 0.0 => format!(", down {n} {points} in 90 days"),
        _ => ", unchanged in 90 days".to_owned(),
    }
}

/// The largest gap between target and share; all targets met is worth saying too.
fn furthest(items: &[AdoptionItem]) -> Option<AnyView> {
    let gap = |item: &&AdoptionItem| Some(item.target.as_ref()?.adoption - item.adoption?);
    let with_target: Vec<_> = items.iter().filter_map(|item| Some((gap(&item)?, item))).collect();
    let (gap, item) = with_target.into_iter().max_by(|a, b| a.0.total_cmp(&b.0))?;
    if gap <= 0.0 {
        return Some("; every target is met".into_any());
    }
    let target = item.target.as_ref().map(|target| target.adoption)?;
    let stands =
        format!(" is furthest below its target ({} of {})", words::percent(item.adoption?), words::percent(target));
    Some(view! { "; "<a href=capability_page(&item.name)>{item.title.clone()}</a>{stands} }.into_any())
}
