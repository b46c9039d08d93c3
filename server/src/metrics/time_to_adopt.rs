//! Time to adopt: how long components that could use the capability did without its golden path.
//! It must not ask how long the work took.
use super::{
    Metric,
    durations::{author_days, durations, open_case},
    lives::{Life, Lives, days},
    past::{PastMoment, Time, timestamp},
};
use shared::{
    OfferPath,
    api::{DurationCase, Durations},
};

pub(super) const METRIC: Metric = Metric {
    key: "time_to_adopt",
    title: "Time to adopt",
    formula: "max(component created, capability since) → first golden use",
    doc: "Days from when a component that could use the capability first could have used a golden offer until it did.",
};

/// One case for each eligible component that existed when, or after, the capability was first offered.
///
/// A component that used a golden offer before that day took 0 days. One that uses none is censored when it was last
/// seen. Left out, and counted as such, are components whose age or first use is unknown where that matters. Nothing is
/// a case of a capability that has no golden offer in use and none with a `since` in the past.
pub fn time_to_adopt(lives: &Lives) -> Durations {
    let Some(launch) = launch(lives) else { return durations(Vec::new(), 0) };
    let mut left_out = 0;
    let mut members = Vec::new();
    for life in lives.all.iter().filter(|life| lives.eligible(life)) {
        match case(lives, life, launch) {
            Fate::Case(case) => members.push(*case),
            Fate::Unknown => left_out += 1,
            Fate::NeverAtRisk => {}
        }
    }
    durations(members, left_out)
}

enum Fate {
    Case(Box<DurationCase>),
    Unknown,
    NeverAtRisk,
}

/// The day the golden path opened: the earliest `since` of a golden offer, else the first golden use of anyone.
fn launch(lives: &Lives) -> Option<Time> {
    let golden = lives.past.capabilities.get(lives.capability)?.offers.iter().filter(|o| o.path == OfferPath::Golden);
    let uses = || lives.past.components.iter().flat_map(|component| component.uses_of(lives.capability));
    let first_use = || uses().filter(|usage| usage.path == OfferPath::Golden).map(|usage| usage.from.at).min();
    golden.filter_map(|offer| offer.since).min().or_else(first_use)
}

fn case(lives: &Lives, life: &Life, launch: Time) -> Fate {
    let stays = life.stays(0);
    let first = stays.first();
    let used: Option<&PastMoment> = first.map(|stay| &stay.first.from);
    let begun = life.created.at.max(launch);
    let last = used.map_or(lives.last_seen(life), |used| used.at);
    let before_launch = used.is_some_and(|used| used.at <= launch);
    if !before_launch {
        if used.is_none() && last <= begun {
            return Fate::NeverAtRisk;
        }
        let age_unknown = !life.age_is_known() && life.created.at > launch;
        if age_unknown || first.is_some_and(|stay| !stay.exact) {
            return Fate::Unknown;
        }
    }
    Fate::Case(Box::new(DurationCase {
        counted_from: (launch > life.created.at).then(|| timestamp(launch)),
        to: used.map(|used| life.moment(used)),
        days: days(begun, last),
        author_days: first.and_then(author_days),
        ..open_case(life, first.map(|stay| lives.offer(stay.first)).unwrap_or_default())
    }))
}
