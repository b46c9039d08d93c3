//! How long it takes to put a capability in, and to come to it at all.
//! It must not leave out those still under way.
use super::movers::moment;
use crate::{
    components::{
        link::EntityLink,
        table::{TableRegion, header, header_number},
    },
    words,
};
use leptos::prelude::*;
use shared::api::{DurationCase, Durations};

#[component]
pub fn Times(integrate: Durations, adopt: Durations) -> impl IntoView {
    view! {
        <section id="times" aria-labelledby="times-h">
            <div class="section-head"><h2 id="times-h">"How long it takes"</h2></div>
            <div class="two">
                <Spread
                    title="Time to integrate" durations=integrate
                    what="From the first work on a branch that brought it in to the commit of the default branch where it stayed 14 days."
                />
                <Spread
                    title="Time to adopt" durations=adopt
                    what="From when a component existed and the golden path was offered, to its first golden use."
                />
            </div>
        </section>
    }
}

#[component]
fn Spread(title: &'static str, what: &'static str, durations: Durations) -> impl IntoView {
    let said = sentence(&durations);
    let quantiles =
        [("half", durations.p50_days), ("three quarters", durations.p75_days), ("nine tenths", durations.p90_days)]
            .map(|(name, days)| {
                let days = days.map_or_else(|| "not yet".to_owned(), words::days);
                view! { <div><dt>{name}</dt><dd>{days}</dd></div> }
            });
    let any = durations.n + durations.censored > 0;
    let body = any.then(|| {
        view! { <dl class="quantiles">{quantiles.into_iter().collect_view()}</dl>{cases(title, durations.members)} }
    });
    view! {
        <section class="panel">
            <h3>{title}</h3>
            <p class="quiet small">{what}</p>
            <p class="stands">{said}</p>
            {body}
        </section>
    }
}

/// What the numbers say.
fn sentence(durations: &Durations) -> String {
    let cases = match (durations.n, durations.censored) {
        (0, 0) => return "No case is known yet.".to_owned(),
        (n, 0) => format!("{} done", words::grouped(n)),
        (n, open) => format!("{} done, {} still under way", words::grouped(n), words::grouped(open)),
    };
    match durations.p50_days {
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
        let work = with_work.then(|| view! { <td class="number">{case.author_days.map(words::grouped)}</td> });
        view! {
            <tr>
                <th scope="row"><EntityLink entity=Some(case.component)/></th>
                <td>{case.offer}</td>
                <td>{moment(case.from)}</td>
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
