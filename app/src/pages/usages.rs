//! Every use of every offer, with its evidence.
//! It must not merge usages: one row is one component and one offer.
use crate::{
    api::get,
    components::{
        as_of::AsOf,
        badge::Badge,
        commit::moment,
        evidence::EvidenceList,
        link::{EntityLink, RepositoryLink, capability_page},
        list::{ListFrame, Listing, PAGE_KEYS},
        load::{loading, page_url},
        table::{TableRegion, header, sortable},
    },
    words,
};
use leptos::prelude::*;
use leptos_meta::Title;
use shared::api::{Facet, Moment, Page, UsageItem};

const API: &str = "/api/v1/usages";

#[component]
pub fn UsagesPage() -> impl IntoView {
    let url = page_url();
    loading(async move {
        let list = get::<Page<UsageItem>>(url.at(API, PAGE_KEYS).href()).await?;
        let facets = get::<Vec<Facet>>(url.at("/api/v1/usages/facets", PAGE_KEYS).href()).await?;
        let head = (
            sortable(&url, "component", "Component", "component"),
            sortable(&url, "capability", "Capability", "component"),
            sortable(&url, "offer", "Offer", "component"),
            sortable(&url, "path", "Path", "component"),
            sortable(&url, "state", "State", "component"),
            sortable(&url, "repository", "Repository", "component"),
            header("Since"),
            header("Evidence"),
        );
        let listing = Listing {
            url,
            api: API.into(),
            one: "usage",
            many: "usages",
            extra: vec!["component", "repository"],
            facets,
            total: list.total,
            shown: list.items.len(),
            next: list.next,
            sorts: vec![
                ("", "By component"),
                ("capability", "By capability"),
                ("offer", "By offer"),
                ("path", "By path"),
            ],
            dated: true,
        };
        let rows = list.items.into_iter().map(row).collect_view();
        Ok(view! {
            <Title text="Usages · Waymark"/>
            <div class="page-head">
                <h1>"Usages"</h1>
                <p class="lead">"Which component uses which offer of which capability, and the line that proves it."</p>
            </div>
            <AsOf url=listing.url.clone()/>
            <ListFrame listing>
                <TableRegion caption="Usages with their evidence" head=head.into_any()>{rows}</TableRegion>
            </ListFrame>
        }
        .into_any())
    })
}

fn row(usage: UsageItem) -> impl IntoView {
    let capability = capability_page(&usage.capability);
    view! {
        <tr>
            <th scope="row"><EntityLink entity=Some(usage.component)/></th>
            <td><a href=capability>{usage.capability}</a></td>
            <td>{usage.offer}</td>
            <td><Badge tag=words::offer(usage.path, usage.confidence)/></td>
            <td><Badge tag=words::state(usage.state)/></td>
            <td><RepositoryLink name=usage.repository/></td>
            <td>{stay(usage.from, usage.to)}</td>
            <td><EvidenceList evidence=usage.evidence/></td>
        </tr>
    }
}

/// From which commit on, and until which when it is over.
fn stay(from: Option<Moment>, to: Option<Moment>) -> impl IntoView {
    let from = match from {
        Some(from) => moment(from),
        None => view! { <span class="quiet">"unknown"</span> }.into_any(),
    };
    let to = to.map(|to| view! { <div class="small quiet">"until"</div>{moment(to)} });
    view! { {from}{to} }
}
