//! A scan started over HTTP and followed by its events, as a page does it.
//! It must not know how scans run.
use serde_json::{Value, json};
use tests::{estate, on_both_engines};

/// The data of every event of a stream that has ended.
fn events(stream: &str) -> Vec<Value> {
    let data = stream.lines().filter_map(|line| line.strip_prefix("data:"));
    data.map(|data| serde_json::from_str(data.trim()).expect("an event holds JSON")).collect()
}

on_both_engines! {
    async fn a_scan_is_started_followed_and_listed(server: TestServer) {
        let folder = estate::small();
        let order = json!({"sources": [folder.path()]});
        let started = server.client().post("/api/v1/scans", &order).await;
        assert_eq!(started.status, 202, "{}", started.text());
        let address = started.header("location").expect("it says where to look").to_owned();
        // The stream ends with the scan: reading it to its end waits for exactly that.
        let events = events(&server.get(&format!("{address}/events")).await.text());
        let last = events.last().expect("there are events");
        assert_eq!((&last["status"], &last["done"], &last["repositories"]), (&json!("done"), &json!(5), &json!(5)));
        let done: Vec<u64> = events.iter().filter_map(|event| event["done"].as_u64()).collect();
        assert!(done.is_sorted(), "{done:?}");
        assert_eq!(server.get(&address).await.json()["status"], "done");
        assert_eq!(server.items("/api/v1/usages?capability=feature-flags").await.len(), 3);
        let sources = server.items("/api/v1/sources").await;
        assert_eq!(sources[0]["repositories"], 5);
    }

    async fn an_unusable_source_is_a_problem_and_leaves_nothing(server: TestServer) {
        let reply = server.client().post("/api/v1/scans", &json!({"sources": ["/nowhere/at/all"]})).await;
        assert_eq!(reply.status, 422, "{}", reply.text());
        assert!(reply.json()["detail"].as_str().is_some_and(|detail| detail.contains("/nowhere/at/all")));
        assert!(server.items("/api/v1/sources").await.is_empty());
        assert!(server.items("/api/v1/scans").await.is_empty());
    }
}
