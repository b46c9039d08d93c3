//! Entities over HTTP.
//! It must not change what the store says, but for the README, which it renders.
use super::{
    list::Ask,
    markdown::{self, Place},
    problem::ApiError,
    query::ListQuery,
    state::ApiState,
};
use axum::{
    Json,
    extract::{Path, State},
    response::Response,
};
use serde::Deserialize;
use shared::{
    EntityKind, EntityRef,
    api::{EntityDetail, EntityQuery, EntitySummary, Facet, Page},
};

/// Entities of every kind, declared and detected.
#[utoipa::path(get, path = "/entities", tag = "entities", params(EntityQuery), responses((status = 200, content(
    (Page<EntitySummary> = "application/json"), (String = "text/csv"), (String = "application/x-ndjson")
))))]
pub(super) async fn list_entities(State(state): State<ApiState>, ask: Ask<EntityQuery>) -> Result<Response, ApiError> {
    ask.answer(state.store, |store, query| Box::pin(async move { store.list_entities(&query).await })).await
}

/// How many entities each value would leave under the other filters.
#[utoipa::path(get, path = "/entities/facets", tag = "entities", params(EntityQuery), responses((status = 200, body = Vec<Facet>)))]
pub(super) async fn list_entity_facets(
    State(state): State<ApiState>,
    ListQuery(query): ListQuery<EntityQuery>,
) -> Result<Json<Vec<Facet>>, ApiError> {
    Ok(Json(state.store.facet_entities(&query).await?))
}

/// One entity by the parts of its reference.
#[utoipa::path(get, path = "/entities/{kind}/{namespace}/{name}", tag = "entities",
    params(("kind" = EntityKind, Path), ("namespace" = String, Path), ("name" = String, Path)),
    responses((status = 200, body = EntityDetail), (status = 404, description = "No such entity.")))]
pub(super) async fn show_entity(
    State(state): State<ApiState>,
    Path((kind, namespace, name)): Path<(String, String, String)>,
) -> Result<Json<EntityDetail>, ApiError> {
    find(&state, &format!("{kind}:{namespace}/{name}")).await
}

/// Which entity.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct ShowEntityParams {
    /// The reference, `kind:namespace/name`; the namespace is `default` unless told.
    #[serde(rename = "ref", default)]
    entity: String,
}

/// One entity by its reference.
#[utoipa::path(get, path = "/entities/by-ref", tag = "entities", params(ShowEntityParams),
    responses((status = 200, body = EntityDetail), (status = 404, description = "No such entity.")))]
pub(super) async fn show_entity_by_ref(
    State(state): State<ApiState>,
    ListQuery(params): ListQuery<ShowEntityParams>,
) -> Result<Json<EntityDetail>, ApiError> {
    find(&state, &params.entity).await
}

async fn find(state: &ApiState, text: &str) -> Result<Json<EntityDetail>, ApiError> {
    let entity: EntityRef =
        text.parse().map_err(|error| ApiError::bad_request("bad-reference", format!("{error}.")))?;
    let found = state.store.find_entity(&entity).await?;
    let mut detail = found.ok_or_else(|| ApiError::not_found("entity", &entity, "/api/v1/entities"))?;
    detail.readme_html = readme(state, &detail).await?;
    Ok(Json(detail))
}

async fn readme(state: &ApiState, detail: &EntityDetail) -> Result<Option<String>, ApiError> {
    let (Some(repository), Some(path)) = (&detail.summary.repository, &detail.readme_path) else { return Ok(None) };
    let Some(text) = state.store.find_text(repository, path).await? else { return Ok(None) };
    let home = state.store.find_repository(repository).await?;
    let web_url = home.and_then(|repository| repository.web_url);
    let place = Place { web_url: web_url.as_deref(), commit: detail.commit.as_ref(), path };
    Ok(Some(markdown::render(&text, &place)))
}
