//! The estate as a scan meets it: its size, its sameness, and the oddities it promises.
//! Nothing here looks into the generator's tables.
use super::build_estate;
use crate::scan::{BlobRead, Limits, Located, Repository, locate};
use std::{collections::BTreeMap, path::Path};

fn heads(folder: &Path) -> BTreeMap<String, Option<String>> {
    let tip = |located: &Located| Repository::open(&located.git_dir, &Limits::default()).unwrap().tip().unwrap();
    let found = locate(folder).unwrap();
    assert_eq!(found.findings, []);
    found.repositories.iter().map(|r| (r.name.to_string(), tip(r).map(|t| t.commit.to_string()))).collect()
}

fn text(folder: &Path, repository: &str, path: &str) -> Option<String> {
    let repository = Repository::open(&folder.join(format!("{repository}.git")), &Limits::default()).unwrap();
    let walked = repository.walk(&repository.tip().unwrap().unwrap());
    let entry = walked.entries.iter().find(|e| e.path.as_str() == path)?;
    match repository.read(&entry.blob, 1 << 20) {
        BlobRead::Read(bytes) => Some(String::from_utf8(bytes).unwrap()),
        other => panic!("{other:?}"),
    }
}

#[test]
fn two_builds_are_the_same_and_a_complete_one_is_kept() {
    let (one, two) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let n = build_estate(one.path()).unwrap();
    assert!((38..=50).contains(&n));
    assert_eq!(build_estate(two.path()).unwrap(), n);
    let first = heads(one.path());
    assert_eq!(first.len(), n);
    assert_eq!(first, heads(two.path()));
    assert_eq!(
        first.iter().filter(|(_, head)| head.is_none()).map(|(name, _)| name).collect::<Vec<_>>(),
        ["price-experiments"]
    );

    let head = one.path().join("cart.git/HEAD");
    let before = std::fs::metadata(&head).unwrap().modified().unwrap();
    assert_eq!(build_estate(one.path()).unwrap(), n);
    assert_eq!(std::fs::metadata(&head).unwrap().modified().unwrap(), before);
    std::fs::write(one.path().join(".waymark-demo"), "0\n").unwrap();
    std::fs::remove_dir_all(one.path().join("cart.git")).unwrap();
    build_estate(one.path()).unwrap();
    assert_eq!(heads(one.path()), first);
}

#[test]
fn a_folder_with_other_things_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("thesis.txt"), "precious").unwrap();
    let error = build_estate(folder.path()).unwrap_err().to_string();
    assert!(error.ends_with("holds files that are no demo estate; give another folder, or empty it"), "{error}");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn the_estate_holds_what_it_promises() {
    let folder = tempfile::tempdir().unwrap();
    build_estate(folder.path()).unwrap();
    let read = |repository: &str, path: &str| text(folder.path(), repository, path).unwrap();
    assert!(read("checkout-web", "package-lock.json").contains("node_modules/@northpier/flagship"));
    assert!(read("checkout-web", "package.json").contains("@launchdarkly/node-server-sdk"));
    assert!(read("refunds", "go.mod").contains("\tgo.northpier.example/flagship v1.8.2"));
    let own = |repository: &str| read(repository, "internal/feature_flags/service.go");
    let copied = include_str!("data/shadow/service.go");
    assert!(own("refunds").starts_with(copied) && own("fleet-tracker").starts_with(copied));
    assert!(read("flagship", "capabilities/feature-flags.yaml").contains("component: component:default/flagship"));
    assert!(read("flagship", "docs/quickstart.md").starts_with("# Quickstart"));
    assert!(read("notifications", "catalog-info.yaml").contains("owner: group:default/storefront"));
    assert!(read("notifications", ".github/CODEOWNERS").contains("@northpier/logistics"));
    assert!(read("legacy-crm", "catalog-info.yaml").contains("owner: group:default/crm-team"));
    assert_eq!(read("org", "org/groups.yaml").matches("type: team").count(), 8);
    let ledger = Repository::open(&folder.path().join("ledger.git"), &Limits::default()).unwrap();
    assert!(ledger.tip().unwrap().unwrap().committed_at.as_str().starts_with("2026-10-31T"));
    let found = locate(&folder.path().join("ledger.git")).unwrap();
    assert_eq!(found.repositories[0].web_url.as_deref(), Some("https://git.northpier.example/northpier/ledger"));
}
