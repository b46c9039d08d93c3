//! What a merge brought, and single commits and files of the past.
//! Nothing here walks a line.
use super::fixture::{Fixture, commit, git_in, main_at, tip_of};
use shared::{CommitId, RepoPath};
use std::path::{Path, PathBuf};

/// 1 and 3 are on main; 2 and 4 are a branch, into which 3 is merged by 4; 5 merges it; 6 and 7 are branches that 8
/// merges at once.
fn merged(fix: &Fixture) -> PathBuf {
    let text = |n| Some(("100644", n));
    let stream = [
        commit(1, &[], &[("a", text("1")), ("dir/b", text("2")), ("link", Some(("120000", "a")))]),
        commit(2, &[1], &[("b", text("1"))]),
        commit(3, &[1], &[("a", text("3"))]),
        commit(4, &[2, 3], &[("a", text("3"))]),
        commit(5, &[3, 4], &[("b", text("1"))]),
        commit(6, &[5], &[("x", text("1"))]),
        commit(7, &[3], &[("y", text("1"))]),
        commit(8, &[5, 6, 7], &[("x", text("1")), ("y", text("1"))]),
        main_at(8),
    ];
    fix.imported("merged.git", &stream.concat())
}

fn id(repo: &Path, number: usize) -> CommitId {
    CommitId::new(git_in(repo, &["rev-parse", &format!("c{number}")], b"")).unwrap()
}

#[test]
fn a_merge_brought_what_lies_between_it_and_the_line() {
    let fix = Fixture::new();
    let repo = merged(&fix);
    let (repository, tip) = tip_of(&repo);
    let line = repository.first_parents(&tip.commit, &|_| false).unwrap();
    let on_line = |id: &[u8]| line.bytes().any(|other| other == id);
    let brought = |number, most| {
        let commits = repository.branch_of(&id(&repo, number), &on_line, most);
        commits.iter().map(|c| usize::try_from(c.committed - 1_700_000_000).unwrap()).collect::<Vec<_>>()
    };
    assert_eq!(brought(5, 10), [2, 4]);
    assert_eq!(brought(5, 1), [4]);
    assert_eq!(brought(8, 10), [6, 7]);
    assert_eq!(brought(8, 0), [0; 0]);
    assert_eq!(brought(3, 10), [0; 0]);
}

#[test]
fn a_commit_and_a_file_of_the_past_are_read() {
    let fix = Fixture::new();
    let repo = merged(&fix);
    let (repository, _) = tip_of(&repo);
    let past = repository.past_commit(&id(&repo, 8)).unwrap();
    assert_eq!(past.parents, [id(&repo, 5), id(&repo, 6), id(&repo, 7)]);
    assert_eq!((past.committed, past.authored), (1_700_000_008, 1_700_000_008));
    let blob = |number, path: &str| {
        let found = repository.blob_at(&id(&repo, number), &RepoPath::new(path).unwrap()).unwrap();
        found.map(|blob| blob.to_string())
    };
    assert_eq!(blob(1, "a").unwrap(), git_in(&repo, &["rev-parse", "c1:a"], b""));
    assert_eq!(blob(4, "dir/b").unwrap(), git_in(&repo, &["rev-parse", "c4:dir/b"], b""));
    for path in ["dir", "link", "absent", "a/b", "dir/absent", ""] {
        assert_eq!(blob(4, path), None, "{path}");
    }
    let absent = CommitId::new("1".repeat(40)).unwrap();
    assert_eq!(repository.past_commit(&absent).unwrap_err().rule(), "repository-broken");
    assert_eq!(repository.blob_at(&absent, &RepoPath::root()).unwrap_err().rule(), "repository-broken");
    assert!(repository.branch_of(&absent, &|_| false, 10).is_empty());
}
