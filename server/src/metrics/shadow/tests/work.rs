//! What counts as work on a candidate, case by case.
//! They must not need a repository.
use super::*;
use crate::{
    catalog::shadow::testing::{group, path, repo},
    metrics::testing::{capability, component},
    scan::HistoryStart,
};
use shared::OfferPath;

const FLAGS: &[&str] = &["acme/pay:src/flags/"];

fn people() -> Told {
    Told::new("acme/pay", &[("ann", Some("payments")), ("bo", Some("shipping")), ("bot", None), ("cy", None)])
}

#[test]
fn a_day_of_one_author_counts_once() {
    let mut told = people();
    let (one, other) = (told.file("src/flags/a.ts", 0), told.file("src/flags/b.ts", 0));
    let away = told.file("src/pay.ts", 0);
    told.commit(0, 0, &[one, other]);
    told.commit(0, 0, &[one]);
    told.commit(1, 1, &[other]);
    told.commit(2, 1, &[away]);
    assert_eq!(days(&told, FLAGS), 2);
    let ledger = counted(&told.effort(&candidate(FLAGS), &Past::default()), 3);
    let lines: Vec<_> = ledger
        .rows
        .iter()
        .map(|row| (row.team.clone(), row.author_days, row.commits, row.lines_added, row.lines_removed))
        .collect();
    assert_eq!(lines, [(Some(group("payments")), 1, 2, 30, 6), (Some(group("shipping")), 1, 1, 10, 2)]);
    assert!(ledger.rows.iter().all(|row| row.quarter == "2024-Q1" && row.phase == WorkPhase::Build));
}

#[test]
fn bots_mass_changes_and_changes_of_format_do_not_count() {
    let mut told = people();
    let file = told.file("src/flags/a.ts", 0);
    told.commit(0, 0, &[file]);
    told.commit(1, 2, &[file]);
    let mass = told.commit(2, 0, &[file]);
    told.mass(mass);
    told.commit(3, 0, &[file]);
    told.log.touches.last_mut().unwrap().formatting = true;
    assert_eq!(days(&told, FLAGS), 1);
    let effort = told.effort(&candidate(FLAGS), &Past::default());
    assert_eq!(effort[0].last_change.as_ref().map(|(_, at)| *at), Some(BEGIN));
}

#[test]
fn a_branch_counts_its_days_and_each_of_its_people() {
    let mut told = people();
    let file = told.file("src/flags/a.ts", 0);
    // 3 commits over 11 days; 9 commits over 2 days; two people of one commit.
    told.branch(20, &[(0, 3, 10, 20)], &[file]);
    assert_eq!(days(&told, FLAGS), 3);
    told.branch(40, &[(0, 9, 39, 40)], &[file]);
    assert_eq!(days(&told, FLAGS), 5);
    told.branch(50, &[(0, 1, 50, 50), (1, 1, 50, 50)], &[file]);
    assert_eq!(days(&told, FLAGS), 7);
}

#[test]
fn hostile_dates_stay_within_reason() {
    let mut told = people();
    let file = told.file("src/flags/a.ts", 0);
    told.branch(20, &[(0, 2, -30_000, 90_000)], &[file]);
    told.branch(21, &[(1, 0, 30, 25)], &[file]);
    let effort = told.effort(&candidate(FLAGS), &Past::default());
    let all: Vec<i64> = effort[0].days.iter().map(|day| day.day - BEGIN / DAY).collect();
    assert_eq!(all.len(), 3);
    assert!(all.iter().all(|day| (-3_650 + 20..=21).contains(day)), "{all:?}");
}

#[test]
fn a_file_counts_with_what_it_was_called_and_not_with_what_was_called_so() {
    let mut told = people();
    let file = told.file("src/flags/a.ts", 0);
    told.log.lineages[0].earlier = vec![(0, path("old/place.ts"))];
    let stranger = told.file("old/other.ts", 0);
    told.log.lineages[1].earlier = vec![(0, path("src/flags/b.ts"))];
    told.commit(0, 0, &[file, stranger]);
    told.commit(5, 0, &[stranger]);
    told.commit(9, 0, &[file]);
    assert_eq!(days(&told, FLAGS), 2);
    assert_eq!(days(&told, &["acme/pay:old/"]), 2);
    assert_eq!(days(&told, &["acme/other:src/flags/"]), 0);
}

#[test]
fn phases_follow_age_and_the_golden_path() {
    let mut told = people();
    let file = told.file("src/flags/a.ts", 0);
    for day in [0, 89, 91, 200] {
        told.commit(day, 0, &[file]);
    }
    let mut past = Past { now: BEGIN + 300 * DAY, ..Past::default() };
    past.capabilities =
        vec![capability("feature-flags", &[("flagship", OfferPath::Golden), ("flag-book", OfferPath::Homegrown)])];
    let user = component("pay", 0, BEGIN).using((&past, 0, 0), BEGIN + 150 * DAY, None);
    past.components.push(user);
    let phases = |past: &Past| {
        let effort = told.effort(&candidate(FLAGS), past);
        effort[0].days.iter().map(|day| day.phase).collect::<Vec<_>>()
    };
    use WorkPhase::{Build, Migration, Upkeep};
    assert_eq!(phases(&past), [Build, Build, Upkeep, Migration]);
    assert_eq!(phases(&Past::default()), [Build, Build, Upkeep, Upkeep]);
}

#[test]
fn where_a_history_is_cut_off_its_first_commit_made_nothing() {
    let mut told = people();
    let (old, new) = (told.file("src/flags/a.ts", 0), told.file("src/flags/b.ts", 1));
    told.commit(0, 0, &[old]);
    told.commit(3, 0, &[old, new]);
    told.commit(4, 0, &[old]);
    told.log.start = HistoryStart::Shallow;
    let effort = told.effort(&candidate(FLAGS), &Past::default());
    let phases: Vec<_> = effort[0].days.iter().map(|day| day.phase).collect();
    assert_eq!(phases, [WorkPhase::Build, WorkPhase::Upkeep]);
    assert_eq!(effort[0].first_change, Some((BEGIN, false)));
}

#[test]
fn one_day_in_two_repositories_is_one_day() {
    let mut one = people();
    let file = one.file("src/flags/a.ts", 0);
    one.commit(0, 0, &[file]);
    let mut two = Told::new("acme/ship", &[("ann", None), ("dee", Some("shipping"))]);
    let file = two.file("flags.ts", 0);
    two.commit(0, 0, &[file]);
    two.commit(0, 1, &[file]);
    let candidate = candidate(&["acme/pay:src/flags/", "acme/ship:flags.ts"]);
    let mut efforts = one.effort(&candidate, &Past::default());
    efforts.extend(two.effort(&candidate, &Past::default()));
    let ledger = counted(&efforts, 0);
    assert_eq!((ledger.days, ledger.days_year, ledger.of_nobody), (2, 2, 0));
    efforts.reverse();
    assert_eq!(counted(&efforts, 0).rows, ledger.rows);
    assert_eq!(counted(&efforts, 365).days_year, 0, "a year later none of it is recent");
    assert_eq!(repo("acme/ship").as_str(), "acme/ship");
}

#[test]
fn days_of_a_repository_are_those_of_its_people_in_the_last_year() {
    let mut told = people();
    let file = told.file("README.md", 0);
    told.commit(0, 0, &[file]);
    told.commit(400, 0, &[]);
    told.commit(400, 1, &[file]);
    told.commit(401, 2, &[file]);
    let work = Work { repository: &told.repository, log: &told.log, members: &told.members };
    assert_eq!(repository_days(&work, BEGIN + 401 * DAY), 2);
    assert_eq!(repository_days(&work, BEGIN + 10 * DAY), 1);
}
