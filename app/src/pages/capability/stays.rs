//! Who stays with the golden path, and whether those who came move faster.
//! It must not give a figure where there are too few to compare.
use crate::{
    components::{
        counted,
        delta::share,
        table::{TableRegion, header_number},
    },
    url::PageUrl,
    words,
};
use leptos::prelude::*;
use shared::api::{Estimate, Survival, Velocity};

#[component]
pub fn Stays(url: PageUrl, capability: String, survival: Survival, velocity: Velocity) -> impl IntoView {
    let why = counted::explain(&url, "stickiness", Some(&capability));
    let left =
        PageUrl { path: format!("/capabilities/{}/moves", crate::url::encoded(&capability)), ..Default::default() };
    let left = left.with("path", Some("golden"));
    let leavers = left.with("ended", Some("left")).href();
    let table = (survival.curve.len() > 1).then(|| curve(&survival));
    view! {
        <section id="stays" aria-labelledby="stays-h">
            <div class="section-head"><h2 id="stays-h">"Who stays"</h2></div>
            <dl class="answers">
                <div><dt>"Ever on the golden path"</dt><dd><a href=left.href()><b>{words::grouped(survival.adopters)}</b></a></dd></div>
                <div><dt>"Left it and went on"</dt><dd><a href=leavers><b>{words::grouped(survival.leavers)}</b></a></dd></div>
                <div>
                    <dt>"Still there after 90 days or more"</dt>
                    <dd><a href=why><b>{share(survival.stickiness)}</b></a></dd>
                </div>
            </dl>
            {table}
            <Faster velocity/>
        </section>
    }
}

fn curve(survival: &Survival) -> impl IntoView + use<> {
    let head = (
        header_number("After days"),
        header_number("Still using it"),
        header_number("Observed"),
        header_number("Left"),
    );
    let rows = survival.curve.iter().map(|point| {
        view! {
            <tr>
                <td class="number">{format!("{:.0}", point.days)}</td>
                <td class="number">{words::percent(point.share)}</td>
                <td class="number">{words::grouped(point.at_risk)}</td>
                <td class="number">{words::grouped(point.left)}</td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    view! {
        <details class="more">
            <summary>"As a table"</summary>
            <TableRegion caption="The share still using it, by days since they came" head=head.into_any()>{rows}</TableRegion>
        </details>
    }
}

/// Adopters against matched others, with how sure that is; or why nothing is said.
#[component]
fn Faster(velocity: Velocity) -> impl IntoView {
    let refused = velocity.refused.map(|why| view! { <p class="quiet">{why}</p> });
    let pairs = words::counted(velocity.pairs, "pair", "pairs");
    let figures =
        [(velocity.merges, "merges per active author and week"), (velocity.lead_time, "days from first work to merge")];
    let figures: Vec<_> = figures.into_iter().filter_map(|(estimate, unit)| Some(figure(estimate?, unit))).collect();
    let said = (!figures.is_empty()).then(|| {
        view! {
            <ul class="plain">{figures}</ul>
            <p class="quiet small">
                {format!("The change of {pairs} of repositories, one that came and one like it that did not; in brackets where the true figure lies with 95 % confidence.")}
            </p>
        }
    });
    view! {
        <section class="panel faster">
            <h3>"Do they move faster?"</h3>
            {refused}
            {said}
        </section>
    }
}

fn figure(estimate: Estimate, unit: &'static str) -> impl IntoView {
    let Estimate { value, low, high } = estimate;
    view! { <li><b>{signed(value)}</b>" "{unit}" "<span class="quiet">{format!("({} to {})", signed(low), signed(high))}</span></li> }
}

/// With its sign and two digits.
fn signed(value: f64) -> String {
    let sign = if value < 0.0 { "−" } else { "+" };
    format!("{sign}{:.2}", value.abs())
}
