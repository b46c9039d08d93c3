//! On which days people worked, from what commits say.
//! It must not know files or teams.
use super::effort::Work;
use crate::facts::work::{Hand, WorkCommit};
use std::collections::BTreeSet;

const SECONDS_OF_DAY: i64 = 86_400;
/// A date further back than this before the commit arrived is a wrong clock.
const MOST_BEFORE: i64 = 3_650;
/// Days that the last year has.
pub(super) const YEAR: i64 = 365;

/// The day of a time, since 1970.
pub(super) fn day_of(at: i64) -> i64 {
    at.div_euclid(SECONDS_OF_DAY)
}

/// The days of one person's part of a commit. A branch of n commits between two dates m days apart has at most n and at most
/// m of them: which ones is not told, so they are spread evenly, the first and the last among them.
pub(super) fn days_of(commit: &WorkCommit, hand: &Hand) -> Vec<i64> {
    let arrived = day_of(commit.at);
    let believed = |day: i32| i64::from(day).clamp(arrived - MOST_BEFORE, arrived);
    let (first, last) = (believed(hand.first_day.min(hand.last_day)), believed(hand.last_day.max(hand.first_day)));
    let span = last - first + 1;
    let n = span.min(i64::from(hand.commits.max(1)));
    if n == 1 { vec![last] } else { (0..n).map(|at| first + at * (span - 1) / (n - 1)).collect() }
}

/// Distinct (author, day) pairs of the repository in the 365 days up to `now`, bots and mass changes left out.
pub fn repository_days(work: &Work<'_>, now: i64) -> u64 {
    let today = day_of(now);
    let mut pairs = BTreeSet::new();
    for commit in work.log.commits.iter().filter(|commit| commit.mass.is_none()) {
        for hand in &commit.hands {
            let Some(member) = work.member(hand.person).filter(|member| !member.bot) else { continue };
            let days = days_of(commit, hand).into_iter();
            pairs.extend(days.filter(|day| today - YEAR < *day && *day <= today).map(|day| (&member.key, day)));
        }
    }
    pairs.len() as u64
}
