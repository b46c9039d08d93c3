//! Everything that matches what somebody typed, each with its page.
//! It must not reorder what the API ranks.
use crate::{
    api::get,
    components::{
        badge::Chip,
        icon::{Icon, icon},
        load::{loading, page_url},
        problem::Empty,
    },
    url::encoded,
    words,
};
use leptos::prelude::*;
use leptos_meta::Title;
use shared::api::{Page, SearchHit};

#[component]
pub fn SearchPage() -> impl IntoView {
    let q = page_url().get("q").unwrap_or_default().trim().to_owned();
    loading(async move {
        let asked = q.clone();
        let found = if q.is_empty() {
            Page { items: Vec::new(), total: 0, next: None }
        } else {
            get::<Page<SearchHit>>(format!("/api/v1/search?limit=50&q={}", encoded(&q))).await?
        };
        let title = if q.is_empty() { "Search · Waymark".to_owned() } else { format!("{q} · Search · Waymark") };
        Ok(view! {
            <Title text=title/>
            <div class="page-head">
                <h1>"Search"</h1>
                <form class="ask-form" action="/search" method="get" role="search" aria-label="Search">
                    <input class="field" type="search" name="q" value=q aria-label="What do you need?" placeholder="What do you need?" data-filter=""/>
                    <button class="button primary" type="submit">"Search"</button>
                </form>
            </div>
            <Results asked found/>
        }
        .into_any())
    })
}

#[component]
fn Results(asked: String, found: Page<SearchHit>) -> impl IntoView {
    if asked.is_empty() {
        return view! {
            <Empty title="Type what you need" why="A capability, a component, an API, a team, a repository or a package." href="/capabilities" action="Browse capabilities"/>
        }
        .into_any();
    }
    if found.items.is_empty() {
        let why = format!("Nothing in the scanned repositories is called \"{asked}\". Try fewer or other words.");
        return view! { <Empty title="Nothing found" why href="/capabilities" action="Browse capabilities"/> }
            .into_any();
    }
    let hits = found.items.into_iter().filter(|hit| hit.page.starts_with('/')).map(|hit| {
        view! {
            <li class="hit">
                <span><Chip text=hit.kind.clone()/></span>
                <div>
                    <h2><a class="entity" href=hit.page>{icon(Icon::of(&hit.kind))}{hit.title}</a></h2>
                    <p class="small quiet">{hit.description.unwrap_or(hit.id)}</p>
                </div>
            </li>
        }
    });
    view! {
        <p class="count" role="status">{words::counted(found.total, "result", "results")}</p>
        <ul class="hits">{hits.collect_view()}</ul>
    }
    .into_any()
}
