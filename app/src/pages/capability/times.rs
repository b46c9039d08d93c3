//! How long it takes to put a capability in, and to come to it at all.
//! It must not leave out those still under way.
use crate::{
    components::{
        chart::{ChartWords, Histogram},
        commit::moment,
        link::EntityLink,
        table::{TableRegion, header, header_number},
    },
    time, words,
};
use leptos::prelude::*;
use shared::api::{DurationBin, DurationCase, Durations};

#[component]
pub fn Times(integrate: Durations, adopt: Durations) -> impl IntoView {
    view! {
        <section id="times" aria-labelledby="times-h">
            <div class="section-head"><h2 id="times-h">"How long it takes"</h2></div>
            <div class="two">
                <Spread
                    title="Time to integrate" id="integrate-cases" durations=integrate
                    what="From the first work on a branch that brought it in to the commit of the default branch where it stayed 14 days."
                />
                <Spread
                    title="Time to adopt" id="adopt-cases" durations=adopt
                    what="From when a component existed and the golden path was offered, to its first golden use."
                />
            </div>
        </section>
    }
}

#[component]
fn Spread(title: &'static str, id: &'static str, what: &'static str, durations: Durations) -> impl IntoView {
    let words = ChartWords { title: title.to_owned(), sentence: sentence(&durations), why: None };
    let members = durations.members.clone();
    let cases = (!members.is_empty()).then(|| cases(title, members));
    let known = known(&durations);
    let href = move |_: &DurationBin| format!("#{id}");
    view! {
        <section class="panel">
            <Histogram words durations href/>
            <p class="quiet small">{what}{known}</p>
            <div id=id>{cases}</div>
        </section>
    }
}

/// How much of it is known.
fn known(durations: &Durations) -> String {
    let branch = (durations.with_branch > 0).then(|| {
        format!(" Of {} a merged branch shows the work.", words::counted(durations.with_branch, "case", "cases"))
    });
    let left_out = (durations.left_out > 0).then(|| {
        let n = words::counted(durations.left_out, "component is", "components are");
        format!(" {n} left out: their beginning is unknown.")
    });
    branch.into_iter().chain(left_out).collect()
}

/// What the numbers say.
fn sentence(durations: &Durations) -> String {
    let cases = match (durations.n, durations.censored) {
        (0, 0) => return "No case is known yet.".to_owned(),
        (n, 0) => format!("{} done", words::grouped(n)),
        (n, open) => format!("{} done, {} still under way", words::grouped(n), words::grouped(open)),
    };
    match durations.p50_days {
        Some(days) if days < 1.0 => format!("Half had it within a day; {cases}."),
        Some(days) => format!("Half had it after {}; {cases}.", words::days(days)),
        None => format!("Fewer than half have come so far, so nobody knows what is usual; {cases}."),
    }
}

fn cases(title: &str, members: Vec<DurationCase>) -> impl IntoView + use<> {
    let n = words::counted(members.len() as u64, "case", "cases");
    let with_work = members.iter().any(|case| case.author_days.is_some());
    let head = (
        header("Component"),
        header("Offer"),
        header("From"),
        header("To"),
        header_number("Days"),
        with_work.then(|| header_number("Author-days")),
    );
    let rows = members.into_iter().map(|case| {
        let to = case.to.map_or_else(|| view! { <span class="quiet">"under way"</span> }.into_any(), moment);
        let counted = case.counted_from.map(|at| {
            view! { <div class="small quiet">"counted from "<time datetime=at.to_string()>{time::day(at.as_str())}</time></div> }
        });
        let work = with_work.then(|| view! { <td class="number">{case.author_days.map(words::grouped)}</td> });
        view! {
            <tr>
                <th scope="row"><EntityLink entity=Some(case.component)/></th>
                <td>{if case.offer.is_empty() { "none yet".to_owned() } else { case.offer }}</td>
                <td>{moment(case.from)}{counted}</td>
                <td>{to}</td>
                <td class="number">{format!("{:.1}", case.days)}</td>
                {work}
            </tr>
        }
    });
    let rows = rows.collect_view();
    view! {
        <details class="more">
            <summary>{n}</summary>
            <TableRegion caption=title.to_owned() head=head.into_any()>{rows}</TableRegion>
        </details>
    }
}
