//! What vanishes or breaks keeps its last good state and is marked; nothing is deleted en masse.
//! It must not test the first scan of anything.
use serde_json::Value;
use tests::{estate, on_both_engines};

/// The status of every repository by name, in order.
fn statuses(repositories: &[Value]) -> Vec<(String, String)> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let mut all: Vec<_> = repositories.iter().map(|item| (text(&item["name"]), text(&item["status"]))).collect();
    all.sort();
    all
}

on_both_engines! {
    async fn a_vanished_repository_is_kept_and_marked(server: TestServer) {
        let folder = estate::small();
        server.scan(folder.path()).await;
        let before = server.items("/api/v1/usages").await;
        std::fs::remove_dir_all(folder.path().join("shop/checkout")).expect("the fixture can be removed");
        server.scan(folder.path()).await;
        assert_eq!(server.items("/api/v1/usages").await, before);
        let statuses = statuses(&server.items("/api/v1/repositories").await);
        let marked: Vec<_> = statuses.iter().filter(|(_, status)| status != "ok").collect();
        assert_eq!(marked, [&("shop/checkout".to_owned(), "missing".to_owned())]);
    }

    async fn a_repository_that_breaks_keeps_its_last_good_state(server: TestServer) {
        let folder = estate::small();
        server.scan(folder.path()).await;
        let before = server.items("/api/v1/usages").await;
        let git = folder.path().join("shop/checkout/.git");
        std::fs::remove_dir_all(git.join("objects")).expect("the fixture can be broken");
        std::fs::create_dir(git.join("objects")).expect("the fixture can be broken");
        server.scan(folder.path()).await;
        assert_eq!(server.items("/api/v1/usages").await, before);
        let statuses = statuses(&server.items("/api/v1/repositories").await);
        let marked: Vec<_> = statuses.iter().filter(|(_, status)| status != "ok").collect();
        assert_eq!(marked, [&("shop/checkout".to_owned(), "failed".to_owned())]);
    }

    async fn an_emptied_source_deletes_nothing(server: TestServer) {
        let folder = estate::small();
        server.scan(folder.path()).await;
        let before = server.items("/api/v1/entities").await;
        for team in ["platform", "shop", "bank", "labs"] {
            std::fs::remove_dir_all(folder.path().join(team)).expect("the fixture can be removed");
        }
        server.scan(folder.path()).await;
        assert_eq!(server.items("/api/v1/entities").await.len(), before.len());
        let statuses = statuses(&server.items("/api/v1/repositories").await);
        assert!(statuses.iter().all(|(_, status)| status == "missing"), "{statuses:?}");
    }
}
