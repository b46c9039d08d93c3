//! Owners, teams, equal code and homegrown platforms as a client sees them, over a small stored catalog on SQLite.
//! It must not look into handlers.
use super::{
    router,
    testing::{Stored, get},
};
use crate::store::testing::fill_judged;
use axum::http::StatusCode;
use serde_json::Value;

fn has(item: &Value, keys: &[&str]) {
    let item = item.as_object().unwrap();
    assert!(keys.iter().all(|key| item.contains_key(*key)), "{keys:?}: {item:?}");
}

#[tokio::test]
async fn lists_keep_the_contract_of_scripts() {
    let stored = Stored::new().await;
    fill_judged(&stored.state.store).await;
    let app = router(stored.state.clone());
    for (path, keys) in [
        (
            "/api/v1/ownership",
            &["entity", "repository", "path", "declared", "verdict", "score", "observed", "evidence"][..],
        ),
        ("/api/v1/clusters", &["id", "kind", "files", "first", "capability"]),
        (
            "/api/v1/shadow",
            &["name", "capability", "teams", "consumers", "growth_90d", "author_days", "cost", "confidence"],
        ),
        ("/api/v1/teams", &["team", "title", "described", "members", "verdicts", "truth"]),
    ] {
        let page = get(&app, path).await.json();
        has(&page["items"][0], keys);
        let total = page["total"].as_u64().unwrap();
        let csv = get(&app, &format!("{path}?format=csv")).await;
        assert_eq!(csv.text.lines().count() as u64, total + 1, "{path}: {}", csv.text);
        let ndjson = get(&app, &format!("{path}?format=ndjson&limit=1")).await;
        assert_eq!(ndjson.text.lines().count() as u64, total, "{path}");
        assert!(ndjson.text.lines().all(|line| serde_json::from_str::<Value>(line).is_ok()), "{path}");
    }
    let item = get(&app, "/api/v1/ownership?verdict=disputed").await.json()["items"][0].clone();
    has(&item["observed"][0], &["team", "share"]);
    let cluster = get(&app, "/api/v1/clusters").await.json()["items"][0].clone();
    has(&cluster["files"][0], &["repository", "path", "blob", "from_line", "to_line"]);
    has(&cluster["first"], &["repository", "commit", "at"]);
}

#[tokio::test]
async fn cells_never_start_a_formula() {
    let stored = Stored::new().await;
    fill_judged(&stored.state.store).await;
    let app = router(stored.state.clone());
    let csv = get(&app, "/api/v1/ownership?format=csv").await;
    assert!(csv.text.lines().skip(1).all(|line| line.contains(",'=because,")), "{}", csv.text);
    assert!(csv.text.starts_with("entity,title,repository,part,path,declared,"), "{}", csv.text);
}

#[tokio::test]
async fn one_of_each_is_shown_by_its_id() {
    let stored = Stored::new().await;
    fill_judged(&stored.state.store).await;
    let app = router(stored.state.clone());
    let cluster = get(&app, "/api/v1/clusters/c1").await.json();
    assert_eq!((cluster["id"].as_str(), cluster["kind"].as_str()), (Some("c1"), Some("blob")));
    assert_eq!(get(&app, "/api/v1/clusters/left-out").await.json()[0]["reason"], "vendored");
    let shadow = get(&app, "/api/v1/shadow/s1").await.json();
    assert_eq!((shadow["item"]["id"].as_str(), shadow["ledger"][0]["quarter"].as_str()), (Some("s1"), Some("2026-Q3")));
    let team = get(&app, "/api/v1/teams/default/red").await.json();
    assert_eq!(
        (team["item"]["described"].as_bool(), team["owns"][0]["verdict"].as_str()),
        (Some(false), Some("disputed"))
    );
    let summary = get(&app, "/api/v1/ownership/summary").await.json();
    assert_eq!(
        (summary["verdicts"]["confirmed"].as_u64(), summary["judged_at"].as_str()),
        (Some(1), Some("2026-11-21T10:00:09Z"))
    );
    for facets in ["ownership", "clusters", "shadow"] {
        let facets = get(&app, &format!("/api/v1/{facets}/facets")).await.json();
        assert!(facets[0]["values"][0]["count"].as_u64() > Some(0), "{facets}");
    }
}

#[tokio::test]
async fn problems_name_what_would_have_done() {
    let stored = Stored::new().await;
    let app = router(stored.state.clone());
    for (path, status, said) in [
        ("/api/v1/ownership?verdict=wrong", 400, "confirmed, disputed, stale"),
        ("/api/v1/ownership?part=half", 400, "component, path"),
        ("/api/v1/ownership?sort=colour", 400, "verdict, entity"),
        ("/api/v1/ownership?verdcit=stale", 400, "Did you mean \"verdict\"?"),
        ("/api/v1/ownership/summary?verdict=wrong", 400, "confirmed, disputed"),
        ("/api/v1/clusters?kind=near", 400, "blob, tokens, region"),
        ("/api/v1/clusters/facets?claim=surely", 400, "shadow, possible_duplicate"),
        ("/api/v1/clusters/c9", 404, "c9"),
        ("/api/v1/shadow?kind=near", 400, "offer, package, cluster"),
        ("/api/v1/shadow?proposed=maybe", 400, "true or false"),
        ("/api/v1/shadow/s9", 404, "s9"),
        ("/api/v1/teams?cursor=nonsense", 400, "start again without it"),
        ("/api/v1/teams/default/nobody", 404, "default/nobody"),
        ("/api/v1/teams/default/no%20name%0A", 404, "/api/v1/teams"),
    ] {
        let reply = get(&app, path).await;
        assert_eq!(reply.status.as_u16(), status, "{path}: {}", reply.text);
        assert_eq!(reply.header("content-type"), "application/problem+json", "{path}");
        assert!(reply.json()["detail"].as_str().unwrap().contains(said), "{path}: {}", reply.text);
    }
    // Before anything was judged the lists are there, and empty.
    for path in ["/api/v1/ownership", "/api/v1/clusters", "/api/v1/shadow"] {
        let reply = get(&app, path).await;
        assert_eq!((reply.status, reply.json()["items"].as_array().map(Vec::len)), (StatusCode::OK, Some(0)), "{path}");
    }
}
