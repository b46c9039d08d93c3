//! Do newer components choose golden: one small chart for each quarter of first commits.
//! It must not show a share of nobody: a quarter without a choice has none.
use super::{
    ChartFrame, ChartWords,
    frame::{linked, nothing},
    plot::mark,
    scale::CountScale,
};
use crate::{
    components::table::{TableRegion, header, header_number},
    words,
};
use leptos::prelude::*;
use shared::api::Cohort;

const HEIGHT: f64 = 72.0;
const WIDTH: f64 = 64.0;

/// Created, chose and started golden as nested bars on one scale. `href` gives the components of a quarter.
#[component]
pub fn CohortBars(
    words: ChartWords,
    cohorts: Vec<Cohort>,
    href: impl Fn(&Cohort) -> String + 'static,
) -> impl IntoView {
    if cohorts.is_empty() {
        return nothing(words, "Nothing to draw: no component that could use it was created.");
    }
    let scale = CountScale::to(cohorts.iter().map(|cohort| cohort.created).max().unwrap_or(0));
    let items = cohorts.iter().map(|cohort| quarter(cohort, scale, href(cohort), cohorts.len())).collect_view();
    let table = table(words.title.clone(), &cohorts, &href);
    view! {
        <ChartFrame words table=Some(table)>
            <p class="cohort-key small quiet">"Outlined: created. Grey: chose within 90 days. Blue: started golden, with its share of those who chose. Below: the three counts, golden first."</p>
            <ol class="cohorts">{items}</ol>
        </ChartFrame>
    }
    .into_any()
}

fn quarter(cohort: &Cohort, scale: CountScale, href: String, stops: usize) -> impl IntoView + use<> {
    let bar = |n: u64, class: &'static str, inset: f64| {
        let height = HEIGHT * scale.share(n);
        view! { <rect class=class x=inset y=HEIGHT - height + 1.0 width=WIDTH - 2.0 * inset height=height/> }
    };
    let Cohort { quarter, created, chose, started_golden, .. } = cohort;
    let text = format!("{quarter}: {created} created, {chose} chose, {started_golden} started golden");
    let shape = view! {
        <rect class="hit" width=WIDTH height=HEIGHT + 2.0/>
        {bar(*created, "cohort-created", 4.0)}
        {bar(*chose, "cohort-chose", 10.0)}
        {bar(*started_golden, "cohort-golden", 16.0)}
        <line class="grid base" x2=WIDTH y1=HEIGHT + 1.0 y2=HEIGHT + 1.0/>
    };
    let name = text.clone();
    let share = cohort.share.map_or_else(|| "–".to_owned(), words::percent);
    view! {
        <li>
            <b>{share}</b>
            <svg class="plot" width=WIDTH height=HEIGHT + 2.0 viewBox=format!("0 0 {WIDTH} {}", HEIGHT + 2.0) role="group" aria-label=name>
                {mark(href, text, stops, shape.into_any())}
            </svg>
            <span class="quiet">{quarter.replace('-', " ")}</span>
            <span class="quiet">{format!("{started_golden} / {chose} / {created}")}</span>
        </li>
    }
}

fn table(caption: String, cohorts: &[Cohort], href: &impl Fn(&Cohort) -> String) -> AnyView {
    let rows = cohorts.iter().map(|cohort| {
        let created = words::grouped(cohort.created);
        let created = linked(href(cohort), created);
        view! {
            <tr>
                <th scope="row">{cohort.quarter.clone()}</th>
                <td class="number">{created}</td>
                <td class="number">{words::grouped(cohort.chose)}</td>
                <td class="number">{words::grouped(cohort.started_golden)}</td>
                <td class="number">{cohort.share.map_or_else(|| "none chose".to_owned(), words::percent)}</td>
                <td class="number">{words::grouped(cohort.golden_now)}</td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    let head = (
        header("Quarter of first commit"),
        header_number("Created"),
        header_number("Chose in 90 days"),
        header_number("Started golden"),
        header_number("Share of those who chose"),
        header_number("Golden now"),
    );
    view! { <TableRegion caption=caption head=head.into_any()>{rows}</TableRegion> }.into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::components::chart::samples::{cohorts, words};

    #[test]
    fn each_quarter_opens_its_components_and_none_has_a_share_of_nobody() {
        let html = Owner::new().with(|| {
            let href = |cohort: &Cohort| format!("/l?{}", cohort.quarter);
            view! { <CohortBars words=words("Cohorts") cohorts=cohorts() href/> }.into_view().to_html()
        });
        assert_eq!(html.matches("class=\"plot\"").count(), 12);
        assert_eq!(html.matches("href=\"/l?2021-Q1\"").count(), 2);
        assert!(
            html.contains("2023-Q1: 5 created, 3 chose, 2 started golden") && html.contains("<b>67%</b>"),
            "{html}"
        );
        assert!(html.contains("<b>–</b>") && html.contains("none chose"), "{html}");
        let html = Owner::new().with(|| {
            view! { <CohortBars words=words("Cohorts") cohorts=vec![] href=|_| String::new()/> }.into_view().to_html()
        });
        assert!(html.contains("Nothing to draw"), "{html}");
    }
}
