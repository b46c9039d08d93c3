//! Homegrown platforms over HTTP.
//! It must not count work or money.
use super::{list::Ask, problem::ApiError, query::ListQuery, state::ApiState};
use axum::{
    Json,
    extract::{Path, State},
    response::Response,
};
use shared::api::{Facet, Page, ShadowDetail, ShadowItem, ShadowQuery};

/// What was built beside a capability, or where none is named yet, and serves two or more teams.
#[utoipa::path(get, path = "/shadow", tag = "shadow", params(ShadowQuery), responses((status = 200, content(
    (Page<ShadowItem> = "application/json"), (String = "text/csv"), (String = "application/x-ndjson")
))))]
pub(super) async fn list_shadows(State(state): State<ApiState>, ask: Ask<ShadowQuery>) -> Result<Response, ApiError> {
    ask.answer(state.store, |store, query| Box::pin(async move { store.list_shadows(&query).await })).await
}

/// How many homegrown platforms each value would leave under the other filters.
#[utoipa::path(get, path = "/shadow/facets", tag = "shadow", params(ShadowQuery), responses((status = 200, body = Vec<Facet>)))]
pub(super) async fn list_shadow_facets(
    State(state): State<ApiState>,
    ListQuery(query): ListQuery<ShadowQuery>,
) -> Result<Json<Vec<Facet>>, ApiError> {
    Ok(Json(state.store.facet_shadows(&query).await?))
}

/// One homegrown platform: its code, users, work by quarter and team, and what would retire it.
#[utoipa::path(get, path = "/shadow/{id}", tag = "shadow", params(("id" = String, Path)), responses((status = 200, body = ShadowDetail)))]
pub(super) async fn show_shadow(
    State(state): State<ApiState>,
    Path(id): Path<String>,
) -> Result<Json<ShadowDetail>, ApiError> {
    let found = state.store.shadow(&id).await?;
    Ok(Json(found.ok_or_else(|| ApiError::not_found("homegrown platform", &id, "/api/v1/shadow"))?))
}
