//! Verdicts summed up by team and by repository, the least true first, each number opening what it counts.
//! It must not order anything itself.
use crate::{
    components::{
        delta::share,
        link::RepositoryLink,
        table::{TableRegion, header, header_number},
        team::TeamLink,
        verdicts::{VerdictSplit, declared, of_part},
    },
    url::PageUrl,
    words,
};
use leptos::prelude::*;
use shared::{
    EntityRef, OwnedPart, RepoName, Verdict,
    api::{OwnershipRow, OwnershipSummary},
};

/// Rows shown before the rest folds, and rows at most.
const SHOWN: usize = 8;
const MOST: usize = 100;

/// By whom or where verdicts are summed up.
struct Roll {
    /// The key of the list's query that one row sets.
    key: &'static str,
    title: &'static str,
    label: &'static str,
    name: fn(&OwnershipRow) -> AnyView,
}

const TEAMS: Roll = Roll { key: "owner", title: "By declared owner", label: "Owner", name: team };
const REPOSITORIES: Roll = Roll { key: "repository", title: "By repository", label: "Repository", name: repository };

/// Both tables.
pub(super) fn rollups(part: OwnedPart, summary: &OwnershipSummary) -> impl IntoView + use<> {
    let list = of_part(part);
    (rollup(&list, &TEAMS, summary.teams.clone()), rollup(&list, &REPOSITORIES, summary.repositories.clone()))
}

fn team(row: &OwnershipRow) -> AnyView {
    match row.name.parse::<EntityRef>() {
        Ok(team) => view! { <TeamLink team=Some(team)/> }.into_any(),
        Err(_) => view! { <span class="quiet">"nobody claims it"</span> }.into_any(),
    }
}

fn repository(row: &OwnershipRow) -> AnyView {
    match row.name.parse::<RepoName>() {
        Ok(name) => view! { <RepositoryLink name/> }.into_any(),
        Err(_) => row.title.clone().into_any(),
    }
}

fn rollup(list: &PageUrl, by: &Roll, mut rows: Vec<OwnershipRow>) -> Option<AnyView> {
    if rows.is_empty() {
        return None;
    }
    let n = rows.len();
    let rest: Vec<_> = rows.drain(SHOWN.min(n)..).take(MOST).collect();
    let more = (!rest.is_empty()).then(|| {
        let left_out = n.saturating_sub(SHOWN + MOST) as u64;
        let left_out = (left_out > 0).then(|| {
            let text = format!("{} more are in the list above.", words::grouped(left_out));
            view! { <p class="small quiet">{text}</p> }
        });
        view! {
            <details class="more">
                <summary>{format!("{} more", words::grouped(rest.len() as u64))}</summary>
                {table(list, by, rest)}
                {left_out}
            </details>
        }
    });
    Some(
        view! {
            <section id=format!("by-{}", by.key)>
                <div class="section-head"><h2>{by.title}</h2><p class="quiet">"The least true first"</p></div>
                {table(list, by, rows)}
                {more}
            </section>
        }
        .into_any(),
    )
}

fn table(list: &PageUrl, by: &Roll, rows: Vec<OwnershipRow>) -> impl IntoView + use<> {
    let head = (
        header(by.label),
        header_number("Confirmed"),
        header_number("Declared"),
        header_number("Truth"),
        header("Verdicts"),
    );
    let rows =
        rows.into_iter().map(|row| self::row((by.name)(&row), list.with(by.key, Some(&row.name)), row)).collect_view();
    view! { <TableRegion caption=by.title head=head.into_any()>{rows}</TableRegion> }
}

fn row(name: AnyView, list: PageUrl, row: OwnershipRow) -> impl IntoView {
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
