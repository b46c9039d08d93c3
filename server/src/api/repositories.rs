//! Repositories over HTTP.
//! It must not reach for git: what is shown is what the last scan stored.
use super::{list::Ask, problem::ApiError, query::ListQuery, state::ApiState};
use axum::{
    Json,
    extract::{Path, State},
    response::Response,
};
use shared::{
    RepoName,
    api::{Facet, Page, RepositoryItem, RepositoryQuery},
};

/// Repositories with the state of their last scan.
#[utoipa::path(get, path = "/repositories", tag = "repositories", params(RepositoryQuery), responses((status = 200, content(
    (Page<RepositoryItem> = "application/json"), (String = "text/csv"), (String = "application/x-ndjson")
))))]
pub(super) async fn list_repositories(
    State(state): State<ApiState>,
    ask: Ask<RepositoryQuery>,
) -> Result<Response, ApiError> {
    ask.answer(state.store, |store, query| Box::pin(async move { store.list_repositories(&query).await })).await
}

/// How many repositories each value would leave under the other filters.
#[utoipa::path(get, path = "/repositories/facets", tag = "repositories", params(RepositoryQuery), responses((status = 200, body = Vec<Facet>)))]
pub(super) async fn list_repository_facets(
    State(state): State<ApiState>,
    ListQuery(query): ListQuery<RepositoryQuery>,
) -> Result<Json<Vec<Facet>>, ApiError> {
    Ok(Json(state.store.facet_repositories(&query).await?))
}

/// One repository by its name, which may hold slashes.
#[utoipa::path(get, path = "/repositories/{*name}", tag = "repositories",
    params(("name" = String, Path, description = "The repository's name, e.g. `acme/flags`; slashes as they are.")),
    responses((status = 200, body = RepositoryItem), (status = 404, description = "No such repository.")))]
pub(super) async fn show_repository(
    State(state): State<ApiState>,
    Path(name): Path<String>,
) -> Result<Json<RepositoryItem>, ApiError> {
    let name = RepoName::new(name).map_err(|error| ApiError::bad_request("bad-name", format!("{error}.")))?;
    let found = state.store.find_repository(&name).await?;
    found.map(Json).ok_or_else(|| ApiError::not_found("repository", &name, "/api/v1/repositories"))
}
