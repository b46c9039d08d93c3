//! The frozen reports, newest first, and two of them side by side.
//! It must not change a figure of a frozen report.
pub mod body;
pub mod compare;
pub mod decisions;
pub mod head;
pub mod matrix;
pub mod report;

use crate::{
    api::get,
    components::{
        ago::Ago,
        load::{loading, page_url},
        problem::Empty,
        table::{TableRegion, header},
    },
    url::{PageUrl, encoded},
    words,
};
use leptos::prelude::*;
use leptos_meta::Title;
use shared::api::{Page, ReportSummary};

const API: &str = "/api/v1/reports";

#[component]
pub fn ReportsPage() -> impl IntoView {
    let url = page_url();
    loading(async move {
        let list = get::<Page<ReportSummary>>(url.at(API, &["view"]).href()).await?;
        Ok(view! {
            <Title text="Reports · Waymark"/>
            <Reports url list/>
        }
        .into_any())
    })
}

/// What the API calls the report that is not frozen.
const LIVE: &str = "live";

/// The page of one frozen report, or of the live one.
pub(super) fn page_of(id: &str) -> String {
    if id == LIVE { "/reports/shadow".to_owned() } else { format!("/reports/{}", encoded(id)) }
}

/// The page from its answer.
#[component]
fn Reports(url: PageUrl, list: Page<ReportSummary>) -> impl IntoView {
    let body = if list.items.is_empty() {
        let why = "A frozen report keeps its link and its figures, whatever is scanned later. Open the live report and freeze it.";
        view! { <Empty title="No report is frozen yet" why href="/reports/shadow" action="Open the live report"/> }
            .into_any()
    } else {
        frozen(&url, list)
    };
    view! {
        <div class="page-head">
            <h1>"Reports"</h1>
            <p class="lead">"Frozen copies of the shadow report: a link that is forwarded shows the same figures next week."</p>
        </div>
        <div class="row report-tools">
            <a class="button primary" href="/reports/shadow">"Live shadow report"</a>
            <form method="post" action="/reports/shadow"><button class="button" type="submit">"Freeze it now"</button></form>
        </div>
        {body}
    }
}

fn frozen(url: &PageUrl, list: Page<ReportSummary>) -> AnyView {
    let both = list.items.len() > 1;
    let total = words::counted(list.total, "frozen report", "frozen reports");
    let rows = list.items.into_iter().enumerate().map(|(i, item)| row(i, item, both)).collect_view();
    let choose = both.then(|| (header("From"), header("To")));
    let head = (choose, header("Frozen"), header("What it says"), header("Digest"));
    let compare = both.then(|| view! { <p><button class="button" type="submit">"Compare the two"</button></p> });
    let next = list.next.map(|cursor| {
        view! { <nav class="pager" aria-label="Pages"><a class="button" rel="next" href=url.with("cursor", Some(&cursor)).href()>"Older reports"</a></nav> }
    });
    view! {
        <form class="compare-form" method="get" action="/reports/compare">
            <p class="count" role="status">{total}</p>
            <TableRegion caption="Frozen reports, newest first" head=head.into_any()>{rows}</TableRegion>
            {compare}
        </form>
        {next}
    }
    .into_any()
}

/// The newest is what is compared, the one before what it is compared with, until somebody chooses.
fn row(i: usize, item: ReportSummary, both: bool) -> impl IntoView {
    let choice = |name: &'static str, label: String, checked| {
        view! { <td class="choose"><input type="radio" name=name value=item.id.clone() checked=checked aria-label=label required/></td> }
    };
    let day: String = item.at.as_str().chars().take(10).collect();
    let choices = both.then(|| {
        let from = choice("from", format!("Compare from the report of {day}, {}", item.id), i == 1);
        (from, choice("to", format!("Compare to the report of {day}, {}", item.id), i == 0))
    });
    let digest: String = item.digest.chars().take(12).collect();
    view! {
        <tr>
            {choices}
            <td><Ago time=Some(item.at.clone())/><div class="small quiet">{day}</div></td>
            <th scope="row"><a href=page_of(&item.id)>{item.headline.clone()}</a></th>
            <td><code title=item.digest.clone()>{digest}</code></td>
        </tr>
    }
}

#[cfg(test)]
pub(crate) mod samples;
#[cfg(test)]
pub(crate) mod tests;
