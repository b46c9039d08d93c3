//! Everything in the catalog, narrowed by facets, as cards or as a table.
//! It must not hide what has no owner or no descriptor.
use crate::{
    api::get,
    components::{
        as_of::AsOf,
        badge::{Badge, Gone},
        card::EntityCard,
        link::{EntityLink, RepositoryLink},
        list::{ListFrame, Listing, PAGE_KEYS},
        load::{loading, page_url},
        table::{TableRegion, header, sortable},
    },
    url::PageUrl,
    words,
};
use leptos::prelude::*;
use leptos_meta::Title;
use shared::api::{EntitySummary, Facet, Page};

const API: &str = "/api/v1/entities";

#[component]
pub fn CatalogPage() -> impl IntoView {
    let url = page_url();
    loading(async move {
        let list = get::<Page<EntitySummary>>(url.at(API, PAGE_KEYS).href()).await?;
        let facets = get::<Vec<Facet>>(url.at("/api/v1/entities/facets", PAGE_KEYS).href()).await?;
        let shown = list.items.len();
        let table = url.get("view") == Some("table");
        let body = if table { rows(&url, list.items) } else { cards(list.items) };
        let tools = views(&url, table);
        let listing = Listing {
            url,
            api: API.into(),
            one: "entity",
            many: "entities",
            extra: vec!["capability", "path", "state", "offer", "eligible", "repository", "system"],
            facets,
            total: list.total,
            shown,
            next: list.next,
            sorts: vec![
                ("", "By name"),
                ("kind", "By kind"),
                ("owner", "By owner"),
                ("-lines", "Most lines"),
                ("-findings", "Most findings"),
                ("repository", "By repository"),
            ],
            dated: true,
        };
        Ok(view! {
            <Title text="Catalog · Waymark"/>
            <div class="page-head">
                <h1>"Catalog"</h1>
                <p class="lead">"Components, APIs, systems and groups: declared by their teams, seen in the repositories, or both."</p>
            </div>
            <AsOf url=listing.url.clone()/>
            <ListFrame listing tools>{body}</ListFrame>
        }
        .into_any())
    })
}

fn views(url: &PageUrl, table: bool) -> AnyView {
    view! {
        <nav class="segments" aria-label="View">
            <a href=url.with("view", None).href() aria-current=(!table).then_some("true")>"Cards"</a>
            <a href=url.with("view", Some("table")).href() aria-current=table.then_some("true")>"Table"</a>
        </nav>
    }
    .into_any()
}

fn cards(items: Vec<EntitySummary>) -> AnyView {
    let cards = items.into_iter().map(|item| view! { <EntityCard item/> }).collect_view();
    view! { <div class="cards">{cards}</div> }.into_any()
}

fn rows(url: &PageUrl, items: Vec<EntitySummary>) -> AnyView {
    let head = (
        sortable(url, "name", "Name", "name"),
        sortable(url, "kind", "Kind", "name"),
        sortable(url, "type", "Type", "name"),
        sortable(url, "owner", "Owner", "name"),
        header("Language"),
        sortable(url, "lines", "Lines", "name"),
        header("Origin"),
        sortable(url, "repository", "Repository", "name"),
        sortable(url, "findings", "Findings", "name"),
    );
    let rows = items.into_iter().map(row).collect_view();
    view! { <TableRegion caption="Entities" head=head.into_any()>{rows}</TableRegion> }.into_any()
}

fn row(item: EntitySummary) -> impl IntoView {
    let findings = format!("{}#findings", item.entity.page());
    view! {
        <tr>
            <th scope="row"><EntityLink entity=Some(item.entity)/><Gone at=item.gone_at/></th>
            <td>{item.kind.as_str()}</td>
            <td>{item.subtype}</td>
            <td>{item.owner.map(|owner| view! { <EntityLink entity=Some(owner) exists=item.owner_exists/> })}</td>
            <td>{item.language}</td>
            <td class="number">{words::grouped(item.lines)}</td>
            <td><Badge tag=words::origin(item.origin)/></td>
            <td>{item.repository.map(|name| view! { <RepositoryLink name/> })}</td>
            <td class="number"><a href=findings>{words::grouped(item.findings)}</a></td>
        </tr>
    }
}
