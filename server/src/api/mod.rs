//! What a program can ask: every route of the HTTP API on one screen, one file per noun.
//! It must not hold SQL, git or rules: a handler extracts, makes one call, and shapes the answer.

mod adoption;
mod capabilities;
mod clusters;
mod columns;
mod columns_of_work;
mod dependencies;
mod entities;
mod etag;
mod findings;
mod health;
mod list;
mod local;
mod markdown;
pub(crate) mod metrics;
mod openapi;
mod overview;
mod ownership;
mod past;
pub(crate) mod problem;
mod query;
mod relations;
pub(crate) mod reports;
mod repositories;
mod scans;
mod search;
mod shadows;
mod sources;
mod state;
mod teams;
#[cfg(test)]
pub(crate) mod testing;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod tests_of_judged;
mod usages;

pub use local::{Answer, Local};
pub use problem::ApiError;
pub use state::{ApiState, ScanStarter, StartError};

use axum::{
    Json, Router, extract::DefaultBodyLimit, http::StatusCode, middleware::from_fn, middleware::from_fn_with_state,
};
use std::{sync::Arc, time::Duration};
use tower_http::{catch_panic::CatchPanicLayer, limit::RequestBodyLimitLayer, timeout::TimeoutLayer};
use utoipa_axum::{router::OpenApiRouter, routes};

/// The largest body of a request (RELIABILITY section 6). Bytes.
pub(crate) const MAX_BODY: usize = 1 << 20;
/// The longest wait for the head of an answer; live events and exports may go on longer.
const TIMEOUT: Duration = Duration::from_secs(30);

/// Answers that change only with the catalog: they carry an ETag.
fn catalog() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new()
        .routes(routes!(overview::show_overview))
        .routes(routes!(repositories::list_repositories))
        .routes(routes!(repositories::list_repository_facets))
        .routes(routes!(repositories::show_repository))
        .routes(routes!(entities::list_entities))
        .routes(routes!(entities::list_entity_facets))
        .routes(routes!(entities::show_entity_by_ref))
        .routes(routes!(entities::show_entity))
        .routes(routes!(relations::list_relations))
        .routes(routes!(dependencies::list_dependencies))
        .routes(routes!(dependencies::list_dependency_facets))
        .routes(routes!(capabilities::list_capabilities))
        .routes(routes!(capabilities::list_capability_facets))
        .routes(routes!(capabilities::show_capability))
        .routes(routes!(past::show_capability_history))
        .routes(routes!(past::show_capability_substitution))
        .routes(routes!(past::show_capability_times))
        .routes(routes!(past::list_capability_moves))
        .routes(routes!(adoption::list_adoption))
        .routes(routes!(adoption::list_adoption_facets))
        .routes(routes!(adoption::show_adoption_summary))
        .routes(routes!(adoption::show_team_matrix))
        .routes(routes!(past::show_explanation))
        .routes(routes!(ownership::list_ownership))
        .routes(routes!(ownership::list_ownership_facets))
        .routes(routes!(ownership::show_ownership_summary))
        .routes(routes!(teams::list_teams))
        .routes(routes!(teams::show_team))
        .routes(routes!(clusters::list_clusters))
        .routes(routes!(clusters::list_cluster_facets))
        .routes(routes!(clusters::list_left_out))
        .routes(routes!(clusters::show_cluster))
        .routes(routes!(shadows::list_shadows))
        .routes(routes!(shadows::list_shadow_facets))
        .routes(routes!(shadows::show_shadow))
        .routes(routes!(usages::list_usages))
        .routes(routes!(usages::list_usage_facets))
        .routes(routes!(findings::list_findings))
        .routes(routes!(findings::list_finding_facets))
        .routes(routes!(search::list_search_hits))
}

/// Answers that change while a scan runs, and reports, which are frozen and decided on without a change of the catalog.
fn live() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new()
        .routes(routes!(sources::list_sources))
        .routes(routes!(scans::list_scans, scans::create_scan))
        .routes(routes!(scans::show_scan))
        .routes(routes!(scans::show_scan_events))
        .routes(routes!(reports::list_reports))
        .routes(routes!(reports::show_shadow_report, reports::create_report))
        .routes(routes!(reports::compare_reports))
        .routes(routes!(reports::show_report))
        .routes(routes!(reports::update_decisions))
}

/// Answers for those who run the server.
fn health() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new()
        .routes(routes!(health::show_livez))
        .routes(routes!(health::show_readyz))
        .routes(routes!(metrics::show_metrics))
}

/// The whole API with its limits and its problems, as `web` mounts it and as [`Local`] asks it.
pub fn router(state: ApiState) -> Router {
    let tagged = catalog().layer(from_fn_with_state(state.clone(), etag::revalidate));
    let (api, doc) = OpenApiRouter::with_openapi(openapi::base())
        .nest("/api/v1", tagged.merge(live()))
        .merge(health())
        .split_for_parts();
    let doc = Arc::new(openapi::finish(doc));
    api.route("/api/openapi.json", axum::routing::get(move || async move { Json(doc) }))
        .route("/api", axum::routing::any(problem::unknown_path))
        .route("/api/{*rest}", axum::routing::any(problem::unknown_path))
        .layer(CatchPanicLayer::custom(problem::panicked))
        .layer(TimeoutLayer::with_status_code(StatusCode::GATEWAY_TIMEOUT, TIMEOUT))
        .layer((DefaultBodyLimit::disable(), RequestBodyLimitLayer::new(MAX_BODY)))
        .layer(from_fn(problem::dress))
        .with_state(state)
}
