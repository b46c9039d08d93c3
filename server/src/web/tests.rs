//! The server as a browser sees it: pages, assets, guards, and a real socket.
//! It must not test what a page says.
use crate::api::testing::{Stored, get, send};
use axum::{
    Router,
    body::Body,
    http::{Request, StatusCode},
};
use std::{net::SocketAddr, time::Duration};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    sync::oneshot,
    task::JoinHandle,
};

#[tokio::test]
async fn pages_carry_a_policy_with_their_own_nonce() {
    let stored = Stored::new().await;
    let app = super::router(stored.state.clone());
    let home = get(&app, "/").await;
    assert_eq!(home.status, StatusCode::OK, "{}", home.text);
    assert!(home.header("content-type").starts_with("text/html"));
    let policy = home.header("content-security-policy");
    let nonce = policy.split("'nonce-").nth(1).and_then(|rest| rest.split('\'').next()).unwrap();
    assert!(policy.contains("frame-ancestors 'none'") && policy.contains("'wasm-unsafe-eval'"), "{policy}");
    assert!(home.text.contains(&format!("nonce=\"{nonce}\"")), "{}", home.text);
    assert_ne!(get(&app, "/").await.header("content-security-policy"), policy);
    assert_eq!(home.header("x-content-type-options"), "nosniff");
}

#[tokio::test]
async fn an_address_without_a_page_is_a_page_that_says_so() {
    let stored = Stored::new().await;
    let app = super::router(stored.state.clone());
    let missing = get(&app, "/no/such/page").await;
    assert_eq!(missing.status, StatusCode::NOT_FOUND);
    assert!(missing.header("content-type").starts_with("text/html"), "{}", missing.text);
    let asset = get(&app, "/pkg/none.js").await;
    assert_eq!((asset.status, asset.header("content-type")), (StatusCode::NOT_FOUND, "application/problem+json"));
    let api = get(&app, "/api/v1/none").await;
    assert_eq!((api.status, api.header("content-type")), (StatusCode::NOT_FOUND, "application/problem+json"));
    assert!(api.header("content-security-policy").starts_with("default-src 'none'"));
}

#[tokio::test]
async fn foreign_hosts_and_foreign_pages_are_refused() {
    let stored = Stored::new().await;
    let app = super::router(stored.state.clone());
    let named = |host: &str| Request::get("/api/v1/overview").header("host", host).body(Body::empty()).unwrap();
    assert_eq!(send(&app, named("localhost:8080")).await.status, StatusCode::OK);
    assert_eq!(send(&app, named("[::1]:8080")).await.status, StatusCode::OK);
    let rebound = send(&app, named("evil.example:8080")).await;
    assert_eq!(rebound.status, StatusCode::MISDIRECTED_REQUEST);
    assert!(rebound.json()["detail"].as_str().unwrap().contains("evil.example"));
    let posted = |site: &str| {
        let request = Request::post("/api/v1/scans").header("host", "localhost").header("sec-fetch-site", site);
        request.body(Body::empty()).unwrap()
    };
    let foreign = send(&app, posted("cross-site")).await;
    assert_eq!((foreign.status, foreign.json()["status"].as_u64()), (StatusCode::FORBIDDEN, Some(403)));
    assert_eq!(send(&app, posted("same-origin")).await.status, StatusCode::ACCEPTED);
}

#[tokio::test]
async fn a_form_starts_a_scan_and_leads_to_it() {
    let stored = Stored::new().await;
    let app = super::router(stored.state.clone());
    for _ in 0..2 {
        let form = Request::post("/scans").header("content-type", "application/x-www-form-urlencoded");
        let reply = send(&app, form.body(Body::from("source=&source=%2Fsrv%2Fgit")).unwrap()).await;
        assert_eq!((reply.status, reply.header("location")), (StatusCode::SEE_OTHER, "/scans/1"));
    }
}

#[tokio::test]
async fn forms_freeze_a_report_and_keep_its_decisions() {
    let stored = Stored::new().await;
    let app = super::router(stored.state.clone());
    let post = |path: &str, site: &str, body: &'static str| {
        let form = Request::post(path).header("host", "localhost").header("sec-fetch-site", site);
        form.header("content-type", "application/x-www-form-urlencoded").body(Body::from(body)).unwrap()
    };
    assert_eq!(send(&app, post("/reports/shadow", "cross-site", "")).await.status, StatusCode::FORBIDDEN);
    let frozen = send(&app, post("/reports/shadow", "same-origin", "")).await;
    assert_eq!(frozen.status, StatusCode::SEE_OTHER, "{}", frozen.text);
    let page = frozen.header("location").to_owned();
    let decisions = format!("{page}/decisions");
    let filled = "text=Retire+own-flags&owner=platform&due=2027-02-26&text=&owner=platform&due=";
    let kept = send(&app, post(&decisions, "same-origin", filled)).await;
    assert_eq!((kept.status, kept.header("location")), (StatusCode::SEE_OTHER, page.as_str()), "{}", kept.text);
    let report = get(&app, &format!("/api/v1{page}")).await.json();
    assert_eq!(report["decisions"].as_array().unwrap().len(), 1);
    assert_eq!(report["decisions"][0]["due"], "2027-02-26");
    let wrong = send(&app, post(&decisions, "same-origin", "text=a&owner=b&due=tomorrow")).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.json()["detail"].as_str().unwrap().contains("YYYY-MM-DD"), "{}", wrong.text);
    assert_eq!(send(&app, post(&decisions, "cross-site", filled)).await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn answers_are_compressed_and_counted_under_their_route() {
    let stored = Stored::new().await;
    let app = super::router(stored.state.clone());
    let request = Request::get("/api/v1/repositories/acme/billing").header("accept-encoding", "br").body(Body::empty());
    let response = tower::ServiceExt::oneshot(app.clone(), request.unwrap()).await.unwrap();
    assert_eq!(response.headers()["content-encoding"], "br");
    let metrics = get(&app, "/metrics").await.text;
    let line = "waymark_http_requests_total{method=\"GET\",route=\"/api/v1/repositories/{*name}\",status=\"200\"} 1";
    assert!(metrics.contains(line), "{metrics}");
}

/// A server on a socket of its own, with its patience for heads.
async fn served(app: Router, patience: Duration) -> (SocketAddr, oneshot::Sender<()>, JoinHandle<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (stop, stopped) = oneshot::channel();
    let server = tokio::spawn(async move {
        let stopped = async { stopped.await.unwrap_or_default() };
        super::serve::serve_patiently(listener, app, stopped, patience).await.unwrap();
    });
    (address, stop, server)
}

#[tokio::test]
async fn a_socket_is_served_until_the_server_is_told_to_stop() {
    let stored = Stored::new().await;
    let (address, stop, server) = served(super::router(stored.state.clone()), Duration::from_secs(10)).await;
    let mut client = TcpStream::connect(address).await.unwrap();
    client.write_all(b"GET /livez HTTP/1.1\r\nhost: localhost\r\n\r\n").await.unwrap();
    let mut buffer = [0; 1024];
    let n = client.read(&mut buffer).await.unwrap();
    assert!(buffer[..n].starts_with(b"HTTP/1.1 200 OK"));
    stop.send(()).unwrap();
    server.await.unwrap();
    assert!(TcpStream::connect(address).await.is_err());
}

#[tokio::test]
async fn a_slow_head_is_cut_off() {
    let stored = Stored::new().await;
    let app = super::router(stored.state.clone());
    let (address, _stop, _server) = served(app, Duration::from_millis(50)).await;
    let mut client = TcpStream::connect(address).await.unwrap();
    client.write_all(b"GET /livez HTTP/1.1\r\nhost: loc").await.unwrap();
    let mut rest = Vec::new();
    let read = tokio::time::timeout(Duration::from_secs(20), client.read_to_end(&mut rest)).await;
    assert!(read.is_ok(), "the connection is still open");
}
