//! Every capability's adoption at one time, with what it was and where it goes: the rows of the adoption page.
//! It must not add capabilities up; `rollup` does.
use super::{
    adoption, conformance, new_component_share,
    new_component_share::{is_new, started_golden},
    past::{Past, PastCapability, Scope, Time, timestamp},
    period::last_months,
    reuse_rate,
    standing_at::{DAY, Is, Pair},
    tally::{Question, Tally, tallies},
};
use shared::{
    Area, Unit,
    api::{AdoptionItem, SparkPoint},
};

/// The delta compares with this long before.
const BEFORE: Time = 90 * DAY;
/// Points of a small line.
const SPARK_MONTHS: usize = 24;

/// Which capabilities and components, when, and what is counted.
#[derive(Debug, Clone)]
pub struct AdoptionFilter {
    /// Empty for all.
    pub areas: Vec<Area>,
    pub scope: Scope,
    /// Later than now counts as now.
    pub at: Time,
    pub unit: Unit,
}

/// What is counted of one capability, or of several together.
#[derive(Debug, Clone)]
pub(super) struct Counted {
    pub(super) now: Tally,
    pub(super) before: Tally,
    /// With `times`, oldest first.
    pub(super) spark: Vec<Tally>,
    pub(super) chose: u64,
    pub(super) started_golden: u64,
    ever_used: bool,
}

/// The counts of every capability of the past, and the times of the small lines.
pub(super) struct Table {
    pub(super) times: Vec<Time>,
    pub(super) rows: Vec<Counted>,
}

impl Table {
    /// Counts all capabilities in one pass over the components.
    pub(super) fn new(past: &Past, filter: &AdoptionFilter) -> Self {
        let at = filter.at.min(past.now);
        let times = last_months(at, SPARK_MONTHS);
        let mut points = times.clone();
        points.push(at - BEFORE);
        points.sort_unstable();
        points.dedup();
        let asked = Question { capability: None, points: &points, unit: filter.unit, scope: &filter.scope };
        let place = |time: Time| points.partition_point(|point| *point < time);
        let row = |row: Vec<Tally>| Counted {
            now: row[place(at)],
            before: row[place(at - BEFORE)],
            spark: times.iter().map(|time| row[place(*time)]).collect(),
            chose: 0,
            started_golden: 0,
            ever_used: false,
        };
        let mut table = Self { rows: tallies(past, &asked).into_iter().map(row).collect(), times: times.clone() };
        table.choices(past, &filter.scope, at);
        table
    }

    fn choices(&mut self, past: &Past, scope: &Scope, at: Time) {
        let mut capabilities = vec![];
        for component in past.components.iter().filter(|component| scope.holds(past, component)) {
            for held in component.uses.iter().filter(|held| held.from.at <= at) {
                self.rows[held.capability as usize].ever_used = true;
            }
            if !is_new(past, component, at) {
                continue;
            }
            component.capabilities(&mut capabilities);
            for capability in &capabilities {
                if let Some(golden) = started_golden(&Pair::new(component, *capability), at) {
                    self.rows[*capability].chose += 1;
                    self.rows[*capability].started_golden += u64::from(golden);
                }
            }
        }
    }

    /// Positions of the capabilities to show: in the areas, with a golden offer or used by then.
    pub(super) fn shown(&self, past: &Past, areas: &[Area]) -> Vec<usize> {
        let inside = |capability: &PastCapability| areas.is_empty() || areas.contains(&capability.area);
        let shows = |at: &usize| {
            let capability = &past.capabilities[*at];
            inside(capability) && (capability.has_golden() || self.rows[*at].ever_used)
        };
        (0..past.capabilities.len()).filter(shows).collect()
    }

    pub(super) fn item(&self, past: &Past, at: usize) -> AdoptionItem {
        let (capability, row) = (&past.capabilities[at], &self.rows[at]);
        let golden = capability.has_golden();
        let of_golden = |value: Option<f64>| value.filter(|_| golden);
        let spark = row.spark(&self.times);
        AdoptionItem {
            name: capability.name.clone(),
            title: capability.title.clone(),
            area: capability.area,
            owner: capability.owner.clone(),
            has_golden: golden,
            counts: row.now.counts(),
            golden_eligible: row.now.of(Is::GoldenEligible),
            adoption: of_golden(row.adoption()),
            conformance: of_golden(row.conformance()),
            delta_90d: of_golden(row.delta()),
            reuse_rate: row.reuse_rate(),
            new_component_share: of_golden(row.new_component_share()),
            new_components: row.chose,
            target: capability.target.clone(),
            spark: spark.into_iter().map(|point| SparkPoint { adoption: of_golden(point.adoption), ..point }).collect(),
        }
    }
}

impl Counted {
    pub(super) fn none(points: usize) -> Self {
        let (now, before) = (Tally::default(), Tally::default());
        Self { now, before, spark: vec![Tally::default(); points], chose: 0, started_golden: 0, ever_used: false }
    }

    pub(super) fn add(&mut self, other: &Self) {
        self.now.add(&other.now);
        self.before.add(&other.before);
        self.spark.iter_mut().zip(&other.spark).for_each(|(own, other)| own.add(other));
        self.chose += other.chose;
        self.started_golden += other.started_golden;
    }

    pub(super) fn adoption(&self) -> Option<f64> {
        adoption(self.now.of(Is::GoldenEligible), self.now.of(Is::Eligible))
    }

    pub(super) fn conformance(&self) -> Option<f64> {
        conformance(self.now.of(Is::Conformant), self.now.of(Is::Eligible))
    }

    pub(super) fn delta(&self) -> Option<f64> {
        Some(self.adoption()? - adoption(self.before.of(Is::GoldenEligible), self.before.of(Is::Eligible))?)
    }

    pub(super) fn reuse_rate(&self) -> Option<f64> {
        reuse_rate(self.now.of(Is::Golden), self.now.of(Is::Homegrown), self.now.of(Is::GoldenHomegrown))
    }

    pub(super) fn new_component_share(&self) -> Option<f64> {
        new_component_share(self.started_golden, self.chose)
    }

    pub(super) fn spark(&self, times: &[Time]) -> Vec<SparkPoint> {
        let point = |(at, tally): (&Time, &Tally)| SparkPoint {
            at: timestamp(*at),
            adoption: adoption(tally.of(Is::GoldenEligible), tally.of(Is::Eligible)),
            eligible: tally.of(Is::Eligible),
        };
        times.iter().zip(&self.spark).map(point).collect()
    }
}
