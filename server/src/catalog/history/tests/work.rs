//! Weeks, attempts, gaps, and whether one file alone shows an offer.
use super::estate::{DAY, FIRST, Past, path};
use crate::{
    catalog::history::{model::Attempt, set_attempt, shows, wanted_attempts},
    facts::{
        PARSERS,
        timeline::{BranchAuthor, LineGap},
    },
};

const GO_MOD: &str = "module acme.dev/shop\n\ngo 1.22\n";
const FLAGS: &str = "module acme.dev/shop\n\ngo 1.22\n\nrequire acme.dev/flags v1.0.0\n";

fn adopting() -> Past {
    Past::new(&[&[("go.mod", Some(GO_MOD))], &[("go.mod", Some(FLAGS))]])
}

#[test]
fn a_direct_commit_is_its_own_attempt_when_it_was_written_earlier() {
    let mut past = adopting();
    past.timeline.commits[1].authored = FIRST;
    let history = past.judge();
    let interval = &history.intervals[0];
    let attempt = Attempt { commit: interval.from.commit.clone(), at: FIRST, author_days: 1, branch: false };
    assert_eq!(interval.attempt, Some(attempt));
    assert!(wanted_attempts(&history, &past.timeline).is_empty());
    past.timeline.commits[1].authored = FIRST + DAY - 60;
    assert_eq!(past.judge().intervals[0].attempt, None);
}

#[test]
fn the_branch_of_a_merge_is_asked_for() {
    let mut past = adopting();
    (past.timeline.commits[1].authored, past.timeline.commits[1].merge) = (FIRST, true);
    let mut history = past.judge();
    assert_eq!(history.intervals[0].attempt, None);
    let wanted = wanted_attempts(&history, &past.timeline);
    assert_eq!((wanted.len(), wanted[0].position, wanted[0].path.as_str()), (1, 1, "go.mod"));
    assert_eq!((wanted[0].capability.as_str(), wanted[0].offer.as_str()), ("feature-flags", "flagship"));
    let commit = history.first.commit.clone();
    set_attempt(
        &mut history,
        wanted[0].interval,
        Attempt { commit, at: FIRST + 9 * DAY, author_days: 0, branch: true },
    );
    let attempt = history.intervals[0].attempt.as_ref().unwrap();
    assert_eq!((attempt.at, attempt.author_days), (FIRST + DAY, 1));
}

#[test]
fn one_file_alone_shows_an_offer_or_not() {
    let past = adopting();
    let shown = |name: &str, text: &str, offer: &str| {
        let at = path(name);
        let wanting = PARSERS.iter().filter(|parser| parser.wants(&at));
        let read: Vec<_> =
            wanting.map(|parser| (parser.key(), parser.parse(at.file_name(), text.as_bytes()))).collect();
        let facts: Vec<_> = read.iter().map(|(key, facts)| (*key, facts)).collect();
        shows(&past.rules, &at, &facts, "feature-flags", offer)
    };
    assert!(shown("go.mod", FLAGS, "flagship"));
    assert!(!shown("go.mod", FLAGS, "unleash"));
    assert!(!shown("go.mod", GO_MOD, "flagship"));
    assert!(shown("tools/a/flags.mk", "", "kit"));
}

#[test]
fn weeks_count_commits_authors_and_lead_times() {
    let mut past = Past::new(&[&[("a.md", Some("a"))], &[("b.md", Some("b"))], &[("c.md", Some("c"))]]);
    past.timeline.commits[1].first_work -= 3 * DAY / 2;
    past.timeline.commits[1].author = 2;
    past.dates[2] = FIRST + 7 * DAY;
    past.timeline.branch_authors = vec![BranchAuthor { position: 2, author: 3 }];
    past.timeline.commits[2].first_work -= 400 * DAY;
    let weeks = past.judge().weeks;
    let told: Vec<_> = weeks.iter().map(|w| (w.monday, w.merges, w.authors, w.lead_days.clone())).collect();
    assert_eq!(told, [(19_016, 2, 2, vec![1.5]), (19_023, 1, 2, vec![])]);
}

#[test]
fn gaps_are_told_by_the_readable_commits_around_them() {
    let mut past = Past::new(&[&[("go.mod", Some(GO_MOD))], &[], &[("go.mod", Some(FLAGS))]]);
    past.timeline.gaps = vec![LineGap { after: Some(0), before: 2, reason: "a tree is missing".to_owned() }];
    let history = past.judge();
    let gap = &history.gaps[0];
    assert_eq!((gap.from.at, gap.to.at, gap.reason.as_str()), (FIRST, FIRST + 2 * DAY, "a tree is missing"));
    assert_eq!((&history.intervals[0].from, history.intervals[0].exact), (&gap.to, false));
}
