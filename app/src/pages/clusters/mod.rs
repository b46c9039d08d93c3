//! Equal code in two or more repositories: how much, where it was first, and what was not compared.
//! It must not call equal code a fault: it says where it is and how many lines it is.
pub mod item;
pub mod left_out;

use crate::{
    api::get,
    components::{
        list::{ListFrame, Listing, PAGE_KEYS},
        load::{loading, page_url},
        table::{TableRegion, header, sortable},
    },
    url::{PageUrl, encoded},
    words,
};
pub(super) use item::{copies, since};
use left_out::NotCompared;
use leptos::prelude::*;
use leptos_meta::Title;
use shared::api::{ClusterFirst, ClusterItem, Facet, LeftOut, Page};

const API: &str = "/api/v1/clusters";
/// The order that the API gives unless told.
const DEFAULT: &str = "-lines";

#[component]
pub fn ClustersPage() -> impl IntoView {
    let url = page_url();
    loading(async move {
        let list = get::<Page<ClusterItem>>(url.at(API, PAGE_KEYS).href()).await?;
        let facets = get::<Vec<Facet>>(url.at("/api/v1/clusters/facets", PAGE_KEYS).href()).await?;
        // The list stands without what was left out of it.
        let left_out = get::<Vec<LeftOut>>("/api/v1/clusters/left-out".to_owned()).await.ok();
        Ok(view! {
            <Title text="Code found twice · Waymark"/>
            <Clusters url list facets left_out/>
        }
        .into_any())
    })
}

/// The page of one cluster.
pub(super) fn page_of(id: &str) -> String {
    format!("/clusters/{}", encoded(id))
}

/// How its files were found equal, in words.
pub(super) fn kind(item: &ClusterItem) -> &'static str {
    words::clone_kind(item.kind)
}

/// The page from its answers.
#[component]
fn Clusters(
    url: PageUrl,
    list: Page<ClusterItem>,
    facets: Vec<Facet>,
    left_out: Option<Vec<LeftOut>>,
) -> impl IntoView {
    let rows = table(&url, list.items.clone());
    let listing = Listing {
        url,
        api: API.into(),
        one: "cluster",
        many: "clusters",
        extra: vec!["repository", "owner", "shadow"],
        facets,
        total: list.total,
        shown: list.items.len(),
        next: list.next,
        sorts: vec![
            ("", "Most duplicated lines"),
            ("-files", "Most copies"),
            ("-repositories", "Most repositories"),
            ("-teams", "Most teams"),
            ("first", "Oldest"),
            ("name", "By name"),
        ],
        dated: false,
    };
    view! {
        <div class="page-head">
            <h1>"Code found twice"</h1>
            <p class="lead">"Files, and stretches of files, that hold the same code in two or more repositories. What is homegrown and shared stands under "
                <a href="/shadow">"shadow platforms"</a>"."</p>
        </div>
        <ListFrame listing>{rows}</ListFrame>
        <NotCompared left_out/>
    }
}

fn table(url: &PageUrl, items: Vec<ClusterItem>) -> impl IntoView + use<> {
    let head = (
        sortable(url, "name", "Name", DEFAULT),
        header("Language"),
        sortable(url, "files", "Copies", DEFAULT),
        sortable(url, "repositories", "Repositories", DEFAULT),
        sortable(url, "teams", "Teams", DEFAULT),
        header("Lines"),
        sortable(url, "lines", "Duplicated lines", DEFAULT),
        sortable(url, "first", "First seen", DEFAULT),
        header("Rivals"),
    );
    let rows = items.into_iter().map(row).collect_view();
    view! { <TableRegion caption="Equal code in several repositories" head=head.into_any()>{rows}</TableRegion> }
}

fn row(item: ClusterItem) -> impl IntoView {
    let page = page_of(&item.id);
    let number = |n: u64| view! { <td class="number"><a href=page.clone()>{words::grouped(n)}</a></td> };
    view! {
        <tr>
            <th scope="row" class="named">
                <a href=page.clone()>{item.name.clone()}</a>
                <div class="small quiet">{kind(&item)}</div>
            </th>
            <td>{item.language.clone()}</td>
            {number(item.n_files)}
            {number(item.repositories)}
            {number(item.teams.len() as u64)}
            {number(item.lines)}
            {number(item.duplicated_lines)}
            <td>{first(item.first.as_ref())}</td>
            <td>{item::rivals(&item)}</td>
        </tr>
    }
}

/// The day and repository of the first copy.
fn first(first: Option<&ClusterFirst>) -> AnyView {
    match first {
        Some(first) => {
            view! { {item::day(&first.at)}<div class="small quiet">{first.repository.to_string()}</div> }.into_any()
        }
        None => view! { <span class="quiet">"unknown"</span> }.into_any(),
    }
}

#[cfg(test)]
pub(crate) mod tests;
