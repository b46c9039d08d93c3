//! Equal code in several repositories over HTTP.
//! It must not decide what is equal.
use super::{list::Ask, problem::ApiError, query::ListQuery, state::ApiState};
use axum::{
    Json,
    extract::{Path, State},
    response::Response,
};
use shared::api::{ClusterItem, ClusterQuery, Facet, LeftOut, Page};

/// Files, and stretches of files, that hold the same code in two or more repositories.
#[utoipa::path(get, path = "/clusters", tag = "clusters", params(ClusterQuery), responses((status = 200, content(
    (Page<ClusterItem> = "application/json"), (String = "text/csv"), (String = "application/x-ndjson")
))))]
pub(super) async fn list_clusters(State(state): State<ApiState>, ask: Ask<ClusterQuery>) -> Result<Response, ApiError> {
    ask.answer(state.store, |store, query| Box::pin(async move { store.list_clusters(&query).await })).await
}

/// How many clusters each value would leave under the other filters.
#[utoipa::path(get, path = "/clusters/facets", tag = "clusters", params(ClusterQuery), responses((status = 200, body = Vec<Facet>)))]
pub(super) async fn list_cluster_facets(
    State(state): State<ApiState>,
    ListQuery(query): ListQuery<ClusterQuery>,
) -> Result<Json<Vec<Facet>>, ApiError> {
    Ok(Json(state.store.facet_clusters(&query).await?))
}

/// What was left out before code was compared, and why.
#[utoipa::path(get, path = "/clusters/left-out", tag = "clusters", responses((status = 200, body = Vec<LeftOut>)))]
pub(super) async fn list_left_out(State(state): State<ApiState>) -> Result<Json<Vec<LeftOut>>, ApiError> {
    Ok(Json(state.store.list_left_out().await?))
}

/// One cluster.
#[utoipa::path(get, path = "/clusters/{id}", tag = "clusters", params(("id" = String, Path)), responses((status = 200, body = ClusterItem)))]
pub(super) async fn show_cluster(
    State(state): State<ApiState>,
    Path(id): Path<String>,
) -> Result<Json<ClusterItem>, ApiError> {
    let found = state.store.cluster(&id).await?;
    Ok(Json(found.ok_or_else(|| ApiError::not_found("cluster", &id, "/api/v1/clusters"))?))
}
