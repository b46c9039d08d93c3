//! Tallies against counting one by one with the rule of `catalog::build::standings`, written out once more.
//! It must not share code with what it checks.
use crate::metrics::{
    Interval, Is, Question, SeriesQuestion, Tally,
    past::{Past, PastComponent, Time, timestamp},
    series, tallies,
    testing::{DAY, END, component, day, everything, pasts},
};
use proptest::prelude::*;
use shared::{OfferPath, State, Unit};
use std::collections::BTreeMap;

/// A component at one time: its paths, whether it counts as eligible, and its state, when it has a standing.
struct Plain {
    paths: Vec<OfferPath>,
    eligible: bool,
    state: Option<State>,
}

fn plain(component: &PastComponent, capability: u32, at: Time) -> Option<Plain> {
    let holds = |from: Time, to: Option<Time>| from <= at && to.is_none_or(|to| at < to);
    if !component.spans.iter().any(|(from, to)| holds(from.at, to.as_ref().map(|to| to.at))) {
        return None;
    }
    let held = |u: &&crate::metrics::past::PastUse| holds(u.from.at, u.to.as_ref().map(|to| to.at));
    let own = component.uses.iter().filter(|u| u.capability == capability).filter(held);
    let paths: Vec<OfferPath> = own.map(|u| u.path).collect();
    let today = timestamp(at).as_str()[..10].to_owned();
    let exempt = component
        .exempt
        .iter()
        .any(|(of, until)| *of == capability && until.is_none_or(|until| timestamp(until).as_str()[..10] >= *today));
    let can = component.eligible.contains(&capability);
    let off = paths.contains(&OfferPath::Vendor) || paths.contains(&OfferPath::Homegrown);
    let state = match (paths.contains(&OfferPath::Golden), off) {
        (true, false) => State::Golden,
        (true, true) => State::Migrating,
        (false, _) if exempt => State::Exempt,
        (false, true) => State::OffPath,
        (false, false) if paths.contains(&OfferPath::Tolerated) => State::Exempt,
        (false, false) => State::None,
    };
    let stands = !paths.is_empty() || can || exempt;
    let eligible = can && (!exempt || state != State::Exempt);
    Some(Plain { paths, eligible, state: stands.then_some(state) })
}

/// Units by name, of the components that are there.
fn groups(past: &Past, capability: u32, unit: Unit, at: Time) -> Vec<Vec<Plain>> {
    let mut out: BTreeMap<String, Vec<Plain>> = BTreeMap::new();
    for component in &past.components {
        let name = match unit {
            Unit::Component => Some(component.reference.to_string()),
            Unit::Repository => Some(component.repository.to_string()),
            Unit::Team => component.owner.as_ref().map(ToString::to_string),
        };
        if let (Some(name), Some(plain)) = (name, plain(component, capability, at)) {
            out.entry(name).or_default().push(plain);
        }
    }
    out.into_values().collect()
}

fn assert_counts(groups: &[Vec<Plain>], tally: &Tally) {
    let n = |test: &dyn Fn(&[Plain]) -> bool| groups.iter().filter(|group| test(group)).count() as u64;
    let uses = |group: &[Plain], path| group.iter().any(|plain| plain.paths.contains(&path));
    let is = |group: &[Plain], state| group.iter().any(|plain| plain.state == Some(state));
    let golden = |group: &[Plain]| uses(group, OfferPath::Golden);
    let off = |group: &[Plain]| uses(group, OfferPath::Vendor) || uses(group, OfferPath::Homegrown);
    let both = |group: &[Plain]| group.iter().any(|plain| plain.eligible) && golden(group);
    let counts = tally.counts();
    assert_eq!(counts.eligible, n(&|group| group.iter().any(|plain| plain.eligible)));
    assert_eq!(counts.components, n(&|group| group.iter().any(|plain| !plain.paths.is_empty())));
    assert_eq!(counts.golden, n(&golden));
    assert_eq!(counts.tolerated, n(&|group| uses(group, OfferPath::Tolerated)));
    assert_eq!(counts.vendor, n(&|group| uses(group, OfferPath::Vendor)));
    assert_eq!(counts.homegrown, n(&|group| uses(group, OfferPath::Homegrown)));
    assert_eq!(counts.migrating, n(&|group| golden(group) && off(group)));
    assert_eq!(counts.off_path, n(&|group| !golden(group) && is(group, State::OffPath)));
    assert_eq!(counts.none, n(&|group| !golden(group) && !is(group, State::OffPath) && is(group, State::None)));
    let excused = |group: &[Plain]| is(group, State::Exempt) && !is(group, State::OffPath) && !is(group, State::None);
    assert_eq!(counts.exempt, n(&|group| !golden(group) && excused(group)));
    assert_eq!(tally.of(Is::GoldenEligible), n(&both));
    assert_eq!(tally.of(Is::Conformant), n(&|group| both(group) && !off(group)));
    assert_eq!(tally.of(Is::GoldenHomegrown), n(&|group| golden(group) && uses(group, OfferPath::Homegrown)));
}

proptest! {
    #[test]
    fn a_sweep_counts_what_counting_at_each_point_does(
        past in pasts(),
        mut ago in prop::collection::vec(0..1_100 * DAY, 1..6),
    ) {
        ago.push(0);
        ago.sort_unstable_by(|a, b| b.cmp(a));
        let points: Vec<Time> = ago.iter().map(|ago| END - ago).collect();
        let scope = everything();
        for unit in Unit::ALL {
            let asked = Question { capability: None, points: &points, unit: *unit, scope: &scope };
            let all = tallies(&past, &asked);
            for (capability, row) in all.iter().enumerate() {
                let alone = tallies(&past, &Question { capability: Some(capability), ..asked });
                prop_assert_eq!(&alone[0], row);
                for (at, tally) in points.iter().zip(row) {
                    assert_counts(&groups(&past, capability as u32, *unit, *at), tally);
                }
            }
        }
    }

    #[test]
    fn a_series_is_the_tally_at_the_end_of_each_period(past in pasts(), quarter in any::<bool>()) {
        let scope = everything();
        let interval = if quarter { Interval::Quarter } else { Interval::Month };
        let asked = SeriesQuestion { capability: 1, interval, unit: Unit::Repository, scope: &scope, from: None, to: None };
        let points = series(&past, &asked);
        prop_assert_eq!(&points.last().unwrap().at, &timestamp(END));
        for point in points {
            let at = chrono::DateTime::parse_from_rfc3339(point.at.as_str()).unwrap().timestamp();
            let groups = groups(&past, 1, Unit::Repository, at);
            let golden = groups.iter().filter(|group| group.iter().any(|p| p.paths.contains(&OfferPath::Golden)));
            prop_assert_eq!(point.golden, golden.count() as u64);
            prop_assert_eq!(point.eligible, groups.iter().filter(|g| g.iter().any(|p| p.eligible)).count() as u64);
            prop_assert_eq!(point.adoption.is_none(), point.eligible == 0);
        }
    }

    #[test]
    fn who_ever_adopted_never_falls(past in pasts(), mut days in prop::collection::vec(0..1_100_i64, 2..8)) {
        // Nobody leaves in this past, so that being golden is having ever been.
        let mut past = past;
        for component in &mut past.components {
            component.spans.truncate(1);
            component.spans[0].1 = None;
            component.uses.iter_mut().for_each(|held| held.to = None);
        }
        days.sort_unstable_by(|a, b| b.cmp(a));
        let points: Vec<Time> = days.iter().map(|ago| END - ago * DAY).collect();
        let scope = everything();
        let asked = Question { capability: None, points: &points, unit: Unit::Team, scope: &scope };
        for row in tallies(&past, &asked) {
            for what in [Is::Golden, Is::Using, Is::Migrating, Is::GoldenEligible] {
                prop_assert!(row.windows(2).all(|two| two[0].of(what) <= two[1].of(what)));
            }
        }
    }
}

#[test]
fn periods_end_with_their_last_second_and_the_last_one_now() {
    let (from, to) = (day("2021-11-30"), day("2022-02-10") + 7);
    let ends = |interval: Interval| -> Vec<String> {
        interval.points(from, to).into_iter().map(|at| timestamp(at).to_string()).collect()
    };
    assert_eq!(
        ends(Interval::Month),
        ["2021-11-30T23:59:59Z", "2021-12-31T23:59:59Z", "2022-01-31T23:59:59Z", "2022-02-10T00:00:07Z"]
    );
    assert_eq!(ends(Interval::Quarter), ["2021-12-31T23:59:59Z", "2022-02-10T00:00:07Z"]);
    assert_eq!(ends(Interval::Day).len(), 73);
    // A period that ends this second is not followed by an empty one.
    let end = day("2022-02-01") - 1;
    assert_eq!(Interval::Month.points(end - DAY, end), [end]);
    assert_eq!(Interval::Month.points(end, end - 1), Vec::<Time>::new());
    assert_eq!(Interval::Day.points(0, 2_000_000_000).len(), crate::metrics::MAX_POINTS);
}

#[test]
fn an_exemption_ends_with_its_last_day_and_golden_outranks_it() {
    let mut past = Past { now: END, ..Past::default() };
    past.capabilities.push(crate::metrics::testing::capability("flags", &crate::metrics::testing::ALL_PATHS));
    past.repositories.push(crate::metrics::testing::repository("acme/api", day("2024-01-01"), END));
    let api = component("api", 0, day("2024-01-01")).can(0).exempt(0, Some(day("2024-03-01")));
    let standing = |component: &PastComponent, at| crate::metrics::Pair::new(component, 0).at(at);
    let last = standing(&api, day("2024-03-02") - 1);
    assert!(last.is(Is::Exempt) && !last.is(Is::Eligible) && !last.is(Is::None));
    let after = standing(&api, day("2024-03-02"));
    assert!(!after.is(Is::Exempt) && after.is(Is::Eligible) && after.is(Is::None));
    let golden = api.using((&past, 0, 0), day("2024-02-01"), None);
    assert!(standing(&golden, day("2024-02-01")).is(Is::GoldenEligible));
    assert!(standing(&golden, day("2024-02-01") - 1).is(Is::Exempt));
}
