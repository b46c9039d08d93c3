//! Where the users of each offer went between two days.
//! It must not count those who stayed as movers.
use crate::{
    components::{
        badge::mark,
        chart::{ChartWords, Sankey},
        table::{TableRegion, header, header_number},
    },
    time,
    url::PageUrl,
    words,
};
use leptos::prelude::*;
use shared::{
    EntityRef, Timestamp,
    api::{Flow, FlowEnd, Substitution},
};

#[component]
pub fn Substituted(url: PageUrl, flows: Substitution) -> impl IntoView {
    let day = |at: &Timestamp| at.as_str().get(..10).unwrap_or_default().to_owned();
    let (from, to) = (day(&flows.from), day(&flows.to));
    let moved: Vec<Flow> = flows.flows.iter().filter(|flow| flow.from != flow.to).cloned().collect();
    let words = ChartWords { title: "From offer to offer".to_owned(), sentence: sentence(&flows), why: None };
    let who = (!moved.is_empty()).then(|| table(moved));
    let href = |flow: &Flow| if flow.from == flow.to { String::new() } else { "#who-moved".to_owned() };
    view! {
        <section id="substitution" aria-labelledby="substitution-h">
            <div class="section-head"><h2 id="substitution-h">"Where they went"</h2></div>
            <Between url from to/>
            <div class="panel"><Sankey words substitution=flows href/></div>
            {who}
        </section>
    }
}

/// How many moved and how many stayed.
fn sentence(flows: &Substitution) -> String {
    let units = words::units(flows.scope).to_lowercase();
    let n = |stayed: bool| {
        words::grouped(flows.flows.iter().filter(|flow| (flow.from == flow.to) == stayed).map(|flow| flow.n).sum())
    };
    let (from, to) = (time::day(flows.from.as_str()), time::day(flows.to.as_str()));
    format!(
        "From {from} to {to}: {} {units} changed what they use, came or went, and {} stayed as they were.",
        n(false),
        n(true)
    )
}

/// The two days; everything else of the address is kept.
#[component]
fn Between(url: PageUrl, from: String, to: String) -> impl IntoView {
    let kept = url.pairs.iter().filter(|(key, _)| !matches!(key.as_str(), "between" | "and")).cloned();
    let hidden = kept.map(|(k, v)| view! { <input type="hidden" name=k value=v/> }).collect_view();
    view! {
        <form class="filter-form asked" method="get" action=format!("{}#substitution", url.path)>
            {hidden}
            <label class="dated"><span>"Between"</span><input class="field" type="date" name="between" value=from/></label>
            <label class="dated"><span>"and"</span><input class="field" type="date" name="and" value=to/></label>
            <button class="button" type="submit">"Compare"</button>
        </form>
    }
}

fn table(moved: Vec<Flow>) -> impl IntoView {
    let head = (header("From"), header("To"), header_number("How many"), header("Who"));
    let row = |flow: Flow| {
        view! {
            <tr>
                <th scope="row">{end(&flow.from, true)}</th>
                <td>{end(&flow.to, false)}</td>
                <td class="number">{words::grouped(flow.n)}</td>
                <td>{members(flow.members)}</td>
            </tr>
        }
    };
    let rows = moved.into_iter().map(row).collect_view();
    view! {
        <div id="who-moved"><TableRegion caption="Who moved between the two days" head=head.into_any()>{rows}</TableRegion></div>
    }
}

/// An offer's name in its tone, or what stands for nothing.
fn end(end: &FlowEnd, before: bool) -> AnyView {
    let tone = end.path.map_or("none", |path| words::path(path).tone);
    view! { <span class=format!("flow-end tone-{tone}")>{mark(tone)}{name(end, before)}</span> }.into_any()
}

/// In the words of the drawing.
fn name(end: &FlowEnd, before: bool) -> String {
    match (end.name.as_str(), end.path) {
        ("none", None) => "nothing found".to_owned(),
        ("absent", None) if before => "not there yet".to_owned(),
        ("absent", None) => "gone".to_owned(),
        (name, _) => name.to_owned(),
    }
}

/// Short names, the rest folded.
fn members(names: Vec<String>) -> AnyView {
    let short = |name: &String| name.parse::<EntityRef>().map_or_else(|_| name.clone(), |entity| entity.short());
    let link = |name: String| match name.parse::<EntityRef>() {
        Ok(entity) => view! { <li><a href=entity.page() title=name>{entity.short()}</a></li> }.into_any(),
        Err(_) => view! { <li>{name}</li> }.into_any(),
    };
    let said = words::listed(&names.iter().map(short).collect::<Vec<_>>());
    view! {
        <details class="small"><summary>{said}</summary><ul class="plain">{names.into_iter().map(link).collect_view()}</ul></details>
    }
    .into_any()
}
