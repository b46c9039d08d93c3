//! The adoption page's rows, roll-ups and matrix on pasts made by hand, and what must add up on any.
//! It must not look inside the sweep.
use crate::metrics::{
    AdoptionFilter, Interval, SeriesQuestion, adoption_page, gaps, marks, matrix,
    past::{Past, PastRuleChange, Scope, Time, timestamp},
    series,
    testing::{ALL_PATHS, DAY, END, capability, component, day, everything, moment, pasts, repository},
};
use proptest::prelude::*;
use shared::{Area, MarkKind, OfferPath, Unit};

fn filter(at: Time, unit: Unit) -> AdoptionFilter {
    AdoptionFilter { areas: vec![], scope: everything(), at, unit }
}

/// A build platform (0) with a homegrown make kit (1), and three repositories with one component each: `api` makes until it
/// comes to the platform, `old` makes, `new` starts on the platform. `data` is another repository's, and could use neither.
fn builds() -> Past {
    let offers = [("sage", OfferPath::Golden), ("make", OfferPath::Homegrown)];
    let mut past = Past { now: day("2022-03-10") + 30, rules_version: "r1".to_owned(), ..Past::default() };
    past.capabilities.push(capability("build", &offers));
    past.capabilities[0].offers[0].since = Some(day("2022-01-10"));
    for (name, first) in [
        ("acme/api", "2021-12-15"),
        ("acme/old", "2022-01-05"),
        ("acme/new", "2022-02-20"),
        ("acme/data", "2021-11-02"),
    ] {
        past.repositories.push(repository(name, day(first), past.now));
    }
    let api = component("api", 0, day("2021-12-15")).can(0).owned_by("core");
    let api = api.using((&past, 0, 1), day("2021-12-20"), Some(day("2022-01-26") + 5));
    let api = api.using((&past, 0, 0), day("2022-01-26"), None);
    let old = component("old", 1, day("2022-01-05")).can(0).owned_by("core");
    let old = old.using((&past, 0, 1), day("2022-01-05"), None);
    let new = component("new", 2, day("2022-02-20")).can(0).using((&past, 0, 0), day("2022-02-20"), None);
    past.components = vec![api, component("data", 3, day("2021-11-02")).owned_by("data"), new, old];
    past
}

#[test]
fn the_series_goes_in_steps_from_the_first_commit_to_now() {
    let past = builds();
    let scope = everything();
    let asked = SeriesQuestion {
        capability: 0,
        interval: Interval::Month,
        unit: Unit::Repository,
        scope: &scope,
        from: None,
        to: None,
    };
    let rows: Vec<_> = series(&past, &asked)
        .into_iter()
        .map(|p| (p.at.to_string(), p.eligible, p.golden, p.homegrown, p.migrating, p.adoption))
        .collect();
    let row = |at: &str, e, g, h, m, adoption| (at.to_owned(), e, g, h, m, adoption);
    assert_eq!(
        rows,
        [
            row("2021-11-30T23:59:59Z", 0, 0, 0, 0, None),
            row("2021-12-31T23:59:59Z", 1, 0, 1, 0, Some(0.0)),
            row("2022-01-31T23:59:59Z", 2, 1, 1, 0, Some(0.5)),
            row("2022-02-28T23:59:59Z", 3, 2, 1, 0, Some(2.0 / 3.0)),
            row("2022-03-10T00:00:30Z", 3, 2, 1, 0, Some(2.0 / 3.0)),
        ]
    );
    // A day on which both were used is seen by days only; `from` and `to` cut.
    let (from, to) = (Some(day("2022-01-25")), Some(day("2022-01-26") + 3));
    let days = series(&past, &SeriesQuestion { interval: Interval::Day, from, to, ..asked.clone() });
    assert_eq!(days.iter().map(|p| p.migrating).collect::<Vec<_>>(), [0, 1]);
    assert_eq!(days[1].at.as_str(), "2022-01-26T00:00:03Z");
    // The scope decides where the axis starts; nobody in it has no axis.
    let own = Scope { repository: vec!["acme/new".to_owned()], ..Scope::default() };
    assert_eq!(series(&past, &SeriesQuestion { scope: &own, ..asked.clone() }).len(), 2);
    let nobody = Scope { language: vec!["go".to_owned()], ..Scope::default() };
    assert!(series(&past, &SeriesQuestion { scope: &nobody, ..asked }).is_empty());
}

#[test]
fn a_row_says_how_a_capability_stands_and_what_it_was() {
    let past = builds();
    let items = super::adoption_items(&past, &filter(past.now, Unit::Component));
    let [build] = items.as_slice() else { panic!("one capability") };
    assert_eq!((build.counts.eligible, build.golden_eligible, build.adoption), (3, 2, Some(2.0 / 3.0)));
    assert_eq!((build.conformance, build.reuse_rate), (Some(2.0 / 3.0), Some(2.0 / 3.0)));
    // 90 days before, on 10 December 2021, nobody could use it.
    assert_eq!(build.delta_90d, None);
    // All three came within the year and chose within 90 days; `new` started golden.
    assert_eq!((build.new_components, build.new_component_share), (3, Some(1.0 / 3.0)));
    assert_eq!(build.spark.len(), 24);
    assert_eq!(build.spark[23].at, timestamp(past.now));
    assert_eq!((build.spark[21].adoption, build.spark[20].eligible), (Some(0.5), 1));
    let before = super::adoption_items(&past, &filter(day("2022-01-26") + 1, Unit::Component));
    assert_eq!((before[0].adoption, before[0].conformance), (Some(0.5), Some(0.0)), "still with make beside it");
}

#[test]
fn a_component_of_unknown_age_is_not_new() {
    let mut past = builds();
    past.repositories[2].cut_off = Some("shallow".to_owned());
    let items = super::adoption_items(&past, &filter(past.now, Unit::Component));
    assert_eq!((items[0].new_components, items[0].new_component_share), (2, Some(0.0)));
}

#[test]
fn late_and_mixed_choices_are_not_golden_starts() {
    let mut past = builds();
    let late = component("late", 0, day("2021-11-20")).can(0).using((&past, 0, 0), day("2022-03-05"), None);
    let both = component("both", 0, day("2022-03-01")).can(0);
    let both = both.using((&past, 0, 0), day("2022-03-02"), None).using((&past, 0, 1), day("2022-03-02"), None);
    past.components = vec![both, late];
    let items = super::adoption_items(&past, &filter(past.now, Unit::Component));
    assert_eq!((items[0].new_components, items[0].new_component_share), (1, Some(0.0)));
}

#[test]
fn marks_tell_of_launches_rules_and_cut_off_histories() {
    let mut past = builds();
    let repository = past.repositories[0].name.clone();
    let change =
        PastRuleChange { at: day("2022-02-01"), text: "offers: make".to_owned(), repository, commit: moment(9).commit };
    past.capabilities[0].rule_changes.push(change);
    past.repositories[2].cut_off = Some("shallow".to_owned());
    past.repositories[2].gaps.push((1, 2, "objects are missing".to_owned()));
    let all = marks(&past, Some(0), &everything());
    assert_eq!(
        all.iter().map(|mark| (mark.kind, mark.text.as_str())).collect::<Vec<_>>(),
        [
            (MarkKind::Launch, "sage is offered"),
            (MarkKind::Rules, "offers: make"),
            (MarkKind::HistoryStart, "history of acme/new starts here (shallow)"),
        ]
    );
    assert_eq!(all[1].permalink.clone().unwrap(), format!("https://github.com/acme/api/commit/{}", moment(9).commit));
    assert_eq!(gaps(&past, &everything())[0].repository.as_str(), "acme/new");
    for repository in &mut past.repositories {
        repository.cut_off = Some("shallow".to_owned());
        repository.first.at = day("2022-02-20");
    }
    let merged = marks(&past, None, &everything());
    assert_eq!(merged.len(), 1);
    assert_eq!(merged[0].text, "history of 4 repositories starts here: acme/api, acme/old, acme/new and 1 more");
    let one = Scope { owner: vec!["group:default/data".to_owned()], ..Scope::default() };
    assert_eq!(marks(&past, None, &one)[0].text, "history of acme/data starts here (shallow)");
    let page = adoption_page(&past, &filter(past.now, Unit::Component));
    assert_eq!((page.summary.repositories, page.summary.incomplete), (4, 4));
}

#[test]
fn the_matrix_shows_teams_and_nobody_last() {
    let past = builds();
    let shown = matrix(&past, past.now, &[], &everything());
    let rows: Vec<_> = shown.teams.iter().map(|row| (row.team.as_ref().map(|t| t.short()), row.components)).collect();
    assert_eq!(rows, [(Some("core".to_owned()), 2), (Some("data".to_owned()), 1), (None, 1)]);
    let core = shown.teams[0].cells[0];
    assert_eq!((core.eligible, core.golden, core.golden_eligible, core.homegrown), (2, 1, 1, 1));
    assert!(matrix(&past, past.now, &[Area::Data], &everything()).capabilities.is_empty());
}

proptest! {
    #[test]
    fn the_adoption_of_all_is_the_weighted_adoption_of_its_parts(past in pasts(), ago in 0..900 * DAY, unit in 0..3_usize) {
        let mut past = past;
        past.capabilities[1].area = Area::Data;
        let page = adoption_page(&past, &filter(END - ago, Unit::ALL[unit]));
        let whole = &page.summary.organisation;
        let golden = || page.items.iter().filter(|item| item.name != "mail");
        for parts in [
            golden().map(|i| (i.counts.eligible, i.golden_eligible, i.adoption)).collect::<Vec<_>>(),
            page.summary.areas.iter().map(|i| (i.eligible, i.golden_eligible, i.adoption)).collect(),
        ] {
            prop_assert_eq!(whole.eligible, parts.iter().map(|part| part.0).sum::<u64>());
            prop_assert_eq!(whole.golden_eligible, parts.iter().map(|part| part.1).sum::<u64>());
            let weighted: f64 = parts.iter().map(|part| part.0 as f64 * part.2.unwrap_or_default()).sum();
            prop_assert!((whole.adoption.unwrap_or_default() * whole.eligible as f64 - weighted).abs() < 1e-9);
        }
        for item in &page.items {
            prop_assert!(item.conformance.unwrap_or_default() <= item.adoption.unwrap_or_default());
            prop_assert!(item.name != "mail" || item.adoption.is_none() && item.new_component_share.is_none());
            prop_assert_eq!(item.spark.last().unwrap().eligible, item.counts.eligible);
        }
    }

    #[test]
    fn the_cells_of_a_column_are_its_capability(past in pasts(), ago in 0..900 * DAY) {
        let at = END - ago;
        let shown = matrix(&past, at, &[], &everything());
        let items = super::adoption_items(&past, &filter(at, Unit::Component));
        for (column, heading) in shown.capabilities.iter().enumerate() {
            let item = items.iter().find(|item| item.name == heading.name).unwrap();
            let sum = |of: fn(&shared::api::MatrixCell) -> u64| shown.teams.iter().map(|row| of(&row.cells[column])).sum::<u64>();
            prop_assert_eq!(sum(|cell| cell.eligible), item.counts.eligible);
            prop_assert_eq!(sum(|cell| cell.golden), item.counts.golden);
            prop_assert_eq!(sum(|cell| cell.golden_eligible), item.golden_eligible);
            prop_assert_eq!(sum(|cell| cell.vendor), item.counts.vendor);
            prop_assert_eq!(sum(|cell| cell.homegrown), item.counts.homegrown);
        }
    }
}

#[test]
fn columns_are_the_most_used_first() {
    let mut past = builds();
    past.capabilities.push(capability("flags", &ALL_PATHS));
    past.capabilities.push(capability("mail", &ALL_PATHS[2..]));
    past.capabilities.push(capability("unused", &ALL_PATHS[2..]));
    past.components[1] = past.components[1].clone().using((&past, 2, 1), day("2022-01-01"), None);
    let names: Vec<_> = matrix(&past, past.now, &[], &everything()).capabilities.into_iter().map(|c| c.name).collect();
    assert_eq!(names, ["build", "mail", "flags"]);
}
