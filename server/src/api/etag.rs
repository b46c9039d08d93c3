//! Lets a client that has the answer keep it: weak ETags over the catalog's generation, and 304 for those that still hold.
//! It must not be put before answers that change without the generation, such as running scans.
use super::state::ApiState;
use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use sha2::{Digest, Sha256};
use std::fmt::Write as _;

/// Middleware. The tag is made before the answer, so a change in between costs one needless fetch and never a stale 304.
pub(super) async fn revalidate(State(state): State<ApiState>, request: Request, next: Next) -> Response {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return next.run(request).await;
    }
    let generation = state.store.generation().await;
    let tag = tag(&state, generation, &request);
    if held(request.headers(), &tag) {
        return with_tag(StatusCode::NOT_MODIFIED.into_response(), &tag);
    }
    let response = next.run(request).await;
    if response.status().is_success() { with_tag(response, &tag) } else { response }
}

/// Everything that the bytes of an answer depend on: catalog, program, address and wanted form.
fn tag(state: &ApiState, generation: u64, request: &Request) -> String {
    let mut hash = Sha256::new();
    let accept = request.headers().get(header::ACCEPT).map_or(&b""[..], HeaderValue::as_bytes);
    let uri = request.uri().path_and_query().map_or("", |uri| uri.as_str());
    let version = env!("CARGO_PKG_VERSION").as_bytes();
    for part in [state.salt.to_be_bytes().as_slice(), version, uri.as_bytes(), accept] {
        hash.update(part);
        hash.update([0]);
    }
    hash.update([u8::from(state.demo)]);
    let mut tag = format!("W/\"{generation:x}-");
    for byte in hash.finalize().iter().take(8) {
        let _ = write!(tag, "{byte:02x}");
    }
    tag.push('"');
    tag
}

/// Weak comparison (RFC 9110, section 13.1.2).
fn held(headers: &HeaderMap, tag: &str) -> bool {
    let opaque = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
    let given = headers.get_all(header::IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
    given.flat_map(|value| value.split(',')).any(|given| given.trim() == "*" || opaque(given) == opaque(tag))
}

fn with_tag(mut response: Response, tag: &str) -> Response {
    if let Ok(value) = HeaderValue::from_str(tag) {
        response.headers_mut().insert(header::ETAG, value);
    }
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    headers.append(header::VARY, HeaderValue::from_static("accept"));
    response
}
