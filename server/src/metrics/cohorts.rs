//! Cohorts: components by the quarter in which they were created, what they chose first and what they use now.
//! It must not place a component whose age is unknown.
use super::{Metric, lives::Lives, new_component_share::first_choice, past::Time, share};
use chrono::Datelike;
use shared::api::Cohort;
use std::collections::BTreeMap;

pub(super) const METRIC: Metric = Metric {
    key: "cohorts",
    title: "Cohorts",
    formula: "|first choice within 90 days golden| / |any choice within 90 days|, by quarter of first commit",
    doc: "Of the components created in a quarter that chose an offer within 90 days, the share that started golden.",
};

/// The eligible components created up to the time asked about, by quarter, without a gap from the first to the last.
/// Left out are components that were there when a cut-off history starts. Those that are gone count as created, not as
/// golden now.
pub fn cohorts(lives: &Lives) -> Vec<Cohort> {
    let mut quarters: BTreeMap<i64, Cohort> = BTreeMap::new();
    for life in lives.all.iter().filter(|life| life.age_is_known() && lives.eligible(life)) {
        let quarter = quarter_of(life.created.at);
        let cohort = quarters.entry(quarter).or_insert_with(|| empty(quarter));
        let golden = first_choice(life.component.uses_of(lives.capability), life.created.at, lives.at);
        cohort.created += 1;
        cohort.chose += u64::from(golden.is_some());
        cohort.started_golden += u64::from(golden == Some(true));
        cohort.golden_now += u64::from(life.golden_at(lives.at));
        cohort.share = share(cohort.started_golden, cohort.chose);
    }
    let (first, last) = (quarters.keys().next().copied(), quarters.keys().next_back().copied());
    let all = first.zip(last).map(|(first, last)| first..=last);
    all.into_iter().flatten().map(|quarter| quarters.remove(&quarter).unwrap_or_else(|| empty(quarter))).collect()
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
