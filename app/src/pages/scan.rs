//! One scan: live while it runs, its result afterwards.
//! It must not estimate anything the server does not say.
use crate::{
    api::get,
    components::{ago::Ago, badge::Badge, load::loading},
    islands::ScanProgress,
    time, words,
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;
use shared::{
    ScanStatus,
    api::{ScanEvent, ScanItem},
};

#[component]
pub fn ScanPage() -> impl IntoView {
    let id = use_params_map().with_untracked(|params| params.get("id")).unwrap_or_default();
    loading(async move {
        let scan = get::<ScanItem>(format!("/api/v1/scans/{}", crate::url::encoded(&id))).await?;
        let running = matches!(scan.status, ScanStatus::Queued | ScanStatus::Running);
        let title = format!("Scan {}", scan.id);
        Ok(view! {
            <Title text=format!("{title} · Waymark")/>
            <nav class="crumbs" aria-label="Breadcrumb"><a href="/sources">"Sources and scans"</a></nav>
            <div class="page-head">
                <h1>{title}</h1>
                <p class="row"><Badge tag=words::scan(scan.status)/><span class="quiet">"started "<Ago time=Some(scan.started_at.clone())/></span></p>
            </div>
            {running.then(|| view! { <Running scan=scan.clone()/> })}
            {(!running).then(|| view! { <Result scan/> })}
        }
        .into_any())
    })
}

#[component]
fn Running(scan: ScanItem) -> impl IntoView {
    let start = ScanEvent {
        scan: scan.id,
        status: scan.status,
        done: scan.done,
        past: scan.past,
        repositories: scan.repositories,
        failed: scan.failed,
        errors: scan.errors,
        current: None,
        seconds_left: None,
    };
    view! {
        <section class="panel" aria-label="Progress">
            <ScanProgress start/>
            <p class="small quiet">"The numbers move by themselves. If they do not, "<a href=format!("/scans/{}", scan.id)>"read them again"</a>"."</p>
        </section>
    }
}

#[component]
fn Result(scan: ScanItem) -> impl IntoView {
    let numbers = [
        ("Repositories found", scan.repositories, "/sources"),
        ("Dealt with", scan.done, "/sources"),
        ("Unchanged since the last scan", scan.unchanged, "/sources"),
        ("Failed", scan.failed, "/sources?status=failed"),
        ("Findings of error severity", scan.errors, "/findings?severity=error"),
    ];
    let rows = numbers.map(|(label, n, href)| {
        view! { <div><dt>{label}</dt><dd><a href=href>{words::grouped(n)}</a></dd></div> }
    });
    let took = scan.duration_ms.map(|ms| view! { <div><dt>"Took"</dt><dd>{time::span(ms)}</dd></div> });
    let failed = scan.message.map(|text| {
        view! { <div class="empty"><h2>"The scan failed"</h2><p>{text}</p><p><a class="button" href="/sources">"Scan again"</a></p></div> }
    });
    view! {
        {failed}
        <section>
            <div class="section-head"><h2>"Result"</h2></div>
            <dl class="facts">{rows.into_iter().collect_view()}{took}</dl>
        </section>
    }
}
