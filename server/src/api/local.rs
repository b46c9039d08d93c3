//! The finished API called without a socket: pages and MCP tools ask through it, so that every client gets one answer.
//! It must not offer anything that a request over the network would not.
use axum::{
    Router,
    body::{Body, to_bytes},
    http::{HeaderMap, HeaderValue, Request, header},
};
use tower::ServiceExt;

/// Answers longer than this are refused: no page or tool needs them. Bytes.
const MAX_ANSWER: usize = 16 << 20;

/// The API's router, to be asked from inside.
#[derive(Clone)]
pub struct Local(Router);

/// An answer of the API.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    pub status: u16,
    pub body: Vec<u8>,
}

impl Local {
    /// Takes the router that `api::router` gives.
    pub fn new(api: Router) -> Self {
        Self(api)
    }

    /// Asks for `path_and_query`, e.g. `/api/v1/overview`, on behalf of a caller whose cookie and authorisation header
    /// go along. An address that cannot be one answers 400.
    pub async fn get(&self, path_and_query: &str, caller: &HeaderMap) -> Answer {
        let Ok(mut request) = Request::get(path_and_query).body(Body::empty()) else {
            return Answer { status: 400, body: Vec::new() };
        };
        for name in [header::COOKIE, header::AUTHORIZATION] {
            if let Some(value) = caller.get(&name) {
                request.headers_mut().insert(name, value.clone());
            }
        }
        request.headers_mut().insert(header::ACCEPT, HeaderValue::from_static("application/json"));
        // A task of its own: a page waits for one part at a time, and a part that it does not look at meanwhile must not keep
        // the lock or the connection that it was just given, which everybody else waits for.
        let asked = tokio::spawn(ask(self.0.clone(), request, path_and_query.to_owned()));
        asked.await.unwrap_or_else(|error| {
            tracing::error!(%error, path_and_query, "the API stopped at a question from inside");
            Answer { status: 500, body: Vec::new() }
        })
    }
}

async fn ask(api: Router, request: Request<Body>, path_and_query: String) -> Answer {
    let Ok(response) = api.oneshot(request).await;
    let status = response.status().as_u16();
    match to_bytes(response.into_body(), MAX_ANSWER).await {
        Ok(body) => Answer { status, body: body.into() },
        Err(error) => {
            tracing::error!(%error, path_and_query, "the API's answer could not be read");
            Answer { status: 500, body: Vec::new() }
        }
    }
}
