//! What the work was: by quarter and phase, by team, and what it has cost with all that the figure rests on.
//! It must not show a cost without its range and its assumptions.
use crate::{
    components::{
        chart::{ChartWords, EffortLedger},
        cost,
        link::EntityLink,
        table::{TableRegion, header, header_number},
    },
    words,
};
use leptos::prelude::*;
use shared::{
    EntityRef, WorkPhase,
    api::{LedgerRow, ShadowItem},
};
use std::collections::BTreeMap;

#[component]
pub fn Effort(item: ShadowItem, ledger: Vec<LedgerRow>, assumptions: Vec<String>) -> impl IntoView {
    let sentence = format!(
        "{} of work on its code over its whole life, {} in the last year.",
        words::counted(item.author_days, "author-day", "author-days"),
        words::grouped(item.author_days_year)
    );
    let words = ChartWords { title: "Author-days by quarter".to_owned(), sentence, why: None };
    view! {
        <section id="effort" class="panel" aria-labelledby="effort-head">
            <div class="section-head"><h2 id="effort-head">"Effort"</h2></div>
            <EffortLedger words rows=ledger.clone()/>
            <ByTeam ledger/>
        </section>
        <section id="cost" aria-labelledby="cost-head">
            <div class="section-head"><h2 id="cost-head">"Cost of the last year"</h2></div>
            <Price item/>
            {sentences("It rests on this:", assumptions)}
        </section>
    }
}

/// Sentences under a heading of their own; nothing when there is none.
fn sentences(lead: &'static str, sentences: Vec<String>) -> impl IntoView {
    (!sentences.is_empty()).then(|| {
        let items = sentences.into_iter().map(|text| view! { <li>{text}</li> }).collect_view();
        view! { <p class="small quiet">{lead}</p><ul class="reasons bullets">{items}</ul> }
    })
}

#[component]
fn Price(item: ShadowItem) -> impl IntoView {
    let Some(price) = item.cost else {
        return view! {
            <p class="notice" role="note">"No cost is shown, because no day rate is set. Set "<code>"report.day_rate"</code>" in the configuration, and the "
                {words::counted(item.author_days_year, "author-day", "author-days")}" of the last year are shown as a range."</p>
        }
        .into_any();
    };
    let rate = words::money(&price.currency, price.day_rate);
    let days = words::counted(item.author_days_year, "author-day", "author-days");
    let likely = words::money(&price.currency, price.likely);
    view! {
        <p class="figure"><b>{cost::range(&price)}</b><span class="quiet">{format!("most likely {likely}: {days} at {rate} a day")}</span></p>
    }
    .into_any()
}

/// Author-days by phase, lines added and removed, and commits.
type Sums = ([u64; 3], u64, u64, u64);

#[component]
fn ByTeam(ledger: Vec<LedgerRow>) -> impl IntoView {
    let mut teams = BTreeMap::<Option<EntityRef>, Sums>::new();
    for row in ledger {
        let sums = teams.entry(row.team).or_default();
        let phase = WorkPhase::ALL.iter().position(|phase| *phase == row.phase).unwrap_or_default();
        sums.0[phase] = sums.0[phase].saturating_add(row.author_days);
        sums.1 = sums.1.saturating_add(row.lines_added);
        sums.2 = sums.2.saturating_add(row.lines_removed);
        sums.3 = sums.3.saturating_add(row.commits);
    }
    let mut teams: Vec<_> = teams.into_iter().collect();
    teams.sort_by_key(|(_, (days, ..))| std::cmp::Reverse(days.iter().sum::<u64>()));
    (!teams.is_empty()).then(|| {
        let rows = teams.into_iter().map(team_row).collect_view();
        let head = (
            header("Team"),
            header_number("Build"),
            header_number("Upkeep"),
            header_number("Migration"),
            header_number("Author-days"),
            header_number("Lines"),
            header_number("Commits"),
        );
        view! {
            <h3 class="by-team">"By team"</h3>
            <TableRegion caption="Author-days by team and phase" head=head.into_any()>{rows}</TableRegion>
        }
    })
}

fn team_row((team, (days, added, removed, commits)): (Option<EntityRef>, Sums)) -> impl IntoView {
    let name = match team {
        Some(team) => view! { <EntityLink entity=Some(team)/> }.into_any(),
        None => view! { <span class="quiet">"People of no known team"</span> }.into_any(),
    };
    let total = days.iter().sum::<u64>();
    let days = days.map(|days| view! { <td class="number">{words::grouped(days)}</td> });
    view! {
        <tr>
            <th scope="row">{name}</th>
            {days.into_iter().collect_view()}
            <td class="number">{words::grouped(total)}</td>
            <td class="number">{format!("+{} −{}", words::grouped(added), words::grouped(removed))}</td>
            <td class="number">{words::grouped(commits)}</td>
        </tr>
    }
}
