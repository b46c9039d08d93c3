//! Velocity delta against figures worked out by hand.
//! It must not share code with what it checks.
use crate::metrics::{
    past::{Past, PastRepository, PastWeek, Scope, Time},
    testing::{ALL_PATHS, DAY, capability, component, day, everything, moment, repository},
    times,
};
use proptest::prelude::*;
use shared::api::Velocity;

const WEEK: Time = 7 * DAY;

/// A Wednesday; its week begins on 2022-06-13.
fn adopted() -> Time {
    day("2022-06-15")
}

/// Merges a week and lead days, each before and after; two authors a week throughout.
#[derive(Debug, Clone, Copy)]
struct Work {
    merges: (u32, u32),
    lead: (f32, f32),
}

const STEADY: Work = Work { merges: (4, 4), lead: (4.0, 4.0) };

fn working(name: &str, work: Work) -> PastRepository {
    let monday = day("2022-06-13");
    let week = |n: i64| {
        let later = n > 0;
        let lead = if later { work.lead.1 } else { work.lead.0 };
        // What happens in the two weeks left out must not matter.
        let merges = if n == 0 || n == -1 {
            99
        } else if later {
            work.merges.1
        } else {
            work.merges.0
        };
        PastWeek { from: monday + n * WEEK, merges, authors: 2, lead_days: vec![lead; 3] }
    };
    PastRepository { weeks: (-40..40).map(week).collect(), ..repository(name, monday - 40 * WEEK, monday + 40 * WEEK) }
}

/// Adopters and others, each repository with one component that could use the capability.
fn organisation(adopters: &[Work], others: &[Work]) -> Past {
    let mut past =
        Past { now: day("2024-01-01"), capabilities: vec![capability("flags", &ALL_PATHS)], ..Past::default() };
    for (at, work) in adopters.iter().chain(others).enumerate() {
        past.repositories.push(working(&format!("acme/r{at}"), *work));
        let mut made = component(&format!("c{at}"), at, day("2021-01-01")).can(0);
        if at < adopters.len() {
            made = made.using((&past, 0, 0), adopted(), None);
        }
        past.components.push(made);
    }
    past
}

fn ask(past: &Past) -> Velocity {
    times(past, 0, past.now, &everything()).velocity
}

fn near(estimate: Option<shared::api::Estimate>, wanted: (f64, f64, f64)) {
    let got = estimate.expect("there are pairs enough");
    let off = [(got.value, wanted.0), (got.low, wanted.1), (got.high, wanted.2)];
    assert!(off.iter().all(|(got, wanted)| (got - wanted).abs() < 1e-9), "{got:?}, not {wanted:?}");
}

#[test]
fn figures_worked_out_by_hand() {
    // Adopters: 4 / 2 to 6 / 2 merges an author-week, x 1.5, and 4 to 3 days, x 0.75. Others: 4 to 5, x 1.25, and 4 to 4.
    // 1.5 / 1.25 = 1.2: 20 % more; 0.75: 25 % less. All pairs are alike, so that every sample drawn gives the same.
    let gained = Work { merges: (4, 6), lead: (4.0, 3.0) };
    let grown = Work { merges: (4, 5), lead: (4.0, 4.0) };
    let found = ask(&organisation(&[gained; 10], &[grown; 3]));
    assert_eq!((found.pairs, found.least, found.refused), (10, 10, None));
    near(found.merges, (0.2, 0.2, 0.2));
    near(found.lead_time, (-0.25, -0.25, -0.25));
}

#[test]
fn an_interval_spans_unlike_pairs() {
    // Half doubled and half stayed: the mean of ln 2 and 0 is ln √2, 41.4 % more.
    let doubled = Work { merges: (4, 8), ..STEADY };
    let found = ask(&organisation(&[[doubled; 6], [STEADY; 6]].concat(), &[STEADY; 3]));
    let merges = found.merges.unwrap();
    assert!((merges.value - (2_f64.sqrt() - 1.0)).abs() < 1e-9);
    assert!(
        0.0 < merges.low && merges.low < merges.value && merges.value < merges.high && merges.high < 1.0,
        "{merges:?}"
    );
    near(found.lead_time, (0.0, 0.0, 0.0));
}

#[test]
fn few_pairs_give_no_figure() {
    let found = ask(&organisation(&[STEADY; 9], &[STEADY; 3]));
    assert_eq!((found.pairs, found.merges, found.lead_time), (9, None, None));
    assert_eq!(
        found.refused.unwrap(),
        "No figure: it takes 10 pairs of a repository that adopted and one like it that did not, and there are 9. Of 9 \
         adopting repositories, 9 can be followed for 27 weeks before and after."
    );
    assert_eq!(ask(&organisation(&[STEADY; 12], &[])).pairs, 0);
    assert_eq!(ask(&Past::default()).pairs, 0);
}

#[test]
fn lead_time_is_refused_alone() {
    let mut past = organisation(&[STEADY; 10], &[STEADY; 3]);
    past.repositories[0].weeks.iter_mut().for_each(|week| week.lead_days.clear());
    let found = ask(&past);
    near(found.merges, (0.0, 0.0, 0.0));
    assert_eq!(found.lead_time, None);
    assert!(found.refused.unwrap().ends_with("and 9 of the 10 do."));
}

/// Each change takes one repository out: an adopter, of eleven, or the only other.
#[test]
fn who_cannot_be_followed_is_no_pair() {
    let pairs = |change: fn(&mut Past)| {
        let mut past = organisation(&[STEADY; 11], &[STEADY]);
        change(&mut past);
        ask(&past).pairs
    };
    assert_eq!(pairs(|_| {}), 11);
    let monday = day("2022-06-13");
    assert_eq!(monday, adopted() - 2 * DAY);
    assert_eq!(pairs(|past| past.components[0].uses[0].exact = false), 10, "beginning unknown");
    assert_eq!(pairs(|past| past.repositories[0].first = moment(day("2022-06-13") - 26 * WEEK)), 10, "too young");
    assert_eq!(pairs(|past| past.repositories[0].first = moment(day("2022-06-13") - 27 * WEEK)), 11);
    assert_eq!(pairs(|past| past.repositories[0].last = moment(day("2022-06-13") + 26 * WEEK)), 10, "went quiet");
    assert_eq!(pairs(|past| past.repositories[0].last = moment(day("2022-06-13") + 27 * WEEK)), 11);
    assert_eq!(pairs(|past| past.repositories[0].gaps = vec![(adopted(), adopted() + DAY, "gone".to_owned())]), 10);
    assert_eq!(pairs(|past| past.repositories[0].weeks.retain(|week| week.from > adopted())), 10, "no work before");
    assert_eq!(pairs(|past| past.components[11].eligible.clear()), 0, "could not use it");
    assert_eq!(
        pairs(|past| past.repositories[11] = working("acme/r11", Work { merges: (400, 400), ..STEADY })),
        0,
        "unlike"
    );
    let adopts = |past: &mut Past, weeks: i64| {
        let made = past.components[11].clone().using((&*past, 0, 0), day("2022-06-13") + weeks * WEEK, None);
        past.components[11] = made;
    };
    let mut past = organisation(&[STEADY; 11], &[STEADY]);
    adopts(&mut past, 26);
    assert_eq!(ask(&past).pairs, 0, "adopts within the weeks compared");
    let mut past = organisation(&[STEADY; 11], &[STEADY]);
    adopts(&mut past, 27);
    assert_eq!(ask(&past).pairs, 11, "adopts after them");
}

#[test]
fn only_repositories_in_scope_count() {
    let past = organisation(&[STEADY; 12], &[STEADY; 2]);
    let names = |range: std::ops::Range<usize>| range.map(|at| past.repositories[at].name.to_string()).collect();
    let pairs =
        |repository: Vec<String>| times(&past, 0, past.now, &Scope { repository, ..Scope::default() }).velocity.pairs;
    assert_eq!((pairs(names(0..12)), pairs(names(4..14)), pairs(names(12..14))), (0, 8, 0));
    assert_eq!(times(&past, 0, adopted() + 26 * WEEK, &everything()).velocity.pairs, 0, "the weeks after are not over");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn repositories_that_fare_alike_show_nothing(merges in (1_u32..50, 1_u32..50), lead in (0.1_f32..90.0, 0.1_f32..90.0), n in 10_usize..20) {
        let work = Work { merges, lead };
        let found = ask(&organisation(&vec![work; n], &[work; 2]));
        for estimate in [found.merges, found.lead_time] {
            let estimate = estimate.unwrap();
            prop_assert!([estimate.value, estimate.low, estimate.high].iter().all(|x| x.abs() < 1e-9));
        }
    }

    #[test]
    fn the_value_lies_in_its_interval_and_none_above_the_sample(changes in prop::collection::vec(1_u32..40, 10..30)) {
        let works: Vec<Work> = changes.iter().map(|after| Work { merges: (4, *after), ..STEADY }).collect();
        let found = ask(&organisation(&works, &[STEADY; 2]));
        prop_assert_eq!(found.pairs, works.len() as u64);
        let merges = found.merges.unwrap();
        let ratios = || changes.iter().map(|after| f64::from(*after) / 4.0 - 1.0);
        let (least, most) = (ratios().fold(f64::MAX, f64::min), ratios().fold(f64::MIN, f64::max));
        prop_assert!(least - 1e-9 <= merges.low && merges.low <= merges.high && merges.high <= most + 1e-9);
        prop_assert!(merges.low <= merges.value + 1e-9 && merges.value <= merges.high + 1e-9);
    }
}
