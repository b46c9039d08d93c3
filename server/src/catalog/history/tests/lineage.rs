//! Components keep their identity when their names, roots and files change.
use super::estate::{Past, components, uses};

const FLAGS: &str = "module acme.dev/shop\n\ngo 1.22\n\nrequire acme.dev/flags v1.0.0\n";
const WEB: &str = r#"{"name": "@acme/web", "dependencies": {"@acme/flags": "^1"}}"#;
const OTHER: &str = r#"{"name": "other"}"#;

#[test]
fn a_descriptor_added_later_changes_the_name_alone() {
    let descriptor = "apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: {name: till}\nspec: {type: service, lifecycle: production, owner: pay}\n";
    let past = Past::new(&[&[("go.mod", Some(FLAGS))], &[("catalog-info.yaml", Some(descriptor))]]);
    let history = past.judge();
    assert_eq!(components(&history), ["till 0..open"]);
    assert_eq!(uses(&history), ["till flagship 0..open open"]);
    assert_eq!(history.spans[0].traits.lifecycle.as_deref(), Some("production"));
}

#[test]
fn a_moved_package_is_known_by_its_name() {
    let edited = r#"{"name": "@acme/web", "description": "moved", "dependencies": {"@acme/flags": "^1"}}"#;
    let past = Past::new(&[
        &[("web/package.json", Some(WEB)), ("other/package.json", Some(OTHER))],
        &[("web/package.json", None), ("apps/web/package.json", Some(edited))],
    ]);
    let history = past.judge();
    assert_eq!(components(&history), ["fixture-apps-web 0..open apps/web", "fixture-other 0..open other"]);
    assert_eq!(uses(&history), ["fixture-apps-web flagship 0..open open"]);
}

#[test]
fn a_moved_folder_is_known_by_its_contents() {
    let private = r#"{"private": true, "dependencies": {"@acme/flags": "^1"}}"#;
    let past = Past::new(&[
        &[("web/package.json", Some(private)), ("other/package.json", Some(OTHER))],
        &[("web/package.json", None), ("apps/web/package.json", Some(private))],
    ]);
    assert_eq!(uses(&past.judge()), ["fixture-apps-web flagship 0..open open"]);
}

#[test]
fn another_component_at_another_place_is_another() {
    let past = Past::new(&[
        &[("a/package.json", Some(WEB)), ("other/package.json", Some(OTHER))],
        &[("a/package.json", None), ("b/package.json", Some(r#"{"name": "b"}"#))],
    ]);
    let history = past.judge();
    assert_eq!(components(&history), ["fixture-a 0..1 a", "fixture-b 1..open b", "fixture-other 0..open other"]);
    assert_eq!(uses(&history), ["fixture-a flagship 0..1 removed"]);
}

#[test]
fn a_workspace_stops_being_a_component_when_its_own_sources_go() {
    let root = r#"{"name": "all", "private": true, "workspaces": ["a"]}"#;
    let past = Past::new(&[
        &[("package.json", Some(root)), ("a/package.json", Some(OTHER)), ("src/x.ts", Some("export {}\n"))],
        &[("src/x.ts", None), ("a/src/y.ts", Some("export {}\n"))],
    ]);
    assert_eq!(components(&past.judge()), ["fixture 0..1", "fixture-a 0..open a"]);
}
