//! What each commit of a line did to the files.
//! Expected values come from the histories as written, or from `git log`.
use super::fixture::{File, Fixture, git_in, linear, open, tip_of};
use crate::scan::{Follow, Limits, Repository, Step, Stretch};
use proptest::prelude::*;
use shared::CommitId;
use std::{collections::BTreeMap, fs, ops::ControlFlow, path::Path};

fn text(content: &str) -> Option<(&str, &str)> {
    Some(("100644", content))
}

fn walk_from(
    repository: &Repository,
    from: usize,
    base: Option<&CommitId>,
    follow: &dyn Fn(&str, bool) -> Follow,
) -> Vec<Step> {
    let tip = repository.tip().unwrap().unwrap();
    let line = repository.first_parents(&tip.commit, &|_| false).unwrap();
    let mut steps = vec![];
    let mut each = |step| {
        steps.push(step);
        ControlFlow::Continue(())
    };
    repository.walk_line(Stretch { line: &line, from, base }, follow, &mut each).unwrap();
    steps
}

fn whole(git_dir: &Path) -> Vec<Step> {
    walk_from(&open(git_dir), 0, None, &|_, _| Follow::Content)
}

/// A step as `+came ~changed -went`.
fn shown(step: &Step) -> String {
    if step.unreadable.is_some() {
        return "unreadable".to_owned();
    }
    let words = step.changes.iter().map(|change| {
        let sign = match (&change.before, &change.blob) {
            (None, _) => '+',
            (_, None) => '-',
            _ => '~',
        };
        format!("{sign}{}", change.path)
    });
    words.collect::<Vec<_>>().join(" ")
}

fn all_shown(steps: &[Step]) -> Vec<String> {
    steps.iter().map(shown).collect()
}

fn remove(git_dir: &Path, revision: &str) {
    let id = git_in(git_dir, &["rev-parse", revision], b"");
    fs::remove_file(git_dir.join("objects").join(&id[..2]).join(&id[2..])).unwrap();
}

#[test]
fn files_come_change_and_go() {
    let fix = Fixture::new();
    let module = "1".repeat(40);
    let repo = fix.imported(
        "linear.git",
        &linear(&[
            &[("a.txt", text("1")), ("dir/b", text("2")), ("dir.x", text("3"))],
            &[("a.txt", text("2"))],
            &[("a.txt", None), ("z.txt", text("2"))],
            &[("z.txt", Some(("100755", "2")))],
            &[("dir/b", None), ("dir", text("now a file"))],
            &[("dir", None), ("dir/b", text("4"))],
            &[("z.txt", Some(("120000", "dir/b")))],
            &[("z.txt", Some(("100644", "dir/b")))],
            &[("sub", Some(("160000", &module))), ("z.txt", Some(("160000", &module)))],
            &[],
        ]),
    );
    let steps = whole(&repo);
    assert_eq!(
        all_shown(&steps),
        [
            "+a.txt +dir.x +dir/b",
            "~a.txt",
            "-a.txt +z.txt",
            "",
            "+dir -dir/b",
            "-dir +dir/b",
            "-z.txt",
            "+z.txt",
            "-z.txt",
            ""
        ]
    );
    assert_eq!(steps[2].changes[0].before, steps[2].changes[1].blob);
    assert_eq!((steps[9].position, steps[9].commit.committed), (9, 1_700_000_010));
    assert_eq!(steps[9].commit.parents, [steps[8].commit.commit.clone()]);
    assert!(steps[0].commit.author != 0 && steps[0].commit.author == steps[9].commit.author);
}

#[test]
fn only_what_is_followed_is_reported() {
    let fix = Fixture::new();
    let repo = fix.imported(
        "followed.git",
        &linear(&[
            &[("m.toml", text("1")), ("s.rs", text("1")), ("no.log", text("1")), ("vendor/v.toml", text("1"))],
            &[("m.toml", text("2")), ("s.rs", text("2")), ("no.log", text("2")), ("vendor/v.toml", text("2"))],
            &[("m.toml", None), ("s.rs", None), ("no.log", None), ("vendor/v.toml", None)],
        ]),
    );
    let follow = |path: &str, folder: bool| match (path, folder) {
        ("vendor", true) | ("no.log", false) => Follow::Nothing,
        ("m.toml", false) => Follow::Content,
        _ => Follow::Presence,
    };
    let steps = walk_from(&open(&repo), 0, None, &follow);
    assert_eq!(all_shown(&steps), ["+m.toml +s.rs", "~m.toml", "-m.toml -s.rs"]);
}

#[test]
fn what_cannot_be_read_is_a_gap_and_the_rest_stays_right() {
    let fix = Fixture::new();
    let commits: Vec<Vec<File<'_>>> = ["1", "2", "3", "4", "5", "6", "7"]
        .iter()
        .map(|n| vec![("a", text(n)), ("dir/b", text(if *n == "5" { "changed" } else { "same" }))])
        .collect();
    let commits: Vec<&[_]> = commits.iter().map(Vec::as_slice).collect();
    let repo = fix.imported("gaps.git", &linear(&commits));
    let (repository, tip) = tip_of(&repo);
    let line = repository.first_parents(&tip.commit, &|_| false).unwrap();
    remove(&repo, "c2^{tree}");
    remove(&repo, "c5:dir");
    remove(&repo, "c7");
    let mut steps = vec![];
    let mut each = |step| {
        steps.push(step);
        ControlFlow::Continue(())
    };
    let stretch = Stretch { line: &line, from: 0, base: None };
    open(&repo).walk_line(stretch, &|_, _| Follow::Content, &mut each).unwrap();
    assert_eq!(all_shown(&steps), ["+a +dir/b", "unreadable", "~a", "~a", "unreadable", "~a", "unreadable"]);
    assert_eq!(
        (&steps[2].changes[0].before, &steps[5].changes[0].before),
        (&steps[0].changes[0].blob, &steps[3].changes[0].blob)
    );
    assert!(steps[1].unreadable.as_ref().unwrap().contains("cannot be read"));
    assert_eq!((steps[1].commit.committed, steps[6].commit.committed), (1_700_000_002, 0));
    let base = line.id(1);
    let stretch = Stretch { line: &line, from: 2, base: base.as_ref() };
    let mut later = vec![];
    open(&repo)
        .walk_line(stretch, &|_, _| Follow::Content, &mut |step| {
            later.push(step);
            ControlFlow::Continue(())
        })
        .unwrap();
    assert_eq!(shown(&later[0]), "unreadable");
}

#[test]
fn a_walk_stops_when_told_and_ends_at_limits() {
    let fix = Fixture::new();
    let repo = fix.imported(
        "limits.git",
        &linear(&[
            &[("a", text("1"))],
            &[("b/c/d/e", text("1")), ("n123456789", text("1")), ("b/c/f", text("1"))],
            &[
                ("p", text("1")),
                ("q", text("1")),
                ("r", text("1")),
                ("s", text("1")),
                ("t", text("1")),
                ("u", text("1")),
            ],
            &[("a", text("2"))],
        ]),
    );
    let limits = Limits { max_tree_depth: 2, max_name_bytes: 9, max_tree_entries: 5, ..Limits::default() };
    let repository = Repository::open(&repo, &limits).unwrap();
    let steps = walk_from(&repository, 0, None, &|_, _| Follow::Content);
    assert_eq!(all_shown(&steps)[..3], ["+a", "+b/c/f", "unreadable"]);
    let tip = repository.tip().unwrap().unwrap();
    let line = repository.first_parents(&tip.commit, &|_| false).unwrap();
    let mut n = 0;
    let mut each = |_| {
        n += 1;
        if n == 2 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    };
    repository.walk_line(Stretch { line: &line, from: 0, base: None }, &|_, _| Follow::Content, &mut each).unwrap();
    assert_eq!(n, 2);
}

#[test]
fn hostile_names_are_left_out() {
    let fix = Fixture::new();
    let bare = fix.with_raw_tree(
        "odd.git",
        &[
            ("100644", b"z"),
            ("100644", b".."),
            ("100644", b".GIT"),
            ("100644", b"a/../../b"),
            ("100644", b"bad\xff"),
            ("100644", b"good"),
            ("100644", b"z"),
        ],
    );
    assert_eq!(all_shown(&whole(&bare)), ["+good +z"]);
    fs::write(bare.join("HEAD"), "ref: refs/heads/cut\n").unwrap();
    let tree = git_in(&bare, &["hash-object", "-t", "tree", "-w", "--literally", "--stdin"], b"100644 cut");
    let commit = git_in(&bare, &["commit-tree", "-m", "odd", &tree], b"");
    git_in(&bare, &["update-ref", "refs/heads/cut", &commit], b"");
    assert_eq!(all_shown(&whole(&bare)), ["unreadable"]);
}

#[test]
fn a_history_of_sha256_is_walked() {
    let fix = Fixture::new();
    fix.git(".", &["init", "-q", "-b", "main", "--object-format=sha256", "new"]);
    fix.commit(&fix.path("new"), &[("dir/a", "1\n")]);
    fix.commit(&fix.path("new"), &[("dir/a", "2\n")]);
    git_in(&fix.path("new"), &["repack", "-qad"], b"");
    assert_eq!(all_shown(&whole(&fix.path("new/.git"))), ["+dir/a", "~dir/a"]);
}

/// What `git log` says of ordinary files, in the form of [`raw`].
fn raw_by_git(git_dir: &Path) -> Vec<String> {
    let args =
        ["log", "--first-parent", "-m", "--raw", "--no-renames", "--no-abbrev", "--reverse", "--format=", "main"];
    let none = "0".repeat(40);
    let lines = git_in(git_dir, &args, b"");
    let changes = lines.lines().filter(|line| !line.is_empty()).map(|line| {
        let (ids, path) = line.split_once('\t').unwrap();
        let ids: Vec<&str> = ids.split(' ').collect();
        format!("{} {} {path}", ids[2], ids[3]).replace(&none, "-")
    });
    changes.collect()
}

fn raw(steps: &[Step]) -> Vec<String> {
    let changes = steps.iter().flat_map(|step| &step.changes);
    let id = |blob: &Option<shared::BlobId>| blob.as_ref().map_or("-".to_owned(), ToString::to_string);
    changes.map(|change| format!("{} {} {}", id(&change.before), id(&change.blob), change.path)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn walking_in_parts_is_walking_at_once(
        edits in proptest::collection::vec(proptest::collection::vec((0..40_usize, 0..4_usize), 1..4), 2..40),
        cut in 0..40_usize,
    ) {
        let fix = Fixture::new();
        let paths: Vec<String> = (0..40).map(|n| format!("{}file-{n:02}.txt", ["", "a/", "a/b/", "c.d/"][n % 4])).collect();
        let commits: Vec<Vec<File<'_>>> = edits.iter().map(|files| {
            files.iter().map(|(path, content)| (paths[*path].as_str(), [None, text("1"), text("2"), text("3")][*content])).collect()
        }).collect();
        let commits: Vec<&[_]> = commits.iter().map(Vec::as_slice).collect();
        let repo = fix.imported("random.git", &linear(&commits));
        if cut % 2 == 0 {
            git_in(&repo, &["repack", "-qadf", "--depth=50", "--window=50"], b"");
        }
        let (repository, tip) = tip_of(&repo);
        let steps = walk_from(&repository, 0, None, &|_, _| Follow::Content);
        prop_assert_eq!(raw(&steps), raw_by_git(&repo));
        let mut files = BTreeMap::new();
        for change in steps.iter().flat_map(|step| &step.changes) {
            prop_assert_eq!(files.remove(&change.path), change.before.clone());
            files.extend(change.blob.clone().map(|blob| (change.path.clone(), blob)));
        }
        let at_tip: Vec<_> = repository.walk(&tip).entries.into_iter().map(|entry| (entry.path, entry.blob)).collect();
        prop_assert_eq!(files.into_iter().collect::<Vec<_>>(), at_tip);
        let cut = cut % steps.len();
        let base = cut.checked_sub(1).map(|position| steps[position].commit.commit.clone());
        for base in [None, base.as_ref()] {
            prop_assert_eq!(&walk_from(&repository, cut, base, &|_, _| Follow::Content), &steps[cut..]);
        }
    }
}
