//! Verdicts on owners over HTTP.
//! It must not judge.
use super::{list::Ask, problem::ApiError, query::ListQuery, state::ApiState};
use axum::{Json, extract::State, response::Response};
use shared::api::{Facet, OwnershipItem, OwnershipQuery, OwnershipSummary, Page};

/// Who is declared to own what, who works on it, and our verdict with the commits behind it.
#[utoipa::path(get, path = "/ownership", tag = "ownership", params(OwnershipQuery), responses((status = 200, content(
    (Page<OwnershipItem> = "application/json"), (String = "text/csv"), (String = "application/x-ndjson")
))))]
pub(super) async fn list_ownership(
    State(state): State<ApiState>,
    ask: Ask<OwnershipQuery>,
) -> Result<Response, ApiError> {
    ask.answer(state.store, |store, query| Box::pin(async move { store.list_ownership(&query).await })).await
}

/// How many verdicts each value would leave under the other filters.
#[utoipa::path(get, path = "/ownership/facets", tag = "ownership", params(OwnershipQuery), responses((status = 200, body = Vec<Facet>)))]
pub(super) async fn list_ownership_facets(
    State(state): State<ApiState>,
    ListQuery(query): ListQuery<OwnershipQuery>,
) -> Result<Json<Vec<Facet>>, ApiError> {
    Ok(Json(state.store.facet_ownership(&query).await?))
}

/// Verdicts counted: of the organisation, by declared owner and by repository.
#[utoipa::path(get, path = "/ownership/summary", tag = "ownership", params(OwnershipQuery), responses((status = 200, body = OwnershipSummary)))]
pub(super) async fn show_ownership_summary(
    State(state): State<ApiState>,
    ListQuery(query): ListQuery<OwnershipQuery>,
) -> Result<Json<OwnershipSummary>, ApiError> {
    Ok(Json(state.store.ownership_summary(&query).await?))
}
