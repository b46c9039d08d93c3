//! The work of one repository that went into candidates: by the lineages of their files, never by where a path pointed once.
//! It must not divide or price anything.
use super::days::days_of;
use crate::{
    catalog::{
        ownership::model::Member,
        shadow::model::{Candidate, Part},
    },
    facts::work::{Hand, Touch, WorkCommit, WorkLog},
    metrics::past::{Past, PastMoment},
    scan::HistoryStart,
};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use shared::{EntityRef, OfferPath, RepoName, WorkPhase};
use std::collections::{BTreeMap, BTreeSet};

/// Seconds after a lineage's first commit during which work on it builds.
const BUILDING: i64 = 90 * 86_400;

/// One repository's work and whose its people are.
#[derive(Debug, Clone, Copy)]
pub struct Work<'a> {
    pub repository: &'a RepoName,
    pub log: &'a WorkLog,
    /// By position in `WorkLog::people`.
    pub members: &'a [Member],
}

/// What went into one candidate in one repository.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Effort {
    /// The candidate's id.
    pub candidate: String,
    pub repository: RepoName,
    /// Each author and day once.
    pub days: Vec<EffortDay>,
    /// By quarter, team and phase.
    pub changes: Vec<EffortChange>,
    /// The newest change by a person.
    pub last_change: Option<(String, i64)>,
    /// The first commit of any of its files, and whether it is known: a cut-off history begins with files of unknown age.
    pub first_change: Option<(i64, bool)>,
}

/// A day on which somebody worked.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct EffortDay {
    /// Tells people apart over repositories and says nothing of who they are.
    pub author: u64,
    /// Since 1970.
    pub day: i64,
    pub team: Option<EntityRef>,
    pub phase: WorkPhase,
}

/// Commits and lines. A commit counts where most of its own work came from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EffortChange {
    /// e.g. `2025-Q3`.
    pub quarter: String,
    pub team: Option<EntityRef>,
    pub phase: WorkPhase,
    pub added: u64,
    pub removed: u64,
    pub commits: u64,
}

/// The work that went into each of the candidates in this repository; candidates without work are left out. Bots, mass
/// changes, changes of format alone and the commit that a cut-off history begins with do not count.
pub fn effort(work: &Work<'_>, candidates: &[Candidate], past: &Past) -> Vec<Effort> {
    let by_lineage = touches_by_lineage(work.log);
    let of = |candidate: &Candidate| {
        let parts: Vec<&Part> = candidate.parts.iter().filter(|part| part.repository == *work.repository).collect();
        if parts.is_empty() {
            return None;
        }
        let mut ledger = Ledger::new(work, candidate);
        ledger.read(&parts, &by_lineage, past);
        ledger.close()
    };
    candidates.iter().filter_map(of).collect()
}

/// The touches that count, by lineage.
fn touches_by_lineage(log: &WorkLog) -> BTreeMap<u32, Vec<&Touch>> {
    let cut_off = log.start != HistoryStart::Root;
    let mut held: BTreeMap<u32, Vec<&Touch>> = BTreeMap::new();
    for touch in log.touches.iter().filter(|touch| !(touch.formatting || cut_off && touch.commit == 0)) {
        let counts = log.commits.get(touch.commit as usize).is_some_and(|commit| commit.mass.is_none());
        if counts {
            held.entry(touch.lineage).or_default().push(touch);
        }
    }
    held
}

impl<'a> Work<'a> {
    /// Whose a person is.
    pub(super) fn member(&self, person: u32) -> Option<&'a Member> {
        self.members.get(person as usize)
    }

    /// People and their parts of a commit, bots left out.
    fn hands(&self, commit: &'a WorkCommit) -> Vec<(&'a Hand, &'a Member)> {
        let known = commit.hands.iter().filter_map(|hand| Some((hand, self.member(hand.person)?)));
        known.filter(|(_, member)| !member.bot).collect()
    }
}

/// Quarter, team and phase.
type Row = (String, Option<EntityRef>, WorkPhase);

/// Lines added and removed, and commits.
type Sums = (u64, u64, u64);

/// What one commit did to a candidate.
#[derive(Default)]
struct Change {
    added: u64,
    removed: u64,
    phase: Option<WorkPhase>,
}

/// One candidate's account.
struct Ledger<'a> {
    work: &'a Work<'a>,
    candidate: &'a Candidate,
    changes: BTreeMap<u32, Change>,
    first: Option<(i64, bool)>,
}

impl<'a> Ledger<'a> {
    fn new(work: &'a Work<'a>, candidate: &'a Candidate) -> Self {
        Self { work, candidate, changes: BTreeMap::new(), first: None }
    }

    fn read(&mut self, parts: &[&Part], by_lineage: &BTreeMap<u32, Vec<&Touch>>, past: &Past) {
        let log = self.work.log;
        for (at, lineage) in log.lineages.iter().enumerate() {
            let Some(part) = parts.iter().find(|part| part.holds(self.work.repository, &lineage.path)) else {
                continue;
            };
            let golden = golden_uses(past, part.component.as_ref(), self.candidate.capability.as_deref());
            let (born, known) = self.birth(lineage.from);
            self.first = Some(self.first.map_or((born, known), |first| first.min((born, known))));
            for touch in by_lineage.get(&(at as u32)).into_iter().flatten() {
                let at = log.commits[touch.commit as usize].at;
                let phase = phase(at, known.then_some(born), &golden);
                let change = self.changes.entry(touch.commit).or_default();
                change.added += u64::from(touch.added);
                change.removed += u64::from(touch.removed);
                // One building file makes it building.
                change.phase = Some(change.phase.map_or(phase, |other| other.min(phase)));
            }
        }
    }

    /// When a lineage began, and whether that is known.
    fn birth(&self, from: u32) -> (i64, bool) {
        let log = self.work.log;
        let at = log.commits.get(from as usize).map_or(0, |commit| commit.at);
        (at, from > 0 || log.start == HistoryStart::Root)
    }

    fn close(self) -> Option<Effort> {
        let mut days: BTreeMap<(u64, i64), (WorkPhase, Option<EntityRef>)> = BTreeMap::new();
        let mut rows: BTreeMap<Row, Sums> = BTreeMap::new();
        let mut last: Option<PastMoment> = None;
        for (at, change) in &self.changes {
            let commit = &self.work.log.commits[*at as usize];
            let hands = self.work.hands(commit);
            // The part with most commits leads; of equal ones the smaller key, whatever the order of the list.
            let lead = hands.iter().min_by_key(|(hand, member)| (std::cmp::Reverse(hand.commits), &member.key));
            let (Some((_, lead)), Some(phase)) = (lead, change.phase) else { continue };
            let row = rows.entry((quarter(commit.at), lead.teams.first().cloned(), phase)).or_default();
            *row = (row.0 + change.added, row.1 + change.removed, row.2 + 1);
            for (hand, member) in &hands {
                note_days(&mut days, (commit, hand), member, phase);
            }
            last = Some(PastMoment { commit: commit.commit.to_string(), at: commit.at });
        }
        let last = last?;
        Some(Effort {
            candidate: self.candidate.id.clone(),
            repository: self.work.repository.clone(),
            days: days
                .into_iter()
                .map(|((author, day), (phase, team))| EffortDay { author, day, team, phase })
                .collect(),
            changes: rows.into_iter().map(change_of).collect(),
            last_change: Some((last.commit, last.at)),
            first_change: self.first,
        })
    }
}

fn note_days(
    days: &mut BTreeMap<(u64, i64), (WorkPhase, Option<EntityRef>)>,
    (commit, hand): (&WorkCommit, &Hand),
    member: &Member,
    phase: WorkPhase,
) {
    for day in days_of(commit, hand) {
        let held = days.entry((author(&member.key), day)).or_insert((phase, member.teams.first().cloned()));
        held.0 = held.0.min(phase);
    }
}

fn change_of(((quarter, team, phase), (added, removed, commits)): (Row, Sums)) -> EffortChange {
    EffortChange { quarter, team, phase, added, removed, commits }
}

/// Building at first; then, beside the golden path, migration; else upkeep. Of unknown age it is no longer being built.
fn phase(at: i64, born: Option<i64>, golden: &[(i64, Option<i64>)]) -> WorkPhase {
    if born.is_some_and(|born| at < born + BUILDING) {
        return WorkPhase::Build;
    }
    let beside = golden.iter().any(|(from, to)| *from <= at && to.is_none_or(|to| at < to));
    if beside { WorkPhase::Migration } else { WorkPhase::Upkeep }
}

/// When the component used a golden offer of the capability.
fn golden_uses(past: &Past, component: Option<&EntityRef>, capability: Option<&str>) -> Vec<(i64, Option<i64>)> {
    let at = capability.and_then(|name| past.capabilities.iter().position(|held| held.name == name));
    let (Some(at), Some(component)) = (at, component) else { return vec![] };
    let held: BTreeSet<(i64, Option<i64>)> = past
        .components
        .iter()
        .filter(|other| other.reference == *component)
        .flat_map(|other| &other.uses)
        .filter(|usage| usage.capability as usize == at && usage.path == OfferPath::Golden)
        .map(|usage| (usage.from.at, usage.to.as_ref().map(|to| to.at)))
        .collect();
    held.into_iter().collect()
}

/// e.g. `2025-Q3`.
pub(super) fn quarter(at: i64) -> String {
    use chrono::Datelike;
    let day = chrono::DateTime::from_timestamp(at, 0).unwrap_or_default();
    format!("{}-Q{}", day.year(), day.month0() / 3 + 1)
}

/// The first 8 bytes of SHA-256 of a member's key.
fn author(key: &str) -> u64 {
    let hash = Sha256::digest(key.as_bytes());
    hash.iter().take(8).fold(0, |number, byte| number << 8 | u64::from(*byte))
}
