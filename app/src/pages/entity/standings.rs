//! What a component uses of what the platform offers, and where it stands, with the evidence.
//! It must not call anything shadow or wrong: it shows states and proof.
use crate::{
    components::{
        badge::Badge,
        evidence::EvidenceList,
        link::capability_page,
        table::{TableRegion, header},
    },
    words,
};
use leptos::prelude::*;
use shared::{
    State,
    api::{Standing, StandingOffer},
};

#[component]
pub fn Standings(standings: Vec<Standing>) -> impl IntoView {
    let (found, nothing): (Vec<_>, Vec<_>) = standings.into_iter().partition(|s| s.state != State::None);
    let n = nothing.len() as u64;
    let rest = nothing
        .into_iter()
        .map(|s| view! { <li><a class="filter" href=capability_page(&s.capability)>{s.title}</a></li> });
    let rest = (n > 0).then(|| {
        view! {
            <details class="more">
                <summary>{format!("{} it could use, with nothing found", words::counted(n, "capability", "capabilities"))}</summary>
                <ul class="filters">{rest.collect_view()}</ul>
            </details>
        }
    });
    let table = if found.is_empty() {
        view! { <p class="quiet">"No offer of any capability was found in its files."</p> }.into_any()
    } else {
        let head = (header("Capability"), header("State"), header("Offer"), header("Evidence"));
        let rows = found.into_iter().map(|standing| view! { <Rows standing/> }).collect_view();
        view! { <TableRegion caption="Capabilities it uses" head=head.into_any()>{rows}</TableRegion> }.into_any()
    };
    view! {
        <section id="capabilities">
            <div class="section-head"><h2>"Capabilities"</h2></div>
            {table}
            {rest}
        </section>
    }
}

/// One row an offer; the capability and the state span them.
#[component]
fn Rows(standing: Standing) -> impl IntoView {
    let span = standing.offers.len().max(1).to_string();
    let outside = (!standing.eligible).then(|| view! { <p class="small quiet">"not counted as eligible"</p> });
    let exemption = standing.exemption.map(|text| view! { <p class="small quiet">{text}</p> });
    let mut offers = standing.offers.into_iter().map(cells);
    let first = offers.next().unwrap_or_else(|| view! { <td></td><td></td> }.into_any());
    let rest = offers.map(|cells| view! { <tr>{cells}</tr> }).collect_view();
    view! {
        <tr>
            <th scope="rowgroup" rowspan=span.clone()><a href=capability_page(&standing.capability)>{standing.title}</a></th>
            <td rowspan=span><Badge tag=words::standing(standing.state, standing.golden_offered)/>{exemption}{outside}</td>
            {first}
        </tr>
        {rest}
    }
}

fn cells(offer: StandingOffer) -> AnyView {
    view! {
        <td><span class="row"><Badge tag=words::offer(offer.path, offer.confidence)/>{offer.offer}</span></td>
        <td><EvidenceList evidence=offer.evidence/></td>
    }
    .into_any()
}
