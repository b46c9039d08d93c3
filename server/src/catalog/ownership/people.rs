//! Who worked in each commit of a log, once told apart, and how much a commit weighs by its age.
//! It must not know about files and teams.
use super::{
    identity,
    model::{LastActive, Member},
};
use crate::facts::work::model::{WorkCommit, WorkLog};
use std::collections::HashMap;

const DAY_SECONDS: i64 = 86_400;
/// A commit of that age weighs half.
const HALF_LIFE_DAYS: f64 = 180.0;

/// The people of one log by number, and their part in each commit.
pub(super) struct People<'a> {
    members: Vec<&'a Member>,
    hands: Vec<Vec<(u32, f64)>>,
    accepted: Vec<Option<u32>>,
    weights: Vec<f64>,
}

impl<'a> People<'a> {
    /// Numbers people by their key. Mass changes and bots have no hands; the bot's part of a commit is nobody's.
    pub(super) fn new(log: &WorkLog, members: &'a [Member], now: i64) -> Self {
        let mut numbers: HashMap<&str, u32> = HashMap::new();
        let mut people = Self { members: vec![], hands: vec![], accepted: vec![], weights: vec![] };
        let number_of: Vec<Option<u32>> = members
            .iter()
            .map(|member| {
                if member.bot {
                    return None;
                }
                Some(*numbers.entry(&member.key).or_insert_with(|| {
                    people.members.push(member);
                    u32::try_from(people.members.len() - 1).unwrap_or(u32::MAX)
                }))
            })
            .collect();
        let number = |person: u32| number_of.get(person as usize).copied().flatten();
        for commit in &log.commits {
            let age_days = (now - commit.at).max(0) as f64 / DAY_SECONDS as f64;
            let counts = commit.mass.is_none();
            people.weights.push(0.5_f64.powf(age_days / HALF_LIFE_DAYS));
            people.hands.push(if counts { parts(commit, number) } else { vec![] });
            people.accepted.push(if counts { commit.merger.and_then(number) } else { None });
        }
        people
    }

    /// The people of the commit with their parts, 1 in all when no bot took part.
    pub(super) fn hands(&self, commit: u32) -> &[(u32, f64)] {
        self.hands.get(commit as usize).map_or(&[], Vec::as_slice)
    }

    /// Whether it is work of a person.
    pub(super) fn worked(&self, commit: u32) -> bool {
        !self.hands(commit).is_empty()
    }

    pub(super) fn accepted(&self, commit: u32) -> Option<u32> {
        self.accepted.get(commit as usize).copied().flatten()
    }

    /// 1 for a commit of now, a half after the half-life.
    pub(super) fn weight(&self, commit: u32) -> f64 {
        self.weights.get(commit as usize).copied().unwrap_or_default()
    }

    pub(super) fn member(&self, person: u32) -> &'a Member {
        self.members[person as usize]
    }
}

/// A merge counts as one commit that its hands share by their commits, so that ways of merging do not weigh differently.
fn parts(commit: &WorkCommit, number: impl Fn(u32) -> Option<u32>) -> Vec<(u32, f64)> {
    let total: f64 = commit.hands.iter().map(|hand| f64::from(hand.commits.max(1))).sum();
    let mut parts: Vec<(u32, f64)> = vec![];
    for hand in &commit.hands {
        let Some(person) = number(hand.person) else { continue };
        let part = f64::from(hand.commits.max(1)) / total;
        match parts.iter_mut().find(|(other, _)| *other == person) {
            Some((_, held)) => *held += part,
            None => parts.push((person, part)),
        }
    }
    parts
}

/// When each person of the log last worked, in any commit, mass changes too. A person stands under the key and under every
/// own address and full name, as another repository may know only one of them. Logs are joined by the newest.
pub fn last_active(log: &WorkLog, members: &[Member]) -> LastActive {
    let marks = identity::marks(&log.people);
    let mut active = LastActive::new();
    let mut worked = |person: u32, at: i64| {
        let at_person = person as usize;
        let Some(member) = members.get(at_person).filter(|member| !member.bot) else { return };
        for mark in std::iter::once(&member.key).chain(marks.get(at_person).into_iter().flatten()) {
            match active.get_mut(mark) {
                Some(held) => *held = at.max(*held),
                None => drop(active.insert(mark.clone(), at)),
            }
        }
    };
    for commit in &log.commits {
        for hand in &commit.hands {
            worked(hand.person, ((i64::from(hand.last_day) + 1) * DAY_SECONDS - 1).min(commit.at));
        }
        commit.merger.into_iter().for_each(|person| worked(person, commit.at));
    }
    active
}

/// When each person of the log, by number as in `members`, last worked anywhere, by key.
pub(super) fn last_anywhere<'a>(log: &WorkLog, members: &'a [Member], active: &LastActive) -> HashMap<&'a str, i64> {
    let marks = identity::marks(&log.people);
    let mut last: HashMap<&str, i64> = HashMap::new();
    for (member, marks) in members.iter().zip(&marks).filter(|(member, _)| !member.bot) {
        let newest = std::iter::once(&member.key).chain(marks).filter_map(|mark| active.get(mark)).max();
        if let Some(at) = newest {
            let held = last.entry(&member.key).or_insert(*at);
            *held = (*held).max(*at);
        }
    }
    last
}
