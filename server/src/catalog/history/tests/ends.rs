//! When intervals begin and end, and what the tip says of them.
use super::estate::{DAY, FIRST, Past, RULES, components, path, uses};
use crate::catalog::history::source_only;

const GO_MOD: &str = "module acme.dev/shop\n\ngo 1.22\n";
const FLAGS: &str = "module acme.dev/shop\n\ngo 1.22\n\nrequire acme.dev/flags v1.0.0\n";
const UNLEASH: &str = "module acme.dev/shop\n\ngo 1.22\n\nrequire unleash.dev/client v1.0.0\n";

#[test]
fn an_interval_begins_and_ends_with_the_commits_that_show_it() {
    let past = Past::new(&[
        &[("go.mod", Some(GO_MOD)), ("shop.go", Some("package shop\n"))],
        &[("go.mod", Some(UNLEASH))],
        &[("README.md", Some("# Shop\n"))],
        &[("go.mod", Some(FLAGS))],
        &[("go.mod", Some(GO_MOD))],
        &[("go.mod", Some(FLAGS)), ("tools/flags.mk", Some("x"))],
        &[("tools/flags.mk", None)],
    ]);
    let history = past.judge();
    assert_eq!(components(&history), ["fixture 0..open"]);
    assert_eq!(
        uses(&history),
        [
            "fixture flagship 3..4 left",
            "fixture flagship 5..open open",
            "fixture kit 5..6 left",
            "fixture unleash 1..3 left"
        ]
    );
    let first = &history.intervals[0];
    assert_eq!((first.evidence.path.as_str(), &first.evidence.commit), ("go.mod", &first.from.commit));
    assert_eq!((history.first.at, history.tip.at, history.n_commits), (FIRST, FIRST + 6 * DAY, 7));
}

#[test]
fn what_goes_with_its_component_is_removed() {
    let past = Past::new(&[
        &[("a/go.mod", Some(FLAGS)), ("b/package.json", Some(r#"{"name": "b"}"#))],
        &[("a/go.mod", None)],
        &[("a/go.mod", Some(FLAGS))],
    ]);
    let history = past.judge();
    assert_eq!(components(&history), ["fixture-a 0..1 a", "fixture-a 2..open a", "fixture-b 0..open b"]);
    assert_eq!(uses(&history), ["fixture-a flagship 0..1 removed", "fixture-a flagship 2..open open"]);
    let gone = &history.spans[0].traits;
    assert_eq!(gone, &history.spans[1].traits, "the tip's entity tells what it is");
}

#[test]
fn what_another_component_takes_over_was_not_left() {
    let tool = "module tool\n\nrequire acme.dev/flags v1.0.0\n";
    let past = Past::new(&[
        &[("cmd/a/go.mod", Some("module acme.dev/a\n")), (".tools/go.mod", Some(tool))],
        &[("go.mod", Some(GO_MOD)), ("shop.go", Some("package shop\n"))],
    ]);
    assert_eq!(uses(&past.judge()), ["fixture flagship 1..open open", "fixture-cmd-a flagship 0..1 removed"]);
}

#[test]
fn what_only_lock_files_show_begins_with_the_file() {
    let lock = r#"{"name": "web", "lockfileVersion": 3, "packages": {
        "": {"name": "web", "dependencies": {}}, "node_modules/@acme/flags": {"version": "1.0.0"}}}"#;
    let past =
        Past::new(&[&[("docs/a.md", Some("x"))], &[("package-lock.json", Some(lock))], &[("docs/b.md", Some("x"))]]);
    assert_eq!(past.tip.usages.len(), 1);
    assert_eq!(uses(&past.judge()), ["fixture flagship 1..open open about"]);
}

#[test]
fn source_is_followed_where_it_is_watched() {
    let kit = "package shop\n\ntype FlagKit struct{}\n";
    let commits: [super::estate::Commit<'_>; 3] = [
        &[("go.mod", Some(GO_MOD)), ("kit/kit.go", Some("package shop\n"))],
        &[("kit/kit.go", Some(kit))],
        &[("a.go", Some("package shop\n"))],
    ];
    let unwatched = Past::new(&commits);
    assert_eq!(uses(&unwatched.judge()), ["fixture kit 0..open open about"]);
    assert_eq!(source_only(&unwatched.tip), [path("kit/kit.go")]);
    assert_eq!(uses(&Past::watching(&["kit/kit.go"], &commits).judge()), ["fixture kit 1..open open about"]);
}

#[test]
fn what_a_cut_off_history_begins_with_may_be_older() {
    let mut past = Past::new(&[&[("go.mod", Some(FLAGS))], &[("go.mod", Some(GO_MOD))], &[("go.mod", Some(FLAGS))]]);
    past.timeline.line.start = crate::scan::HistoryStart::Shallow;
    assert_eq!(uses(&past.judge()), ["fixture flagship 0..1 left about", "fixture flagship 2..open open"]);
}

#[test]
fn the_tip_has_the_last_word() {
    let mut past = Past::new(&[&[("go.mod", Some(FLAGS))], &[("a.go", Some("package a\n"))]]);
    past.tip.usages.clear();
    assert_eq!(uses(&past.judge()), ["fixture flagship 0..1 left"]);
    past.tip.entities.clear();
    assert_eq!(uses(&past.judge()), ["fixture flagship 0..1 removed"]);
    assert_eq!(components(&past.judge()), ["fixture 0..1"]);
    assert!(RULES.contains("flagship"));
}
