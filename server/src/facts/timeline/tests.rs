//! How steps become spans, and how a timeline is cut.
//! For tests only.
use super::*;
use crate::{
    facts::model::FileFacts,
    scan::{Change, HistoryStart, PastCommit, Step},
};
use proptest::prelude::*;
use shared::CommitId;

/// What a step does to some files: path and content; no content when it goes.
type Done<'a> = &'a [(&'a str, Option<&'a str>)];

fn blob(text: &str) -> BlobId {
    crate::facts::testing::blob_id(text.as_bytes())
}

fn commit(position: usize) -> PastCommit {
    PastCommit {
        commit: CommitId::new(format!("{position:040x}")).unwrap(),
        committed: 1_600_000_000 + position as i64,
        authored: 1_600_000_000,
        author: 1,
        parents: vec![],
    }
}

fn step(position: usize, done: Done<'_>) -> Step {
    let change = |(path, text): &(&str, Option<&str>)| Change {
        path: RepoPath::new(*path).unwrap(),
        blob: text.map(blob),
        before: None,
    };
    let changes = done.iter().map(change).collect();
    Step { position: position as u32, commit: commit(position), changes, unreadable: None }
}

fn line(n: usize) -> Line {
    let ids = (0..n).flat_map(|at| [at as u8 + 1; 20]).collect();
    Line::new(20, ids, HistoryStart::Root)
}

/// A text up to its first `#` is what is read of it; `?` is unreadable, `!` too large.
fn content(texts: &[&str], id: &BlobId) -> Content {
    let text = texts.iter().find(|text| blob(text) == *id).unwrap();
    match *text {
        "?" => Content::Unreadable,
        "!" => Content::Presence,
        text => Content::Facts(digest(&FileFacts {
            text: text.split('#').next().map(str::to_owned),
            ..FileFacts::default()
        })),
    }
}

fn grow(timeline: Timeline, steps: &[Step], texts: &[&str]) -> Timeline {
    let mut builder = Builder::new(timeline);
    for step in steps {
        builder.add(step, &[], &mut |_, id| content(texts, id));
    }
    builder.finish()
}

/// Each span: path, from, to, and the text of its content.
fn spans(timeline: &Timeline, texts: &[&str]) -> Vec<String> {
    let shown = timeline.files.iter().map(|span| {
        let text = span.blob.as_ref().map_or("-", |id| texts.iter().find(|text| blob(text) == *id).unwrap());
        let to = span.to.map_or("open".to_owned(), |to| to.to_string());
        format!("{} {}..{to} {text}", span.path, span.from)
    });
    shown.collect()
}

const TEXTS: &[&str] = &["a", "a#2", "a#3", "b", "?", "!"];

fn of(history: &[Done<'_>]) -> Vec<String> {
    let steps: Vec<Step> = history.iter().enumerate().map(|(at, done)| step(at, done)).collect();
    let empty = Timeline::new("r".into(), vec![], line(steps.len()));
    spans(&grow(empty, &steps, TEXTS), TEXTS)
}

#[test]
fn equal_facts_are_one_span_and_a_revert_is_a_new_one() {
    let of_a = of(&[
        &[("a", Some("a")), ("z", Some("!"))],
        &[("a", Some("a#2"))],
        &[("a", Some("b"))],
        &[("a", Some("a#3"))],
        &[("a", None)],
        &[("a", Some("a"))],
    ]);
    assert_eq!(of_a, ["a 0..2 a", "a 2..3 b", "a 3..4 a#3", "a 5..open a", "z 0..open -"]);
}

#[test]
fn a_rename_is_one_file_that_goes_and_one_that_comes() {
    let found = of(&[&[("old/a", Some("a"))], &[("new/a", Some("a")), ("old/a", None)]]);
    assert_eq!(found, ["new/a 1..open a", "old/a 0..1 a"]);
}

#[test]
fn what_cannot_be_read_leaves_the_former_facts() {
    let history: &[Done<'_>] =
        &[&[("a", Some("a")), ("b", Some("?"))], &[("a", Some("?"))], &[("a", Some("a#2")), ("b", Some("b"))]];
    let steps: Vec<Step> = history.iter().enumerate().map(|(at, done)| step(at, done)).collect();
    let mut timeline = grow(Timeline::new("r".into(), vec![], line(3)), &steps, TEXTS);
    assert_eq!(spans(&timeline, TEXTS), ["a 0..open a", "b 0..2 -", "b 2..open b"]);
    let unread: Vec<String> = timeline.unread.iter().map(|u| format!("{} {}", u.position, u.path)).collect();
    assert_eq!(unread, ["0 b", "1 a"]);
    timeline.note(1_700_000_000);
    assert_eq!(timeline.findings[0].rule, "history-blob-unreadable");
    assert!(timeline.findings[0].message.starts_with("2 past contents"), "{}", timeline.findings[0].message);
}

#[test]
fn a_file_that_becomes_too_large_is_still_there() {
    let found = of(&[&[("a", Some("a"))], &[("a", Some("!"))], &[("a", Some("a"))]]);
    assert_eq!(found, ["a 0..1 a", "a 1..2 -", "a 2..open a"]);
}

#[test]
fn unreadable_trees_are_a_gap_that_ends_with_the_next_readable_one() {
    let lost = |at: usize| Step { unreadable: Some("lost".into()), ..step(at, &[]) };
    let steps = [lost(0), step(1, &[("a", Some("a"))]), lost(2), lost(3), step(4, &[("a", Some("b"))]), lost(5)];
    let empty = || Timeline::new("r".into(), vec![], line(6));
    let whole = grow(empty(), &steps, TEXTS);
    let gaps: Vec<_> = whole.gaps.iter().map(|gap| (gap.after, gap.before)).collect();
    assert_eq!(gaps, [(None, 1), (Some(1), 4), (Some(4), 6)]);
    assert_eq!(spans(&whole, TEXTS), ["a 1..4 a", "a 4..open b"]);
    for n in 0..6 {
        assert_eq!(grow(grow(empty(), &steps[..n], TEXTS), &steps[n..], TEXTS), whole, "in two parts at {n}");
    }
}

#[test]
fn work_on_a_branch_is_dated_by_its_first_commit_and_counts_its_authors_once() {
    let work = |author, authored| PastCommit { author, authored, ..commit(9) };
    let merge =
        Step { commit: PastCommit { parents: vec![commit(1).commit, commit(2).commit], ..commit(0) }, ..step(0, &[]) };
    let mut builder = Builder::new(Timeline::new("r".into(), vec![], line(1)));
    let branch = [work(3, 1_500_000_000), work(2, 1_500_000_900), work(3, 1_500_001_000), work(1, 1_500_002_000)];
    builder.add(&merge, &branch, &mut |_, _| Content::Presence);
    let timeline = builder.finish();
    assert_eq!((timeline.commits[0].merge, timeline.commits[0].first_work), (true, 1_500_000_000));
    let authors: Vec<(u32, u64)> = timeline.branch_authors.iter().map(|a| (a.position, a.author)).collect();
    assert_eq!(authors, [(0, 2), (0, 3)]);
}

prop_compose! {
    /// What one step does to five files; or that its tree is lost.
    fn any_step()(
        done in prop::collection::btree_map(0..5usize, prop::option::of(0..TEXTS.len()), 0..4),
        lost in prop::bool::weighted(0.15),
    ) -> (Vec<(&'static str, Option<&'static str>)>, bool) {
        let paths = ["a", "b/c", "b/d", "e", "f"];
        (done.into_iter().map(|(path, text)| (paths[path], text.map(|text| TEXTS[text]))).collect(), lost)
    }
}

proptest! {
    #[test]
    fn a_cut_timeline_is_the_timeline_of_what_is_left(
        history in prop::collection::vec(any_step(), 1..12),
        cut in any::<prop::sample::Index>(),
    ) {
        let steps: Vec<Step> = history.iter().enumerate().map(|(at, (done, lost))| match lost {
            true => Step { unreadable: Some("lost".into()), ..step(at, &[]) },
            false => step(at, done),
        }).collect();
        let empty = |n| Timeline::new("r".into(), vec![], line(n));
        let whole = grow(empty(steps.len()), &steps, TEXTS);
        let n = cut.index(steps.len() + 1);
        let mut shorter = whole.clone();
        shorter.cut(n);
        let expected = Timeline { line: shorter.line.clone(), ..grow(empty(n), &steps[..n], TEXTS) };
        prop_assert_eq!(shorter.line.len(), n);
        prop_assert_eq!(&shorter, &expected);
        shorter.line = whole.line.clone();
        prop_assert_eq!(grow(shorter, &steps[n..], TEXTS), whole);
    }
}
