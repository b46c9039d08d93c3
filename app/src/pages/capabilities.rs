//! All capabilities by area, those in use first, with how their users split.
//! It must not rank teams or people.
use crate::{
    api::get,
    components::{
        as_of::AsOf,
        card::CapabilityCard,
        list::{ListFrame, Listing},
        load::{loading, page_url},
    },
    words,
};
use leptos::prelude::*;
use leptos_meta::Title;
use shared::{
    Area,
    api::{CapabilitySummary, Facet, Page},
};

const API: &str = "/api/v1/capabilities";

#[component]
pub fn CapabilitiesPage() -> impl IntoView {
    let url = page_url();
    loading(async move {
        let asked = if url.get("limit").is_some() { url.clone() } else { url.with("limit", Some("200")) };
        let asked = url.get("cursor").map(|cursor| asked.with("cursor", Some(cursor))).unwrap_or(asked);
        let list = get::<Page<CapabilitySummary>>(asked.at(API, &[]).href()).await?;
        let facets = get::<Vec<Facet>>(url.at("/api/v1/capabilities/facets", &[]).href()).await?;
        let listing = Listing {
            url,
            api: API.into(),
            one: "capability",
            many: "capabilities",
            extra: vec!["used"],
            facets,
            total: list.total,
            shown: list.items.len(),
            next: list.next,
            sorts: vec![
                ("", "By area"),
                ("title", "By title"),
                ("-components", "Most used"),
                ("-golden", "Most golden"),
                ("-vendor", "Most vendor"),
                ("-homegrown", "Most homegrown"),
            ],
            dated: true,
        };
        let by_area = listing.url.get("sort").unwrap_or_default().is_empty();
        let body = if by_area { areas(list.items).into_any() } else { cards(list.items).into_any() };
        let used = used_links(&listing);
        Ok(view! {
            <Title text="Capabilities · Waymark"/>
            <div class="page-head">
                <h1>"Capabilities"</h1>
                <p class="lead">"What a platform offers to many teams, and which way each team gets it today."</p>
            </div>
            <AsOf url=listing.url.clone()/>
            <ListFrame listing tools=used>{body}</ListFrame>
        }
        .into_any())
    })
}

fn used_links(listing: &Listing) -> AnyView {
    let url = &listing.url;
    let now = url.get("used") == Some("true");
    view! {
        <nav class="segments" aria-label="Which capabilities">
            <a href=url.with("used", None).href() aria-current=(!now).then_some("true")>"All"</a>
            <a href=url.with("used", Some("true")).href() aria-current=now.then_some("true")>"In use"</a>
        </nav>
    }
    .into_any()
}

/// Used first inside each area, otherwise in the API's order.
fn areas(items: Vec<CapabilitySummary>) -> impl IntoView {
    let section = move |area: &Area| {
        let (mut first, unused): (Vec<_>, Vec<_>) =
            items.iter().filter(|c| c.area == *area).cloned().partition(|c| c.counts.components > 0);
        first.sort_by_key(|c| std::cmp::Reverse(c.counts.components));
        let n = first.len() + unused.len();
        first.extend(unused);
        (n > 0).then(|| {
            view! {
                <section>
                    <div class="section-head"><h2>{area.title()}</h2><span class="quiet">{words::grouped(n as u64)}</span></div>
                    {cards(first)}
                </section>
            }
        })
    };
    Area::ALL.iter().map(section).collect_view()
}

fn cards(items: Vec<CapabilitySummary>) -> impl IntoView {
    let cards = items.into_iter().map(|capability| view! { <CapabilityCard capability/> }).collect_view();
    view! { <div class="cards">{cards}</div> }
}
