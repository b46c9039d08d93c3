//! Whether newer components choose the golden path: by the quarter of their first commit.
//! It must not join quarters in which nobody chose.
use crate::{
    components::{
        delta::share,
        table::{TableRegion, header, header_number},
    },
    words,
};
use leptos::prelude::*;
use shared::api::Cohort;

#[component]
pub fn Cohorts(cohorts: Vec<Cohort>) -> impl IntoView {
    let body = if cohorts.is_empty() {
        view! { <p class="quiet">"No component that could use it has a known first commit."</p> }.into_any()
    } else {
        table(cohorts).into_any()
    };
    view! {
        <section id="cohorts" aria-labelledby="cohorts-h">
            <div class="section-head">
                <h2 id="cohorts-h">"Newer components"</h2>
                <span class="quiet">"by the quarter of their first commit; a choice counts within 90 days of it"</span>
            </div>
            {body}
        </section>
    }
}

fn table(cohorts: Vec<Cohort>) -> impl IntoView {
    let head = (
        header("Quarter"),
        header_number("Created"),
        header_number("Chose"),
        header_number("Started golden"),
        header_number("Share"),
        header_number("Golden now"),
    );
    let rows = cohorts.into_iter().rev().map(|cohort| {
        let share = if cohort.chose == 0 { "nobody chose".to_owned() } else { share(cohort.share) };
        let number = |n| view! { <td class="number">{words::grouped(n)}</td> };
        view! {
            <tr>
                <th scope="row">{cohort.quarter}</th>
                {number(cohort.created)}
                {number(cohort.chose)}
                {number(cohort.started_golden)}
                <td class="number">{share}</td>
                {number(cohort.golden_now)}
            </tr>
        }
    });
    let rows = rows.collect_view();
    view! {
        <details class="more">
            <summary>"As a table"</summary>
            <TableRegion caption="Components by the quarter of their first commit" head=head.into_any()>{rows}</TableRegion>
        </details>
    }
}
