//! Counts of the catalog in; the numbers of DESIGN section 5 out. One file per metric, list `METRICS`.
//! Pure: no async, no database, no clock; it must not count, only divide what was counted.

mod adoption;
mod adoption_list;
mod bootstrap;
mod champion;
mod cohorts;
mod conformance;
mod dark_matter;
mod defection;
mod durations;
mod explain;
mod explain_members;
mod homegrown_ratio;
mod judged_at;
mod kaplan_meier;
mod link;
mod lives;
mod marks;
mod matching;
mod matrix;
mod moves;
mod new_component_share;
mod ownership_truth;
mod pace;
pub mod past;
mod period;
pub mod rate;
pub mod report;
mod report_capabilities;
mod reproduce;
mod reuse_rate;
mod rollup;
mod search;
mod series;
pub mod shadow;
mod standing_at;
mod stickiness;
mod substitution;
mod tally;
mod time_to_adopt;
mod time_to_integrate;
mod times;
mod units;
mod velocity_delta;

pub use adoption::adoption;
pub use adoption_list::AdoptionFilter;
pub use champion::champion_of;
pub use cohorts::cohorts;
pub use conformance::conformance;
pub use dark_matter::{DarkRow, dark_matter};
pub use defection::{defection, survival};
pub use explain::{ExplainQuestion, explain};
pub use homegrown_ratio::{Ratio, homegrown_ratio};
pub use link::moment;
pub use lives::{Counted, Lives};
pub use marks::{gaps, marks};
pub use matrix::matrix;
pub use moves::moves;
pub use new_component_share::new_component_share;
pub use ownership_truth::ownership_truth;
pub use period::{Interval, MAX_POINTS};
pub use report_capabilities::{ReportFacts, report_capabilities};
pub use reuse_rate::reuse_rate;
pub use rollup::{AdoptionPage, adoption_page};
pub use series::{SeriesQuestion, first_commit, series};
pub use standing_at::{Is, Pair, StandingAt};
pub use stickiness::stickiness;
pub use substitution::{SubstitutionQuestion, substitution};
pub use tally::{Question, Tally, tallies};
pub use time_to_adopt::time_to_adopt;
pub use time_to_integrate::time_to_integrate;
pub use times::times;
pub use velocity_delta::velocity_delta;

/// A metric as pages and docs name it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Metric {
    /// The key in API and page; also the name of its file and function.
    pub key: &'static str,
    pub title: &'static str,
    /// The formula in the words of DESIGN section 5: E eligible, A with golden evidence, H homegrown.
    pub formula: &'static str,
    /// What it tells, in one sentence.
    pub doc: &'static str,
}

/// Every metric.
pub const METRICS: &[Metric] = &[
    adoption::METRIC,
    conformance::METRIC,
    reuse_rate::METRIC,
    homegrown_ratio::METRIC,
    new_component_share::METRIC,
    cohorts::METRIC,
    time_to_integrate::METRIC,
    time_to_adopt::METRIC,
    stickiness::METRIC,
    defection::METRIC,
    velocity_delta::METRIC,
    shadow::METRIC,
    ownership_truth::METRIC,
    dark_matter::METRIC,
];

/// `part / whole`; absent when there is no whole. Counts beyond 2^53 lose their last digits.
fn share(part: u64, whole: u64) -> Option<f64> {
    if whole == 0 { None } else { Some(part as f64 / whole as f64) }
}

#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
