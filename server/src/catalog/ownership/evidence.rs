//! The commits that weigh most in a verdict.
//! It must not name who made them.
use super::{link, link::Web, people::People, signals::Subject};
use crate::facts::work::model::WorkLog;
use shared::{EntityRef, api::OwnershipCommit};

/// Commits that are shown.
const MAX_COMMITS: usize = 10;

/// The commits of most weight, newest first. A commit of several people is shown as that of the one with the largest part.
pub(super) fn evidence(
    log: &WorkLog,
    people: &People<'_>,
    subject: &Subject,
    web: &Web<'_>,
    team_of: impl Fn(u32) -> Option<EntityRef>,
) -> Vec<OwnershipCommit> {
    let weight = |commit: u32, lines: u64| {
        people.weight(commit) * lines as f64 * people.hands(commit).iter().map(|(_, part)| part).sum::<f64>()
    };
    let mut heaviest: Vec<(f64, u32, u64)> =
        subject.commits.iter().map(|(commit, lines)| (weight(*commit, *lines), *commit, *lines)).collect();
    heaviest.sort_by(|a, b| b.0.total_cmp(&a.0).then(b.1.cmp(&a.1)));
    heaviest.truncate(MAX_COMMITS);
    heaviest.sort_by_key(|(_, commit, _)| std::cmp::Reverse(*commit));
    let shown = |(_, at, lines): (f64, u32, u64)| {
        let commit = &log.commits[at as usize];
        let main = people.hands(at).iter().max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)));
        OwnershipCommit {
            commit: commit.commit.clone(),
            at: link::timestamp(commit.at),
            team: main.and_then(|(person, _)| team_of(*person)),
            lines,
            permalink: web.commit(&commit.commit),
        }
    };
    heaviest.into_iter().map(shown).collect()
}
