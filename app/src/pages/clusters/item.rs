//! One cluster: its copies in the order in which they came, and how far they drifted since.
//! It must not name who copied, only their team.
use super::kind;
use crate::{
    api::get,
    components::{
        badge::{Badge, Chip},
        commit::commit_link,
        link::{EntityLink, Place, RepositoryLink, capability_page},
        load::loading,
        table::{TableRegion, header, header_number},
    },
    url::encoded,
    words,
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;
use shared::{
    Confidence, ShadowClaim, Timestamp,
    api::{ClusterFile, ClusterItem},
};
use std::collections::BTreeSet;

#[component]
pub fn ClusterPage() -> impl IntoView {
    let id = use_params_map().with_untracked(|params| params.get("id")).unwrap_or_default();
    loading(async move {
        let json = format!("/api/v1/clusters/{}", encoded(&id));
        let cluster = get::<ClusterItem>(json.clone()).await?;
        Ok(view! {
            <Title text=format!("{} · Code found twice · Waymark", cluster.name)/>
            <Cluster cluster json/>
        }
        .into_any())
    })
}

/// The page from its answer.
#[component]
pub fn Cluster(cluster: ClusterItem, json: String) -> impl IntoView {
    let c = cluster.clone();
    let possible = c.claim == ShadowClaim::PossibleDuplicate;
    let mark =
        possible.then(|| view! { <Badge tag=words::claim(ShadowClaim::PossibleDuplicate, Confidence::Possible)/> });
    let shadow = c.shadow.clone().map(|id| {
        let href = format!("/shadow/{}", encoded(&id));
        let text = if possible { "what it may be part of" } else { "the shadow platform that it is part of" };
        view! { <a href=href>"Open "{text}</a> }
    });
    let saved = format!("{} would not be there if it were shared", words::counted(c.duplicated_lines, "line", "lines"));
    view! {
        <nav class="crumbs" aria-label="Breadcrumb"><a href="/clusters">"Code found twice"</a></nav>
        <div class="page-head">
            <h1>{c.name.clone()}</h1>
            <p class="row"><Chip text=kind(&c)/><Chip text=c.language.clone()/>{mark}</p>
            <p class="headline">{since(&c)}</p>
        </div>
        <dl class="answers">
            <div><dt>"Copies"</dt><dd><a class="strong" href="#copies">{words::grouped(c.n_files)}</a><span class="quiet small">{format!("in {}", words::counted(c.repositories, "repository", "repositories"))}</span></dd></div>
            <div><dt>"Teams"</dt><dd><a class="strong" href="#copies">{words::grouped(c.teams.len() as u64)}</a></dd></div>
            <div><dt>"Lines of one copy"</dt><dd><b>{words::grouped(c.lines)}</b><span class="quiet small">{saved}</span></dd></div>
            <div><dt>"Rivals"</dt><dd>{rivals(&c)}<span class="quiet small">{c.capability_reason.clone()}</span></dd></div>
        </dl>
        <section id="copies" aria-labelledby="copies-head">
            <div class="section-head"><h2 id="copies-head">"Copies, oldest first"</h2>{shadow}</div>
            {copies(cluster)}
        </section>
        <p class="quiet small known"><a href=json rel="nofollow">"The same as JSON"</a></p>
    }
}

/// The capability beside which it stands.
pub(super) fn rivals(item: &ClusterItem) -> AnyView {
    match &item.capability {
        Some(name) => view! { <a href=capability_page(name)>{name.clone()}</a> }.into_any(),
        None => view! { <span class="quiet">"no capability"</span> }.into_any(),
    }
}

/// The day of a time as ISO writes it, so that a column of them can be compared.
pub(super) fn day(at: &Timestamp) -> AnyView {
    let text: String = at.as_str().chars().take(10).collect();
    view! { <time datetime=at.to_string()>{text}</time> }.into_any()
}

/// `First in acme/pay on 2025-03-02; 3 teams copied it since.`
pub(crate) fn since(item: &ClusterItem) -> AnyView {
    let Some(first) = item.first.clone() else {
        let text = format!(
            "Found in {}; where it was first is unknown.",
            words::counted(item.repositories, "repository", "repositories")
        );
        return text.into_any();
    };
    let later = item.files.iter().filter(|file| file.repository != first.repository);
    let teams: BTreeSet<_> = later.filter_map(|file| file.added_by.as_ref()).collect();
    let others = item.repositories.saturating_sub(1);
    let n = teams.len() as u64;
    // Not all copies are in the list of a large cluster.
    let least = if (item.files.len() as u64) < item.n_files { "at least " } else { "" };
    let copied = match (n, others) {
        (_, 0) => "; it stayed there.".to_owned(),
        (0, _) => format!(
            "; {} since, by people of no known team.",
            words::counted(others, "other repository has a copy", "other repositories have a copy")
        ),
        _ => format!("; {least}{} copied it since.", words::counted(n, "team", "teams")),
    };
    view! { "First in "{first.repository.to_string()}" on "{day(&first.at)}{copied} }.into_any()
}

/// The copies in the order in which they came.
pub(crate) fn copies(item: ClusterItem) -> impl IntoView {
    let caption = format!("Copies of {}, oldest first", item.name);
    let unseen = item.n_files.saturating_sub(item.files.len() as u64);
    let rows = item.files.into_iter().map(copy).collect_view();
    let head = (
        header("Repository"),
        header("File and lines"),
        header("Came on"),
        header("Brought by"),
        header("Team now"),
        header_number("Changes since"),
        header("Still the same"),
    );
    let more = (unseen > 0).then(|| {
        view! { <p class="quiet small">{format!("{} not listed.", words::counted(unseen, "more copy is", "more copies are"))}</p> }
    });
    view! {
        <TableRegion caption head=head.into_any()>{rows}</TableRegion>
        {more}
    }
}

fn copy(file: ClusterFile) -> impl IntoView {
    let lines = format!("lines {}–{}", file.from_line, file.to_line);
    let came = match file.added {
        Some(added) => {
            view! { <div class="moment">{commit_link(added.commit.as_str(), added.permalink)}{day(&added.at)}</div> }
                .into_any()
        }
        None => view! { <span class="quiet">"unknown"</span> }.into_any(),
    };
    view! {
        <tr>
            <th scope="row"><RepositoryLink name=file.repository/></th>
            <td><Place path=Some(file.path) line=None permalink=file.permalink/><div class="small quiet">{lines}</div></td>
            <td>{came}</td>
            <td><EntityLink entity=file.added_by/></td>
            <td><EntityLink entity=file.owner/></td>
            <td class="number">{words::grouped(file.changes)}</td>
            <td class="same">{same(file.similarity)}</td>
        </tr>
    }
}

/// How much of the first copy it still holds, as a number and a bar.
fn same(similarity: f64) -> impl IntoView {
    let share = if similarity.is_finite() { similarity.clamp(0.0, 1.0) } else { 0.0 };
    let width = format!("{:.1}%", share * 100.0);
    view! {
        <span class="number">{words::percent(share)}</span>
        <svg class="bullet" width="100%" height="10" aria-hidden="true">
            <rect class="bullet-ground" width="100%" height="10"/>
            <rect class="bullet-bar" y="2" width=width height="6"/>
        </svg>
    }
}
