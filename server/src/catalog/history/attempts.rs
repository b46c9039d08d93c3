//! The first sign of an attempt: the work that led to the commit at which a component began to use an offer.
//! It must not read branches: who does is told which commits to look behind, and for what.
use super::model::{Attempt, RepositoryHistory};
use crate::{
    catalog::rules::{MatcherKind, Ruleset},
    facts::{model::FileFacts, timeline::Timeline},
};
use shared::{CommitId, RepoPath};
use std::collections::HashMap;

/// Authors' dates this much before the committers' are work before the arrival; less is how forges write merges. Seconds.
const SHORTEST: i64 = 3600;

/// An interval that began with a merge, whose branch may hold the first sign.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WantedAttempt {
    /// Position in `RepositoryHistory::intervals`.
    pub interval: usize,
    /// Position of the merge on the line.
    pub position: u32,
    pub commit: CommitId,
    /// The file that showed the offer first on the default branch.
    pub path: RepoPath,
    pub capability: String,
    pub offer: String,
}

/// The attempts of intervals that began with a commit that is no merge: the commit itself, when it was written earlier.
pub(super) fn of_direct_commits(history: &mut RepositoryHistory, timeline: &Timeline) {
    let positions = positions(timeline);
    for interval in history.intervals.iter_mut().filter(|interval| interval.exact) {
        let Some(commit) = positions.get(&interval.from.commit).and_then(|at| timeline.commits.get(*at as usize))
        else {
            continue;
        };
        if !commit.merge && commit.authored > 0 && commit.authored <= interval.from.at - SHORTEST {
            let (commit, at) = (interval.from.commit.clone(), commit.authored);
            interval.attempt = Some(Attempt { commit, at, author_days: 1, branch: false });
        }
    }
}

fn positions(timeline: &Timeline) -> HashMap<CommitId, u32> {
    (0u32..).take(timeline.line.len()).filter_map(|at| Some((timeline.line.id(at as usize)?, at))).collect()
}

/// The intervals that begin with a merge: their branches are to be asked for the first commit that shows the offer.
pub fn wanted_attempts(history: &RepositoryHistory, timeline: &Timeline) -> Vec<WantedAttempt> {
    let positions = positions(timeline);
    let wanted = |(interval, held): (usize, &super::model::Interval)| {
        let position = *positions.get(&held.from.commit)?;
        let is_merge = timeline.commits.get(position as usize)?.merge;
        (is_merge && held.exact).then(|| WantedAttempt {
            interval,
            position,
            commit: held.from.commit.clone(),
            path: held.evidence.path.clone(),
            capability: held.capability.clone(),
            offer: held.offer.clone(),
        })
    };
    history.intervals.iter().enumerate().filter_map(wanted).collect()
}

/// Notes the attempt of one interval. What claims to be later than the arrival is brought before it.
pub fn set_attempt(history: &mut RepositoryHistory, interval: usize, attempt: Attempt) {
    if let Some(interval) = history.intervals.get_mut(interval) {
        let at = attempt.at.min(interval.from.at);
        interval.attempt = Some(Attempt { at, author_days: attempt.author_days.max(1), ..attempt });
    }
}

/// Whether one file alone shows an offer: its path, or what the parsers (by key) read of it.
pub fn shows(rules: &Ruleset, path: &RepoPath, facts: &[(&str, &FileFacts)], capability: &str, offer: &str) -> bool {
    let index = rules.index();
    let is_offer = |kind: MatcherKind, observed: &str| {
        index.matches(kind, observed).iter().any(|matcher| {
            let (held, by) = rules.offer_of(matcher);
            held.reference.name() == capability && by.name == offer
        })
    };
    let in_facts = |facts: &FileFacts| {
        let dependency = |ecosystem: &str, name: &str| {
            let kind = MatcherKind::of_ecosystem(ecosystem);
            is_offer(kind, &kind.observed(ecosystem, name))
        };
        let imports = facts.source.iter().flat_map(|source| &source.imports);
        facts.dependencies.iter().any(|found| dependency(found.ecosystem.as_str(), &found.name))
            || facts.hits.iter().any(|hit| match &hit.needle {
                crate::facts::model::Needle::Symbol(text) => is_offer(MatcherKind::Symbol, text),
            })
            || imports.into_iter().any(|import| is_offer(MatcherKind::Import, &import.module))
    };
    is_offer(MatcherKind::File, path.as_str()) || facts.iter().any(|(_, facts)| in_facts(facts))
}
