//! The API as a client sees it, over a small stored catalog on SQLite.
//! It must not look into handlers.
use super::{
    router,
    testing::{N_FINDINGS, Stored, get, running, send},
};
use axum::{
    body::Body,
    http::{Request, StatusCode},
};
use futures::StreamExt;
use shared::{
    ScanStatus,
    api::{ScanEvent, StartScan},
};
use tower::ServiceExt;

/// Every GET that needs no parameter answers 200 with JSON, and every path of the description is really served.
#[tokio::test]
async fn every_described_path_is_served() {
    let stored = Stored::new().await;
    let app = router(stored.state.clone());
    let doc = get(&app, "/api/openapi.json").await.json();
    assert_eq!(doc["openapi"], "3.1.0");
    let paths = doc["paths"].as_object().unwrap();
    for (path, item) in paths {
        for (method, operation) in item.as_object().unwrap() {
            assert!(operation["operationId"].is_string(), "{method} {path}");
            assert!(operation["summary"].is_string(), "{method} {path} says what it does");
            assert!(operation["responses"]["default"].is_object(), "{method} {path}");
        }
        if item["get"].is_object() && !path.contains('{') {
            let query = if path.ends_with("by-ref") { "?ref=component:default/billing" } else { "" };
            let reply = get(&app, &format!("{path}{query}")).await;
            assert_eq!(reply.status, StatusCode::OK, "{path}: {}", reply.text);
        }
    }
    let mut lines: Vec<_> = paths
        .iter()
        .map(|(path, item)| {
            format!("{path} {}", item.as_object().unwrap().keys().cloned().collect::<Vec<_>>().join(","))
        })
        .collect();
    lines.sort();
    insta::assert_snapshot!(lines.join("\n"));
}

#[tokio::test]
async fn lists_keep_the_contract_of_scripts() {
    let stored = Stored::new().await;
    let app = router(stored.state.clone());
    for (path, keys) in [
        (
            "/api/v1/usages?capability=feature-flags",
            &["component", "repository", "capability", "offer", "path", "state", "evidence"][..],
        ),
        (
            "/api/v1/dependencies?repository=acme/billing",
            &["repository", "ecosystem", "name", "requirement", "version", "scope", "kind", "path", "line"],
        ),
        ("/api/v1/findings", &["repository", "path", "line", "rule", "severity", "message"]),
    ] {
        let page = get(&app, path).await.json();
        assert!(page["total"].is_u64() && page.get("next").is_some(), "{path}: {page}");
        let item = page["items"][0].as_object().unwrap();
        assert!(keys.iter().all(|key| item.contains_key(*key)), "{path}: {item:?}");
    }
    let usage = get(&app, "/api/v1/usages?capability=feature-flags").await.json()["items"][0].clone();
    let evidence = usage["evidence"][0].as_object().unwrap();
    assert!(["rule", "rung", "path", "line", "blob", "commit"].iter().all(|key| evidence.contains_key(*key)));
    assert_eq!((usage["state"].as_str(), evidence["rung"].as_u64()), (Some("golden"), Some(2)));
}

#[tokio::test]
async fn pages_link_to_the_next_and_meet_every_row_once() {
    let stored = Stored::new().await;
    let app = router(stored.state.clone());
    let mut path = "/api/v1/findings?severity=error&limit=100".to_owned();
    let mut seen = std::collections::BTreeSet::new();
    for _ in 0..3 {
        let reply = get(&app, &path).await;
        let page = reply.json();
        assert_eq!(page["total"], N_FINDINGS);
        seen.extend(page["items"].as_array().unwrap().iter().map(|item| item["path"].to_string()));
        let link = reply.header("link").to_owned();
        match link.strip_prefix('<').and_then(|rest| rest.split_once('>')) {
            Some((next, rel)) => {
                assert_eq!(rel, "; rel=\"next\"");
                assert!(next.contains("severity=error") && next.contains("limit=100"), "{next}");
                path = next.to_owned();
            }
            None => assert!(page["next"].is_null()),
        }
    }
    assert_eq!(seen.len(), N_FINDINGS);
}

#[tokio::test]
async fn csv_and_ndjson_give_all_rows_of_the_query_and_no_formula() {
    let stored = Stored::new().await;
    let app = router(stored.state.clone());
    let csv = get(&app, "/api/v1/findings?format=csv&limit=10&rule=descriptor-invalid-yaml").await;
    assert!(csv.header("content-type").starts_with("text/csv"));
    assert_eq!(csv.header("content-disposition"), "attachment; filename=\"findings.csv\"");
    let rows: Vec<_> = csv.text.lines().collect();
    assert_eq!(rows[0], "repository,path,line,column,rule,severity,message,permalink");
    assert_eq!(rows.len(), N_FINDINGS + 1);
    assert!(rows[1..].iter().all(|row| row.contains(",'=cmd|")), "{}", rows[1]);

    let request = Request::get("/api/v1/findings").header("accept", "application/x-ndjson").body(Body::empty());
    let ndjson = send(&app, request.unwrap()).await;
    assert_eq!(ndjson.text.lines().count(), N_FINDINGS);
    assert!(ndjson.text.lines().all(|line| serde_json::from_str::<shared::api::FindingItem>(line).is_ok()));

    for list in ["entities", "usages", "dependencies", "relations", "repositories", "capabilities", "scans"] {
        let csv = get(&app, &format!("/api/v1/{list}?format=csv")).await;
        assert_eq!(csv.status, StatusCode::OK, "{list}");
        let total = get(&app, &format!("/api/v1/{list}")).await.json()["total"].as_u64().unwrap();
        assert_eq!(csv.text.lines().count() as u64, total + 1, "{list}");
    }
}

#[tokio::test]
async fn problems_say_what_where_and_what_to_do() {
    let stored = Stored::new().await;
    let app = router(stored.state.clone());
    for (path, status, said) in [
        ("/api/v1/findings?severty=error", 400, "Did you mean \"severity\"?"),
        ("/api/v1/findings?limit=1000", 400, "from 1 to 200"),
        ("/api/v1/findings?cursor=nonsense", 400, "start again without it"),
        ("/api/v1/findings?sort=colour", 400, "colour"),
        ("/api/v1/findings?severity=terrible", 400, "terrible"),
        ("/api/v1/findings?format=xml", 400, "json, csv or ndjson"),
        ("/api/v1/findings?format=csv&sort=colour", 400, "colour"),
        ("/api/v1/entities/component/default/nobody", 404, "component:default/nobody"),
        ("/api/v1/entities/gadget/default/nobody", 400, "gadget"),
        ("/api/v1/entities/by-ref", 400, "names no kind"),
        ("/api/v1/capabilities/teleport", 404, "teleport"),
        ("/api/v1/repositories/acme/none", 404, "acme/none"),
        ("/api/v1/scans/12345", 404, "12345"),
        ("/api/v1/scans/newest", 400, "not the number of a scan"),
        ("/api/v1/nonsense", 404, "/api/openapi.json"),
        ("/api/", 404, "Nothing is served"),
    ] {
        let reply = get(&app, path).await;
        assert_eq!(reply.status.as_u16(), status, "{path}: {}", reply.text);
        assert_eq!(reply.header("content-type"), "application/problem+json", "{path}");
        let problem = reply.json();
        assert_eq!(problem["status"], status, "{path}");
        assert!(problem["detail"].as_str().unwrap().contains(said), "{path}: {problem}");
        assert_eq!(problem["instance"], path.split('?').next().unwrap(), "{path}");
        assert!(problem["type"].as_str().unwrap().starts_with("/docs/api#"), "{path}");
    }
}

#[tokio::test]
async fn wrong_methods_and_large_bodies_are_problems_too() {
    let stored = Stored::new().await;
    let app = router(stored.state.clone());
    let wrong = send(&app, Request::delete("/api/v1/overview").body(Body::empty()).unwrap()).await;
    assert_eq!((wrong.status, wrong.json()["status"].as_u64()), (StatusCode::METHOD_NOT_ALLOWED, Some(405)));
    assert!(wrong.header("allow").contains("GET"));
    let large = Request::post("/api/v1/scans").header("content-type", "application/json");
    let large = send(&app, large.body(Body::from(vec![b' '; super::MAX_BODY + 1])).unwrap()).await;
    assert_eq!((large.status, large.json()["status"].as_u64()), (StatusCode::PAYLOAD_TOO_LARGE, Some(413)));
}

#[tokio::test]
async fn an_answer_that_still_holds_is_not_sent_again() {
    let stored = Stored::new().await;
    let app = router(stored.state.clone());
    let first = get(&app, "/api/v1/overview").await;
    let tag = first.header("etag").to_owned();
    assert!(tag.starts_with("W/\""), "{tag}");
    assert_eq!(first.header("cache-control"), "no-cache");
    let ask = |path: &str, tag: &str| Request::get(path).header("if-none-match", tag).body(Body::empty()).unwrap();
    let again = send(&app, ask("/api/v1/overview", &tag)).await;
    assert_eq!((again.status, again.text.as_str()), (StatusCode::NOT_MODIFIED, ""));
    assert_eq!(again.header("etag"), tag);
    let other = send(&app, ask("/api/v1/entities", &tag)).await;
    assert_eq!(other.status, StatusCode::OK);
    assert_eq!(get(&app, "/api/v1/scans").await.header("etag"), "");

    stored.state.store.save_capabilities(&[]).await.unwrap();
    let changed = send(&app, ask("/api/v1/overview", &tag)).await;
    assert_eq!(changed.status, StatusCode::OK);
    assert_ne!(changed.header("etag"), tag);
}

#[tokio::test]
async fn documents_are_rendered_and_safe() {
    let stored = Stored::new().await;
    let app = router(stored.state.clone());
    let entity = get(&app, "/api/v1/entities/component/default/billing").await.json();
    let html = entity["readme_html"].as_str().unwrap();
    assert!(html.contains("<h2>Billing</h2>") && !html.contains("<script"), "{html}");
    let guide = format!("https://forge.example/acme/billing/blob/{}/docs/guide.md", "c".repeat(40));
    assert!(html.contains(&guide), "{html}");
    assert_eq!(entity, get(&app, "/api/v1/entities/by-ref?ref=component:billing").await.json());
    let capability = get(&app, "/api/v1/capabilities/feature-flags").await.json();
    assert!(capability["start"]["html"].as_str().unwrap().contains("<code>@acme/flags</code>"), "{capability}");
}

#[tokio::test]
async fn a_scan_is_started_once_and_found_where_location_says() {
    let stored = Stored::new().await;
    let app = router(stored.state.clone());
    let post = |body: String| {
        Request::post("/api/v1/scans").header("content-type", "application/json").body(Body::from(body)).unwrap()
    };
    let order = |sources: &[&str]| {
        serde_json::to_string(&StartScan { sources: sources.iter().map(|s| (*s).to_owned()).collect() }).unwrap()
    };
    let bad = send(&app, post(order(&["nowhere"]))).await;
    assert_eq!(bad.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(bad.json()["detail"].as_str().unwrap().contains("no such folder"), "{}", bad.text);
    let broken = send(&app, post("{\"sources\": 3}".to_owned())).await;
    assert_eq!(broken.status, StatusCode::BAD_REQUEST);
    let started = send(&app, Request::post("/api/v1/scans").body(Body::empty()).unwrap()).await;
    assert_eq!(started.status, StatusCode::ACCEPTED);
    let location = started.header("location").to_owned();
    assert_eq!(get(&app, &location).await.json(), started.json());
    let second = send(&app, post(order(&[]))).await;
    assert_eq!(second.status, StatusCode::CONFLICT);
    assert_eq!(second.json()["instance"], location);
}

#[tokio::test]
async fn events_begin_with_the_state_and_end_with_the_scan() {
    let stored = Stored::new().await;
    let app = router(stored.state.clone());
    let id = stored.state.store.insert_scan(&super::testing::now()).await.unwrap();
    stored.state.store.update_scan(&running(id)).await.unwrap();
    let request = Request::get(format!("/api/v1/scans/{id}/events")).body(Body::empty()).unwrap();
    let response = app.clone().oneshot(request).await.unwrap();
    assert_eq!(response.headers()["content-type"], "text/event-stream");
    let step = |scan, status, done| ScanEvent {
        past: 0,
        scan,
        status,
        done,
        repositories: 4,
        failed: 0,
        errors: 0,
        current: None,
        seconds_left: Some(1),
    };
    for (scan, status, done) in [
        (id, ScanStatus::Running, 2),
        (id + 1, ScanStatus::Done, 9),
        (id, ScanStatus::Done, 4),
        (id, ScanStatus::Done, 5),
    ] {
        stored.state.events.send(step(scan, status, done)).unwrap();
    }
    let chunks: Vec<_> = response.into_body().into_data_stream().map(|chunk| chunk.unwrap()).collect().await;
    let text = String::from_utf8(chunks.concat()).unwrap();
    let done: Vec<_> = text
        .lines()
        .filter_map(|line| line.strip_prefix("data: "))
        .map(|data| serde_json::from_str::<ScanEvent>(data).unwrap().done)
        .collect();
    assert_eq!(done, [1, 2, 4], "{text}");
    assert_eq!(text.matches("event: progress").count(), 3);

    let finished = shared::api::ScanItem { status: ScanStatus::Done, done: 4, ..running(id) };
    stored.state.store.update_scan(&finished).await.unwrap();
    let late = get(&app, &format!("/api/v1/scans/{id}/events")).await;
    assert_eq!(late.text.matches("event: progress").count(), 1, "{}", late.text);
}

#[tokio::test]
async fn those_who_run_the_server_are_answered() {
    let stored = Stored::new().await;
    let app = router(stored.state.clone());
    assert_eq!(get(&app, "/livez").await.text, "ok\n");
    assert_eq!(get(&app, "/readyz").await.text, "ok\n");
    let ready = get(&app, "/readyz?verbose").await.json();
    assert_eq!((ready["ready"].as_bool(), ready["checks"][0]["name"].as_str()), (Some(true), Some("database")));
    let metrics = get(&app, "/metrics").await;
    assert!(metrics.text.contains("waymark_components 1\n"), "{}", metrics.text);
    assert!(metrics.text.ends_with("# EOF\n"));
}
