//! One homegrown platform: why it is one, what it consists of, who uses it, what it took, and what would retire it.
//! It must not name a person, and it says possible where that is all it is.
pub mod effort;
pub mod evidence;
pub mod origins;
pub mod retire;

use super::{rivals, team_names};
use crate::{
    api::get,
    components::{
        badge::{Badge, Chip},
        cost::Cost,
        delta::Grown,
        load::loading,
    },
    url::encoded,
    words,
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;
use shared::{
    Confidence, ShadowClaim,
    api::{ShadowDetail, ShadowItem},
};

#[component]
pub fn ShadowPage() -> impl IntoView {
    let id = use_params_map().with_untracked(|params| params.get("id")).unwrap_or_default();
    loading(async move {
        let json = format!("/api/v1/shadow/{}", encoded(&id));
        let detail = get::<ShadowDetail>(json.clone()).await?;
        Ok(view! {
            <Title text=format!("{} · Shadow platforms · Waymark", detail.item.name)/>
            <Detail detail json/>
        }
        .into_any())
    })
}

/// The page from its answer.
#[component]
pub fn Detail(detail: ShadowDetail, json: String) -> impl IntoView {
    let ShadowDetail { item, parts, users, ledger, readiness, partners, champions, clusters, assumptions } = detail;
    view! {
        <nav class="crumbs" aria-label="Breadcrumb"><a href="/shadow">"Shadow platforms"</a></nav>
        <Head item=item.clone()/>
        <evidence::Evidence parts users/>
        <effort::Effort item=item.clone() ledger assumptions/>
        <retire::Retire order=item.retire_order readiness/>
        <retire::Teams partners champions/>
        <origins::Origins clusters/>
        <p class="quiet small known"><a href=json rel="nofollow">"The same as JSON"</a></p>
    }
}

/// What it is and why we think so: the first screen.
#[component]
fn Head(item: ShadowItem) -> impl IntoView {
    let sure = item.claim == ShadowClaim::Shadow && item.confidence == Confidence::Probable;
    let why = if sure { "Why it is one" } else { "Why it may be one" };
    let repositories = words::counted(item.repositories, "repository", "repositories");
    let lines = words::counted(item.lines, "line", "lines");
    let rival = rivals(&item);
    view! {
        <div class="page-head">
            <h1>{item.name.clone()}</h1>
            <p class="row">
                <Badge tag=words::claim(item.claim, item.confidence)/>
                <Chip text=words::shadow_kind(item.kind)/>
                <span class="quiet small">{format!("{lines} in {repositories}")}</span>
            </p>
            <p class="lead"><b>{why}": "</b>{item.why.clone()}</p>
        </div>
        <dl class="answers">
            <div><dt>"Rivals"</dt><dd>{rival}</dd></div>
            <div><dt>"Teams"</dt><dd><a class="strong" href="#evidence">{words::grouped(item.teams.len() as u64)}</a><span class="quiet small">{team_names(&item.teams)}</span></dd></div>
            <div><dt>"Consumers"</dt><dd><a class="strong" href="#users">{words::grouped(item.consumers)}</a><span class="small"><Grown by=item.growth_90d/>" in 90 days"</span></dd></div>
            <div><dt>"Author-days"</dt><dd><a class="strong" href="#effort">{words::grouped(item.author_days_year)}</a><span class="quiet small">{format!("in the last year, {} in all", words::grouped(item.author_days))}</span></dd></div>
            <div><dt>"Cost of the last year"</dt><dd><a href="#cost"><Cost cost=item.cost/></a></dd></div>
        </dl>
    }
}
