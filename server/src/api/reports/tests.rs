//! Reports as a client sees them.
//! It must not look into handlers.
use crate::api::{
    router,
    testing::{Reply, Stored, get, send},
};
use axum::{
    Router,
    body::{Body, to_bytes},
    http::{Request, StatusCode},
};
use tower::ServiceExt;

const DECISIONS: &str = r#"[{"text":"Retire own-flags","owner":"group:default/platform","due":"2027-02-26"}]"#;

async fn freeze(app: &Router) -> (String, Reply) {
    let reply = send(app, Request::post("/api/v1/reports/shadow").body(Body::empty()).unwrap()).await;
    assert_eq!(reply.status, StatusCode::CREATED, "{}", reply.text);
    let location = reply.header("location").to_owned();
    (location, reply)
}

async fn put(app: &Router, path: &str, kind: &str, body: &str) -> Reply {
    let request = Request::put(path).header("content-type", kind).body(Body::from(body.to_owned()));
    send(app, request.unwrap()).await
}

#[tokio::test]
async fn a_frozen_report_stays_at_its_address() {
    let stored = Stored::new().await;
    let app = router(stored.state.clone());
    let live = get(&app, "/api/v1/reports/shadow").await.json();
    assert!(live["id"].is_null() && live["digest"].as_str().unwrap().len() == 64, "{live}");
    let (location, made) = freeze(&app).await;
    let made = made.json();
    let id = made["id"].as_str().unwrap();
    assert_eq!(location, format!("/api/v1/reports/{id}"));
    assert!(id.ends_with(&made["digest"].as_str().unwrap()[..8]), "{id}");
    assert_eq!(freeze(&app).await.0, location, "the same figures on one day are one report");
    assert_eq!(get(&app, &location).await.json(), made);
    stored.state.store.save_capabilities(&[]).await.unwrap();
    assert_eq!(get(&app, &location).await.json(), made);

    let list = get(&app, "/api/v1/reports").await.json();
    assert_eq!((list["total"].as_u64(), list["items"][0]["id"].as_str()), (Some(1), Some(id)));
    let csv = get(&app, "/api/v1/reports?format=csv").await;
    assert!(csv.text.starts_with("id,at,digest,headline\r\n"), "{}", csv.text);
}

#[tokio::test]
async fn every_form_of_a_report_is_given() {
    let stored = Stored::new().await;
    let app = router(stored.state.clone());
    let (location, _) = freeze(&app).await;
    for base in ["/api/v1/reports/shadow".to_owned(), location] {
        for (form, kind, start) in [
            ("json", "application/json", "{\"id\":"),
            ("md", "text/markdown; charset=utf-8", "# Shadow platform report, 20"),
            ("csv", "text/csv; charset=utf-8; header=present", "rank,id,name,kind,claim,capability,teams,consumers,"),
            ("html", "text/html; charset=utf-8", "<!DOCTYPE html>"),
            ("pdf", "application/pdf", "%PDF-1."),
        ] {
            let request = Request::get(format!("{base}?format={form}")).body(Body::empty()).unwrap();
            let response = app.clone().oneshot(request).await.unwrap();
            assert_eq!(
                (response.status(), response.headers()["content-type"].to_str().unwrap()),
                (StatusCode::OK, kind)
            );
            if form == "html" {
                let policy = response.headers()["content-security-policy"].to_str().unwrap();
                assert!(policy.starts_with("default-src 'none'; style-src 'unsafe-inline'"), "{policy}");
            }
            let body = to_bytes(response.into_body(), 1 << 20).await.unwrap();
            assert!(body.starts_with(start.as_bytes()), "{form}");
        }
    }
}

#[tokio::test]
async fn decisions_are_checked_and_kept() {
    let stored = Stored::new().await;
    let app = router(stored.state.clone());
    let (location, made) = freeze(&app).await;
    let path = format!("{location}/decisions");
    let kept = put(&app, &path, "application/json", DECISIONS).await;
    assert_eq!(kept.status, StatusCode::OK, "{}", kept.text);
    let kept = kept.json();
    assert_eq!(kept["decisions"], serde_json::from_str::<serde_json::Value>(DECISIONS).unwrap());
    assert_eq!((&kept["digest"], &kept["body"]), (&made.json()["digest"], &made.json()["body"]));
    for (path, kind, body, status, said) in [
        (path.as_str(), "application/json", "[]", 422, "0 decisions were given; give 1 to 5"),
        (&path, "application/json", r#"[{"text":"a","owner":"b","due":"soon"}]"#, 422, "write YYYY-MM-DD"),
        (&path, "application/json", r#"[{"text":"a\nb","owner":"b","due":null}]"#, 422, "control character"),
        (&path, "application/json", r#"[{"text":"a","owner":"user:jo","due":null}]"#, 422, "no person"),
        (&path, "application/json", "{}", 400, "no list of decisions"),
        (&path, "text/plain", DECISIONS, 415, "application/json"),
        ("/api/v1/reports/none/decisions", "application/json", DECISIONS, 404, "No report \"none\""),
    ] {
        let reply = put(&app, path, kind, body).await;
        assert_eq!(reply.status.as_u16(), status, "{}", reply.text);
        assert!(reply.json()["detail"].as_str().unwrap().contains(said), "{}", reply.text);
    }
    assert_eq!(get(&app, &location).await.json(), kept, "what is refused changes nothing");
}

#[tokio::test]
async fn two_reports_are_compared() {
    let stored = Stored::new().await;
    let app = router(stored.state.clone());
    let bare = get(&app, "/api/v1/reports/compare").await.json();
    assert_eq!((bare["from"]["id"].as_str(), bare["changes"].as_array().map(Vec::len)), (Some("live"), Some(0)));
    let (location, _) = freeze(&app).await;
    let id = location.rsplit('/').next().unwrap();
    let reply = get(&app, &format!("/api/v1/reports/compare?from={id}&to=live")).await.json();
    assert_eq!((reply["from"]["id"].as_str(), reply["to"]["id"].as_str()), (Some(id), Some("live")));
    for (query, status, said) in [
        ("compare?from=none", 404, "No report \"none\""),
        ("compare?fro=none", 400, "Did you mean \"from\"?"),
        ("none", 404, "No report \"none\""),
        ("shadow?format=docx", 400, "give json, md, csv, html or pdf"),
    ] {
        let reply = get(&app, &format!("/api/v1/reports/{query}")).await;
        assert_eq!(reply.status.as_u16(), status, "{query}: {}", reply.text);
        assert!(reply.json()["detail"].as_str().unwrap().contains(said), "{}", reply.text);
    }
}
