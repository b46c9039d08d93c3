//! Teams over HTTP.
//! It must not name a person.
use super::{list::Ask, problem::ApiError, state::ApiState};
use axum::{
    Json,
    extract::{Path, State},
    response::Response,
};
use shared::{
    EntityKind, EntityRef,
    api::{Page, TeamDetail, TeamItem, TeamQuery},
};

/// Groups of the organisation, and teams that are only named as owners, with what they own by verdict.
#[utoipa::path(get, path = "/teams", tag = "teams", params(TeamQuery), responses((status = 200, content(
    (Page<TeamItem> = "application/json"), (String = "text/csv"), (String = "application/x-ndjson")
))))]
pub(super) async fn list_teams(State(state): State<ApiState>, ask: Ask<TeamQuery>) -> Result<Response, ApiError> {
    ask.answer(state.store, |store, query| Box::pin(async move { store.list_teams(&query).await })).await
}

/// One team: what it owns, works on, uses, builds and serves. At most 200 verdicts of each kind are given, the worst
/// first; `/ownership?owner=` has all of them.
#[utoipa::path(get, path = "/teams/{namespace}/{name}", tag = "teams", params(("namespace" = String, Path), ("name" = String, Path)), responses((status = 200, body = TeamDetail)))]
pub(super) async fn show_team(
    State(state): State<ApiState>,
    Path((namespace, name)): Path<(String, String)>,
) -> Result<Json<TeamDetail>, ApiError> {
    let absent = || ApiError::not_found("team", format!("{namespace}/{name}"), "/api/v1/teams");
    let team = EntityRef::new(EntityKind::Group, &namespace, &name).map_err(|_| absent())?;
    Ok(Json(state.store.team(&team).await?.ok_or_else(absent)?))
}
