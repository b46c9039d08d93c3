//! The work on a component by team: the parts of each score, and the commits that weigh most.
//! It must not name authors.
use crate::{
    components::{
        ago::Ago,
        badge::Chip,
        commit::commit_link,
        score::decimal,
        table::{TableRegion, header, header_number},
        team::TeamLink,
    },
    words,
};
use leptos::prelude::*;
use shared::{
    EntityRef,
    api::{ObservedTeam, OwnershipCommit},
};

/// One row a team, with the five parts of its score.
#[component]
pub fn Observed(teams: Vec<ObservedTeam>, declared: Option<EntityRef>) -> impl IntoView {
    if teams.is_empty() {
        return view! { <p class="quiet">"No work by people was seen."</p> }.into_any();
    }
    let head = (
        header("Team"),
        header_number("Score"),
        header_number("Lines (35%)"),
        header_number("Commits (25%)"),
        header_number("Merges (15%)"),
        header_number("CODEOWNERS (15%)"),
        header_number("First author (10%)"),
    );
    let rows = teams.into_iter().map(|team| row(team, declared.as_ref())).collect_view();
    view! {
        <h3>"Teams by their score"</h3>
        <TableRegion caption="Teams by their score, with its parts" head=head.into_any()>{rows}</TableRegion>
        <p class="small quiet">"Each part is a share of 0 to 1, and newer work weighs more. Where a part cannot be known, the others weigh more."</p>
    }
    .into_any()
}

fn row(observed: ObservedTeam, declared: Option<&EntityRef>) -> impl IntoView + use<> {
    let is_declared = observed.team.is_some() && observed.team.as_ref() == declared;
    let mark = is_declared.then(|| view! { " "<Chip text="declared"/> });
    let parts = observed.parts;
    let part = |value: Option<f64>| match value {
        Some(value) => view! { <td class="number">{decimal(value)}</td> }.into_any(),
        None => view! { <td class="number"><span class="quiet">"unknown"</span></td> }.into_any(),
    };
    view! {
        <tr>
            <th scope="row"><TeamLink team=observed.team/>{mark}</th>
            <td class="number"><b>{decimal(observed.share)}</b></td>
            {part(Some(parts.lines))}
            {part(Some(parts.commits))}
            {part(parts.merges)}
            {part(parts.code_owners)}
            {part(Some(parts.first_author))}
        </tr>
    }
}

/// The commits that weigh most.
#[component]
pub fn Evidence(commits: Vec<OwnershipCommit>) -> impl IntoView {
    (!commits.is_empty()).then(|| {
        let head = (header("Commit"), header("When"), header("Team"), header_number("Lines"));
        let rows = commits.into_iter().map(|commit| {
            view! {
                <tr>
                    <th scope="row">{commit_link(commit.commit.as_str(), commit.permalink)}</th>
                    <td><Ago time=Some(commit.at)/></td>
                    <td><TeamLink team=commit.team/></td>
                    <td class="number">{words::grouped(commit.lines)}</td>
                </tr>
            }
        });
        view! {
            <h3>"Commits that weigh most"</h3>
            <TableRegion caption="Commits that weigh most" head=head.into_any()>{rows.collect_view()}</TableRegion>
        }
    })
}
