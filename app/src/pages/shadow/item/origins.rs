//! Where the duplicated code of a homegrown platform came from and how its copies drifted.
//! It must not name who copied, only their team.
use crate::{
    components::table::{TableRegion, header, header_number},
    pages::clusters::{copies, kind, page_of, since},
    words,
};
use leptos::prelude::*;
use shared::api::ClusterItem;

/// Clusters whose copies are laid out; the others are one link away.
const OPEN: usize = 3;

#[component]
pub fn Origins(clusters: Vec<ClusterItem>) -> impl IntoView {
    let n = clusters.len() as u64;
    let body = if clusters.is_empty() {
        view! { <p class="quiet">"No code of it was found twice: it is one package, or its copies differ too much."</p> }.into_any()
    } else {
        let mut clusters = clusters;
        let rest = clusters.split_off(clusters.len().min(OPEN));
        let shown = clusters.into_iter().map(cluster).collect_view();
        view! { {shown}{others(rest)} }.into_any()
    };
    view! {
        <section id="clusters" aria-labelledby="clusters-head">
            <div class="section-head"><h2 id="clusters-head">"Its code, found twice"</h2><span class="quiet">{words::counted(n, "cluster", "clusters")}</span></div>
            {body}
        </section>
    }
}

fn cluster(item: ClusterItem) -> impl IntoView {
    let (href, name) = (page_of(&item.id), item.name.clone());
    view! {
        <div class="origin">
            <h3><a href=href>{name}</a></h3>
            <p class="small quiet">{since(&item)}</p>
            {copies(item)}
        </div>
    }
}

fn others(clusters: Vec<ClusterItem>) -> impl IntoView {
    (!clusters.is_empty()).then(|| {
        let rows = clusters.into_iter().map(|item| {
            view! {
                <tr>
                    <th scope="row"><a href=page_of(&item.id)>{item.name.clone()}</a></th>
                    <td>{kind(&item)}</td>
                    <td class="number">{words::grouped(item.n_files)}</td>
                    <td class="number">{words::grouped(item.repositories)}</td>
                    <td class="number">{words::grouped(item.duplicated_lines)}</td>
                </tr>
            }
        });
        let rows = rows.collect_view();
        let head = (
            header("Name"),
            header("Found as"),
            header_number("Copies"),
            header_number("Repositories"),
            header_number("Duplicated lines"),
        );
        view! { <TableRegion caption="More clusters of its code" head=head.into_any()>{rows}</TableRegion> }
    })
}
