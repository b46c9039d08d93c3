//! Findings over HTTP.
//! It must not decide anything: it extracts, makes one call, and shapes the answer.
use super::{list::Ask, problem::ApiError, query::ListQuery, state::ApiState};
use axum::{Json, extract::State, response::Response};
use shared::api::{Facet, FindingItem, FindingQuery, Page};

/// Findings: what is wrong, where, and what to do.
#[utoipa::path(get, path = "/findings", tag = "findings", params(FindingQuery), responses((status = 200, content(
    (Page<FindingItem> = "application/json"), (String = "text/csv"), (String = "application/x-ndjson")
))))]
pub(super) async fn list_findings(State(state): State<ApiState>, ask: Ask<FindingQuery>) -> Result<Response, ApiError> {
    ask.answer(state.store, |store, query| Box::pin(async move { store.list_findings(&query).await })).await
}

/// How many findings each value would leave under the other filters.
#[utoipa::path(get, path = "/findings/facets", tag = "findings", params(FindingQuery), responses((status = 200, body = Vec<Facet>)))]
pub(super) async fn list_finding_facets(
    State(state): State<ApiState>,
    ListQuery(query): ListQuery<FindingQuery>,
) -> Result<Json<Vec<Facet>>, ApiError> {
    Ok(Json(state.store.facet_findings(&query).await?))
}
