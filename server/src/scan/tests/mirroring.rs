//! Mirrors made and refreshed over `file://`, which takes the same way as `https://` but for the transport.
//! Nothing here reaches beyond this machine.
use super::fixture::{Fixture, git_in, tip_of};
use crate::scan::{Limits, ScanError, mirror};
use shared::RepoUrl;
use std::{fs, path::Path};

fn url(path: &Path) -> RepoUrl {
    RepoUrl::new(format!("file://{}", path.display())).unwrap()
}

#[test]
fn a_mirror_follows_its_remote() {
    let fix = Fixture::new();
    let work = fix.repository("acme/shop", &[("a", "1")]);
    let data = fix.path("data");
    let located = mirror(&url(&work), &data, &Limits::default()).unwrap();
    assert_eq!((located.name.as_str(), located.web_url), ("acme/shop", None));
    assert!(located.git_dir.starts_with(data.join("mirrors/file")) && located.git_dir.ends_with("acme/shop.git"));
    let (_, first) = tip_of(&located.git_dir);
    assert_eq!((first.branch.as_str(), first.shallow), ("main", false));

    fix.commit(&work, &[("a", "2"), ("b/c", "3")]);
    mirror(&url(&work), &data, &Limits::default()).unwrap();
    let (repository, second) = tip_of(&located.git_dir);
    assert_eq!(second.commit.as_str(), git_in(&work, &["rev-parse", "HEAD"], b""));
    assert_eq!(repository.walk(&second).entries.len(), 2);
    let entries = fs::read_dir(located.git_dir.parent().unwrap()).unwrap();
    assert_eq!(entries.map(|e| e.unwrap().file_name()).collect::<Vec<_>>(), ["shop.git"]);

    git_in(&work, &["branch", "-q", "-m", "main", "trunk"], b"");
    mirror(&url(&work), &data, &Limits::default()).unwrap();
    assert_eq!(tip_of(&located.git_dir).1.branch, "trunk");

    git_in(&work, &["commit", "-q", "--amend", "-m", "rewritten"], b"");
    mirror(&url(&work), &data, &Limits::default()).unwrap();
    assert_eq!(tip_of(&located.git_dir).1.commit.as_str(), git_in(&work, &["rev-parse", "HEAD"], b""));
}

#[test]
fn empty_detached_and_sha256_remotes_are_mirrored() {
    let fix = Fixture::new();
    fix.git(".", &["init", "-q", "--bare", "empty.git"]);
    let limits = Limits::default();
    let data = fix.path("data");
    let located = mirror(&url(&fix.path("empty.git")), &data, &limits).unwrap();
    assert_eq!(super::fixture::open(&located.git_dir).tip().unwrap(), None);

    let work = fix.repository("loose", &[("a", "1")]);
    git_in(&work, &["checkout", "-q", "--detach"], b"");
    let located = mirror(&url(&work), &data, &limits).unwrap();
    assert_eq!(tip_of(&located.git_dir).1.branch, "main");

    fix.git(".", &["init", "-q", "-b", "main", "--object-format=sha256", "new"]);
    fix.commit(&fix.path("new"), &[("a", "1")]);
    let located = mirror(&url(&fix.path("new")), &data, &limits).unwrap();
    assert_eq!(tip_of(&located.git_dir).1.commit.as_str().len(), 64);
}

#[test]
fn a_corrupt_mirror_is_set_aside_and_cloned_anew() {
    let fix = Fixture::new();
    let work = fix.repository("shop", &[("a", "1"), ("b/c", "2")]);
    let data = fix.path("data");
    let limits = Limits::default();
    let git_dir = mirror(&url(&work), &data, &limits).unwrap().git_dir;
    let pack = fs::read_dir(git_dir.join("objects/pack")).unwrap().map(|e| e.unwrap().path());
    let pack = pack.into_iter().find(|p| p.extension().is_some_and(|e| e == "pack")).unwrap();
    let bytes = fs::read(&pack).unwrap();
    fs::remove_file(&pack).unwrap();
    fs::write(&pack, &bytes[..bytes.len() - 30]).unwrap();
    mirror(&url(&work), &data, &limits).unwrap();
    let (repository, tip) = tip_of(&git_dir);
    assert!(!repository.walk(&tip).partial);
    assert!(git_dir.with_extension("git.broken").is_dir());
}

#[test]
fn a_failed_fetch_leaves_the_mirror_and_a_failed_clone_leaves_nothing() {
    let fix = Fixture::new();
    let work = fix.repository("shop", &[("a", "1")]);
    let data = fix.path("data");
    let limits = Limits::default();
    let git_dir = mirror(&url(&work), &data, &limits).unwrap().git_dir;
    fs::rename(&work, fix.path("moved")).unwrap();
    let error = mirror(&url(&work), &data, &limits).unwrap_err();
    assert!(matches!(error, ScanError::MirrorFailed { .. }), "{error}");
    assert_eq!(tip_of(&git_dir).1.branch, "main");
    mirror(&url(&fix.path("absent/repo")), &data, &limits).unwrap_err();
    let left: Vec<_> = fs::read_dir(git_dir.parent().unwrap().join("absent")).unwrap().collect();
    assert!(left.is_empty(), "{left:?}");
}

#[test]
fn a_repository_beyond_the_fetch_limit_is_refused_whole() {
    let fix = Fixture::new();
    let work = fix.repository("shop", &[("zeros", &"0".repeat(4 << 20))]);
    let limits = Limits { fetch_alloc_bytes: 1 << 20, ..Limits::default() };
    let error = mirror(&url(&work), &fix.path("data"), &limits).unwrap_err();
    assert_eq!(error.rule(), "mirror-failed");
}
