//! The work on a repository before and after a date: 26 weeks each, without the two weeks around it.
//! It must not compare repositories.
use super::{
    past::{PastRepository, PastWeek, Time},
    standing_at::DAY,
};
use std::ops::Range;

const WEEK: Time = 7 * DAY;
/// Weeks on each side.
const SIDE: Time = 26 * WEEK;

/// The weeks compared: the week of the date and the one before, in which the change was in the making, are left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Window {
    pub(super) before: Range<Time>,
    pub(super) after: Range<Time>,
}

impl Window {
    pub(super) fn around(at: Time) -> Self {
        // 1970-01-01 was a Thursday.
        let day = at.div_euclid(DAY);
        let monday = (day - (day + 3).rem_euclid(7)) * DAY;
        let (before, after) = (monday - WEEK, monday + WEEK);
        Self { before: before - SIDE..before, after: after..after + SIDE }
    }
}

/// One repository's work, ready to be summed over any window.
#[derive(Debug, Clone)]
pub(super) struct Pace<'a> {
    repository: &'a PastRepository,
    /// Merges and author-weeks up to before the week at this position; one more than weeks.
    sums: Vec<(u64, u64)>,
}

/// Work in a stretch of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Work {
    /// Commits on the first-parent line.
    pub(super) merges: u64,
    /// Distinct authors of each week, summed.
    pub(super) author_weeks: u64,
}

impl Work {
    /// Logarithm of merges per active author-week.
    pub(super) fn log_rate(self) -> f64 {
        (self.merges as f64 / self.author_weeks as f64).ln()
    }
}

impl<'a> Pace<'a> {
    pub(super) fn new(repository: &'a PastRepository) -> Self {
        let mut sums = vec![(0, 0)];
        let (mut merges, mut author_weeks) = (0, 0);
        for week in &repository.weeks {
            merges += u64::from(week.merges);
            author_weeks += u64::from(week.authors);
            sums.push((merges, author_weeks));
        }
        Self { repository, sums }
    }

    /// The work before and after; absent unless the repository was alive and its history is known from the window's
    /// beginning to its end, which must lie at or before `at`, and both sides saw work.
    pub(super) fn of(&self, window: &Window, at: Time) -> Option<(Work, Work)> {
        let repository = self.repository;
        let lived = repository.first.at <= window.before.start && window.after.end <= repository.last.at.min(at);
        let hole = |(from, to, _): &(Time, Time, String)| *from < window.after.end && window.before.start < *to;
        if !lived || repository.gaps.iter().any(hole) {
            return None;
        }
        Some((self.work(&window.before)?, self.work(&window.after)?))
    }

    fn work(&self, range: &Range<Time>) -> Option<Work> {
        let (from, to) = self.positions(range);
        let (merges, author_weeks) = (self.sums[to].0 - self.sums[from].0, self.sums[to].1 - self.sums[from].1);
        (merges > 0 && author_weeks > 0).then_some(Work { merges, author_weeks })
    }

    /// The median of days from first work to arrival; absent when none is known or the median is 0.
    pub(super) fn lead_days(&self, range: &Range<Time>) -> Option<f64> {
        let (from, to) = self.positions(range);
        let mut days: Vec<f32> =
            self.weeks()[from..to].iter().flat_map(|week| week.lead_days.iter().copied()).collect();
        days.sort_by(f32::total_cmp);
        let (low, high) = (days.get(days.len().saturating_sub(1) / 2)?, days.get(days.len() / 2)?);
        let median = f64::from(low + high) / 2.0;
        (median > 0.0 && median.is_finite()).then_some(median)
    }

    fn weeks(&self) -> &'a [PastWeek] {
        &self.repository.weeks
    }

    fn positions(&self, range: &Range<Time>) -> (usize, usize) {
        let before = |at: Time| self.weeks().partition_point(|week| week.from < at);
        (before(range.start), before(range.end))
    }
}
