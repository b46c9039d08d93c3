//! The frame of every list page: facets, filter, what is set, the same query as data, pages.
//! It must not know what is listed.
use super::{
    as_of::AsOfField,
    facets::{ActiveFilters, Facets},
    icon::{Icon, icon},
    problem::Empty,
};
use crate::{url::PageUrl, words};
use leptos::prelude::*;
use shared::api::Facet;
use std::borrow::Cow;

/// Keys that only a page understands; they do not go to the API.
pub const PAGE_KEYS: &[&str] = &["view"];

/// What is listed, and where the page stands.
#[derive(Debug, Clone)]
pub struct Listing {
    pub url: PageUrl,
    /// The API's path of the same list.
    pub api: Cow<'static, str>,
    pub one: &'static str,
    pub many: &'static str,
    /// Keys of the query that no facet shows, e.g. `eligible`.
    pub extra: Vec<&'static str>,
    pub facets: Vec<Facet>,
    pub total: u64,
    pub shown: usize,
    pub next: Option<String>,
    /// Ways to sort for the form: key and label.
    pub sorts: Vec<(&'static str, &'static str)>,
    /// Whether the list can be had as of another day (`at`).
    pub dated: bool,
}

/// The list's page under its heading.
#[component]
pub fn ListFrame(
    listing: Listing,
    #[prop(optional, into)] tools: Option<AnyView>,
    /// What to say of an empty list when the page knows more than that nothing was found.
    #[prop(default = None)]
    empty: Option<AnyView>,
    children: Children,
) -> impl IntoView {
    let Listing { url, facets, extra, .. } = listing.clone();
    let count = words::counted(listing.total, listing.one, listing.many);
    let body = match (listing.shown, empty) {
        (0, Some(empty)) => empty,
        (0, None) => nothing(&listing).into_any(),
        _ => children().into_any(),
    };
    let beside = (!facets.is_empty()).then(|| view! { <Facets url=url.clone() facets=facets.clone()/> });
    let class = if beside.is_some() { "with-facets" } else { "no-facets" };
    view! {
        <div class=class>
            {beside}
            <section class="results" aria-label="Results">
                <h2 class="sr">"Results"</h2>
                <FilterForm listing=listing.clone()/>
                <ActiveFilters url=url.clone() facets extra/>
                <div class="bar">
                    <p class="count" role="status">{count}</p>
                    {tools}
                    <Exports url api=listing.api.to_string()/>
                </div>
                {body}
                <Pager listing/>
            </section>
        </div>
    }
}

#[component]
fn FilterForm(listing: Listing) -> impl IntoView {
    let url = listing.url;
    let q = url.get("q").unwrap_or_default().to_owned();
    let label = format!("Filter {}", listing.many);
    let dated = listing.dated;
    let asked = move |key: &str| matches!(key, "q" | "cursor" | "sort") || (dated && key == "at");
    let kept = url.pairs.iter().filter(|(k, _)| !asked(k)).cloned();
    let hidden = kept.map(|(k, v)| view! { <input type="hidden" name=k value=v/> }).collect_view();
    let now = url.get("sort").unwrap_or_default().to_owned();
    let options = listing.sorts.into_iter().map(|(key, name)| {
        view! { <option value=key selected=key == now>{name}</option> }
    });
    view! {
        <form class="filter-form" method="get" action=url.path.clone() role="search">
            <input class="field" type="search" name="q" value=q placeholder=label.clone() aria-label=label data-filter=""/>
            {hidden}
            {dated.then(|| view! { <AsOfField url=url.clone()/> })}
            <select class="field" name="sort" aria-label="Sort by">{options.collect_view()}</select>
            <button class="button" type="submit">"Apply"</button>
        </form>
    }
}

/// The same query as data.
#[component]
fn Exports(url: PageUrl, api: String) -> impl IntoView {
    let base = url.at(&api, PAGE_KEYS);
    let links = ["csv", "ndjson", "json"].map(|format| {
        let href = base.with("format", Some(format)).href();
        view! { <a href=href rel="nofollow">{format.to_uppercase()}</a> }
    });
    view! { <p class="exports">{icon(Icon::Download)}<span class="sr">"The same list as "</span>{links.into_iter().collect_view()}</p> }
}

#[component]
fn Pager(listing: Listing) -> impl IntoView {
    let url = listing.url;
    let first = url.get("cursor").is_some().then(|| {
        let href = url.with("cursor", None).href();
        view! { <a class="button" href=href>"First page"</a> }
    });
    let next = listing.next.map(|cursor| {
        let href = url.with("cursor", Some(&cursor)).href();
        view! { <a class="button" rel="next" href=href>"Next page"{icon(Icon::Arrow)}</a> }
    });
    let say = (first.is_some() || next.is_some())
        .then(|| format!("{} on this page, {} in all", listing.shown, words::grouped(listing.total)));
    view! { <nav class="pager" aria-label="Pages">{first}<span class="quiet">{say}</span>{next}</nav> }
}

fn nothing(listing: &Listing) -> impl IntoView + use<> {
    let filtered =
        listing.url.pairs.iter().any(|(k, v)| !matches!(k.as_str(), "sort" | "view" | "cursor") && !v.is_empty());
    let (why, href, action) = if filtered {
        ("Nothing matches all the filters that are set.", listing.url.path.clone(), "Clear all filters")
    } else {
        (
            "Nothing of this kind has been found in the scanned repositories yet.",
            "/sources".to_owned(),
            "Scan repositories",
        )
    };
    view! { <Empty title=format!("No {}", listing.many) why href action/> }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn listing(url: &str, shown: usize) -> Listing {
        Listing {
            url: PageUrl::parse(url),
            api: "/api/v1/entities".into(),
            one: "entity",
            many: "entities",
            extra: vec![],
            facets: vec![],
            total: 120,
            shown,
            next: Some("abc".into()),
            sorts: vec![("name", "Name")],
            dated: true,
        }
    }

    fn html(listing: Listing) -> String {
        Owner::new().with(|| view! { <ListFrame listing>"rows"</ListFrame> }.to_html())
    }

    #[test]
    fn exports_and_pages_keep_the_query() {
        let html = html(listing("/catalog?q=pay&kind=api&view=table", 50));
        assert!(html.contains("/api/v1/entities?q=pay&amp;kind=api&amp;format=csv"), "{html}");
        assert!(html.contains("/catalog?q=pay&amp;kind=api&amp;view=table&amp;cursor=abc"), "{html}");
        assert!(html.contains("name=\"kind\" value=\"api\""), "{html}");
        assert!(html.contains("120 entities"), "{html}");
    }

    #[test]
    fn a_list_of_another_day_keeps_the_day() {
        let past = html(listing("/catalog?q=pay&at=2025-03-01", 50));
        assert!(past.contains("type=\"date\"") && past.contains("value=\"2025-03-01\""), "{past}");
        assert!(!past.contains("type=\"hidden\" name=\"at\""), "{past}");
        assert!(past.contains("/catalog?q=pay&amp;at=2025-03-01&amp;cursor=abc"), "{past}");
    }

    #[test]
    fn an_empty_list_offers_a_way_on() {
        assert!(html(listing("/catalog?kind=api", 0)).contains("Clear all filters"));
        assert!(html(listing("/catalog", 0)).contains("Scan repositories"));
    }
}
