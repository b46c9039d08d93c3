//! What a reader must know of a time axis: launches, rule changes, where histories begin, and what is not known.
//! It must not mark what the series itself shows.
use super::{
    link::{commit_id, commit_link},
    past::{Past, PastCapability, PastRepository, PastRuleChange, Scope, Time, timestamp},
    standing_at::DAY,
};
use shared::{
    MarkKind,
    api::{Gap, Mark},
};
use std::collections::{BTreeMap, BTreeSet};

/// Repositories that one mark names before it only counts.
const NAMED: usize = 3;

/// Marks by time: of a capability its launches and rule changes, and of everything the beginnings of histories that are cut
/// off, those of one day as one.
pub fn marks(past: &Past, capability: Option<usize>, scope: &Scope) -> Vec<Mark> {
    let mut out: Vec<(Time, Mark)> = vec![];
    if let Some(capability) = capability.and_then(|at| past.capabilities.get(at)) {
        out.extend(launches(capability));
        out.extend(capability.rule_changes.iter().map(|change| (change.at, rule_change(past, change))));
    }
    out.extend(history_starts(past, scope));
    out.retain(|(at, _)| *at <= past.now);
    out.sort_by_key(|(at, _)| *at);
    out.into_iter().map(|(_, mark)| mark).collect()
}

fn launches(capability: &PastCapability) -> impl Iterator<Item = (Time, Mark)> {
    let offered = capability.offers.iter().filter_map(|offer| Some((offer.since?, &offer.name)));
    offered.map(|(at, name)| (at, plain(at, MarkKind::Launch, format!("{name} is offered"))))
}

fn rule_change(past: &Past, change: &PastRuleChange) -> Mark {
    let repository = past.repositories.iter().find(|held| held.name == change.repository);
    Mark {
        repository: Some(change.repository.clone()),
        commit: Some(commit_id(&change.commit)),
        permalink: repository.and_then(|held| commit_link(held, &change.commit)),
        ..plain(change.at, MarkKind::Rules, change.text.clone())
    }
}

fn history_starts(past: &Past, scope: &Scope) -> Vec<(Time, Mark)> {
    let mut days: BTreeMap<Time, Vec<&PastRepository>> = BTreeMap::new();
    for repository in in_scope(past, scope).filter(|held| held.cut_off.is_some()) {
        days.entry(repository.first.at.div_euclid(DAY)).or_default().push(repository);
    }
    days.into_values().map(|of_day| history_start(&of_day)).collect()
}

fn history_start(of_day: &[&PastRepository]) -> (Time, Mark) {
    let at = of_day.iter().map(|held| held.first.at).min().unwrap_or_default();
    if let [one] = of_day {
        let why = one.cut_off.as_deref().unwrap_or_default();
        let mark = plain(at, MarkKind::HistoryStart, format!("history of {} starts here ({why})", one.name));
        let (commit, permalink) = (Some(commit_id(&one.first.commit)), commit_link(one, &one.first.commit));
        return (at, Mark { repository: Some(one.name.clone()), commit, permalink, ..mark });
    }
    let names: Vec<&str> = of_day.iter().take(NAMED).map(|held| held.name.as_str()).collect();
    let more = of_day.len() - names.len();
    let more = if more == 0 { String::new() } else { format!(" and {more} more") };
    let text = format!("history of {} repositories starts here: {}{more}", of_day.len(), names.join(", "));
    (at, plain(at, MarkKind::HistoryStart, text))
}

fn plain(at: Time, kind: MarkKind, text: String) -> Mark {
    Mark { at: timestamp(at), kind, text, repository: None, commit: None, permalink: None }
}

/// Repositories with a component in scope; all of them for everything.
fn in_scope<'a>(past: &'a Past, scope: &Scope) -> impl Iterator<Item = &'a PastRepository> {
    let everything = *scope == Scope::default();
    let held: BTreeSet<usize> =
        past.components.iter().filter(|held| scope.holds(past, held)).map(|held| held.repository).collect();
    let inside = move |at: &usize| everything || held.contains(at);
    past.repositories.iter().enumerate().filter(move |(at, _)| inside(at)).map(|(_, repository)| repository)
}

/// What could not be read of the repositories in scope, by repository and time.
pub fn gaps(past: &Past, scope: &Scope) -> Vec<Gap> {
    let gap = |repository: &PastRepository, (from, to, reason): &(Time, Time, String)| Gap {
        repository: repository.name.clone(),
        from: timestamp(*from),
        to: timestamp(*to),
        reason: reason.clone(),
    };
    in_scope(past, scope).flat_map(|held| held.gaps.iter().map(move |one| gap(held, one))).collect()
}
