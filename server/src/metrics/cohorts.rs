//! Cohorts: components by the quarter in which they were created, what they chose first and what they use now.
//! It must not place a component whose age is unknown.
use super::{
    Metric,
    lives::{DAY, Life, Lives},
    past::Time,
    share,
};
use chrono::Datelike;
use shared::{OfferPath, api::Cohort};
use std::collections::BTreeMap;

pub(super) const METRIC: Metric = Metric {
    key: "cohorts",
    title: "Cohorts",
    formula: "|first choice within 90 days golden| / |any choice within 90 days|, by quarter of first commit",
    doc: "Of the components created in a quarter that chose an offer within 90 days, the share that started golden.",
};

/// A choice counts as a start when it is made within so many seconds of the first commit.
const START: Time = 90 * DAY;

/// The first choice of a component.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Choice {
    /// None within 90 days of the first commit.
    None,
    /// A golden offer, and beside it tolerated ones at most.
    Golden,
    Other,
}

/// The eligible components created up to the time asked about, by quarter, without a gap from the first to the last.
/// Left out are components that were there when a cut-off history starts. Those that are gone count as created, not as
/// golden now.
pub fn cohorts(lives: &Lives) -> Vec<Cohort> {
    let mut quarters: BTreeMap<i64, Cohort> = BTreeMap::new();
    for life in lives.all.iter().filter(|life| life.age_is_known() && lives.eligible(life)) {
        let quarter = quarter_of(life.created.at);
        let cohort = quarters.entry(quarter).or_insert_with(|| empty(quarter));
        let choice = first_choice(life);
        cohort.created += 1;
        cohort.chose += u64::from(choice != Choice::None);
        cohort.started_golden += u64::from(choice == Choice::Golden);
        cohort.golden_now += u64::from(life.golden_at(lives.at));
        cohort.share = share(cohort.started_golden, cohort.chose);
    }
    let (first, last) = (quarters.keys().next().copied(), quarters.keys().next_back().copied());
    let all = first.zip(last).map(|(first, last)| first..=last);
    all.into_iter().flatten().map(|quarter| quarters.remove(&quarter).unwrap_or_else(|| empty(quarter))).collect()
}

/// What a component chose first: all offers in use when the first one comes.
pub(super) fn first_choice(life: &Life) -> Choice {
    let Some(first) = life.uses.first().map(|stretch| stretch.usage.from.at) else { return Choice::None };
    if first - life.created.at > START {
        return Choice::None;
    }
    let mut paths =
        life.uses.iter().take_while(|stretch| stretch.usage.from.at == first).map(|stretch| stretch.usage.path);
    let golden = paths.clone().any(|path| path == OfferPath::Golden);
    if golden && paths.all(|path| matches!(path, OfferPath::Golden | OfferPath::Tolerated)) {
        Choice::Golden
    } else {
        Choice::Other
    }
}

/// Quarters since the year 0.
fn quarter_of(at: Time) -> i64 {
    let time = chrono::DateTime::from_timestamp(at, 0).unwrap_or_default();
    i64::from(time.year()) * 4 + i64::from(time.month0() / 3)
}

fn empty(quarter: i64) -> Cohort {
    let quarter = format!("{}-Q{}", quarter.div_euclid(4), quarter.rem_euclid(4) + 1);
    Cohort { quarter, created: 0, chose: 0, started_golden: 0, golden_now: 0, share: None }
}
