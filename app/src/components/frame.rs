//! What stands around every page: skip link, banner, top bar, footer.
//! It must not know the page inside.
use super::{
    icon::{Icon, icon, logo},
    load::page_url,
    split_bar::paints,
};
use crate::{
    api::get,
    islands::{CommandPalette, ThemeSwitch},
};
use leptos::prelude::*;
use shared::api::Overview;

/// The places of the top bar.
const PLACES: [(&str, &str); 11] = [
    ("/capabilities", "Capabilities"),
    ("/adoption", "Adoption"),
    ("/shadow", "Shadow"),
    ("/reports", "Reports"),
    ("/catalog", "Catalog"),
    ("/ownership", "Ownership"),
    ("/teams", "Teams"),
    ("/usages", "Usages"),
    ("/dependencies", "Dependencies"),
    ("/findings", "Findings"),
    ("/sources", "Sources"),
];

/// The frame with a page in it.
#[component]
pub fn Frame(children: Children) -> impl IntoView {
    view! {
        <a class="skip" href="#main">"Skip to content"</a>
        {paints()}
        <DemoBanner/>
        <TopBar/>
        <main id="main" tabindex="-1">{children()}</main>
        <footer class="foot">
            <p>"Waymark reads git repositories and shows what it found, with the evidence."</p>
            <nav aria-label="About">
                <a href="/docs/api">"API"</a>
                <a href="/api/openapi.json">"OpenAPI"</a>
                <a href="/readyz?verbose">"Health"</a>
            </nav>
        </footer>
        <CommandPalette/>
    }
}

#[component]
fn TopBar() -> impl IntoView {
    let here = page_url();
    let q = if here.path == "/search" { here.get("q").unwrap_or_default().to_owned() } else { String::new() };
    let links = PLACES.map(|(href, name)| {
        let current = (here.path == href || here.path.starts_with(&format!("{href}/"))).then_some("page");
        view! { <a href=href aria-current=current>{name}</a> }
    });
    view! {
        <header class="top">
            <a class="brand" href="/">{logo()}"Waymark"</a>
            <nav class="places" aria-label="Main">{links.into_iter().collect_view()}</nav>
            <form class="find" action="/search" method="get" role="search" aria-label="Everything">
                {icon(Icon::Search)}
                <input type="search" name="q" value=q placeholder="Search everything" aria-label="Search everything"/>
                <kbd aria-hidden="true">"Ctrl K"</kbd>
            </form>
            <ThemeSwitch/>
        </header>
    }
}

/// Says so when what is shown is the demo estate; says nothing when the API cannot be asked, the page will.
#[component]
fn DemoBanner() -> impl IntoView {
    Suspend::new(async move {
        let overview = get::<Overview>("/api/v1/overview".to_owned()).await.ok();
        overview.is_some_and(|overview| overview.demo).then(|| {
            view! {
                <aside class="demo" aria-label="Demo">
                    <b>"Demo estate"</b>" of invented teams. "<a href="/sources">"Scan your own"</a>
                </aside>
            }
        })
    })
}
