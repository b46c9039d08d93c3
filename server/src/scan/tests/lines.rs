//! How far back a line goes, and why it starts where it does.
//! Nothing here looks at trees.
use super::fixture::{Fixture, commit, git_in, linear, main_at, open, tip_of};
use crate::scan::{HistoryStart, Line, Repository};
use std::{cell::Cell, fs, path::Path};

fn line(git_dir: &Path) -> Line {
    let (repository, tip) = tip_of(git_dir);
    repository.first_parents(&tip.commit, &|_| false).unwrap()
}

fn ids(line: &Line) -> Vec<String> {
    (0..line.len()).map(|i| line.id(i).unwrap().to_string()).collect()
}

fn parent_list(git_dir: &Path) -> Vec<String> {
    let list = git_in(git_dir, &["rev-list", "--first-parent", "--reverse", "main"], b"");
    list.lines().map(str::to_owned).collect()
}

fn remove(git_dir: &Path, id: &str) {
    fs::remove_file(git_dir.join("objects").join(&id[..2]).join(&id[2..])).unwrap();
}

fn four() -> String {
    let text = |n| Some(("100644", n));
    linear(&[&[("a", text("1"))], &[("a", text("2"))], &[("a", text("3"))], &[("a", text("4"))]])
}

#[test]
fn a_line_follows_first_parents_to_the_root() {
    let fix = Fixture::new();
    let side = commit(2, &[1], &[]) + &commit(3, &[1], &[]) + &commit(4, &[3, 2], &[]);
    let repo = fix.imported("merged.git", &(commit(1, &[], &[]) + &side + &main_at(4)));
    let line = line(&repo);
    assert_eq!((line.len(), line.start), (3, HistoryStart::Root));
    assert_eq!(ids(&line), parent_list(&repo));
}

#[test]
fn a_line_stops_below_the_first_known_commit() {
    let fix = Fixture::new();
    let repo = fix.imported("four.git", &four());
    let all = line(&repo);
    let known: Vec<&[u8]> = all.bytes().take(2).collect();
    let (repository, tip) = tip_of(&repo);
    let met = Cell::new(None);
    let find = |id: &[u8]| {
        met.set(known.iter().position(|other| *other == id));
        met.get().is_some()
    };
    let newer = repository.first_parents(&tip.commit, &find).unwrap();
    assert_eq!((ids(&newer), met.get()), (ids(&all)[2..].to_vec(), Some(1)));
    let mut joined = all.clone();
    joined.continue_with(2, &newer);
    assert_eq!(joined, all);
    assert!(repository.first_parents(&tip.commit, &|_| true).unwrap().is_empty());
}

#[test]
fn a_line_starts_at_a_shallow_or_grafted_commit() {
    let fix = Fixture::new();
    for (i, file) in ["shallow", "info/grafts"].into_iter().enumerate() {
        let repo = fix.imported(&format!("cut{i}.git"), &four());
        let all = parent_list(&repo);
        fs::write(repo.join(file), format!("{}\n", all[2])).unwrap();
        let line = line(&repo);
        assert_eq!((ids(&line), line.start), (all[2..].to_vec(), HistoryStart::Shallow), "{file}");
    }
}

#[test]
fn a_line_starts_where_a_parent_is_missing() {
    let fix = Fixture::new();
    let repo = fix.imported("missing.git", &four());
    let all = parent_list(&repo);
    remove(&repo, &all[1]);
    let line = line(&repo);
    assert_eq!((ids(&line), line.start), (all[2..].to_vec(), HistoryStart::Missing));
    let (repository, tip) = tip_of(&repo);
    remove(&repo, &all[3]);
    let error = reopened(&repo, repository).first_parents(&tip.commit, &|_| false).unwrap_err();
    assert_eq!(error.rule(), "repository-broken");
}

/// The same without anything an earlier read may have kept.
fn reopened(git_dir: &Path, before: Repository) -> Repository {
    drop(before);
    open(git_dir)
}

#[test]
fn parents_in_a_circle_are_an_error_and_not_a_hang() {
    let fix = Fixture::new();
    let repo = fix.imported("circle.git", &four());
    let all = parent_list(&repo);
    // The root's object is replaced by that of the third commit, whose ancestor it is.
    let place = |id: &str| repo.join("objects").join(&id[..2]).join(&id[2..]);
    let third = fs::read(place(&all[2])).unwrap();
    fs::remove_file(place(&all[0])).unwrap();
    fs::write(place(&all[0]), third).unwrap();
    let (repository, tip) = tip_of(&repo);
    let error = repository.first_parents(&tip.commit, &|_| false).unwrap_err();
    assert!(error.to_string().contains("its own ancestor"), "{error}");
}
