//! Work logs made by hand, for tests of effort.
//! It must not count anything.
use super::*;
use crate::{
    catalog::{
        ownership::model::Member,
        shadow::{
            model::{Candidate, Part},
            testing::{component, group, path, repo},
        },
    },
    facts::work::{Hand, Lineage, Mass, Person, Touch, WorkCommit, WorkLog},
    metrics::past::{Past, Time},
    scan::HistoryStart,
};
use shared::{CommitId, Confidence, RepoName, ShadowKind};

pub(super) const DAY: Time = 86_400;
/// 2024-01-01, a Monday and the first day of a quarter.
pub(super) const BEGIN: Time = 1_704_067_200;

/// A repository's log with people `a@team` …
pub(super) struct Told {
    pub(super) repository: RepoName,
    pub(super) log: WorkLog,
    pub(super) members: Vec<Member>,
}

impl Told {
    /// Of people `(key, team)`; a key that begins with `bot` is one.
    pub(super) fn new(repository: &str, people: &[(&str, Option<&str>)]) -> Self {
        let member = |(key, team): &(&str, Option<&str>)| Member {
            key: (*key).to_owned(),
            bot: key.starts_with("bot"),
            teams: team.iter().map(|team| group(team)).collect(),
        };
        let log = WorkLog {
            reading: "1".to_owned(),
            tip: commit_id(0),
            start: HistoryStart::Root,
            people: people.iter().map(|_| Person::default()).collect(),
            commits: vec![],
            lineages: vec![],
            touches: vec![],
            findings: vec![],
        };
        Self { repository: repo(repository), log, members: people.iter().map(member).collect() }
    }

    /// A file that was there from this commit on.
    pub(super) fn file(&mut self, name: &str, from: u32) -> u32 {
        self.log.lineages.push(Lineage { path: path(name), earlier: vec![], from, to: None });
        self.log.lineages.len() as u32 - 1
    }

    /// A commit of one person on a day since `BEGIN`, with ten lines in each of these files.
    pub(super) fn commit(&mut self, day: i64, person: u32, files: &[u32]) -> u32 {
        self.branch(day, &[(person, 1, day, day)], files)
    }

    /// A merge that arrives on a day, with (person, commits, first day, last day).
    pub(super) fn branch(&mut self, day: i64, hands: &[(u32, u32, i64, i64)], files: &[u32]) -> u32 {
        let at = BEGIN + day * DAY;
        let since = |day: i64| (BEGIN / DAY + day) as i32;
        let hand = |(person, commits, first, last): &(u32, u32, i64, i64)| Hand {
            person: *person,
            commits: *commits,
            first_day: since(*first),
            last_day: since(*last),
        };
        let commit = self.log.commits.len() as u32;
        self.log.commits.push(WorkCommit {
            commit: commit_id(commit),
            at,
            authored: at,
            hands: hands.iter().map(hand).collect(),
            merger: None,
            mass: None,
        });
        let touch = |lineage: &u32| Touch { commit, lineage: *lineage, added: 10, removed: 2, formatting: false };
        self.log.touches.extend(files.iter().map(touch));
        commit
    }

    pub(super) fn mass(&mut self, commit: u32) {
        self.log.commits[commit as usize].mass = Some(Mass::ManyFiles);
    }

    pub(super) fn effort(&self, candidate: &Candidate, past: &Past) -> Vec<Effort> {
        let work = Work { repository: &self.repository, log: &self.log, members: &self.members };
        effort(&work, std::slice::from_ref(candidate), past)
    }
}

fn commit_id(number: u32) -> CommitId {
    CommitId::new(format!("{number:040x}")).unwrap()
}

/// A candidate for feature flags with these parts: `acme/pay:src/flags/` is a folder.
pub(super) fn candidate(parts: &[&str]) -> Candidate {
    let part = |text: &&str| {
        let (repository, place) = text.split_once(':').unwrap();
        Part {
            repository: repo(repository),
            path: path(place.trim_end_matches('/')),
            folder: place.ends_with('/') || place.is_empty(),
            component: Some(component(repository.rsplit('/').next().unwrap())),
            except: vec![],
        }
    };
    Candidate {
        id: crate::catalog::shadow::offer_id("feature-flags", "flag-book"),
        kind: ShadowKind::Offer,
        name: "flag-book".to_owned(),
        capability: Some("feature-flags".to_owned()),
        proposed: None,
        why: "Made for a test.".to_owned(),
        confidence: Confidence::Probable,
        parts: parts.iter().map(part).collect(),
        users: vec![],
        clusters: vec![],
        successor: None,
    }
}
