//! What an opened repository tells, and how it behaves when it is odd, broken or hostile.
//! Nothing here looks for repositories.
use super::fixture::{Fixture, git_in, open, tip_of};
use crate::scan::{BlobRead, Limits, Repository, ScanError, WalkedTree};
use shared::BlobId;
use std::{fs, path::Path};

fn paths(walked: &WalkedTree) -> Vec<&str> {
    walked.entries.iter().map(|e| e.path.as_str()).collect()
}

fn rules(repository: &Repository) -> Vec<String> {
    let tip = repository.tip().unwrap();
    repository.findings(tip.as_ref()).into_iter().map(|f| f.rule).collect()
}

/// The loose object's file of an id.
fn loose(git_dir: &Path, id: &str) -> std::path::PathBuf {
    git_dir.join("objects").join(&id[..2]).join(&id[2..])
}

#[test]
fn the_tip_is_walked_in_path_order_and_read() {
    let fix = Fixture::new();
    let work = fix.repository("shop", &[("b/z.txt", "deep\n"), ("b.txt", "flat\n"), ("run.sh", "#!/bin/sh\n")]);
    std::os::unix::fs::symlink("/etc/passwd", work.join("link")).unwrap();
    git_in(&work, &["update-index", "--add", "--chmod=+x", "run.sh"], b"");
    fix.commit(&work, &[]);
    let (repository, tip) = tip_of(&work.join(".git"));
    assert_eq!((tip.branch.as_str(), tip.committed_at.as_str(), tip.shallow), ("main", "2023-11-14T22:13:20Z", false));
    assert_eq!(tip.commit.as_str(), git_in(&work, &["rev-parse", "HEAD"], b""));
    let walked = repository.walk(&tip);
    assert_eq!(paths(&walked), ["b.txt", "b/z.txt", "run.sh"]);
    assert_eq!(walked.links[0].as_str(), "link");
    assert!(walked.findings.is_empty() && !walked.partial && rules(&repository).is_empty());
    assert_eq!(repository.read(&walked.entries[1].blob, 100), BlobRead::Read(b"deep\n".to_vec()));
    assert_eq!(repository.committed_at(&tip.commit).unwrap(), tip.committed_at);
}

#[test]
fn empty_and_unborn_repositories_are_findings() {
    let fix = Fixture::new();
    fix.git(".", &["init", "-q", "--bare", "empty.git"]);
    let empty = open(&fix.path("empty.git"));
    assert_eq!(empty.tip().unwrap(), None);
    assert_eq!(rules(&empty), ["repository-empty"]);
    let work = fix.repository("shop", &[("a", "1")]);
    git_in(&work, &["branch", "-m", "main", "trunk"], b"");
    git_in(&work, &["symbolic-ref", "HEAD", "refs/heads/gone"], b"");
    let (unborn, tip) = tip_of(&work.join(".git"));
    assert_eq!(tip.branch, "trunk");
    assert_eq!(rules(&unborn), ["repository-unborn-head"]);
    git_in(&work, &["branch", "main", "trunk"], b"");
    assert_eq!(tip_of(&work.join(".git")).1.branch, "main");
}

#[test]
fn a_detached_head_stands_for_the_branch_at_its_commit() {
    let fix = Fixture::new();
    fix.repository("shop", &[("a", "1")]);
    fix.git(".", &["clone", "-q", "--bare", "shop", "shop.git"]);
    let bare = fix.path("shop.git");
    let commit = git_in(&bare, &["rev-parse", "HEAD"], b"");
    git_in(&bare, &["update-ref", "--no-deref", "HEAD", &commit], b"");
    assert_eq!(tip_of(&bare).1.branch, "main");
    git_in(&bare, &["branch", "-D", "main"], b"");
    assert_eq!(tip_of(&bare).1.branch, "HEAD");
}

#[test]
fn shallow_and_sha256_repositories_are_read_with_a_note() {
    let fix = Fixture::new();
    let work = fix.repository("shop", &[("a", "1")]);
    fix.commit(&work, &[("a", "2")]);
    let url = format!("file://{}", work.display());
    fix.git(".", &["clone", "-q", "--bare", "--depth", "1", &url, "shallow.git"]);
    let (shallow, tip) = tip_of(&fix.path("shallow.git"));
    assert!(tip.shallow);
    assert_eq!(rules(&shallow), ["repository-shallow"]);
    assert_eq!(paths(&shallow.walk(&tip)), ["a"]);

    fix.git(".", &["init", "-q", "-b", "main", "--object-format=sha256", "new"]);
    fix.commit(&fix.path("new"), &[("dir/a", "1\n")]);
    let (new, tip) = tip_of(&fix.path("new/.git"));
    assert_eq!(tip.commit.as_str().len(), 64);
    let walked = new.walk(&tip);
    assert_eq!(new.read(&walked.entries[0].blob, 10), BlobRead::Read(b"1\n".to_vec()));
    assert_eq!(rules(&new), ["repository-sha256"]);
}

#[test]
fn missing_objects_make_the_walk_partial() {
    let fix = Fixture::new();
    let work = fix.repository("shop", &[("a/one", "1"), ("b/two", "2"), ("c", "3")]);
    let git = work.join(".git");
    let tree = git_in(&work, &["rev-parse", "HEAD:a"], b"");
    let blob = git_in(&work, &["rev-parse", "HEAD:c"], b"");
    fs::remove_file(loose(&git, &tree)).unwrap();
    fs::remove_file(loose(&git, &blob)).unwrap();
    let (repository, tip) = tip_of(&git);
    let walked = repository.walk(&tip);
    assert_eq!((paths(&walked), walked.partial), (vec!["b/two", "c"], true));
    assert_eq!(walked.findings[0].rule, "object-missing");
    assert_eq!(walked.findings[0].path.as_ref().unwrap().as_str(), "a");
    assert!(matches!(repository.read(&BlobId::new(blob).unwrap(), 10), BlobRead::Unreadable { .. }));
    fs::remove_file(loose(&git, tip.commit.as_str())).unwrap();
    assert_eq!(open(&git).tip().unwrap_err().rule(), "repository-broken");
}

#[test]
fn a_pack_cut_short_is_broken_and_not_a_panic() {
    let fix = Fixture::new();
    let work = fix.repository("shop", &[("a", &"text ".repeat(500)), ("b/c", "2")]);
    git_in(&work, &["gc", "-q"], b"");
    let mut packs = fs::read_dir(work.join(".git/objects/pack")).unwrap().map(|e| e.unwrap().path());
    let pack = packs.find(|p| p.extension().is_some_and(|e| e == "pack")).unwrap();
    let bytes = fs::read(&pack).unwrap();
    fs::remove_file(&pack).unwrap();
    fs::write(&pack, &bytes[..20]).unwrap();
    let repository = open(&work.join(".git"));
    assert_eq!(repository.tip().unwrap_err().rule(), "repository-broken");
}

#[test]
fn what_is_no_repository_or_borrows_is_refused() {
    let fix = Fixture::new();
    let limits = Limits::default();
    let rule = |path: &str| Repository::open(&fix.path(path), &limits).map(drop).map_err(|e| e.rule());
    fix.repository("shop", &[("a", "1")]);
    fix.git(".", &["clone", "-q", "--shared", "--bare", "shop", "shared.git"]);
    assert_eq!(rule("shared.git"), Err("repository-borrows"));
    fix.git("shop", &["worktree", "add", "-q", "../feature"]);
    assert_eq!(rule("shop/.git/worktrees/feature"), Err("repository-borrows"));
    fs::create_dir(fix.path("nothing")).unwrap();
    assert_eq!(rule("nothing"), Err("repository-broken"));
    fs::write(fix.path("shop/.git/HEAD"), "\0\u{1b}[31m nonsense").unwrap();
    let broken = Repository::open(&fix.path("shop/.git"), &limits).and_then(|r| r.tip()).unwrap_err();
    assert!(matches!(broken, ScanError::RepositoryBroken { .. }) && !broken.to_string().contains('\u{1b}'));
}

#[test]
fn hostile_names_are_findings_and_not_entries() {
    let fix = Fixture::new();
    let long = [b'x'; 5_000];
    let bare = fix.with_raw_tree(
        "odd.git",
        &[
            ("100644", b".."),
            ("100644", b".GIT"),
            ("100644", b"a/../../b"),
            ("100644", b"bad\xff"),
            ("100644", b"good"),
            ("100644", "rtl\u{202e}".as_bytes()),
            ("100644", b"tab\tbell\x07"),
            ("100644", &long),
        ],
    );
    let (repository, tip) = tip_of(&bare);
    let walked = repository.walk(&tip);
    assert_eq!((paths(&walked), walked.partial), (vec!["good"], false));
    assert_eq!(walked.findings.len(), 7);
    for finding in &walked.findings {
        assert_eq!(finding.rule, "path-unsafe");
        assert!(finding.message.chars().all(|c| !c.is_control() && c != '\u{202e}') && finding.message.len() < 250);
    }
}

#[test]
fn a_blob_is_measured_before_it_is_read() {
    let fix = Fixture::new();
    let work = fix.repository("shop", &[("zeros", &"0".repeat(4 << 20)), ("ten", "0123456789")]);
    git_in(&work, &["gc", "-q"], b"");
    let limits = Limits { max_blob_bytes: 1 << 20, read_alloc_bytes: 1 << 20, ..Limits::default() };
    let repository = Repository::open(&work.join(".git"), &limits).unwrap();
    let walked = repository.walk(&repository.tip().unwrap().unwrap());
    let [ten, zeros] = &walked.entries[..] else { panic!("two files") };
    assert_eq!(repository.read(&zeros.blob, u64::MAX), BlobRead::TooLarge { size: 4 << 20 });
    assert_eq!(repository.read(&ten.blob, 9), BlobRead::TooLarge { size: 10 });
    assert_eq!(repository.read(&ten.blob, 10), BlobRead::Read(b"0123456789".to_vec()));
    let tree = git_in(&work, &["rev-parse", "HEAD^{tree}"], b"");
    assert!(matches!(repository.read(&BlobId::new(tree).unwrap(), 100), BlobRead::Unreadable { .. }));
}

#[test]
fn many_blobs_are_read_as_each_alone() {
    let fix = Fixture::new();
    let lines: Vec<String> = (0..400).map(|n| format!("line {n} of a file that grows\n")).collect();
    let work = fix.repository("shop", &[("a", "")]);
    for n in (100..=400).step_by(50) {
        fix.commit(&work, &[("a", &lines[..n].concat())]);
    }
    git_in(&work, &["gc", "-q"], b"");
    fix.commit(&work, &[("a", "a loose one")]);
    let repository = open(&work.join(".git"));
    let named = |commits: &str| BlobId::new(git_in(&work, &["rev-parse", commits], b"")).unwrap();
    let mut blobs: Vec<BlobId> = (0..8).map(|n| named(&format!("HEAD~{n}:a"))).collect();
    blobs.extend([named("HEAD~2"), named("HEAD~2^{tree}"), BlobId::new("1".repeat(40)).unwrap()]);
    let sizes = [0, 11, 3_000, 6_000, 1 << 20];
    for max_bytes in sizes.into_iter().chain(sizes.into_iter().rev()) {
        let mut reader = repository.blobs();
        for blob in blobs.iter().chain(blobs.iter().rev()) {
            assert_eq!(reader.read(blob, max_bytes), repository.read(blob, max_bytes), "{blob:?} {max_bytes}");
        }
    }
}

#[test]
fn limits_stop_the_walk_at_the_limit_and_not_before() {
    let fix = Fixture::new();
    let work = fix.repository("shop", &[("a", "1"), ("b/c/d", "2"), ("e", "3")]);
    let walk = |limits: Limits| {
        let repository = Repository::open(&work.join(".git"), &limits).unwrap();
        repository.walk(&repository.tip().unwrap().unwrap())
    };
    assert!(!walk(Limits { max_tree_entries: 5, max_tree_depth: 2, ..Limits::default() }).partial);
    let few = walk(Limits { max_tree_entries: 4, ..Limits::default() });
    assert_eq!((few.partial, few.findings[0].rule.as_str(), few.entries.len()), (true, "tree-too-large", 2));
    let flat = walk(Limits { max_tree_depth: 1, ..Limits::default() });
    assert_eq!((flat.partial, flat.findings[0].rule.as_str(), paths(&flat)), (true, "tree-too-deep", vec!["a", "e"]));
}
