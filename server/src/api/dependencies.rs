//! Dependencies over HTTP.
//! It must not decide anything: it extracts, makes one call, and shapes the answer.
use super::{list::Ask, problem::ApiError, query::ListQuery, state::ApiState};
use axum::{Json, extract::State, response::Response};
use shared::api::{DependencyItem, DependencyQuery, Facet, Page};

/// Dependencies as files state or resolve them.
#[utoipa::path(get, path = "/dependencies", tag = "dependencies", params(DependencyQuery), responses((status = 200, content(
    (Page<DependencyItem> = "application/json"), (String = "text/csv"), (String = "application/x-ndjson")
))))]
pub(super) async fn list_dependencies(
    State(state): State<ApiState>,
    ask: Ask<DependencyQuery>,
) -> Result<Response, ApiError> {
    ask.answer(state.store, |store, query| Box::pin(async move { store.list_dependencies(&query).await })).await
}

/// How many dependencies each value would leave under the other filters.
#[utoipa::path(get, path = "/dependencies/facets", tag = "dependencies", params(DependencyQuery), responses((status = 200, body = Vec<Facet>)))]
pub(super) async fn list_dependency_facets(
    State(state): State<ApiState>,
    ListQuery(query): ListQuery<DependencyQuery>,
) -> Result<Json<Vec<Facet>>, ApiError> {
    Ok(Json(state.store.facet_dependencies(&query).await?))
}
