//! Who uses which offer of a capability, with the evidence.
//! It must not show a use without its proof.
use crate::{
    components::{
        badge::Badge,
        evidence::EvidenceList,
        link::EntityLink,
        table::{TableRegion, header},
    },
    url::PageUrl,
    words,
};
use leptos::prelude::*;
use shared::api::{Page, UsageItem, UsageQuery};

#[component]
pub fn Usages(capability: String, usages: Page<UsageItem>) -> impl IntoView {
    if usages.items.is_empty() {
        return view! {
            <section>
                <div class="section-head"><h2>"Who uses what"</h2></div>
                <p class="quiet">"No component in the scanned repositories uses any of these offers."</p>
            </section>
        }
        .into_any();
    }
    let href =
        PageUrl::new("/usages", UsageQuery { capability: vec![capability], ..Default::default() }.pairs()).href();
    let row = |usage: UsageItem| {
        view! {
            <tr>
                <th scope="row"><EntityLink entity=Some(usage.component)/></th>
                <td><EntityLink entity=usage.owner/></td>
                <td>{usage.offer}</td>
                <td><Badge tag=words::offer(usage.path, usage.confidence)/></td>
                <td><EvidenceList evidence=usage.evidence/></td>
            </tr>
        }
    };
    let head = (header("Component"), header("Owner"), header("Offer"), header("Path"), header("Evidence"));
    view! {
        <section>
            <div class="section-head">
                <h2>"Who uses what, and how we know"</h2>
                <a href=href>{format!("All {}", words::counted(usages.total, "usage", "usages"))}</a>
            </div>
            <TableRegion caption="Components, the offers they use and the evidence" head=head.into_any()>
                {usages.items.into_iter().map(row).collect_view()}
            </TableRegion>
        </section>
    }
    .into_any()
}
