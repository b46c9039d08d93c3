//! The organisation and its areas as cards: share, change, line, and the pairs behind it.
//! It must not weigh capabilities; each pair of a component and a capability counts once.
use crate::{
    components::{chart::Spark, counted, delta::Delta},
    url::PageUrl,
    words,
};
use leptos::prelude::*;
use shared::api::{AdoptionSummary, RollupItem};

/// The organisation first, then its areas; one area alone is the organisation.
pub(super) fn cards(url: &PageUrl, summary: &AdoptionSummary) -> impl IntoView + use<> {
    let areas = if summary.areas.len() > 1 { summary.areas.clone() } else { Vec::new() };
    let all = std::iter::once(summary.organisation.clone()).chain(areas);
    let cards = all.map(|item| card(url, item)).collect_view();
    view! {
        <section aria-labelledby="rollup">
            <h2 class="sr" id="rollup">"Organisation and areas"</h2>
            <div class="cards rollup">{cards}</div>
            <p class="small quiet">"A pair is one component and one capability that it could use."</p>
        </section>
    }
}

fn card(url: &PageUrl, item: RollupItem) -> impl IntoView + use<> {
    let (title, href) = match item.area {
        Some(area) => (area.title(), url.with("area", Some(area.as_str())).href()),
        None => ("Organisation", counted::explain(url, "adoption", None)),
    };
    let pairs = format!("{} of {} pairs", words::grouped(item.golden_eligible), words::grouped(item.eligible));
    let capabilities = words::counted(item.capabilities, "capability", "capabilities");
    let newer = item.new_component_share.map(|new| format!("{} of newer components start golden", words::percent(new)));
    let ratio = format!("{} golden to {} homegrown", words::grouped(item.golden), words::grouped(item.homegrown));
    let figure = match item.adoption {
        Some(adoption) => view! { <b>{words::percent(adoption)}</b> }.into_any(),
        None => view! { <span class="quiet">"Nobody could use a golden path"</span> }.into_any(),
    };
    let change = item.delta_90d.map(|delta| view! { <p class="small"><Delta change=Some(delta)/>" in 90 days"</p> });
    view! {
        <article class="card">
            <div class="card-head"><h3><a href=href>{title}</a></h3><span class="quiet small">{capabilities}</span></div>
            <p class="figure">{figure}<span class="push"><Spark points=item.spark/></span></p>
            {change}
            <p class="small quiet">{pairs}<br/>{ratio}</p>
            <p class="small quiet">{newer}</p>
        </article>
    }
}
