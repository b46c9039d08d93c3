//! Who a team is: where it stands in the organisation, how large it is, and how true its ownership is.
//! It must not compare teams.
use crate::{
    components::{
        badge::Badge,
        delta::share,
        team::TeamLink,
        verdicts::{VerdictSplit, declared, of_owner},
    },
    words::{self, Tag},
};
use leptos::prelude::*;
use shared::{
    EntityRef, Verdict,
    api::{TeamDetail, TeamItem},
};

/// A team that is only named as an owner.
pub(super) const NOT_DESCRIBED: Tag = Tag { text: "no Group entity", tone: "warning" };
/// Parents shown at most: more is a circle.
const PARENTS: usize = 12;

#[component]
pub fn Head(team: TeamDetail, others: Vec<TeamItem>) -> impl IntoView {
    let item = team.item.clone();
    let crumbs = parents(&item, &others).into_iter().map(|parent| {
        view! { <span aria-hidden="true">"/"</span><TeamLink team=Some(parent)/> }
    });
    let about = team.description.clone().unwrap_or_else(|| match item.described {
        true => "No description is written down.".to_owned(),
        false => "It is named as an owner, and no Group entity describes it: who is in it is unknown.".to_owned(),
    });
    let entity = item.described.then(|| view! { <a href=item.team.page()>"In the catalog"</a> });
    let mark = (!item.described).then(|| view! { <Badge tag=NOT_DESCRIBED/> });
    view! {
        <nav class="crumbs" aria-label="Breadcrumb"><a href="/teams">"Teams"</a>{crumbs.collect_view()}</nav>
        <div class="page-head">
            <h1>{item.title.clone()}</h1>
            <p class="row">{mark}<code class="quiet">{item.team.to_string()}</code>{entity}</p>
            <p class="lead">{about}</p>
            <Champion team=team.clone()/>
        </div>
        <Answers item children=team.children/>
    }
}

/// The parent, its parent and so on, the topmost first.
fn parents(item: &TeamItem, others: &[TeamItem]) -> Vec<EntityRef> {
    let mut chain: Vec<EntityRef> = Vec::new();
    let mut next = item.parent.clone();
    while let Some(parent) = next.take() {
        if parent == item.team || chain.contains(&parent) || chain.len() == PARENTS {
            break;
        }
        next = others.iter().find(|other| other.team == parent).and_then(|other| other.parent.clone());
        chain.push(parent);
    }
    chain.reverse();
    chain
}

/// What the team has kept to, in words.
#[component]
fn Champion(team: TeamDetail) -> impl IntoView {
    let title = |name: &String| {
        let used = team.uses.iter().find(|used| used.capability == *name);
        let href = crate::components::link::capability_page(name);
        view! { <li><a class="filter" href=href>{used.map_or_else(|| name.clone(), |used| used.title.clone())}</a></li> }
    };
    (!team.champion_of.is_empty()).then(|| {
        view! {
            <p>"Champion: it has kept the golden offer in two or more repositories for 90 days, of"</p>
            <ul class="filters" aria-label="Champion of">{team.champion_of.iter().map(title).collect_view()}</ul>
        }
    })
}

#[component]
fn Answers(item: TeamItem, children: Vec<EntityRef>) -> impl IntoView {
    let list = of_owner(&item.team.to_string());
    let members = match (item.described, item.members) {
        (false, 0) => view! { <span class="quiet">"unknown"</span> }.into_any(),
        (_, n) => words::counted(n, "person", "people").into_any(),
    };
    let truth = match item.truth {
        Some(_) => {
            let confirmed = list.with("verdict", Some(Verdict::Confirmed.as_str())).href();
            let said = format!(" of {}", words::counted(item.verdicts.declared(), "component", "components"));
            view! { {share(item.truth)}<a class="small" href=confirmed>{words::grouped(item.verdicts.confirmed)}</a><a class="small" href=declared(&list).href()>{said}</a> }.into_any()
        }
        None => view! { <span class="quiet">"owns nothing that was found"</span> }.into_any(),
    };
    let below = (!children.is_empty()).then(|| {
        let links = children.into_iter().map(|child| view! { <TeamLink team=Some(child)/> });
        view! { <div><dt>"Teams in it"</dt><dd>{links.collect_view()}</dd></div> }
    });
    view! {
        <dl class="answers">
            <div><dt>"Members"</dt><dd>{members}</dd></div>
            <div><dt>"Ownership confirmed by the work"</dt><dd>{truth}</dd></div>
            <div><dt>"Verdicts"</dt><dd><VerdictSplit list counts=item.verdicts/></dd></div>
            {below}
        </dl>
    }
}
