//! Whether newer components choose the golden path: by the quarter of their first commit.
//! It must not join quarters in which nobody chose.
use crate::{
    components::chart::{ChartWords, CohortBars},
    words,
};
use leptos::prelude::*;
use shared::api::Cohort;

#[component]
pub fn Cohorts(cohorts: Vec<Cohort>) -> impl IntoView {
    let words =
        ChartWords { title: "What new components start with".to_owned(), sentence: sentence(&cohorts), why: None };
    view! {
        <section id="cohorts" aria-labelledby="cohorts-h">
            <div class="section-head">
                <h2 id="cohorts-h">"Newer components"</h2>
                <span class="quiet">"by the quarter of their first commit"</span>
            </div>
            <div class="panel"><CohortBars words cohorts href=|_| String::new()/></div>
        </section>
    }
}

/// The last quarter in which somebody chose.
fn sentence(cohorts: &[Cohort]) -> String {
    let Some(last) = cohorts.iter().rev().find(|cohort| cohort.chose > 0) else {
        return "No new component has chosen any offer within 90 days.".to_owned();
    };
    let (golden, chose) = (words::grouped(last.started_golden), words::grouped(last.chose));
    format!(
        "In {}, {golden} of {chose} new components that chose within 90 days started golden.",
        last.quarter.replace('-', " ")
    )
}
