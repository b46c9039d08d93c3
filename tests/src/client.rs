//! An HTTP client that calls the server's router in this process, without a socket.
//! It must not know any route.
use axum::{
    Router,
    body::{Body, to_bytes},
    http::{HeaderMap, Request, StatusCode, header},
};
use tower::ServiceExt;

/// Longer answers than this are a defect of the test or of the server.
const LIMIT: usize = 64 * 1024 * 1024;

/// Calls one router.
#[derive(Clone)]
pub struct Client {
    router: Router,
}

/// An answer, read to its end.
#[derive(Debug, Clone)]
pub struct Reply {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

impl Client {
    #[must_use]
    pub fn new(router: Router) -> Self {
        Self { router }
    }

    /// `GET` of a path with its query.
    pub async fn get(&self, path: &str) -> Reply {
        self.send(Request::get(path).body(Body::empty()).expect("the path is a valid one")).await
    }

    /// `GET` that asks for one media type.
    pub async fn get_as(&self, path: &str, accept: &str) -> Reply {
        let request = Request::get(path).header(header::ACCEPT, accept).body(Body::empty());
        self.send(request.expect("the path is a valid one")).await
    }

    /// `POST` of a JSON value.
    pub async fn post(&self, path: &str, value: &serde_json::Value) -> Reply {
        let request = Request::post(path).header(header::CONTENT_TYPE, "application/json");
        self.send(request.body(Body::from(value.to_string())).expect("the path is a valid one")).await
    }

    /// Any request.
    ///
    /// # Panics
    /// When the body breaks off or is longer than 64 MiB.
    pub async fn send(&self, request: Request<Body>) -> Reply {
        let Ok(response) = self.router.clone().oneshot(request).await;
        let (parts, body) = response.into_parts();
        let body = to_bytes(body, LIMIT).await.expect("the answer ends").to_vec();
        Reply { status: parts.status, headers: parts.headers, body }
    }
}

impl Reply {
    /// The body as text.
    #[must_use]
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The body as JSON.
    ///
    /// # Panics
    /// When it is none; the message holds it.
    #[must_use]
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body)
            .unwrap_or_else(|error| panic!("{} and no JSON ({error}): {}", self.status, self.text()))
    }

    /// A header's value, or nothing.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// This answer, if it is a success.
    ///
    /// # Panics
    /// When it is none; the message holds the body.
    #[must_use]
    pub fn ok(self) -> Self {
        assert!(self.status.is_success(), "{}: {}", self.status, self.text());
        self
    }
}
