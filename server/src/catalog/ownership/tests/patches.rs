//! Patches are taken by a real `git apply` and change one owner.
//! It must not write outside its temporary folder.
use super::world::{World, group, path};
use std::{fs, process::Command};

/// Applies the patch of the first item that has one to the texts, and gives the text of its file.
fn applied(world: &World) -> String {
    let item = world.judge().items.into_iter().find(|item| item.patch.is_some()).expect("an item has a patch");
    let patch = item.patch.unwrap();
    let folder = tempfile::tempdir().unwrap();
    for (file, text) in &world.claims.texts {
        let place = folder.path().join(file.as_str());
        fs::create_dir_all(place.parent().unwrap()).unwrap();
        fs::write(place, text).unwrap();
    }
    fs::write(folder.path().join("change.patch"), &patch.diff).unwrap();
    let mut git = Command::new("git");
    git.args(["-c", "core.autocrlf=false", "apply", "--whitespace=nowarn", "change.patch"]);
    let done = git.current_dir(folder.path()).env("GIT_CEILING_DIRECTORIES", folder.path()).output().unwrap();
    assert!(done.status.success(), "{}\n{}", String::from_utf8_lossy(&done.stderr), patch.diff);
    fs::read_to_string(folder.path().join(patch.path.as_str())).unwrap()
}

/// A component at `root` with a descriptor, said to be owned by `owner`, worked on by search.
fn described(root: &str, owner: Option<&str>, line: u32, text: &str) -> World {
    let mut world = World::new();
    let file = path(root).join("catalog-info.yaml").unwrap();
    world.component("find", root, owner).descriptor = Some((file.clone(), line));
    world.claims.texts.insert(file, text.to_owned());
    let source = path(root).join("a.rs").unwrap();
    world.commits([90, 60, 30], &["sue"], source.as_str());
    world
}

#[test]
fn the_owner_line_is_changed_and_nothing_else() {
    for (owner, before, after) in [
        ("pay", "owner: pay", "owner: search"),
        ("pay", "owner: group:pay  # since 2020", "owner: group:search  # since 2020"),
        ("pay", "owner: group:default/pay", "owner: group:default/search"),
        ("pay", "owner: 'default/Pay'", "owner: 'default/search'"),
        ("user:ada", "\"owner\":   \"user:ada\"", "\"owner\":   \"group:search\""),
        ("nobody", "owner: nobody", "owner: search"),
    ] {
        for end in ["\n", "\r\n"] {
            let text = |line: &str| {
                let lines = ["# head", "kind: Component", "metadata:", "  name: find", "spec:", "    type: x"];
                format!("{}{end}    {line}{end}    system: y{end}", lines.join(end))
            };
            let world = described("find it", Some(owner), 1, &text(before));
            assert_eq!(applied(&world), text(after));
        }
    }
}

#[test]
fn the_right_document_of_several_is_changed() {
    let text = |owner: &str| {
        format!(
            "kind: API\nspec:\n  owner: pay\n---\nkind: Component\nspec:\n  owner: {owner}\n---\nkind: API\nspec:\n  owner: pay"
        )
    };
    assert_eq!(applied(&described("", Some("pay"), 5, &text("pay"))), text("search"));
    let flow = "kind: Component\nspec: {type: x, owner: pay}";
    assert_eq!(applied(&described("", Some("pay"), 1, flow)), "kind: Component\nspec: {type: x, owner: search}");
}

#[test]
fn an_owner_that_is_missing_is_added() {
    let text = "kind: Component\nspec:\n    # c\n    type: x\n";
    assert_eq!(
        applied(&described("", None, 1, text)),
        "kind: Component\nspec:\n    owner: search\n    # c\n    type: x\n"
    );
}

/// A component at `find/`, worked on by search, that CODEOWNERS may claim.
fn ruled(owner: Option<&str>, rules: &str) -> World {
    let mut world = World::new();
    world.component("find", "find", owner);
    world.component("rest", "", Some("platform"));
    world.code_owners(rules);
    world.commits([90, 60, 30], &["sue"], "find/a.rs");
    world.commits([20], &["pat"], "b.rs");
    world
}

#[test]
fn a_rule_of_its_own_is_changed() {
    let world = ruled(Some("pay"), "/find/\t@acme/pay @acme/qa # c\n* @acme/platform\n/find/ @acme/pay  @Acme/x # d");
    assert_eq!(applied(&world), "/find/\t@acme/pay @acme/qa # c\n* @acme/platform\n/find/ @acme/search  @Acme/x # d");
    let named = ruled(Some("pay"), "/find/ @acme/pay @acme/Qa\r\n");
    assert_eq!(applied(&named), "/find/ @acme/search @acme/Qa\r\n");
}

#[test]
fn a_rule_for_more_stays_and_a_new_one_is_added() {
    let world = ruled(Some("pay"), "* @acme/pay\n/find/docs/ @acme/docs\n");
    assert_eq!(applied(&world), "* @acme/pay\n/find/ @acme/search\n/find/docs/ @acme/docs\n");
    let undeclared = ruled(None, "/x/ @acme/Search");
    assert_eq!(applied(&undeclared), "/x/ @acme/Search\n/find/ @acme/Search\n");
    let windows = ruled(None, "/x/ @acme/pay\r\n/y/ @other/pay\r\n/z/ @acme/pay\r\n");
    assert!(applied(&windows).ends_with("/z/ @acme/pay\r\n/find/ @acme/search\r\n"));
}

#[test]
fn without_any_file_a_descriptor_is_written() {
    let mut world = World::new();
    world.component("404", "find/it", None);
    world.commits([90], &["sue"], "find/it/a.rs");
    let text = applied(&world);
    assert!(text.contains("kind: Component\nmetadata:\n  name: \"404\"\nspec:\n"), "{text}");
    assert!(text.ends_with("  owner: search\n"));
    world.commits([80], &["sue"], "find/it/catalog-info.yaml");
    assert_eq!(world.components()[0].patch, None, "a file that is there is not written over");
}

#[test]
fn no_patch_without_a_sure_guess() {
    let confirmed = described("", Some("search"), 1, "spec:\n  owner: search\n");
    let mut torn = described("", None, 1, "spec:\n  type: x\n");
    torn.commits([20, 15, 10], &["ada"], "a.rs");
    torn.commits([9, 8, 7], &["pat"], "a.rs");
    let mut elsewhere = described("", Some("pay"), 1, "service:\n  owner: pay\n");
    elsewhere.claims.components[0].owner = Some(group("pay"));
    for world in [confirmed, torn, elsewhere] {
        assert!(world.judge().items.iter().all(|item| item.patch.is_none()));
    }
}
