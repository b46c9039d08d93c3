//! Every verdict on a declared owner: how many declarations the work confirms, and which it does not.
//! It must not name or order people.
mod headline;
pub mod patch;
mod rollup;
pub mod rows;

use crate::{
    api::get,
    components::{
        list::{ListFrame, Listing, PAGE_KEYS},
        load::{loading, page_url},
        problem::Empty,
        verdicts::of_part,
    },
    url::PageUrl,
};
use leptos::prelude::*;
use leptos_meta::Title;
use shared::{
    OwnedPart,
    api::{Facet, OwnershipItem, OwnershipSummary, Page},
};

const API: &str = "/api/v1/ownership";

#[component]
pub fn OwnershipPage() -> impl IntoView {
    let url = page_url();
    loading(async move {
        let list = get::<Page<OwnershipItem>>(url.at(API, PAGE_KEYS).href()).await?;
        let facets = get::<Vec<Facet>>(url.at("/api/v1/ownership/facets", PAGE_KEYS).href()).await?;
        let all = of_part(part_of(&url)).at("/api/v1/ownership/summary", &[]);
        let summary = get::<OwnershipSummary>(all.href()).await?;
        Ok(view! {
            <Title text="Ownership · Waymark"/>
            <Ownership url list facets summary/>
        }
        .into_any())
    })
}

/// What the page's rows are about.
fn part_of(url: &PageUrl) -> OwnedPart {
    url.get("part").and_then(|word| word.parse().ok()).unwrap_or(OwnedPart::Component)
}

/// The page from its answers.
#[component]
fn Ownership(url: PageUrl, list: Page<OwnershipItem>, facets: Vec<Facet>, summary: OwnershipSummary) -> impl IntoView {
    let part = part_of(&url);
    let (one, many) = match part {
        OwnedPart::Component => ("component", "components"),
        OwnedPart::Path => ("rule", "rules"),
    };
    let rows = rows::table(list.items.clone(), part, Some(&url));
    let (tools, empty) = (parts(&url, part), empty(&url, part, &summary));
    let listing = Listing {
        url,
        api: API.into(),
        one,
        many,
        extra: vec!["owner", "guess", "repository", "entity"],
        facets,
        total: list.total,
        shown: list.items.len(),
        next: list.next,
        sorts: vec![
            ("", "Worst verdict first"),
            ("entity", "By component"),
            ("repository", "By repository"),
            ("score", "Lowest score"),
            ("-score", "Highest score"),
            ("knowledge", "Fewest people hold half"),
        ],
        dated: false,
    };
    view! {
        <div class="page-head">
            <h1>"Ownership"</h1>
            <p class="lead">"Who is said to own what, and whether the work of the last months says the same. People are counted, never named."</p>
        </div>
        {headline::headline(part, &summary)}
        <ListFrame listing tools empty>{rows}</ListFrame>
        {rollup::rollups(part, &summary)}
    }
}

/// Components or the rules of CODEOWNERS.
fn parts(url: &PageUrl, now: OwnedPart) -> AnyView {
    let link = |part, label| {
        let value = (part == OwnedPart::Path).then(|| OwnedPart::Path.as_str());
        let href = url.with("part", value).href();
        view! { <a href=href aria-current=(part == now).then_some("true")>{label}</a> }
    };
    view! {
        <nav class="segments" aria-label="What is owned">
            {link(OwnedPart::Component, "Components")}
            {link(OwnedPart::Path, "CODEOWNERS rules")}
        </nav>
    }
    .into_any()
}

/// Why there is nothing, when it is not for the filters.
fn empty(url: &PageUrl, part: OwnedPart, summary: &OwnershipSummary) -> Option<AnyView> {
    let keys = ["verdict", "owner", "guess", "repository", "entity", "q"];
    if url.pairs.iter().any(|(key, value)| keys.contains(&key.as_str()) && (key != "q" || !value.is_empty())) {
        return None;
    }
    let (title, why, href, action) = match part {
        _ if summary.judged_at.is_none() => (
            "No owner has been judged yet",
            "Verdicts are made at the end of a scan, from who worked on what. Scan again to have them.",
            "/sources",
            "Scan repositories",
        ),
        OwnedPart::Component => (
            "No component to judge",
            "No component has been found in the scanned repositories, so there is nothing that could be owned.",
            "/sources",
            "Scan repositories",
        ),
        OwnedPart::Path => (
            "No rule of CODEOWNERS",
            "No scanned repository has a CODEOWNERS file with a rule that names a team.",
            "/ownership",
            "Owners of components",
        ),
    };
    Some(view! { <Empty title why href action/> }.into_any())
}

#[cfg(test)]
pub(crate) mod tests;
