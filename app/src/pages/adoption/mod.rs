//! How far golden paths reach: the organisation, its areas, and one row a capability, now or on any day of the past.
//! It must not rank teams or people.
mod empty;
mod headline;
mod rollup;
mod rows;
pub mod teams;

use crate::{
    api::get,
    components::{
        as_of::AsOf,
        counted::FILTERS,
        list::{ListFrame, Listing, PAGE_KEYS},
        load::{loading, page_url},
    },
    url::PageUrl,
    words,
};
use leptos::prelude::*;
use leptos_meta::Title;
use shared::{
    Unit,
    api::{AdoptionItem, AdoptionSummary, Facet, Page},
};

const API: &str = "/api/v1/adoption";

#[component]
pub fn AdoptionPage() -> impl IntoView {
    let url = page_url();
    loading(async move {
        let asked = url.at(API, PAGE_KEYS);
        let asked = if url.get("limit").is_some() { asked } else { limited(asked) };
        let list = get::<Page<AdoptionItem>>(asked.href()).await?;
        let facets = get::<Vec<Facet>>(url.at("/api/v1/adoption/facets", PAGE_KEYS).href()).await?;
        let summary = get::<AdoptionSummary>(of_all(&url, "/api/v1/adoption/summary").href()).await?;
        Ok(view! {
            <Title text="Adoption · Waymark"/>
            <Adoption url list facets summary/>
        }
        .into_any())
    })
}

/// As many rows as a page may have: the list is read as a whole.
fn limited(mut asked: PageUrl) -> PageUrl {
    asked.pairs.push(("limit".to_owned(), "200".to_owned()));
    asked
}

/// The same filters without what turns pages and rows.
fn of_all(url: &PageUrl, path: &str) -> PageUrl {
    let mut all = url.at(path, &["view", "measure", "sort", "cursor", "limit"]);
    all.pairs.retain(|(key, value)| !value.is_empty() || FILTERS.contains(&key.as_str()));
    all
}

/// The page from its answers.
#[component]
fn Adoption(url: PageUrl, list: Page<AdoptionItem>, facets: Vec<Facet>, summary: AdoptionSummary) -> impl IntoView {
    let narrowed =
        url.pairs.iter().any(|(key, _)| !matches!(key.as_str(), "sort" | "scope" | "cursor" | "limit" | "view"));
    let none = summary.organisation.capabilities == 0 && !narrowed;
    let none = none.then(empty::no_golden_path);
    let found = (!list.items.is_empty() || none.is_none()).then(|| found(&url, list, facets, &summary));
    view! {
        <div class="page-head">
            <h1>"Adoption"</h1>
            <p class="lead">"How many of those who could use a golden path do, where, and since when."</p>
        </div>
        <AsOf url/>
        {none}
        {found}
    }
}

fn found(
    url: &PageUrl,
    list: Page<AdoptionItem>,
    facets: Vec<Facet>,
    summary: &AdoptionSummary,
) -> impl IntoView + use<> {
    let golden = summary.organisation.capabilities > 0;
    let head = golden.then(|| (headline::headline(url, &list.items, summary), rollup::cards(url, summary)));
    let known = empty::what_is_known(summary);
    let rows = rows::table(url, list.items.clone());
    let tools = scopes(url);
    let listing = Listing {
        url: url.clone(),
        api: API.into(),
        one: "capability",
        many: "capabilities",
        extra: vec!["repository"],
        facets,
        total: list.total,
        shown: list.items.len(),
        next: list.next,
        sorts: vec![
            ("", "Furthest below target"),
            ("title", "By title"),
            ("-adoption", "Highest share"),
            ("adoption", "Lowest share"),
            ("-delta", "Risen most in 90 days"),
            ("-eligible", "Most who could use it"),
            ("-homegrown", "Most homegrown"),
            ("-new", "Most chosen by newer components"),
        ],
        dated: true,
    };
    view! {
        {head}
        <ListFrame listing tools>{rows}</ListFrame>
        {known}
    }
}

/// What is counted, and the way to the teams.
fn scopes(url: &PageUrl) -> AnyView {
    let now = url.get("scope").unwrap_or_default();
    let link = |unit: &Unit| {
        let value = (*unit != Unit::Component).then(|| unit.as_str());
        let current = (now == unit.as_str() || (now.is_empty() && value.is_none())).then_some("true");
        view! { <a href=url.with("scope", value).href() aria-current=current>{words::units(*unit)}</a> }
    };
    let teams = url.at("/adoption/teams", &["sort", "cursor", "limit", "scope", "view"]).href();
    view! {
        <nav class="segments" aria-label="What is counted">{Unit::ALL.iter().map(link).collect_view()}</nav>
        <a class="small" href=teams>"Team by team"</a>
    }
    .into_any()
}

#[cfg(test)]
pub(crate) mod tests;
