//! The whole server as one router: API, agents' tools, pages, assets, and the layers that guard them.
//! It must not answer anything itself.

mod assets;
mod forms;
mod guard;
mod pages;
mod serve;
#[cfg(test)]
mod tests;

pub use serve::serve;

use crate::{
    api::{self, ApiState, Local, metrics, problem},
    mcp,
};
use axum::{
    Router,
    http::{HeaderName, HeaderValue, Request},
    middleware::{from_fn, from_fn_with_state},
};
use std::sync::atomic::{AtomicU64, Ordering};
use tower_http::{
    catch_panic::CatchPanicLayer,
    compression::CompressionLayer,
    csrf::CsrfLayer,
    limit::RequestBodyLimitLayer,
    request_id::{MakeRequestId, RequestId, SetRequestIdLayer},
    trace::TraceLayer,
};

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Everything that is served, ready for `serve` or a test.
pub fn router(state: ApiState) -> Router {
    let api = api::router(state.clone());
    let local = Local::new(api.clone());
    api.merge(mcp::router(local.clone(), &state.hosts))
        .merge(assets::router())
        .merge(forms::router(state.clone()))
        .merge(pages::router(local))
        // from the inside out
        .layer(CatchPanicLayer::custom(problem::panicked))
        .layer(RequestBodyLimitLayer::new(api::MAX_BODY))
        .layer(CsrfLayer::new())
        .layer(from_fn_with_state(state.hosts.clone(), guard::host))
        .layer(from_fn(problem::dress))
        .layer(CompressionLayer::new())
        .layer(from_fn(guard::headers))
        .layer(from_fn_with_state(state, metrics::record))
        .layer(TraceLayer::new_for_http().make_span_with(span))
        .layer(SetRequestIdLayer::new(REQUEST_ID, Numbered::default()))
}

fn span<B>(request: &Request<B>) -> tracing::Span {
    let id = request.extensions().get::<RequestId>().and_then(|id| id.header_value().to_str().ok()).unwrap_or("");
    tracing::info_span!("request", method = %request.method(), path = request.uri().path(), id)
}

/// Request ids by which a person finds the log lines of a failed request: the process's start, then a count.
#[derive(Clone)]
struct Numbered {
    start: u32,
    next: std::sync::Arc<AtomicU64>,
}

impl Default for Numbered {
    fn default() -> Self {
        let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
        Self { start: since.subsec_nanos() ^ (since.as_secs() as u32), next: std::sync::Arc::default() }
    }
}

impl MakeRequestId for Numbered {
    fn make_request_id<B>(&mut self, _: &Request<B>) -> Option<RequestId> {
        let count = self.next.fetch_add(1, Ordering::Relaxed);
        HeaderValue::from_str(&format!("{:08x}-{count:x}", self.start)).ok().map(RequestId::new)
    }
}
