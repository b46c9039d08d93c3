//! Usages over HTTP.
//! It must not decide anything: it extracts, makes one call, and shapes the answer.
use super::{list::Ask, problem::ApiError, query::ListQuery, state::ApiState};
use axum::{Json, extract::State, response::Response};
use shared::api::{Facet, Page, UsageItem, UsageQuery};

/// Usages: which component uses which offer of which capability, with the evidence.
#[utoipa::path(get, path = "/usages", tag = "usages", params(UsageQuery), responses((status = 200, content(
    (Page<UsageItem> = "application/json"), (String = "text/csv"), (String = "application/x-ndjson")
))))]
pub(super) async fn list_usages(State(state): State<ApiState>, ask: Ask<UsageQuery>) -> Result<Response, ApiError> {
    ask.answer(state.store, |store, query| Box::pin(async move { store.list_usages(&query).await })).await
}

/// How many usages each value would leave under the other filters.
#[utoipa::path(get, path = "/usages/facets", tag = "usages", params(UsageQuery), responses((status = 200, body = Vec<Facet>)))]
pub(super) async fn list_usage_facets(
    State(state): State<ApiState>,
    ListQuery(query): ListQuery<UsageQuery>,
) -> Result<Json<Vec<Facet>>, ApiError> {
    Ok(Json(state.store.facet_usages(&query).await?))
}
