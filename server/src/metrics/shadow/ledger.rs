//! The work on one candidate over all repositories: days of one author once, wherever they were.
//! It must not name an author.
use super::{
    days::{YEAR, day_of},
    effort::{Effort, quarter},
};
use shared::{EntityRef, WorkPhase, api::LedgerRow};
use std::collections::BTreeMap;

/// Quarter, team and phase: what a row is about.
type Key = (String, Option<EntityRef>, WorkPhase);

/// Everything counted.
#[derive(Debug, Default)]
pub(super) struct Ledger {
    /// By quarter, then team, then phase.
    pub(super) rows: Vec<LedgerRow>,
    pub(super) days: u64,
    pub(super) days_year: u64,
    /// Of those of the year, by team.
    pub(super) year_by_team: BTreeMap<EntityRef, u64>,
    /// Days by people of no known team.
    pub(super) of_nobody: u64,
}

/// Adds up what was counted in each repository. Days after `now` are left out: some clocks are wrong.
pub(super) fn ledger(efforts: &[&Effort], now: i64) -> Ledger {
    let today = day_of(now);
    let mut pairs: BTreeMap<(u64, i64), (WorkPhase, Option<EntityRef>)> = BTreeMap::new();
    for day in efforts.iter().flat_map(|effort| &effort.days).filter(|day| day.day <= today) {
        let held = pairs.entry((day.author, day.day)).or_insert_with(|| (day.phase, day.team.clone()));
        // Whatever the order of repositories: a building day is one everywhere, and a known team beats none.
        held.0 = held.0.min(day.phase);
        held.1 = [held.1.take(), day.team.clone()].into_iter().flatten().min();
    }
    let mut ledger = Ledger { days: pairs.len() as u64, ..Ledger::default() };
    let mut rows: BTreeMap<Key, LedgerRow> = BTreeMap::new();
    for ((_, day), (phase, team)) in pairs {
        let recent = u64::from(today - YEAR < day);
        ledger.days_year += recent;
        match &team {
            Some(team) => *ledger.year_by_team.entry(team.clone()).or_default() += recent,
            None => ledger.of_nobody += 1,
        }
        row(&mut rows, (quarter(day * 86_400), team, phase)).author_days += 1;
    }
    for change in efforts.iter().flat_map(|effort| &effort.changes) {
        let row = row(&mut rows, (change.quarter.clone(), change.team.clone(), change.phase));
        row.lines_added += change.added;
        row.lines_removed += change.removed;
        row.commits += change.commits;
    }
    ledger.year_by_team.retain(|_, days| *days > 0);
    ledger.rows = rows.into_values().collect();
    ledger
}

fn row(rows: &mut BTreeMap<Key, LedgerRow>, key: Key) -> &mut LedgerRow {
    let (quarter, team, phase) = key.clone();
    let empty = LedgerRow { quarter, team, phase, author_days: 0, lines_added: 0, lines_removed: 0, commits: 0 };
    rows.entry(key).or_insert(empty)
}
