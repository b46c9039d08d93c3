//! Two frozen reports side by side: what is different.
//! It must not judge a difference.
use super::page_of;
use crate::{
    api::get,
    components::{
        load::{loading, page_url},
        problem::Empty,
        table::{TableRegion, header, header_number},
    },
    pages::reports::head::own,
    time,
};
use leptos::prelude::*;
use leptos_meta::Title;
use shared::api::{ReportChange, ReportComparison, ReportSummary};

#[component]
pub fn ComparePage() -> impl IntoView {
    let url = page_url();
    loading(async move {
        let asked = url.only("/api/v1/reports/compare", &["from", "to"]);
        let comparison = get::<ReportComparison>(asked.href()).await?;
        Ok(view! {
            <Title text="Two reports compared · Waymark"/>
            <Compared comparison/>
        }
        .into_any())
    })
}

/// The page from its answer.
#[component]
pub fn Compared(comparison: ReportComparison) -> impl IntoView {
    let ReportComparison { from, to, changes } = comparison;
    let body = if changes.is_empty() {
        view! { <Empty title="No difference" why="Both reports say the same." href="/reports" action="Choose others"/> }
            .into_any()
    } else {
        let rows = changes.into_iter().map(change).collect_view();
        let head = (header("What"), header("In words"), header_number("Before"), header_number("After"));
        view! { <TableRegion caption="What is different" head=head.into_any()>{rows}</TableRegion> }.into_any()
    };
    view! {
        <nav class="crumbs" aria-label="Breadcrumb"><a href="/reports">"Reports"</a></nav>
        <div class="page-head"><h1>"Two reports compared"</h1></div>
        <div class="two compared">{side("From", from)}{side("To", to)}</div>
        <section aria-labelledby="different">
            <div class="section-head"><h2 id="different">"What is different"</h2></div>
            {body}
        </section>
    }
}

fn side(label: &'static str, report: ReportSummary) -> impl IntoView {
    let digest: String = report.digest.chars().take(12).collect();
    view! {
        <section class="panel" aria-label=label>
            <p class="small quiet">{label}" "<time datetime=report.at.to_string()>{time::day(report.at.as_str())}</time>", digest "<code>{digest}</code></p>
            <p><a href=page_of(&report.id)>{report.headline.clone()}</a></p>
        </section>
    }
}

fn change(change: ReportChange) -> impl IntoView {
    let kind = match change.kind.as_str() {
        "figure" => "figure".to_owned(),
        "new_shadow" => "new".to_owned(),
        "gone_shadow" => "gone".to_owned(),
        other => other.replace('_', " "),
    };
    let text = match own(change.href) {
        Some(href) => view! { <a href=href>{change.text}</a> }.into_any(),
        None => change.text.into_any(),
    };
    view! {
        <tr>
            <td>{kind}</td>
            <th scope="row">{text}</th>
            <td class="number">{number(change.before)}</td>
            <td class="number">{number(change.after)}</td>
        </tr>
    }
}

/// A number as it is: whole ones without a point.
fn number(value: Option<f64>) -> AnyView {
    match value {
        Some(value) if value.fract() == 0.0 && value >= 0.0 => crate::words::grouped(value as u64).into_any(),
        Some(value) => format!("{value:.2}").into_any(),
        None => view! { <span class="quiet">"–"</span> }.into_any(),
    }
}
