//! Says whether the process lives and whether it can answer.
//! It must not touch the database for liveness: a slow database is no reason to restart the process.
use super::{problem::ApiError, query::ListQuery, state::ApiState};
use axum::{
    Json,
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde::{Deserialize, Serialize};

/// How much to say.
#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
pub(super) struct ReadyParams {
    /// Present (with any value or none): each check with its outcome, as JSON.
    verbose: Vec<String>,
}

/// The outcome of every check.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub(super) struct Readiness {
    ready: bool,
    version: &'static str,
    checks: Vec<Check>,
}

/// One check.
#[derive(Debug, Serialize, utoipa::ToSchema)]
struct Check {
    name: &'static str,
    ok: bool,
}

/// Whether the process lives.
#[utoipa::path(get, path = "/livez", tag = "health", responses((status = 200, body = String, content_type = "text/plain")))]
pub(super) async fn show_livez() -> &'static str {
    "ok\n"
}

/// Whether the process can answer: the database is asked.
#[utoipa::path(get, path = "/readyz", tag = "health", params(ReadyParams), responses(
    (status = 200, content((String = "text/plain"), (Readiness = "application/json"))),
    (status = 503, description = "The database does not answer.", body = Readiness)
))]
pub(super) async fn show_readyz(
    State(state): State<ApiState>,
    ListQuery(params): ListQuery<ReadyParams>,
) -> Result<Response, ApiError> {
    let database = state.store.ping().await;
    if let Err(error) = &database {
        tracing::warn!(%error, "the database does not answer");
    }
    let ready = database.is_ok();
    let checks = vec![Check { name: "database", ok: ready }];
    let status = if ready { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    Ok(match (params.verbose.is_empty(), ready) {
        (true, true) => "ok\n".into_response(),
        _ => (status, Json(Readiness { ready, version: env!("CARGO_PKG_VERSION"), checks })).into_response(),
    })
}
