//! Which repositories a folder is found to hold.
//! Nothing here opens one.
use super::fixture::Fixture;
use crate::scan::{Found, locate};
use std::os::unix::fs::symlink;

fn names(found: &Found) -> Vec<&str> {
    found.repositories.iter().map(|r| r.name.as_str()).collect()
}

fn rules(found: &Found) -> Vec<&str> {
    found.findings.iter().map(|f| f.rule.as_str()).collect()
}

#[test]
fn finds_bare_cloned_and_nested_repositories() {
    let fix = Fixture::new();
    fix.git(".", &["init", "-q", "--bare", "estate-bare.git"]);
    fix.git(".", &["init", "-q", "--bare", "acme+shop/repo"]);
    fix.repository("team/web", &[("a", "1")]);
    fix.repository("team/web/plugins/inner", &[("a", "1")]);
    fix.repository("team/web/node_modules/dep", &[("a", "1")]);
    let found = locate(fix.dir.path()).unwrap();
    assert_eq!(names(&found), ["acme+shop", "estate-bare", "team/web", "team/web/plugins/inner"]);
    assert_eq!(found.findings, []);
    assert_eq!(found.repositories[2].git_dir, fix.path("team/web/.git"));
}

#[test]
fn the_folder_itself_can_be_the_repository() {
    let fix = Fixture::new();
    fix.repository("shop", &[("a", "1")]);
    fix.git("shop", &["remote", "add", "origin", "https://bot:secret@git.acme.example/acme/shop.git"]);
    for folder in ["shop", "shop/.git"] {
        let found = locate(&fix.path(folder)).unwrap();
        assert_eq!(names(&found), ["shop"], "{folder}");
        assert_eq!(found.repositories[0].web_url.as_deref(), Some("https://git.acme.example/acme/shop"));
    }
}

#[test]
fn symlinks_lead_nowhere() {
    let outside = Fixture::new();
    outside.repository("secret", &[("a", "1")]);
    let fix = Fixture::new();
    fix.repository("own", &[("a", "1")]);
    symlink(fix.path("."), fix.path("own/loop")).unwrap();
    symlink(outside.path("secret"), fix.path("out")).unwrap();
    std::fs::create_dir(fix.path("fake")).unwrap();
    symlink(outside.path("secret/.git"), fix.path("fake/.git")).unwrap();
    let found = locate(fix.dir.path()).unwrap();
    assert_eq!(names(&found), ["own"]);
    assert_eq!(rules(&found), ["repository-elsewhere"]);
}

#[test]
fn a_linked_worktree_is_no_repository_of_its_own() {
    let fix = Fixture::new();
    fix.repository("main", &[("a", "1")]);
    fix.git("main", &["worktree", "add", "-q", "../feature"]);
    fix.repository("feature/nested", &[("a", "1")]);
    let found = locate(fix.dir.path()).unwrap();
    assert_eq!(names(&found), ["feature/nested", "main"]);
    assert_eq!(rules(&found), ["repository-worktree"]);
    let alone = locate(&fix.path("feature")).unwrap();
    assert_eq!(names(&alone), ["nested"]);
    assert_eq!(rules(&alone), ["repository-elsewhere"]);
}

#[test]
fn a_submodule_is_a_repository_of_its_own() {
    let fix = Fixture::new();
    let library = fix.repository("library", &[("a", "1")]);
    fix.repository("app", &[("b", "1")]);
    fix.git("app", &["submodule", "add", "-q", library.to_str().unwrap(), "lib"]);
    let found = locate(fix.dir.path()).unwrap();
    assert_eq!(names(&found), ["app", "app/lib", "library"]);
    assert_eq!(found.repositories[1].git_dir, fix.path("app/.git/modules/lib"));
}

#[test]
fn clashing_names_are_numbered_and_broken_ones_noted() {
    let fix = Fixture::new();
    fix.git(".", &["init", "-q", "--bare", "shop.git"]);
    fix.repository("shop", &[("a", "1")]);
    std::fs::create_dir_all(fix.path("half/.git")).unwrap();
    std::fs::create_dir(fix.path("lost")).unwrap();
    std::fs::write(fix.path("lost/.git"), "gitdir: ../gone\n").unwrap();
    let found = locate(fix.dir.path()).unwrap();
    assert_eq!(names(&found), ["shop", "shop-2"]);
    assert_eq!(found.repositories[1].git_dir, fix.path("shop.git"));
    assert_eq!(rules(&found), ["repository-broken", "repository-broken"]);
}

#[test]
fn unusable_folders_say_what_to_do() {
    let fix = Fixture::new();
    let absent = locate(&fix.path("absent")).unwrap_err();
    assert_eq!(absent.rule(), "source-unusable");
    assert!(absent.to_string().ends_with("absent cannot be used as a source: it does not exist; check the spelling"));
    std::fs::write(fix.path("file"), "").unwrap();
    assert!(locate(&fix.path("file")).unwrap_err().to_string().contains("it is a file"));
    std::fs::create_dir(fix.path("empty")).unwrap();
    assert_eq!(rules(&locate(&fix.path("empty")).unwrap()), ["source-empty"]);
}
