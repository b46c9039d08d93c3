//! One capability over time, in steps: how many units stood how at the end of each period.
//! It must not interpolate.
use super::{
    adoption,
    past::{Past, Scope, Time, timestamp},
    period::Interval,
    standing_at::Is,
    tally::{Question, Tally, tallies},
};
use shared::{Unit, api::HistoryPoint};

/// What a series is asked for.
#[derive(Debug, Clone)]
pub struct SeriesQuestion<'a> {
    /// Position in `Past::capabilities`.
    pub capability: usize,
    pub interval: Interval,
    pub unit: Unit,
    pub scope: &'a Scope,
    /// First and last second asked about; the first commit, and now, unless told.
    pub from: Option<Time>,
    pub to: Option<Time>,
}

/// The points, oldest first: from the period of the first commit of any repository with a component in scope to now. None
/// when nothing is in scope.
pub fn series(past: &Past, question: &SeriesQuestion) -> Vec<HistoryPoint> {
    let Some(first) = first_commit(past, question.scope) else { return vec![] };
    let to = question.to.unwrap_or(past.now).min(past.now);
    let points = question.interval.points(question.from.unwrap_or(first).max(first), to);
    let asked =
        Question { capability: Some(question.capability), points: &points, unit: question.unit, scope: question.scope };
    let tallies = tallies(past, &asked);
    points.iter().zip(tallies.iter().flatten()).map(|(at, tally)| point(*at, tally)).collect()
}

fn point(at: Time, tally: &Tally) -> HistoryPoint {
    HistoryPoint {
        at: timestamp(at),
        eligible: tally.of(Is::Eligible),
        golden: tally.of(Is::Golden),
        tolerated: tally.of(Is::Tolerated),
        vendor: tally.of(Is::Vendor),
        homegrown: tally.of(Is::Homegrown),
        migrating: tally.of(Is::Migrating),
        golden_eligible: tally.of(Is::GoldenEligible),
        adoption: adoption(tally.of(Is::GoldenEligible), tally.of(Is::Eligible)),
    }
}

/// The oldest commit known of the repositories that have a component in scope.
pub fn first_commit(past: &Past, scope: &Scope) -> Option<Time> {
    let inside = past.components.iter().filter(|component| scope.holds(past, component));
    inside.map(|component| past.repositories[component.repository].first.at).min()
}
