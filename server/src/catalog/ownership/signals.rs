//! The five parts of a score (DESIGN section 6), per team, from the work on one set of files.
//! It must not decide: verdicts are next door.
//!
//! Every share is of the work of all people, those of no known team included: with 60 % of the work by strangers a team
//! with 30 % scores 0.3 in that part, not 0.75. A part of which a set of files has nothing (no merge tells who accepted, no
//! CODEOWNERS rule speaks, no line changed) is left out, and the weights of the others are scaled up to 1.
use super::{model::Member, people::People, roster::Roster};
use crate::facts::work::model::WorkLog;
use shared::{EntityKind, EntityRef, api::ScoreParts};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Days for which a component may be quiet.
pub(super) const WINDOW_SECONDS: i64 = 180 * 86_400;

/// Weights of lines, commits, merges, CODEOWNERS and first author.
const WEIGHTS: [f64; 5] = [0.35, 0.25, 0.15, 0.15, 0.10];
const LINES: usize = 0;
const COMMITS: usize = 1;
const MERGES: usize = 2;
const CODE_OWNERS: usize = 3;
const FIRST: usize = 4;

/// One set of files and the work on it.
#[derive(Debug, Default)]
pub(super) struct Subject {
    /// Commits with the lines that they changed here, oldest first; formatting and bare moves left out.
    pub(super) commits: Vec<(u32, u64)>,
    /// Files at the tip.
    pub(super) n_files: u32,
    /// For each file at the tip the commit that brought it, with its lines.
    pub(super) brought: Vec<(u32, u64)>,
    /// Files at the tip by the position of the CODEOWNERS rule that decides about them.
    pub(super) rules: BTreeMap<usize, u32>,
}

/// The work of one team, of the declared owner, or of people of no known team.
#[derive(Debug, Clone, Default)]
pub(super) struct Share {
    /// A user only when that user is declared.
    pub(super) team: Option<EntityRef>,
    /// In the order of the weights.
    pub(super) parts: [f64; 5],
    pub(super) score: f64,
    /// Of the recent lines and commits alone: what a reader calls work.
    pub(super) work: f64,
}

/// What the work on one set of files says.
#[derive(Debug, Default)]
pub(super) struct Signals {
    /// Highest score first.
    pub(super) shares: Vec<Share>,
    /// Of all declared owners together.
    pub(super) declared: Share,
    /// Of people of no known team.
    pub(super) unknown: Share,
    /// Which parts count.
    pub(super) present: [bool; 5],
    /// The people who hold half of the recent work, by number.
    pub(super) holders: Vec<u32>,
    /// The newest commit by a person.
    pub(super) last_work: Option<u32>,
    /// When a declared owner last committed or accepted a change here.
    pub(super) declared_last: Option<i64>,
    /// The share of people of no known team in the commits of the last 180 days; `None` without any.
    pub(super) unknown_lately: Option<f64>,
}

/// A person's part of the work on one set of files.
#[derive(Debug, Clone, Copy, Default)]
struct Sums {
    parts: [f64; 5],
    last: Option<i64>,
    /// Commits of the last 180 days, not weighed by age.
    lately: f64,
}

/// What a subject is asked about.
pub(super) struct Question<'a> {
    pub(super) log: &'a WorkLog,
    pub(super) roster: &'a Roster,
    pub(super) people: &'a People<'a>,
    pub(super) declared: &'a [EntityRef],
    /// Owners that each rule of CODEOWNERS names.
    pub(super) owners: &'a [Vec<EntityRef>],
    pub(super) now: i64,
}

impl Question<'_> {
    /// Weighs the work on the subject.
    pub(super) fn ask(&self, subject: &Subject) -> Signals {
        let sums = self.sums(subject);
        let mut slots = self.slots(&sums);
        self.add_code_owners(subject, &mut slots);
        let mut totals = [0.0; 5];
        sums.values().for_each(|sum| add(&mut totals, &sum.parts, 1.0));
        totals[CODE_OWNERS] =
            if subject.rules.keys().any(|rule| self.names_somebody(*rule)) { f64::from(subject.n_files) } else { 0.0 };
        let mut signals = shares(slots, totals, self.declared);
        let lately: f64 = sums.values().map(|sum| sum.lately).sum();
        let is_unknown = |person: &u32| self.split(*person).iter().all(|(team, _)| team.is_none());
        let unknown: f64 = sums.iter().filter(|(person, _)| is_unknown(person)).map(|(_, sum)| sum.lately).sum();
        signals.unknown_lately = if lately > 0.0 { Some(unknown / lately) } else { None };
        let is_declared = |person: &u32| self.split(*person).iter().any(|(team, _)| self.is_declared(team.as_ref()));
        signals.declared_last = sums.iter().filter(|(p, _)| is_declared(p)).filter_map(|(_, sum)| sum.last).max();
        signals.holders = holders(&sums);
        signals.last_work = subject.commits.iter().rev().map(|(commit, _)| *commit).find(|c| self.people.worked(*c));
        signals
    }

    /// Adds up by person.
    fn sums(&self, subject: &Subject) -> BTreeMap<u32, Sums> {
        let mut sums: BTreeMap<u32, Sums> = BTreeMap::new();
        for (commit, lines) in &subject.commits {
            let at = self.log.commits[*commit as usize].at;
            let weight = self.people.weight(*commit);
            for (person, part) in self.people.hands(*commit) {
                let sum = sums.entry(*person).or_default();
                sum.parts[LINES] += weight * part * *lines as f64;
                sum.parts[COMMITS] += weight * part;
                sum.last = sum.last.max(Some(at));
                sum.lately += if self.now - at <= WINDOW_SECONDS { *part } else { 0.0 };
            }
            if let Some(person) = self.people.accepted(*commit) {
                let sum = sums.entry(person).or_default();
                sum.parts[MERGES] += weight;
                sum.last = sum.last.max(Some(at));
            }
        }
        for (commit, lines) in &subject.brought {
            for (person, part) in self.people.hands(*commit) {
                // An empty file counts, too.
                sums.entry(*person).or_default().parts[FIRST] += part * (*lines as f64 + 1.0);
            }
        }
        sums
    }

    fn slots(&self, sums: &BTreeMap<u32, Sums>) -> BTreeMap<Option<EntityRef>, [f64; 5]> {
        let mut slots: BTreeMap<Option<EntityRef>, [f64; 5]> = BTreeMap::new();
        for (person, sum) in sums {
            for (team, part) in self.split(*person) {
                add(slots.entry(team).or_default(), &sum.parts, part);
            }
        }
        slots
    }

    /// The team that a person's work counts for most; a declared user's is that of the user's team.
    pub(super) fn team_of(&self, person: u32) -> Option<EntityRef> {
        let team = self.split(person).into_iter().next()?.0?;
        match team.kind() {
            EntityKind::User => self.roster.teams_of(&team).next().cloned(),
            _ => Some(team),
        }
    }

    /// For which teams a person's work counts, and with which part. Work of the declared owner's branch is the declared
    /// owner's; a person of several other teams counts for each of them alike, and not for a team above another of them.
    fn split(&self, person: u32) -> Vec<(Option<EntityRef>, f64)> {
        let member: &Member = self.people.member(person);
        let of_owner = |owner: &&EntityRef| match owner.kind() {
            EntityKind::User => member.key == owner.to_string(),
            _ => member.teams.iter().any(|team| self.roster.belongs(team, owner)),
        };
        let declared: Vec<&EntityRef> = self.declared.iter().filter(of_owner).collect();
        let teams = if declared.is_empty() { self.lowest(&member.teams) } else { declared };
        if teams.is_empty() {
            return vec![(None, 1.0)];
        }
        let part = 1.0 / teams.len() as f64;
        teams.into_iter().map(|team| (Some(team.clone()), part)).collect()
    }

    fn lowest<'t>(&self, teams: &'t [EntityRef]) -> Vec<&'t EntityRef> {
        let has_lower = |team: &EntityRef| teams.iter().any(|other| other != team && self.roster.belongs(other, team));
        let lowest: Vec<&EntityRef> = teams.iter().filter(|team| !has_lower(team)).collect();
        // Parents in a circle lie below each other.
        if lowest.is_empty() { teams.iter().collect() } else { lowest }
    }

    /// The teams that rules name have each file of theirs in full. A person named counts for the own teams.
    fn add_code_owners(&self, subject: &Subject, slots: &mut BTreeMap<Option<EntityRef>, [f64; 5]>) {
        for (rule, files) in &subject.rules {
            let named: BTreeSet<EntityRef> =
                self.owners.get(*rule).into_iter().flatten().flat_map(|owner| self.named(owner)).collect();
            for team in named {
                slots.entry(Some(team)).or_default()[CODE_OWNERS] += f64::from(*files);
            }
        }
    }

    fn named(&self, owner: &EntityRef) -> Vec<EntityRef> {
        if let Some(declared) = self.declared.iter().find(|declared| self.roster.belongs(owner, declared)) {
            return vec![declared.clone()];
        }
        match owner.kind() {
            EntityKind::User => self.roster.teams_of(owner).flat_map(|team| self.named(team)).collect(),
            _ => vec![owner.clone()],
        }
    }

    fn names_somebody(&self, rule: usize) -> bool {
        self.owners.get(rule).is_some_and(|owners| owners.iter().any(|owner| !self.named(owner).is_empty()))
    }

    fn is_declared(&self, team: Option<&EntityRef>) -> bool {
        team.is_some_and(|team| self.declared.contains(team))
    }
}

fn add(to: &mut [f64; 5], parts: &[f64; 5], factor: f64) {
    to.iter_mut().zip(parts).for_each(|(to, part)| *to += part * factor);
}

/// Shares of the totals, highest first.
fn shares(slots: BTreeMap<Option<EntityRef>, [f64; 5]>, totals: [f64; 5], declared: &[EntityRef]) -> Signals {
    let present = totals.map(|total| total > 0.0);
    let share = |team: Option<EntityRef>, sums: [f64; 5]| {
        let mut parts = [0.0; 5];
        for (at, part) in parts.iter_mut().enumerate().filter(|(at, _)| present[*at]) {
            *part = (sums[at] / totals[at]).clamp(0.0, 1.0);
        }
        let score = weighed(&parts, present, &[LINES, COMMITS, MERGES, CODE_OWNERS, FIRST]);
        Share { team, parts, score, work: weighed(&parts, present, &[LINES, COMMITS]) }
    };
    let mut all = [0.0_f64; 5];
    for (_, sums) in slots.iter().filter(|(team, _)| team.as_ref().is_some_and(|team| declared.contains(team))) {
        let code_owners = all[CODE_OWNERS].max(sums[CODE_OWNERS]);
        add(&mut all, sums, 1.0);
        // Two owners of one rule have its files together, not twice.
        all[CODE_OWNERS] = code_owners;
    }
    let unknown = share(None, slots.get(&None).copied().unwrap_or_default());
    let declared = share(declared.first().cloned(), all);
    let mut shares: Vec<Share> = slots.into_iter().map(|(team, sums)| share(team, sums)).collect();
    shares.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| a.team.cmp(&b.team)));
    Signals { shares, declared, unknown, present, ..Signals::default() }
}

fn weighed(parts: &[f64; 5], present: [bool; 5], which: &[usize]) -> f64 {
    let counted = || which.iter().filter(|at| present[**at]);
    let weights: f64 = counted().map(|at| WEIGHTS[*at]).sum();
    if weights == 0.0 { 0.0 } else { counted().map(|at| WEIGHTS[*at] * parts[*at]).sum::<f64>() / weights }
}

/// The smallest number of people who hold half of the recent lines; of commits when no line tells.
fn holders(sums: &BTreeMap<u32, Sums>) -> Vec<u32> {
    let part = if sums.values().any(|sum| sum.parts[LINES] > 0.0) { LINES } else { COMMITS };
    let mut held: Vec<(u32, f64)> = sums.iter().map(|(person, sum)| (*person, sum.parts[part])).collect();
    held.retain(|(_, work)| *work > 0.0);
    held.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    let half = held.iter().map(|(_, work)| work).sum::<f64>() / 2.0;
    let mut so_far = 0.0;
    let mut enough = |work: f64| {
        let before = so_far;
        so_far += work;
        before < half
    };
    held.into_iter().take_while(|(_, work)| enough(*work)).map(|(person, _)| person).collect()
}

impl Share {
    /// As the API gives it.
    pub(super) fn parts(&self, present: [bool; 5]) -> ScoreParts {
        let given = |at: usize| if present[at] { Some(self.parts[at]) } else { None };
        ScoreParts {
            lines: self.parts[LINES],
            commits: self.parts[COMMITS],
            merges: given(MERGES),
            code_owners: given(CODE_OWNERS),
            first_author: self.parts[FIRST],
        }
    }

    /// Two shares as one.
    pub(super) fn join(&mut self, other: &Self) {
        add(&mut self.parts, &other.parts, 1.0);
        self.parts.iter_mut().for_each(|part| *part = part.min(1.0));
        self.score += other.score;
        self.work += other.work;
    }
}

/// Work by people of no known team, as a share of the recent work on the whole repository; `None` without any.
pub(super) fn unknown_share(log: &WorkLog, people: &People<'_>) -> Option<f64> {
    let mut by_person: HashMap<u32, f64> = HashMap::new();
    for commit in 0..u32::try_from(log.commits.len()).unwrap_or(u32::MAX) {
        for (person, part) in people.hands(commit) {
            *by_person.entry(*person).or_default() += people.weight(commit) * part;
        }
    }
    let total: f64 = by_person.values().sum();
    let is_unknown = |person: &u32| people.member(*person).teams.is_empty();
    let unknown: f64 = by_person.iter().filter(|(person, _)| is_unknown(person)).map(|(_, work)| work).sum();
    if total > 0.0 { Some(unknown / total) } else { None }
}
