//! The shadow report: what leadership reads in a minute and forwards; live, or frozen.
//! It must not say anything that its figures do not, and a frozen one never changes.
use super::{
    body::{Assumptions, Changes, Dark, Gaps, Ranked},
    decisions::Decisions,
    head::Head,
    matrix::Matrix,
    page_of,
};
use crate::{api::get, components::load::loading, url::encoded};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;
use shared::api::{ReportBody, ShadowReport};

/// The live one: what the last scan says.
#[component]
pub fn LiveReportPage() -> impl IntoView {
    loading(async move {
        let report = get::<ShadowReport>("/api/v1/reports/shadow".to_owned()).await?;
        Ok(view! {
            <Title text="Shadow report · Waymark"/>
            <Report report/>
        }
        .into_any())
    })
}

/// A frozen one.
#[component]
pub fn ReportPage() -> impl IntoView {
    let id = use_params_map().with_untracked(|params| params.get("id")).unwrap_or_default();
    loading(async move {
        let report = get::<ShadowReport>(format!("/api/v1/reports/{}", encoded(&id))).await?;
        let day: String = report.at.as_str().chars().take(10).collect();
        Ok(view! {
            <Title text=format!("Shadow report of {day} · Waymark")/>
            <Report report/>
        }
        .into_any())
    })
}

/// The page from its answer: on paper, what it is about on the first sheet and what follows from it on the second.
#[component]
pub fn Report(report: ShadowReport) -> impl IntoView {
    let ReportBody { gaps, matrix, shadows, n_shadows, n_possible, dark, changes, since, assumptions, .. } =
        report.body.clone();
    let at = report.id.is_some().then(|| report.at.to_string());
    let save = report.id.as_deref().map(|id| format!("{}/decisions", page_of(id)));
    view! {
        <article class="report">
            <Head report=report.clone()/>
            <Gaps gaps/>
            <Matrix matrix at/>
            <Ranked shadows n_shadows n_possible/>
            <div class="two">
                <Dark dark/>
                <Changes changes since/>
            </div>
            <Decisions decisions=report.decisions frozen=save/>
            <Assumptions assumptions/>
        </article>
    }
}
