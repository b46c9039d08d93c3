//! One row a capability: share against target, change, line, newer components, homegrown and vendor.
//! It must not show a number that opens nothing.
use crate::{
    components::{
        chart::{Bullet, Spark},
        counted,
        delta::{Delta, share},
        link::EntityLink,
        table::{TableRegion, header, sortable},
    },
    url::PageUrl,
    words,
};
use leptos::prelude::*;
use shared::{OfferPath, Unit, api::AdoptionItem};

pub(super) fn table(url: &PageUrl, items: Vec<AdoptionItem>) -> impl IntoView + use<> {
    let head = (
        sortable(url, "title", "Capability", "gap"),
        sortable(url, "adoption", "Golden share", "gap"),
        sortable(url, "gap", "Target", "gap"),
        sortable(url, "delta", "90 days", "gap"),
        header("24 months"),
        sortable(url, "new", "Newer", "gap"),
        sortable(url, "homegrown", "Homegrown", "gap"),
        header("Vendor"),
    );
    let rows = items.into_iter().map(|item| row(url, item)).collect_view();
    view! { <TableRegion caption="Adoption by capability" head=head.into_any()>{rows}</TableRegion> }
}

fn row(url: &PageUrl, item: AdoptionItem) -> impl IntoView + use<> {
    let past = counted::over_time(url, &item.name);
    let owner = item.owner.clone().map(|owner| view! { <EntityLink entity=Some(owner)/> });
    let count = |n, path| number(url, &item.name, n, path);
    view! {
        <tr>
            <th scope="row" class="named">
                <a href=past.clone()>{item.title.clone()}</a>
                <div class="row small quiet">{item.area.title()}{owner}</div>
            </th>
            <td>{standing(url, &item)}</td>
            <td>{target(&item)}</td>
            <td>{item.delta_90d.map(|delta| view! { <a href=past><Delta change=Some(delta)/></a> })}</td>
            <td>{item.adoption.is_some().then(|| view! { <Spark points=item.spark.clone()/> })}</td>
            <td>{newer(url, &item)}</td>
            <td class="number">{count(item.counts.homegrown, OfferPath::Homegrown)}</td>
            <td class="number">{count(item.counts.vendor, OfferPath::Vendor)}</td>
        </tr>
    }
}

/// Whether components are counted: only then is a list of components the list a number counts.
fn of_components(url: &PageUrl) -> bool {
    url.get("scope").is_none_or(|scope| scope.is_empty() || scope == Unit::Component.as_str())
}

/// `61% 27 of 44 why`.
fn standing(url: &PageUrl, item: &AdoptionItem) -> impl IntoView + use<> {
    if item.adoption.is_none() {
        let why = if item.has_golden { "nobody eligible" } else { "no golden path" };
        return view! { <span class="quiet">{why}</span> }.into_any();
    }
    let why = counted::explain(url, "adoption", Some(&item.name));
    let (golden, eligible) = match of_components(url) {
        true => (
            counted::components(url, &item.name, &[OfferPath::Golden], true).href(),
            counted::components(url, &item.name, &[], true).href(),
        ),
        false => (why.clone(), why.clone()),
    };
    view! {
        <b>{share(item.adoption)}</b>
        <div class="small quiet standing">
            <a href=golden>{words::grouped(item.golden_eligible)}</a>" of "
            <a href=eligible>{words::grouped(item.counts.eligible)}</a>" · "
            <a href=why aria-label=format!("Why: {}", item.title)>"why"</a>
        </div>
    }
    .into_any()
}

fn target(item: &AdoptionItem) -> impl IntoView + use<> {
    let said = item.target.clone().map_or_else(
        || "no target".to_owned(),
        |target| {
            let by = target.by.map(|by| format!(" by {by}")).unwrap_or_default();
            format!("{}{by}", words::percent(target.adoption))
        },
    );
    let drawn = item.adoption.is_some() || item.target.is_some();
    let bullet =
        drawn.then(|| view! { <Bullet value=item.adoption target=item.target.clone() label=item.title.clone()/> });
    view! {
        {bullet}
        <div class="small quiet">{said}</div>
    }
}

fn newer(url: &PageUrl, item: &AdoptionItem) -> impl IntoView + use<> {
    if item.new_components == 0 {
        return view! { <span class="quiet">"none"</span> }.into_any();
    }
    let why = counted::explain(url, "new_component_share", Some(&item.name));
    let n = format!("of {}", words::grouped(item.new_components));
    view! { <span class="standing"><a href=why>{share(item.new_component_share)}</a>" "<span class="small quiet">{n}</span></span> }.into_any()
}

fn number(url: &PageUrl, capability: &str, n: u64, path: OfferPath) -> AnyView {
    if !of_components(url) {
        return words::grouped(n).into_any();
    }
    let href = counted::components(url, capability, &[path], false).href();
    view! { <a href=href>{words::grouped(n)}</a> }.into_any()
}
