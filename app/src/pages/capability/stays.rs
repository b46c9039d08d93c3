//! Who stays with the golden path, and whether those who came move faster.
//! It must not give a figure where there are too few to compare.
use super::movers::page;
use crate::{
    components::{
        chart::{ChartWords, SurvivalCurve},
        counted,
        delta::share,
    },
    url::PageUrl,
    words,
};
use leptos::prelude::*;
use shared::{
    End, OfferPath,
    api::{Estimate, Survival, Velocity},
};

#[component]
pub fn Stays(url: PageUrl, capability: String, survival: Survival, velocity: Velocity) -> impl IntoView {
    let came = counted::narrowed(&url, &page(&capability)).with("path", Some(OfferPath::Golden.as_str()));
    let left = came.with("ended", Some(End::Left.as_str())).href();
    let curve_words = ChartWords { title: "How long they stay".to_owned(), sentence: sentence(&survival), why: None };
    let leavers = left.clone();
    let then = then(&url);
    let why = |metric| counted::explain(&then, metric, Some(&capability));
    let (stickiness, defection) = (why("stickiness"), why("defection"));
    view! {
        <section id="stays" aria-labelledby="stays-h">
            <div class="section-head">
                <h2 id="stays-h">"Who stays"</h2>
                <span class="row"><a href=came.href()>"All who came"</a><a href=left>"All who left"</a></span>
            </div>
            <dl class="answers">
                <div><dt>"Ever on the golden path"</dt><dd><a href=defection.clone()><b>{words::counted(survival.adopters, "component", "components")}</b></a></dd></div>
                <div><dt>"Left it and went on without"</dt><dd><a href=defection><b>{words::counted(survival.leavers, "component", "components")}</b></a></dd></div>
                <div>
                    <dt>"Still there"</dt>
                    <dd><a href=stickiness><b>{share(survival.stickiness)}</b></a><span class="quiet small">"of those who came 90 days ago or more"</span></dd>
                </div>
            </dl>
            <div class="two">
                <div class="panel"><SurvivalCurve words=curve_words survival href=move |_| leavers.clone()/></div>
                <Faster velocity/>
            </div>
        </section>
    }
}

/// The last day of the history asked about is the day that its end is explained for.
fn then(url: &PageUrl) -> PageUrl {
    url.with("at", url.get("to").filter(|to| !to.is_empty()))
}

fn sentence(survival: &Survival) -> String {
    let Some(last) = survival.curve.last() else {
        return "The share that still uses the golden path, by days since they came.".to_owned();
    };
    format!("After {} an estimated {} still use the golden path.", words::days(last.days), words::percent(last.share))
}

/// Adopters against matched others, with how sure that is; or why nothing is said.
#[component]
fn Faster(velocity: Velocity) -> impl IntoView {
    let refused = velocity.refused.map(|why| view! { <p class="quiet small">{why}</p> });
    let pairs = words::counted(velocity.pairs, "pair", "pairs");
    let figures =
        [(velocity.merges, "merges per active author and week"), (velocity.lead_time, "time from first work to merge")];
    let figures: Vec<_> = figures.into_iter().filter_map(|(estimate, unit)| Some(figure(estimate?, unit))).collect();
    let said = (!figures.is_empty()).then(|| {
        view! {
            <ul class="plain">{figures}</ul>
            <p class="quiet small">
                {format!("{pairs} of repositories: one that came, and one like it that did not. In brackets the 95% interval. Nobody was drawn by lot: read it as a hint, not as a proof.")}
            </p>
        }
    });
    view! {
        <section class="panel">
            <h3>"Do they move faster?"</h3>
            {said}
            {refused}
        </section>
    }
}

fn figure(estimate: Estimate, unit: &'static str) -> impl IntoView {
    let Estimate { value, low, high } = estimate;
    view! { <li><b>{signed(value)}</b>" "{unit}" "<span class="quiet">{format!("({} to {})", signed(low), signed(high))}</span></li> }
}

/// A relative change as a percentage with its sign.
fn signed(change: f64) -> String {
    let n = (change * 100.0).round();
    format!("{}{:.0}%", if n < 0.0 { "−" } else { "+" }, n.abs())
}
