//! What holds of every log.
//! They must not know a log in particular.
use super::*;
use crate::catalog::shadow::testing::path;
use proptest::prelude::*;
use std::collections::BTreeSet;

const PEOPLE: [(&str, Option<&str>); 5] =
    [("ann", Some("payments")), ("bo", Some("payments")), ("cy", Some("shipping")), ("dee", None), ("bot", None)];

/// (day, hands, files, mass)
type Commit = (i64, Vec<(u32, u32, i64)>, Vec<u32>, bool);

fn commits() -> impl Strategy<Value = Vec<Commit>> {
    let hand = (0..5_u32, 1..6_u32, 0..30_i64);
    let commit = (
        0..900_i64,
        prop::collection::vec(hand, 1..4),
        prop::collection::vec(0..4_u32, 0..4),
        prop::bool::weighted(0.1),
    );
    prop::collection::vec(commit, 1..40)
}

fn told(mut commits: Vec<Commit>) -> Told {
    commits.sort_by_key(|commit| commit.0);
    let mut told = Told::new("acme/pay", &PEOPLE);
    for name in ["src/flags/a.ts", "src/flags/b.ts", "src/pay.ts", "src/flags/c.ts"] {
        told.file(name, 0);
    }
    for (day, mut hands, mut files, mass) in commits {
        hands.sort_unstable();
        hands.dedup_by_key(|hand| hand.0);
        files.sort_unstable();
        files.dedup();
        let hands: Vec<_> = hands.into_iter().map(|(person, n, back)| (person, n, day - back, day)).collect();
        let commit = told.branch(day, &hands, &files);
        if mass {
            told.mass(commit);
        }
    }
    told
}

const FLAGS: &[&str] = &["acme/pay:src/flags/"];

fn of(told: &Told) -> Vec<Effort> {
    told.effort(&candidate(FLAGS), &Past::default())
}

proptest! {
    #[test]
    fn there_are_no_more_days_than_people_have(commits in commits()) {
        let told = told(commits);
        let ledger = counted(&of(&told), 1_000);
        let days: BTreeSet<i64> = of(&told).iter().flat_map(|effort| &effort.days).map(|day| day.day).collect();
        prop_assert!(ledger.days <= 4 * days.len() as u64, "bots have none");
        prop_assert_eq!(ledger.days, ledger.rows.iter().map(|row| row.author_days).sum::<u64>());
        prop_assert!(ledger.days_year <= ledger.days);
        let known: u64 = ledger.year_by_team.values().sum();
        prop_assert!(known <= ledger.days_year);
        for team in [Some(("payments", 2)), Some(("shipping", 1)), None] {
            let own = |row: &&shared::api::LedgerRow| row.team.as_ref().map(|held| held.name()) == team.map(|team| team.0);
            let n: u64 = ledger.rows.iter().filter(own).map(|row| row.author_days).sum();
            prop_assert!(n <= team.map_or(1, |team| team.1) * days.len() as u64);
        }
    }

    #[test]
    fn lines_and_commits_count_once(commits in commits()) {
        let told = told(commits);
        let ledger = counted(&of(&told), 1_000);
        let counts = |commit: u32| {
            let held = &told.log.commits[commit as usize];
            held.mass.is_none() && held.hands.iter().any(|hand| hand.person != 4)
        };
        let touches = told.log.touches.iter().filter(|touch| touch.lineage != 2 && counts(touch.commit));
        let touched: Vec<_> = touches.collect();
        let lines: u64 = touched.iter().map(|touch| u64::from(touch.added)).sum();
        let commits: BTreeSet<u32> = touched.iter().map(|touch| touch.commit).collect();
        prop_assert_eq!(ledger.rows.iter().map(|row| row.lines_added).sum::<u64>(), lines);
        prop_assert_eq!(ledger.rows.iter().map(|row| row.commits).sum::<u64>(), commits.len() as u64);
    }

    #[test]
    fn a_rename_changes_nothing(commits in commits(), at in 0..40_u32) {
        let told = told(commits);
        let before = of(&told);
        let mut renamed = told;
        renamed.log.lineages[0].path = path("src/flags/deep/z.ts");
        renamed.log.lineages[0].earlier = vec![(at, path("src/pay/a.ts"))];
        prop_assert_eq!(of(&renamed), before);
    }

    #[test]
    fn the_order_of_people_hands_files_and_touches_does_not_matter(commits in commits(), turn in 0..5_usize) {
        let told = told(commits);
        let before = of(&told);
        let mut turned = told;
        turned.members.rotate_left(turn);
        for commit in &mut turned.log.commits {
            commit.hands.reverse();
            for hand in &mut commit.hands {
                hand.person = ((hand.person as usize + 5 - turn) % 5) as u32;
            }
        }
        turned.log.lineages.reverse();
        turned.log.touches.reverse();
        turned.log.touches.iter_mut().for_each(|touch| touch.lineage = 3 - touch.lineage);
        prop_assert_eq!(of(&turned), before);
    }

    #[test]
    fn more_code_is_never_less_work(commits in commits()) {
        let told = told(commits);
        let some = told.effort(&candidate(&["acme/pay:src/flags/a.ts"]), &Past::default());
        prop_assert!(counted(&some, 1_000).days <= counted(&of(&told), 1_000).days);
    }
}
