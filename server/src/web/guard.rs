//! What protects a reader's browser: headers on every answer, and a check of the name the server is called by.
//! It must not loosen anything for a single route.
use crate::api::ApiError;
use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use std::sync::Arc;

/// For everything but pages, which bring their own with a nonce: nothing may load anything.
const CLOSED: &str = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// Middleware: security headers (RELIABILITY 7.11) where an answer has not set its own.
pub(super) async fn headers(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    set(headers, header::CONTENT_SECURITY_POLICY, CLOSED);
    set(headers, header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    set(headers, header::REFERRER_POLICY, "same-origin");
    set(headers, HeaderName::from_static("cross-origin-opener-policy"), "same-origin");
    set(headers, HeaderName::from_static("cross-origin-resource-policy"), "same-origin");
    response
}

fn set(headers: &mut HeaderMap, name: HeaderName, value: &'static str) {
    headers.entry(name).or_insert(HeaderValue::from_static(value));
}

/// The policy of a page: its own scripts by nonce, WebAssembly, its own styles, nothing of a third party.
pub(super) fn page_policy(nonce: &str) -> String {
    format!(
        "default-src 'none'; script-src 'self' 'nonce-{nonce}' 'wasm-unsafe-eval'; style-src 'self' 'nonce-{nonce}'; \
         img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'; \
         frame-ancestors 'none'"
    )
}

/// Middleware: refuses a `Host` that is not ours, so that a foreign page cannot read a loopback server through a name
/// that it lets point here (DNS rebinding). Requests without a host come from inside or from no browser.
pub(super) async fn host(State(known): State<Arc<[String]>>, request: Request, next: Next) -> Response {
    let named = request.headers().get(header::HOST).and_then(|host| host.to_str().ok());
    let named = named.or_else(|| request.uri().authority().map(axum::http::uri::Authority::as_str)).map(without_port);
    match named {
        Some(name) if !known.is_empty() && !known.iter().any(|host| host.eq_ignore_ascii_case(name)) => {
            let detail = format!("This server does not answer to \"{name}\", only to {}.", known.join(", "));
            ApiError::Refused { status: StatusCode::MISDIRECTED_REQUEST, slug: "foreign-host", detail }.into_response()
        }
        _ => next.run(request).await,
    }
}

fn without_port(host: &str) -> &str {
    let colon = host.rfind(':').filter(|&at| !host[at..].contains(']'));
    &host[..colon.unwrap_or(host.len())]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ports_are_cut_off_names_and_addresses() {
        for (host, name) in [("localhost:80", "localhost"), ("[::1]:8080", "[::1]"), ("[::1]", "[::1]"), ("a", "a")] {
            assert_eq!(without_port(host), name);
        }
    }
}
