//! What every list does alike: pages, filters, facets, downloads, problems.
//! It must not test what the items mean.
use tests::{estate, on_both_engines};

/// Every list of the API.
const LISTS: [&str; 7] = ["repositories", "entities", "capabilities", "usages", "dependencies", "findings", "scans"];

on_both_engines! {
    async fn pages_add_up_to_the_whole(server: TestServer) {
        let folder = estate::small();
        server.scan(folder.path()).await;
        for list in LISTS {
            let all = server.items(&format!("/api/v1/{list}?limit=100")).await;
            let by_two = server.items(&format!("/api/v1/{list}?limit=2")).await;
            assert!(!all.is_empty(), "{list} is empty");
            assert_eq!(all, by_two, "{list}");
            let total = server.get(&format!("/api/v1/{list}?limit=1")).await.json()["total"].clone();
            assert_eq!(total.as_u64(), Some(all.len() as u64), "{list}");
        }
    }

    async fn downloads_hold_the_same_rows(server: TestServer) {
        let folder = estate::small();
        server.scan(folder.path()).await;
        for list in LISTS {
            let n = server.items(&format!("/api/v1/{list}?limit=100")).await.len();
            let csv = server.client().get_as(&format!("/api/v1/{list}"), "text/csv").await.ok();
            assert!(csv.header("content-type").is_some_and(|kind| kind.starts_with("text/csv")), "{list}");
            let ndjson = server.client().get_as(&format!("/api/v1/{list}"), "application/x-ndjson").await.ok();
            assert_eq!(ndjson.text().lines().count(), n, "{list}");
        }
    }

    async fn a_bad_question_is_a_problem(server: TestServer) {
        for path in ["/api/v1/entities?colour=red", "/api/v1/entities?cursor=nonsense", "/api/v1/usages?limit=many"] {
            let reply = server.client().get(path).await;
            assert_eq!(reply.status, 400, "{path}: {}", reply.text());
            assert_eq!(reply.header("content-type"), Some("application/problem+json"), "{path}");
            assert!(reply.json()["detail"].is_string(), "{path}");
        }
        let gone = server.client().get("/api/v1/nothing").await;
        assert_eq!((gone.status.as_u16(), gone.header("content-type")), (404, Some("application/problem+json")));
    }

    async fn search_finds_every_kind_of_thing(server: TestServer) {
        let folder = estate::small();
        server.scan(folder.path()).await;
        for (text, title) in [("feature fl", "Feature flags"), ("checko", "checkout"), ("ledg", "ledger")] {
            let hits = server.items(&format!("/api/v1/search?q={}", text.replace(' ', "%20"))).await;
            assert!(hits.iter().any(|hit| hit["title"] == title), "{text}: {hits:?}");
        }
    }
}
