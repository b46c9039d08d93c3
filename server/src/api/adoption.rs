//! Adoption over HTTP: every golden path at one time, by capability, area, team.
//! It must not compute anything.
use super::{list::Ask, problem::ApiError, query::ListQuery, state::ApiState};
use axum::{Json, extract::State, response::Response};
use shared::api::{AdoptionItem, AdoptionQuery, AdoptionSummary, Facet, Page, TeamMatrix};

/// Golden-path adoption, one row a capability, as of now or of any day of the past.
#[utoipa::path(get, path = "/adoption", tag = "adoption", params(AdoptionQuery), responses((status = 200, content(
    (Page<AdoptionItem> = "application/json"), (String = "text/csv"), (String = "application/x-ndjson")
))))]
pub(super) async fn list_adoption(
    State(state): State<ApiState>,
    ask: Ask<AdoptionQuery>,
) -> Result<Response, ApiError> {
    ask.answer(state.store, |store, query| Box::pin(async move { store.list_adoption(&query).await })).await
}

/// How many components each value would leave under the other filters.
#[utoipa::path(get, path = "/adoption/facets", tag = "adoption", params(AdoptionQuery), responses((status = 200, body = Vec<Facet>)))]
pub(super) async fn list_adoption_facets(
    State(state): State<ApiState>,
    ListQuery(query): ListQuery<AdoptionQuery>,
) -> Result<Json<Vec<Facet>>, ApiError> {
    Ok(Json(state.store.facet_adoption(&query).await?))
}

/// The organisation and its areas in one line each.
#[utoipa::path(get, path = "/adoption/summary", tag = "adoption", params(AdoptionQuery), responses((status = 200, body = AdoptionSummary)))]
pub(super) async fn show_adoption_summary(
    State(state): State<ApiState>,
    ListQuery(query): ListQuery<AdoptionQuery>,
) -> Result<Json<AdoptionSummary>, ApiError> {
    Ok(Json(state.store.adoption_summary(&query).await?))
}

/// Teams by capabilities, with the components of each cell counted.
#[utoipa::path(get, path = "/adoption/teams", tag = "adoption", params(AdoptionQuery), responses((status = 200, body = TeamMatrix)))]
pub(super) async fn show_team_matrix(
    State(state): State<ApiState>,
    ListQuery(query): ListQuery<AdoptionQuery>,
) -> Result<Json<TeamMatrix>, ApiError> {
    Ok(Json(state.store.team_matrix(&query).await?))
}
