//! Everybody who ever came to an offer of a capability or left it, as a list.
//! It must not name persons: components and teams move.
use super::movers::{ends, page, table};
use crate::{
    api::get,
    components::{
        link::capability_page,
        list::{ListFrame, Listing, PAGE_KEYS},
        load::{loading, page_url},
        table::sortable,
    },
    url::{PageUrl, encoded},
    words,
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;
use shared::{
    OfferPath,
    api::{CapabilityDetail, MoveItem, Page},
};

#[component]
pub fn MovesPage() -> impl IntoView {
    let name = use_params_map().with_untracked(|params| params.get("name")).unwrap_or_default();
    let url = page_url();
    loading(async move {
        let capability = format!("/api/v1/capabilities/{}", encoded(&name));
        let title = get::<CapabilityDetail>(capability.clone()).await?.summary.title;
        let api = format!("{capability}/moves");
        let list = get::<Page<MoveItem>>(url.at(&api, PAGE_KEYS).href()).await?;
        Ok(view! {
            <Title text=format!("{title}: who came and who left · Waymark")/>
            <Moves url name title api list/>
        }
        .into_any())
    })
}

/// The page from its answer.
#[component]
fn Moves(url: PageUrl, name: String, title: String, api: String, list: Page<MoveItem>) -> impl IntoView {
    let url = PageUrl { path: page(&name), ..url };
    let listing = Listing {
        url: url.clone(),
        api: api.into(),
        one: "stay with an offer",
        many: "stays with an offer",
        extra: vec!["owner", "system", "language", "repository", "offer"],
        facets: Vec::new(),
        total: list.total,
        shown: list.items.len(),
        next: list.next,
        sorts: vec![
            ("", "Latest first"),
            ("from", "Oldest first"),
            ("-to", "Left last"),
            ("component", "By component"),
            ("-days", "Longest"),
        ],
        dated: false,
    };
    let rows = table(
        sortable(&url, "from", "From", "-from"),
        sortable(&url, "to", "Until", "-from"),
        sortable(&url, "days", "Days", "-from"),
        list.items,
    );
    let tools = view! { {paths(&url)}{ends(&url)} }.into_any();
    view! {
        <nav class="crumbs" aria-label="Breadcrumb">
            <a href="/capabilities">"Capabilities"</a><span aria-hidden="true">"/"</span><a href=capability_page(&name)>{title}</a>
        </nav>
        <div class="page-head">
            <h1>"Who came and who left"</h1>
            <p class="lead">"Each stay of a component with an offer, from the first commit that shows it to the first without it."</p>
        </div>
        <ListFrame listing tools>{rows}</ListFrame>
    }
}

fn paths(url: &PageUrl) -> impl IntoView + use<> {
    let now = url.get("path").unwrap_or_default().to_owned();
    let all = view! { <a href=url.with("path", None).href() aria-current=now.is_empty().then_some("true")>"All"</a> };
    let links = OfferPath::ALL.iter().map(|path| {
        let current = (now == path.as_str()).then_some("true");
        view! { <a href=url.with("path", Some(path.as_str())).href() aria-current=current>{words::path(*path).text}</a> }
    });
    view! { <nav class="segments" aria-label="Path of the offer">{all}{links.collect_view()}</nav> }
}
