//! Every dependency that a manifest or lock file names.
//! It must not guess versions.
use crate::{
    api::get,
    components::{
        badge::{Badge, Chip},
        link::{EntityLink, Place, RepositoryLink},
        list::{ListFrame, Listing, PAGE_KEYS},
        load::{loading, page_url},
        table::{TableRegion, header, sortable},
    },
    words,
};
use leptos::prelude::*;
use leptos_meta::Title;
use shared::{
    DependencyKind, SourceUse,
    api::{DependencyItem, Facet, ImportedAt, Page},
};

const API: &str = "/api/v1/dependencies";

#[component]
pub fn DependenciesPage() -> impl IntoView {
    let url = page_url();
    loading(async move {
        let list = get::<Page<DependencyItem>>(url.at(API, PAGE_KEYS).href()).await?;
        let facets = get::<Vec<Facet>>(url.at("/api/v1/dependencies/facets", PAGE_KEYS).href()).await?;
        let head = (
            sortable(&url, "name", "Package", "name"),
            sortable(&url, "ecosystem", "Ecosystem", "name"),
            header("Asked for"),
            header("Resolved"),
            header("Scope"),
            header("In source"),
            header("Component"),
            sortable(&url, "repository", "Repository", "name"),
            sortable(&url, "path", "Written in", "name"),
        );
        let listing = Listing {
            url,
            api: API.into(),
            one: "dependency",
            many: "dependencies",
            extra: vec!["name", "component", "repository", "provided_by"],
            facets,
            total: list.total,
            shown: list.items.len(),
            next: list.next,
            sorts: vec![
                ("", "By name"),
                ("repository", "By repository"),
                ("ecosystem", "By ecosystem"),
                ("path", "By file"),
            ],
            dated: false,
        };
        let rows = list.items.into_iter().map(row).collect_view();
        Ok(view! {
            <Title text="Dependencies · Waymark"/>
            <div class="page-head">
                <h1>"Dependencies"</h1>
                <p class="lead">
                    "What the repositories ask for in manifests, lock files and pipelines, and whether source imports it. "
                    <a href="/dependencies?kind=imported">"Imported but nowhere declared"</a>" · "
                    <a href="/dependencies?source_use=not_seen">"Declared, no import seen"</a>
                </p>
            </div>
            <ListFrame listing>
                <TableRegion caption="Dependencies" head=head.into_any()>{rows}</TableRegion>
            </ListFrame>
        }
        .into_any())
    })
}

/// One dependency as a row of nine columns.
pub fn row(item: DependencyItem) -> impl IntoView {
    let provider = item.provided_by.map(|entity| {
        view! { <span class="small quiet">"published here by "<EntityLink entity=Some(entity)/></span> }
    });
    view! {
        <tr>
            <th scope="row"><div>{item.name}</div>{provider}</th>
            <td>{item.ecosystem.to_string()}</td>
            <td>{item.requirement.map(|text| view! { <code>{text}</code> })}</td>
            <td>{item.version.map(|text| view! { <code>{text}</code> })}</td>
            <td><Chip text=item.scope.as_str()/></td>
            <td class="source-use">{in_source(item.kind, item.source_use, item.imported_at)}</td>
            <td>{item.component.map(|entity| view! { <EntityLink entity=Some(entity)/> })}</td>
            <td><RepositoryLink name=item.repository/></td>
            <td><Place path=Some(item.path) line=item.line permalink=item.permalink/></td>
        </tr>
    }
}

/// Whether an import shows the dependency, and where; what no manifest declares says so.
fn in_source(kind: DependencyKind, seen: SourceUse, at: Option<ImportedAt>) -> impl IntoView {
    let undeclared = (kind == DependencyKind::Imported).then(|| view! { <Badge tag=words::UNDECLARED/> });
    let seen = words::source_use(seen).filter(|_| undeclared.is_none()).map(|tag| view! { <Badge tag/> });
    // What no manifest declares is written where it is imported: the last column says so.
    let at = at.filter(|_| kind != DependencyKind::Imported);
    let place = at.map(
        |at| view! { <div class="small"><Place path=Some(at.path) line=Some(at.line) permalink=at.permalink/></div> },
    );
    view! { {undeclared}{seen}{place} }
}
