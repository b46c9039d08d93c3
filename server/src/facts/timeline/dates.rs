//! Makes the dates of a line monotonic: clocks are claims, and some are wrong.
//! It must not read a clock: what is "now" is an argument.
use super::LineCommit;

/// 1990-01-01: no version control that git histories were converted from reaches further back in practice.
const EARLIEST: i64 = 631_152_000;
const DAY: i64 = 86_400;

/// The dates of a line, and where they are not what committers claim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dates {
    /// Seconds since 1970, one for each commit, never falling.
    pub at: Vec<i64>,
    /// Positions whose date lies before 1990 or in the future.
    pub implausible: Vec<u32>,
    /// Positions of plausible dates that were moved by more than a day.
    pub skewed: Vec<u32>,
}

impl Dates {
    /// Of the plausible dates the longest non-decreasing subsequence is true; every other commit gets the date of the last
    /// true one before it, or of the first true one when none is before. Without any plausible date all are 1990-01-01.
    pub fn of(commits: &[LineCommit], now: i64) -> Self {
        let is_plausible = |at: i64| (EARLIEST..=now.saturating_add(DAY)).contains(&at);
        let truth = longest(commits, is_plausible);
        let mut last = truth.first().and_then(|at| commits.get(*at as usize)).map_or(EARLIEST, |c| c.committed);
        let mut next = truth.iter().copied().peekable();
        let mut dates = Self { at: Vec::with_capacity(commits.len()), implausible: vec![], skewed: vec![] };
        for (position, commit) in (0..).zip(commits) {
            if next.next_if_eq(&position).is_some() {
                last = commit.committed;
            } else if !is_plausible(commit.committed) {
                dates.implausible.push(position);
            } else if commit.committed.abs_diff(last) > DAY.unsigned_abs() {
                dates.skewed.push(position);
            }
            dates.at.push(last);
        }
        dates
    }
}

/// The positions of a longest non-decreasing subsequence of the plausible dates, by patience sorting.
fn longest(commits: &[LineCommit], is_plausible: impl Fn(i64) -> bool) -> Vec<u32> {
    const NONE: u32 = u32::MAX;
    let date = |position: u32| commits.get(position as usize).map_or(0, |commit| commit.committed);
    // The position that ends the best run of each length, and for each position the one before it in its run.
    let mut ends: Vec<u32> = vec![];
    let mut before: Vec<u32> = vec![NONE; commits.len()];
    for (position, commit) in (0..).zip(commits) {
        if !is_plausible(commit.committed) {
            continue;
        }
        let length = ends.partition_point(|end| date(*end) <= commit.committed);
        if let (Some(last), Some(slot)) =
            (length.checked_sub(1).and_then(|at| ends.get(at)), before.get_mut(position as usize))
        {
            *slot = *last;
        }
        match ends.get_mut(length) {
            Some(end) => *end = position,
            None => ends.push(position),
        }
    }
    let follow = |position: &u32| before.get(*position as usize).copied().filter(|at| *at != NONE);
    let mut run: Vec<u32> = std::iter::successors(ends.last().copied(), follow).collect();
    run.reverse();
    run
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const NOW: i64 = 1_800_000_000;

    fn commits(dates: &[i64]) -> Vec<LineCommit> {
        let of = |at: &i64| LineCommit { committed: *at, authored: *at, author: 1, first_work: *at, merge: false };
        dates.iter().map(of).collect()
    }

    fn dates(claimed: &[i64]) -> Dates {
        Dates::of(&commits(claimed), NOW)
    }

    const A: i64 = 1_600_000_000;

    #[test]
    fn commits_of_1970_and_2100_take_the_date_of_the_one_before() {
        let found = dates(&[0, A, A + 5 * DAY, 4_102_444_800, 0, A + 9 * DAY]);
        assert_eq!(found.at, [A, A, A + 5 * DAY, A + 5 * DAY, A + 5 * DAY, A + 9 * DAY]);
        assert_eq!((found.implausible, found.skewed), (vec![0, 3, 4], vec![]));
    }

    #[test]
    fn one_wrong_clock_moves_one_commit_not_all_after_it() {
        let found = dates(&[A, A + 300 * DAY, A + DAY, A + 2 * DAY, A + 2 * DAY - 60, A + 3 * DAY]);
        assert_eq!(found.at, [A, A, A + DAY, A + DAY, A + 2 * DAY - 60, A + 3 * DAY]);
        assert_eq!((found.implausible, found.skewed), (vec![], vec![1]));
    }

    #[test]
    fn equal_dates_stay_and_reversed_ones_become_one() {
        assert_eq!(dates(&[A; 4]).at, [A; 4]);
        assert_eq!(dates(&[A + 3, A + 2, A + 1, A]).at, [A; 4]);
    }

    #[test]
    fn without_a_plausible_date_all_are_the_earliest() {
        assert_eq!(dates(&[0, 5, i64::MAX, i64::MIN]).at, [EARLIEST; 4]);
        assert_eq!(dates(&[]).at, Vec::<i64>::new());
    }

    proptest! {
        #[test]
        fn dates_never_fall_and_are_dates_that_somebody_claimed(
            claimed in prop::collection::vec(prop_oneof![A..A + 100 * DAY, any::<i64>()], 0..60)
        ) {
            let found = dates(&claimed);
            prop_assert_eq!(found.at.len(), claimed.len());
            prop_assert!(found.at.is_sorted());
            prop_assert!(found.at.iter().all(|at| claimed.contains(at) || *at == EARLIEST));
        }

        #[test]
        fn monotone_dates_are_left_alone(mut claimed in prop::collection::vec(EARLIEST..NOW, 0..60)) {
            claimed.sort_unstable();
            prop_assert_eq!(dates(&claimed).at, claimed);
        }
    }
}
