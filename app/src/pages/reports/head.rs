//! The first lines of a report: the sentence, how sure it is, its figures, and how to forward it.
//! It must not show a figure without the list that it counts where there is one.
use super::page_of;
use crate::{
    components::{
        ago::Ago,
        icon::{Icon, icon},
    },
    time,
};
use leptos::prelude::*;
use shared::api::{ReportFigure, ShadowReport};

/// The forms in which the same report can be had.
const FORMATS: [(&str, &str); 5] =
    [("pdf", "PDF"), ("html", "HTML"), ("md", "Markdown"), ("csv", "CSV"), ("json", "JSON")];

#[component]
pub fn Head(report: ShadowReport) -> impl IntoView {
    let body = &report.body;
    let figures = figures(body.figures.clone());
    let (headline, confidence) = (body.headline.clone(), body.confidence.clone());
    view! {
        <nav class="crumbs" aria-label="Breadcrumb"><a href="/reports">"Reports"</a></nav>
        <div class="page-head">
            <h1>"Shadow report"</h1>
            {standing(&report)}
            <p class="headline report-headline">{headline}</p>
            <p class="lead confidence">{confidence}</p>
        </div>
        <Tools id=report.id/>
        {figures}
    }
}

/// Whether its figures move with the next scan.
fn standing(report: &ShadowReport) -> AnyView {
    let at = report.at.clone();
    let day = time::day(at.as_str());
    let rules: String = report.rules_version.chars().take(12).collect();
    let Some(id) = report.id.clone() else {
        return view! {
            <p class="quiet small standing-line">"Live, as of the scan of "<time datetime=at.to_string()>{day}</time>" ("<Ago time=Some(at)/>
                "), rules "<code>{rules}</code>". The next scan changes it; freeze it to forward it."</p>
        }
        .into_any();
    };
    let digest: String = report.digest.chars().take(16).collect();
    view! {
        <p class="as-of frozen" role="note">
            <span>"Frozen on "<time datetime=at.to_string()>{day}</time></span>
            <span class="quiet">"id "<code>{id}</code>", rules "<code>{rules}</code>", digest "<code title=report.digest.clone()>{digest}</code>"; figures do not change, what they link to may"</span>
            <a href="/reports/shadow">"Live report"</a>
        </p>
    }
    .into_any()
}

#[component]
fn Tools(id: Option<String>) -> impl IntoView {
    let api = id.as_deref().map_or_else(|| "/api/v1/reports/shadow".to_owned(), |id| format!("/api/v1{}", page_of(id)));
    let links = FORMATS.map(|(format, name)| {
        let href = format!("{api}?format={format}");
        view! { <a href=href rel="nofollow">{name}</a> }
    });
    let freeze = id.is_none().then(|| {
        view! { <button class="button primary" type="submit" form="freeze-form">"Freeze this report"</button> }
    });
    view! {
        <div class="row report-tools">
            {freeze}
            <p class="exports">{icon(Icon::Download)}<span class="sr">"The same report as "</span>{links.into_iter().collect_view()}</p>
            <a class="small" href="/reports">"Frozen reports"</a>
        </div>
    }
}

fn figures(figures: Vec<ReportFigure>) -> impl IntoView {
    let items = figures.into_iter().map(|figure| {
        let inside = view! { <b>{figure.text}</b><span>{figure.label}</span> };
        match own(figure.href) {
            Some(href) => view! { <li><a href=href>{inside}</a></li> }.into_any(),
            None => view! { <li><div>{inside}</div></li> }.into_any(),
        }
    });
    view! { <ul class="figures report-figures" aria-label="Figures">{items.collect_view()}</ul> }
}

/// An address on this site; anything else is no link.
pub(super) fn own(href: Option<String>) -> Option<String> {
    href.filter(|href| href.starts_with('/') && !href.starts_with("//"))
}
