//! Verdicts summed up by team and by repository, the least true first, each number opening what it counts.
//! It must not order anything itself.
use crate::{
    components::{
        delta::share,
        link::RepositoryLink,
        table::{TableRegion, header, header_number},
        team::TeamLink,
        verdicts::{VerdictSplit, declared, of_owner, of_repository},
    },
    url::PageUrl,
    words,
};
use leptos::prelude::*;
use shared::{
    EntityRef, RepoName, Verdict,
    api::{OwnershipRow, OwnershipSummary},
};

/// Rows shown before the rest folds, and rows at most.
const SHOWN: usize = 8;
const MOST: usize = 100;

/// Both tables.
pub(super) fn rollups(summary: &OwnershipSummary) -> impl IntoView + use<> {
    let teams = rollup("by-team", "By declared owner", "Owner", summary.teams.clone(), |row| {
        let team = row.name.parse::<EntityRef>().ok();
        let name = match team {
            Some(team) => view! { <TeamLink team=Some(team)/> }.into_any(),
            None => view! { <span class="quiet">"nobody claims it"</span> }.into_any(),
        };
        (name, of_owner(&row.name))
    });
    let repositories = rollup("by-repository", "By repository", "Repository", summary.repositories.clone(), |row| {
        let name = match row.name.parse::<RepoName>() {
            Ok(name) => view! { <RepositoryLink name/> }.into_any(),
            Err(_) => row.title.clone().into_any(),
        };
        (name, of_repository(&row.name))
    });
    view! { {teams}{repositories} }
}

fn rollup(
    id: &'static str,
    title: &'static str,
    label: &'static str,
    mut rows: Vec<OwnershipRow>,
    name: fn(&OwnershipRow) -> (AnyView, PageUrl),
) -> Option<AnyView> {
    if rows.is_empty() {
        return None;
    }
    let n = rows.len();
    let rest: Vec<_> = rows.drain(SHOWN.min(n)..).take(MOST).collect();
    let left_out = n.saturating_sub(SHOWN + MOST) as u64;
    let more = (!rest.is_empty()).then(|| {
        let left_out = (left_out > 0).then(|| {
            let text = format!("{} more are in the list above.", words::grouped(left_out));
            view! { <p class="small quiet">{text}</p> }
        });
        view! {
            <details class="more">
                <summary>{format!("{} more", words::grouped(rest.len() as u64))}</summary>
                {table(title, label, rest, name)}
                {left_out}
            </details>
        }
    });
    Some(
        view! {
            <section id=id>
                <div class="section-head"><h2>{title}</h2><p class="quiet">"The least true first"</p></div>
                {table(title, label, rows, name)}
                {more}
            </section>
        }
        .into_any(),
    )
}

fn table(
    caption: &'static str,
    label: &'static str,
    rows: Vec<OwnershipRow>,
    name: fn(&OwnershipRow) -> (AnyView, PageUrl),
) -> impl IntoView {
    let head = (
        header(label),
        header_number("Confirmed"),
        header_number("Declared"),
        header_number("Truth"),
        header("Verdicts"),
    );
    let rows = rows.into_iter().map(|row| self::row(name(&row), row)).collect_view();
    view! { <TableRegion caption head=head.into_any()>{rows}</TableRegion> }
}

fn row((name, list): (AnyView, PageUrl), row: OwnershipRow) -> impl IntoView {
    let confirmed = list.with("verdict", Some(Verdict::Confirmed.as_str())).href();
    let n_declared = row.verdicts.declared();
    view! {
        <tr>
            <th scope="row">{name}</th>
            <td class="number"><a href=confirmed>{words::grouped(row.verdicts.confirmed)}</a></td>
            <td class="number"><a href=declared(&list).href()>{words::grouped(n_declared)}</a></td>
            <td class="number">{if n_declared == 0 { "none declared".to_owned() } else { share(row.truth) }}</td>
            <td><VerdictSplit list counts=row.verdicts/></td>
        </tr>
    }
}
