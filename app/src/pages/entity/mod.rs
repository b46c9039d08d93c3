//! One entity: what, whose, how to start, in what state, and why we think so.
//! Claims and evidence stand side by side; what is inferred is marked.
pub mod definition;
pub mod ownership;
pub mod proof;
pub mod relations;
pub mod standings;

use crate::{
    api::get,
    components::{
        ago::Ago,
        badge::{Badge, Chip},
        icon::{Icon, icon},
        link::{EntityLink, Place, RepositoryLink},
        load::loading,
        team::team_page,
    },
    url::{PageUrl, encoded},
    words,
};
use definition::DefinitionSection;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;
use ownership::OwnershipSection;
use proof::{Findings, Proof};
use relations::{Packages, Relations};
use shared::{
    EntityKind, State, Verdict,
    api::{DependencyItem, DependencyQuery, EntityDetail, OwnershipItem, Page},
};
use standings::Standings;

/// Dependencies shown on the page; all of them are one link away.
const PACKAGES: u32 = 15;

#[component]
pub fn EntityPage() -> impl IntoView {
    let of = |key: &str| use_params_map().with_untracked(|params| encoded(&params.get(key).unwrap_or_default()));
    let path = format!("/api/v1/entities/{}/{}/{}", of("kind"), of("namespace"), of("name"));
    loading(async move {
        let entity = get::<EntityDetail>(path).await?;
        let query = DependencyQuery {
            component: vec![entity.summary.entity.to_string()],
            limit: Some(PACKAGES),
            ..Default::default()
        };
        let packages = match entity.dependencies {
            0 => None,
            _ => get::<Page<DependencyItem>>(PageUrl::new("/api/v1/dependencies", query.pairs()).href()).await.ok(),
        };
        let title = entity.summary.title.clone().unwrap_or_else(|| entity.summary.entity.short());
        let is_component = entity.summary.kind == EntityKind::Component;
        let me = entity.summary.entity.clone();
        // Without a verdict the page is only shorter.
        let verdict = match is_component {
            true => get::<Page<OwnershipItem>>(ownership::asked(&me))
                .await
                .ok()
                .and_then(|page| page.items.into_iter().next()),
            false => None,
        };
        Ok(view! {
            <Title text=format!("{title} · Waymark")/>
            <Head entity=entity.clone() title verdict=verdict.as_ref().map(|item| item.verdict)/>
            {is_component.then(|| view! { <Standings standings=entity.standings.clone()/> })}
            {verdict.map(|item| view! { <OwnershipSection item/> })}
            <DefinitionSection entity=entity.clone()/>
            <Relations entity=me.clone() relations=entity.relations.clone()/>
            {packages.map(|packages| view! { <Packages entity=me packages/> })}
            <Proof entity=entity.clone()/>
            <Findings findings=entity.findings_list.clone()/>
            <Readme entity/>
        }
        .into_any())
    })
}

#[component]
fn Head(entity: EntityDetail, title: String, verdict: Option<Verdict>) -> impl IntoView {
    let s = entity.summary.clone();
    let kind = s.kind.descriptor_kind();
    let description = s.description.clone().unwrap_or_else(|| "No description is written down.".to_owned());
    let tags = s.tags.iter().take(8).map(|text| view! { <Chip text=text.clone()/> }).collect_view();
    let team = (s.kind == EntityKind::Group).then(|| {
        view! { <p><a href=team_page(&s.entity)>"As a team: what it owns, uses and built"</a></p> }
    });
    view! {
        <nav class="crumbs" aria-label="Breadcrumb">
            <a href="/catalog">"Catalog"</a><span aria-hidden="true">"/"</span>
            <a href=format!("/catalog?kind={}", s.kind)>{kind}</a>
        </nav>
        <div class="page-head">
            <h1>{icon(Icon::of(s.kind.as_str()))}" "{title}</h1>
            <p class="row">
                <Badge tag=words::origin(s.origin)/>
                {s.subtype.clone().map(|text| view! { <Chip text/> })}
                {entity.definition.as_ref().and_then(|d| d.version.clone()).map(|text| view! { <Chip text/> })}
                {s.lifecycle.clone().map(|text| view! { <Chip text/> })}
                {s.language.clone().map(|text| view! { <Chip text/> })}
                {tags}
            </p>
            <p class="lead">{description}</p>
            {team}
        </div>
        <Answers entity verdict/>
    }
}

/// Whose, how to start, in what state, where: the first screen.
#[component]
fn Answers(entity: EntityDetail, verdict: Option<Verdict>) -> impl IntoView {
    let s = entity.summary.clone();
    let owner = match s.owner.clone() {
        Some(owner) => view! { <EntityLink entity=Some(owner) exists=s.owner_exists/> }.into_any(),
        None => view! { <span class="quiet">"unknown: nobody claims it"</span> }.into_any(),
    };
    let verdict = verdict.map(|verdict| view! { <a href="#ownership"><Badge tag=words::verdict(verdict)/></a> });
    // Groups and users own; nobody owns them.
    let owned = !matches!(s.kind, EntityKind::Group | EntityKind::User);
    let golden = entity.standings.iter().filter(|s| matches!(s.state, State::Golden | State::Migrating)).count();
    let off = entity.standings.iter().filter(|s| s.golden_offered && s.state == State::OffPath).count();
    let state = (s.kind == EntityKind::Component).then(|| {
        view! {
            <div>
                <dt>"Golden paths"</dt>
                <dd><a href="#capabilities">{format!("{golden} golden, {off} off path")}</a></dd>
            </div>
        }
    });
    let system =
        s.system.clone().map(|system| view! { <div><dt>"System"</dt><dd><EntityLink entity=Some(system)/></dd></div> });
    view! {
        <dl class="answers">
            {owned.then(|| view! { <div><dt>"Owner"</dt><dd>{owner}{verdict}</dd></div> })}
            {system}
            <div><dt>"How to start"</dt><dd>{start(&entity)}</dd></div>
            {state}
            {(entity.dependents > 0).then(|| view! {
                <div><dt>"Used by"</dt><dd><a href="#relations-table">{words::counted(entity.dependents, "entity", "entities")}</a></dd></div>
            })}
            <div>
                <dt>"Source"</dt>
                <dd>
                    {s.repository.map(|name| view! { <RepositoryLink name/> })}
                    <Place path=s.path.filter(|path| !path.is_root()) line=None permalink=entity.web_url/>
                    <span class="small quiet">"changed "<Ago time=entity.committed_at/></span>
                </dd>
            </div>
        </dl>
    }
}

fn start(entity: &EntityDetail) -> AnyView {
    let api =
        entity.relations.iter().find(|r| r.from == entity.summary.entity && r.kind == "providesApi" && r.to_exists);
    let api = api.map(|relation| view! { <EntityLink entity=Some(relation.to.clone())/> });
    match &entity.readme_html {
        Some(_) => view! { <a href="#readme">"Read the README"</a>{api} }.into_any(),
        None if api.is_some() => api.into_any(),
        None => view! { <span class="quiet">"No README"</span> }.into_any(),
    }
}

#[component]
fn Readme(entity: EntityDetail) -> impl IntoView {
    entity.readme_html.map(|html| {
        view! {
            <section id="readme">
                <div class="section-head"><h2>"README"</h2><Place path=entity.readme_path line=None permalink=None/></div>
                <div class="panel"><div class="prose" inner_html=html></div></div>
            </section>
        }
    })
}
