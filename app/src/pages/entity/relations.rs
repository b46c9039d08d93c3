//! What an entity is related to: as a drawing, as a table, and the packages it asks for.
//! It must not leave out of the table what the drawing has no room for.
use crate::{
    components::{
        badge::Chip,
        graph::RelationGraph,
        link::{EntityLink, Place},
        table::{TableRegion, header},
    },
    pages::dependencies,
    url::PageUrl,
    words,
};
use leptos::prelude::*;
use shared::{
    EntityRef,
    api::{DependencyItem, DependencyQuery, Page, RelationItem},
};

#[component]
pub fn Relations(entity: EntityRef, relations: Vec<RelationItem>) -> impl IntoView {
    if relations.is_empty() {
        return view! {
            <section>
                <div class="section-head"><h2>"Relations"</h2></div>
                <p class="quiet">"No relation is written down or was seen."</p>
            </section>
        }
        .into_any();
    }
    let total = words::counted(relations.len() as u64, "relation", "relations");
    let provided = DependencyQuery { provided_by: Some(entity.to_string()), ..Default::default() };
    let head = (header("From"), header("Relation"), header("To"), header("Known by"), header("Written in"));
    let rows = relations.iter().cloned().map(row).collect_view();
    view! {
        <section>
            <div class="section-head">
                <h2>"Relations"</h2>
                <a href=PageUrl::new("/dependencies", provided.pairs()).href()>"Where its packages are asked for"</a>
            </div>
            <RelationGraph entity relations/>
            <details class="more" id="relations-table">
                <summary>{format!("{total} as a table")}</summary>
                <TableRegion caption="Relations" head=head.into_any()>{rows}</TableRegion>
            </details>
        </section>
    }
    .into_any()
}

fn row(item: RelationItem) -> impl IntoView {
    view! {
        <tr>
            <th scope="row"><EntityLink entity=Some(item.from) exists=item.from_exists/></th>
            <td><code>{item.kind}</code></td>
            <td><EntityLink entity=Some(item.to) exists=item.to_exists/></td>
            <td><Chip text=item.origin/></td>
            <td><Place path=item.path line=item.line permalink=None/></td>
        </tr>
    }
}

#[component]
pub fn Packages(entity: EntityRef, packages: Page<DependencyItem>) -> impl IntoView {
    let query = DependencyQuery { component: vec![entity.to_string()], ..Default::default() };
    let all = format!("All {}", words::counted(packages.total, "dependency", "dependencies"));
    let head = (
        header("Package"),
        header("Ecosystem"),
        header("Asked for"),
        header("Resolved"),
        header("Scope"),
        header("In source"),
        header("Component"),
        header("Repository"),
        header("Written in"),
    );
    view! {
        <section>
            <div class="section-head"><h2>"Dependencies"</h2><a href=PageUrl::new("/dependencies", query.pairs()).href()>{all}</a></div>
            <TableRegion caption="Dependencies" head=head.into_any()>
                {packages.items.into_iter().map(dependencies::row).collect_view()}
            </TableRegion>
        </section>
    }
}
