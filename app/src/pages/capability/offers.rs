//! The ways to get a capability, and how much each is used.
//! It must not recommend an offer that its owner has not called golden.
use crate::{
    components::{
        badge::Badge,
        icon::{Icon, icon},
        link::EntityLink,
        table::{TableRegion, header, header_number},
    },
    url::PageUrl,
    words,
};
use leptos::prelude::*;
use shared::{
    OfferPath,
    api::{EntityQuery, OfferSummary},
};

/// Offers in use and the golden ones first; what is only recognised folds.
#[component]
pub fn Offers(capability: String, offers: Vec<OfferSummary>) -> impl IntoView {
    let (mut shown, unused): (Vec<_>, Vec<_>) =
        offers.into_iter().partition(|offer| offer.components > 0 || offer.path == OfferPath::Golden);
    shown.sort_by_key(|offer| (offer.path != OfferPath::Golden, std::cmp::Reverse(offer.components)));
    let n = unused.len() as u64;
    let none = shown.is_empty().then(|| view! { <p class="quiet">"None of its offers is in use."</p> });
    let table = (!shown.is_empty()).then(|| offer_table(&capability, "Offers in use", shown));
    let rest = (n > 0).then(|| {
        view! {
            <details class="more">
                <summary>{format!("{} recognised and not in use", words::counted(n, "offer", "offers"))}</summary>
                {offer_table(&capability, "Offers not in use", unused)}
            </details>
        }
    });
    view! {
        <section>
            <div class="section-head"><h2>"Offers"</h2></div>
            {none}
            {table}
            {rest}
        </section>
    }
}

fn offer_table(capability: &str, caption: &'static str, offers: Vec<OfferSummary>) -> AnyView {
    let head = (header("Offer"), header("Path"), header_number("Components"), header("Recognised by"));
    let rows = offers.into_iter().map(|offer| offer_row(capability, offer)).collect_view();
    view! { <TableRegion caption head=head.into_any()>{rows}</TableRegion> }.into_any()
}

fn offer_row(capability: &str, offer: OfferSummary) -> impl IntoView + use<> {
    let components =
        EntityQuery { capability: vec![capability.to_owned()], offer: vec![offer.name.clone()], ..Default::default() };
    let href = PageUrl::new("/catalog", components.pairs()).href();
    let name = match (offer.component, offer.url.filter(|url| url.starts_with("https://"))) {
        (Some(component), _) => view! { <EntityLink entity=Some(component)/> }.into_any(),
        (None, Some(url)) => {
            view! { <a class="entity" href=url rel="noreferrer">{offer.name}{icon(Icon::External)}</a> }.into_any()
        }
        (None, None) => offer.name.into_any(),
    };
    let detect = offer.detect.into_iter().map(|rule| view! { <li><code>{rule}</code></li> }).collect_view();
    view! {
        <tr>
            <th scope="row">{name}</th>
            <td><Badge tag=words::offer(offer.path, offer.confidence)/></td>
            <td class="number"><a href=href>{words::grouped(offer.components)}</a></td>
            <td><details class="quiet"><summary>"Rules"</summary><ul class="plain">{detect}</ul></details></td>
        </tr>
    }
}
