//! Timelines and rules in; spans and intervals of the past out. Pure, as everything in this room.
//! It must not read git: what a file held at a commit was read by the rooms before it.

mod attempts;
mod clock;
mod intervals;
mod lineage;
pub mod model;
mod reading;
mod rule_changes;
mod settle;
mod sweep;
#[cfg(test)]
mod tests;
mod weeks;

pub use attempts::{WantedAttempt, set_attempt, shows, wanted_attempts};
pub use settle::source_only;

use super::{build, model::RepositoryCatalog, rules::Ruleset};
use crate::facts::timeline::{Timeline, TimelineFacts};
use clock::Clock;
use intervals::Intervals;
use lineage::Lineage;
use model::RepositoryHistory;
use reading::Reading;
use sweep::Sweep;

/// Judges the past of one repository by the rules of today. `dates` are the committer dates of the line's positions, made
/// monotonic, in seconds since 1970; `tip` is the catalog of the line's last commit by the same rules.
///
/// Each commit at which anything changed that rules or components depend on is judged by the tip's own code. What the tip
/// shows is then the last word: history says only since when.
pub fn judge(
    timeline: &Timeline,
    dates: &[i64],
    facts: &TimelineFacts,
    rules: &Ruleset,
    tip: &RepositoryCatalog,
) -> RepositoryHistory {
    let clock = Clock::new(timeline, dates, tip);
    let reading = Reading::new(timeline, facts, rules);
    let (mut lineage, mut intervals) = (Lineage::default(), Intervals::new(&clock));
    let mut sweep = Sweep::new(&reading);
    while let Some(position) = sweep.next() {
        let files = sweep.files(position, &clock, tip);
        let read = crate::facts::assemble(&files, &reading.parsers(), vec![], false);
        let build::PastState { entities, usages, published } = build::past(&read, rules);
        let placed = lineage.follow(position, (entities, &published), &sweep);
        intervals.follow(position, &usages, &placed, &lineage);
        sweep.judged();
    }
    settle::settle(timeline, (&mut lineage, &mut intervals), tip, &sweep);
    let (rule_changes, findings) = rule_changes::of(timeline, &reading, &clock);
    let mut history = RepositoryHistory {
        repository: tip.repository.clone(),
        tip: clock.last(),
        first: clock.moment(0),
        start: timeline.line.start,
        n_commits: timeline.line.len() as u64,
        spans: lineage.spans(&clock),
        intervals: intervals.finish(&lineage, &clock),
        rule_changes,
        gaps: clock.gaps(timeline),
        weeks: weeks::of(timeline, dates),
        findings,
    };
    attempts::of_direct_commits(&mut history, timeline);
    history
}
