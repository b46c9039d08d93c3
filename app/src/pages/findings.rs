//! Every problem with a place, worst first.
//! It must not name people.
use crate::{
    api::get,
    components::{
        findings::FindingRow,
        list::{ListFrame, Listing, PAGE_KEYS},
        load::{loading, page_url},
    },
};
use leptos::prelude::*;
use leptos_meta::Title;
use shared::api::{Facet, FindingItem, Page};

const API: &str = "/api/v1/findings";

#[component]
pub fn FindingsPage() -> impl IntoView {
    let url = page_url();
    loading(async move {
        let list = get::<Page<FindingItem>>(url.at(API, PAGE_KEYS).href()).await?;
        let facets = get::<Vec<Facet>>(url.at("/api/v1/findings/facets", PAGE_KEYS).href()).await?;
        let listing = Listing {
            url,
            api: API.into(),
            one: "finding",
            many: "findings",
            extra: vec!["repository", "rule"],
            facets,
            total: list.total,
            shown: list.items.len(),
            next: list.next,
            sorts: vec![("", "Worst first"), ("repository", "By repository"), ("rule", "By rule")],
            dated: false,
        };
        let rows = list.items.into_iter().map(|item| view! { <FindingRow item/> }).collect_view();
        Ok(view! {
            <Title text="Findings · Waymark"/>
            <div class="page-head">
                <h1>"Findings"</h1>
                <p class="lead">"What could not be read, or does not agree: where it is, and what to do about it."</p>
            </div>
            <ListFrame listing><ul class="findings">{rows}</ul></ListFrame>
        }
        .into_any())
    })
}
