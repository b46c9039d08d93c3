//! Odd and broken repositories: a finding each, and everything else is catalogued.
//! It must not test odd files; the parsers' own tests do.
use tests::{Engine, Folder, GitRepo, TestServer};

fn descriptor(name: &str) -> String {
    format!(
        "apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: {{name: {name}}}\nspec: {{type: service, lifecycle: production, owner: me}}\n"
    )
}

/// What a failing disk leaves: the folders, but not what was in them.
fn lose_objects(repo: &GitRepo) {
    let objects = repo.path().join(".git/objects");
    std::fs::remove_dir_all(&objects).expect("the fixture can be broken");
    std::fs::create_dir(&objects).expect("the fixture can be broken");
}

/// One repository of each odd kind, and a sound one.
fn odd_folder() -> Folder {
    let folder = Folder::new();
    let sound = folder.repo("sound").file("catalog-info.yaml", descriptor("sound")).commit("One").commit("Two");
    let _ = folder.bare_clone("bare", &sound);
    let _ = folder.shallow_clone("shallow", &sound);
    let _ = folder.repo("empty");
    let _ = folder.sha256_repo("sha256").file("catalog-info.yaml", descriptor("long")).commit("One");
    let _ = folder.repo("unborn").file("catalog-info.yaml", descriptor("unborn")).commit("One").run(&[
        "symbolic-ref",
        "HEAD",
        "refs/heads/gone",
    ]);
    let broken = folder.repo("broken").file("catalog-info.yaml", descriptor("broken")).commit("One");
    lose_objects(&broken);
    let hollow = folder.repo("hollow").commit("One");
    std::fs::remove_dir_all(hollow.path().join(".git/objects")).expect("the fixture can be broken");
    folder
}

#[tokio::test(flavor = "multi_thread")]
async fn each_gives_its_finding_and_no_other_is_lost() {
    let folder = odd_folder();
    let server = TestServer::with(Engine::Sqlite, &folder).await;
    let repositories = server.items("/api/v1/repositories").await;
    let names: Vec<&str> = repositories.iter().filter_map(|item| item["name"].as_str()).collect();
    assert!(
        ["bare", "empty", "sha256", "shallow", "sound", "unborn"].iter().all(|name| names.contains(name)),
        "{names:?}"
    );

    let findings = server.items("/api/v1/findings").await;
    let rules_of = |repository: &str| -> Vec<&str> {
        let of = findings.iter().filter(|finding| finding["repository"] == repository);
        of.filter_map(|finding| finding["rule"].as_str()).collect()
    };
    for (repository, rule) in [
        ("empty", "repository-empty"),
        ("shallow", "repository-shallow"),
        ("sha256", "repository-sha256"),
        ("unborn", "repository-unborn-head"),
        ("broken", "repository-broken"),
    ] {
        assert!(rules_of(repository).contains(&rule), "{repository}: {:?}", rules_of(repository));
    }
    let sources = server.items("/api/v1/sources").await;
    let told = sources[0]["message"].as_str().unwrap_or_default();
    assert!(told.contains("hollow"), "a folder that is no repository any more is told with its source: {sources:?}");
    assert!(!rules_of("sound").iter().any(|rule| rule.starts_with("repository-")));

    let components = server.items("/api/v1/entities?kind=component").await;
    for name in ["sound", "long", "unborn"] {
        let ref_ = format!("component:default/{name}");
        assert!(components.iter().any(|component| component["ref"] == ref_.as_str()), "{name}: {components:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn equal_bytes_under_two_names_are_read_for_each() {
    let folder = Folder::new();
    let code = "export const a = 1;\n";
    let _ = folder.repo("one").file("package.json", "{\"name\": \"one\"}").file("a.ts", code).commit("One");
    let _ = folder.repo("two").file("package.json", "{\"name\": \"two\"}").file("a.js", code).commit("One");
    let server = TestServer::with(Engine::Sqlite, &folder).await;
    let entities = server.items("/api/v1/entities?kind=component&sort=name").await;
    let languages: Vec<_> = entities.iter().filter_map(|item| item["language"].as_str()).collect();
    assert_eq!(languages, ["TypeScript", "JavaScript"]);
}
