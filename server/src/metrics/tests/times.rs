//! Cohorts, durations and survival against figures worked out by hand.
//! It must not share code with what it checks.
use crate::metrics::{
    Counted, ExplainQuestion, Lives, cohorts, defection, explain,
    past::{Past, PastAttempt, PastComponent, Time},
    stickiness, survival,
    testing::{ALL_PATHS, DAY, capability, component, day, everything, moment, repository},
    time_to_adopt, time_to_integrate, times,
};
use shared::{End, Unit, api::Durations};

const GOLD: u32 = 0;
const GOLD_TWO: u32 = 1;
const FINE: u32 = 2;
const OWN: u32 = 4;

/// An organisation of one repository that starts with 2020; today is the first day of 2024.
fn organisation() -> Past {
    Past {
        now: day("2024-01-01"),
        capabilities: vec![capability("flags", &ALL_PATHS)],
        repositories: vec![repository("acme/shop", day("2020-01-01"), day("2024-01-01"))],
        ..Past::default()
    }
}

fn born(name: &str, from: &str) -> PastComponent {
    component(name, 0, day(from)).can(0)
}

/// Uses an offer from one day to another; open when there is no other.
fn uses(component: PastComponent, offer: u32, from: &str, to: Option<&str>) -> PastComponent {
    component.using((&organisation(), 0, offer), day(from), to.map(day))
}

fn attempted(mut component: PastComponent, at: &str, author_days: u32, branch: bool) -> PastComponent {
    component.uses[0].attempt = Some(PastAttempt { moment: moment(day(at)), author_days, branch });
    component
}

/// Gone on a day, and its use with it.
fn removed(mut component: PastComponent, at: &str) -> PastComponent {
    for held in component.uses.iter_mut().filter(|held| held.to.is_none()) {
        (held.to, held.end) = (Some(moment(day(at))), End::Removed);
    }
    component.gone(day(at))
}

fn inexact(mut component: PastComponent) -> PastComponent {
    component.uses[0].exact = false;
    component
}

fn cases(durations: &Durations) -> Vec<String> {
    let line = |case: &shared::api::DurationCase| {
        format!("{} {} {}", case.component.name(), case.days, if case.to.is_some() { "ended" } else { "open" })
    };
    durations.members.iter().map(line).collect()
}

fn names<'a>(counted: &Counted<'a>) -> (Vec<&'a str>, Vec<&'a str>) {
    let of = |list: &[&'a PastComponent]| list.iter().map(|component| component.reference.name()).collect();
    (of(&counted.part), of(&counted.whole))
}

#[test]
fn time_to_integrate_by_hand() {
    let mut past = organisation();
    let branch = attempted(uses(born("branch", "2021-01-01"), GOLD, "2022-03-11", None), "2022-03-01", 4, true);
    let again =
        uses(uses(born("again", "2021-01-01"), GOLD, "2022-05-01", Some("2022-05-06")), GOLD, "2022-06-01", None);
    let swap =
        uses(uses(born("swap", "2021-01-01"), GOLD, "2022-01-01", Some("2022-01-10")), GOLD_TWO, "2022-01-10", None);
    past.components = vec![
        branch,
        again,
        swap,
        uses(born("young", "2021-01-01"), GOLD, "2023-12-25", None),
        removed(uses(born("removed", "2021-01-01"), GOLD, "2022-02-01", None), "2022-02-11"),
        uses(born("fortnight", "2021-01-01"), GOLD, "2022-07-01", Some("2022-07-15")),
        inexact(uses(born("source", "2021-01-01"), GOLD, "2022-07-01", None)),
        uses(born("own", "2021-01-01"), OWN, "2022-07-01", None),
    ];
    let found = time_to_integrate(&Lives::new(&past, 0, past.now, &everything()));
    // May has 31 days: the second use of `again` comes 31 days after the first. `swap` stays from its first offer on.
    assert_eq!(
        cases(&found),
        ["fortnight 0 ended", "swap 0 ended", "young 7 open", "branch 10 ended", "removed 10 open", "again 31 ended"]
    );
    assert_eq!((found.n, found.censored, found.left_out, found.with_branch), (4, 2, 1, 1));
    // At 0 days 2 of 6 end: 4/6. At 10 days 1 of 3 (young is out): 4/6 x 2/3 = 4/9. At 31 days the last one: 0.
    assert_eq!((found.p50_days, found.p75_days, found.p90_days), (Some(10.0), Some(31.0), Some(31.0)));
    let bins: Vec<_> = found.bins.iter().map(|bin| (bin.from_days, bin.to_days, bin.ended, bin.censored)).collect();
    assert_eq!(bins[0], (0, Some(1), 2, 0));
    assert_eq!(bins[3], (7, Some(14), 1, 2));
    assert_eq!((bins[5], bins[7]), ((30, Some(90), 1, 0), (180, None, 0, 0)));
    let branch = &found.members[3];
    assert_eq!((branch.author_days, branch.offer.as_str()), (Some(4), "gold"));
    assert_eq!(branch.from.at.as_str(), "2022-03-01T00:00:00Z");
    assert_eq!(branch.to.as_ref().unwrap().at.as_str(), "2022-03-11T00:00:00Z");
    assert!(branch.from.permalink.as_ref().unwrap().starts_with("https://github.com/acme/shop/commit/"));
}

/// An author's clock of 1970 makes no attempt of 52 years, and one that runs ahead none that ends before it begins.
#[test]
fn an_attempt_is_not_older_than_its_repository() {
    let mut past = organisation();
    let used = || uses(born("early", "2020-01-01"), GOLD, "2020-01-11", None);
    past.components = vec![attempted(used(), "1970-01-01", 1, false), attempted(used(), "2023-01-01", 1, false)];
    let found = time_to_integrate(&Lives::new(&past, 0, past.now, &everything()));
    assert_eq!(cases(&found), ["early 0 ended", "early 10 ended"]);
}

#[test]
fn time_to_adopt_by_hand() {
    let mut past = organisation();
    past.capabilities[0].offers[0].since = Some(day("2022-01-01"));
    past.components = vec![
        uses(born("older", "2020-01-01"), GOLD, "2022-01-11", None),
        uses(born("newer", "2022-03-01"), GOLD, "2022-03-31", None),
        uses(born("pioneer", "2020-01-01"), GOLD, "2021-06-01", None),
        born("waiting", "2023-12-02"),
        removed(born("before", "2020-01-01"), "2021-01-01"),
        removed(born("during", "2020-01-01"), "2022-02-01"),
        uses(component("other", 0, day("2020-01-01")), GOLD, "2022-01-11", None),
        born("excused", "2020-01-01").exempt(0, None),
        uses(born("willing", "2020-01-01").exempt(0, None), GOLD_TWO, "2022-01-03", None),
        inexact(uses(born("source", "2020-01-01"), GOLD, "2023-01-01", None)),
    ];
    let found = time_to_adopt(&Lives::new(&past, 0, past.now, &everything()));
    assert_eq!(
        cases(&found),
        ["pioneer 0 ended", "willing 2 ended", "older 10 ended", "newer 30 ended", "waiting 30 open", "during 31 open"]
    );
    assert_eq!((found.n, found.censored, found.left_out), (4, 2, 1));
    let since = found.members[2].counted_from.as_ref().map(shared::Timestamp::as_str);
    assert_eq!((since, found.members[2].from.at.as_str()), (Some("2022-01-01T00:00:00Z"), "2020-01-01T00:00:00Z"));
    assert_eq!((found.members[3].counted_from.clone(), found.members[4].offer.as_str()), (None, ""));

    // Without `since` the pioneer opens the path: 214 days to the end of 2021, and 10 or 2 more.
    past.capabilities[0].offers[0].since = None;
    let found = time_to_adopt(&Lives::new(&past, 0, past.now, &everything()));
    assert!(
        cases(&found).contains(&"older 224 ended".to_owned())
            && cases(&found).contains(&"willing 216 ended".to_owned())
    );
    past.components.clear();
    assert_eq!(time_to_adopt(&Lives::new(&past, 0, past.now, &everything())).members, []);
}

/// What stands at the beginning of a cut-off history is of unknown age; that only matters when it came after the launch.
#[test]
fn a_cut_off_history_gives_no_age() {
    let mut past = organisation();
    past.repositories[0].cut_off = Some("the clone is shallow".to_owned());
    past.components = vec![
        uses(born("old", "2020-01-01"), GOLD, "2021-01-01", None),
        uses(born("later", "2020-01-02"), GOLD, "2021-01-01", None),
    ];
    let ask = |past: &Past| {
        let scope = everything();
        let lives = Lives::new(past, 0, past.now, &scope);
        let created: Vec<u64> = cohorts(&lives).iter().map(|cohort| cohort.created).collect();
        (time_to_adopt(&lives).left_out, created)
    };
    past.capabilities[0].offers[0].since = Some(day("2019-01-01"));
    assert_eq!(ask(&past), (1, vec![1]));
    past.capabilities[0].offers[0].since = Some(day("2020-06-01"));
    assert_eq!(ask(&past), (0, vec![1]));
}

fn adopters() -> Past {
    let mut past = organisation();
    let old = |name: &str, to: Option<&str>| uses(born(name, "2021-01-01"), GOLD, "2022-01-01", to);
    past.components = vec![
        old("stays", None),
        old("leaves", Some("2022-04-11")),
        uses(old("returns", Some("2022-02-01")), GOLD, "2022-03-03", None),
        uses(old("swaps", Some("2022-02-01")), GOLD_TWO, "2022-02-01", None),
        removed(old("removed", None), "2022-07-20"),
        uses(old("wavers", Some("2022-10-28")), GOLD, "2022-12-27", None),
        uses(born("young", "2021-01-01"), GOLD, "2023-12-01", None),
        uses(born("own", "2021-01-01"), OWN, "2022-01-01", None),
    ];
    past
}

#[test]
fn survival_by_hand() {
    let past = adopters();
    let scope = everything();
    let lives = Lives::new(&past, 0, past.now, &scope);
    let found = survival(&lives);
    assert_eq!((found.adopters, found.leavers), (7, 2));
    // Days used: young 31+, leaves 100, removed 200+, wavers 300; stays, returns (away for 30 days) and swaps 730+.
    // 6 are at risk at 100: 5/6. 4 are at risk at 300: 5/6 x 3/4 = 0.625.
    let curve: Vec<_> =
        found.curve.iter().map(|p| format!("{} {:.4} {} {}", p.days, p.share, p.at_risk, p.left)).collect();
    assert_eq!(curve, ["0 1.0000 7 0", "100 0.8333 6 1", "300 0.6250 4 1", "730 0.6250 3 0"]);
    assert_eq!(names(&defection(&lives)).0, ["leaves", "wavers"]);
    // removed is gone, young has used it for 31 days only.
    let sticky = stickiness(&lives);
    assert_eq!(
        names(&sticky),
        (vec!["stays", "returns", "swaps", "wavers"], vec!["stays", "leaves", "returns", "swaps", "wavers"])
    );
    assert_eq!((sticky.share(), found.stickiness), (Some(0.8), Some(0.8)));
}

/// Asked of a day before the return, one who left has left; asked of a day before all, nobody adopted.
#[test]
fn what_came_later_is_not_known() {
    let past = adopters();
    let scope = everything();
    let of = |at: &str| {
        let found = times(&past, 0, day(at), &scope);
        (found.survival.adopters, found.survival.leavers, found.time_to_integrate.n, found.survival.stickiness)
    };
    assert_eq!(of("2022-02-10"), (6, 1, 6, None));
    // 79 days are no 90 days.
    assert_eq!(of("2022-03-21"), (6, 0, 6, None));
    assert_eq!(of("2022-04-01"), (6, 0, 6, Some(1.0)));
    assert_eq!(of("2021-12-31"), (0, 0, 0, None));
    assert_eq!(times(&past, 7, past.now, &scope).survival.adopters, 0);
}

#[test]
fn cohorts_by_hand() {
    let mut past = organisation();
    let golden_later = uses(born("c", "2021-02-01"), OWN, "2021-03-01", Some("2022-01-01"));
    past.components = vec![
        uses(born("a", "2021-01-01"), GOLD, "2021-01-05", None),
        uses(uses(born("b", "2021-01-01"), GOLD, "2021-01-05", None), FINE, "2021-01-05", None),
        uses(golden_later, GOLD, "2021-12-01", None),
        uses(uses(born("d", "2021-03-31"), GOLD, "2021-04-05", Some("2021-05-05")), OWN, "2021-04-05", None),
        // 91 days after its first commit: no start, though golden now.
        uses(born("e", "2021-01-01"), GOLD, "2021-04-02", None),
        born("f", "2021-01-01"),
        uses(component("other", 0, day("2021-01-01")), GOLD, "2021-01-05", None),
        removed(uses(born("g", "2021-07-01"), GOLD, "2021-07-01", None), "2021-08-01"),
        uses(born("h", "2021-09-30"), FINE, "2021-12-29", None),
    ];
    let scope = everything();
    let found = cohorts(&Lives::new(&past, 0, past.now, &scope));
    let table: Vec<_> = found
        .iter()
        .map(|c| (c.quarter.as_str(), c.created, c.chose, c.started_golden, c.golden_now, c.share))
        .collect();
    assert_eq!(
        table,
        [
            ("2021-Q1", 6, 4, 2, 4, Some(0.5)),
            ("2021-Q2", 0, 0, 0, 0, None),
            // g was golden and is gone; h took 90 days, and a tolerated offer alone is no golden start.
            ("2021-Q3", 2, 2, 1, 0, Some(0.5)),
        ]
    );
    let early: Time = day("2021-01-02");
    assert_eq!(cohorts(&Lives::new(&past, 0, early + DAY, &scope))[0].chose, 0);
}

/// The explanation names those counted, and says the figures in a sentence.
#[test]
fn who_left_and_who_stayed_is_explained() {
    let past = adopters();
    let scope = everything();
    let ask = |metric| {
        let question = ExplainQuestion { metric, capability: Some(0), at: past.now, unit: Unit::Team, scope: &scope };
        explain(&past, &question).unwrap()
    };
    let left = ask("defection");
    assert_eq!((left.numerator, left.denominator, left.value, left.scope), (2, 7, Some(2.0 / 7.0), Unit::Component));
    assert_eq!(left.numerator_members, ["component:default/leaves", "component:default/wavers"]);
    assert_eq!(
        left.sentence,
        "2 of the 7 components that ever used a golden offer of flags left it while they went on existing."
    );
    assert_eq!(left.denominator_members.len(), 7);
    assert_eq!((ask("stickiness").numerator_members.len(), ask("stickiness").value), (4, Some(0.8)));
}
