//! Capabilities over HTTP.
//! It must not change what the store says, but for the start document, which it renders.
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
use shared::api::{CapabilityDetail, CapabilityQuery, CapabilitySummary, Facet, Page, Start};

/// Capabilities with how far the golden path is followed.
#[utoipa::path(get, path = "/capabilities", tag = "capabilities", params(CapabilityQuery), responses((status = 200, content(
    (Page<CapabilitySummary> = "application/json"), (String = "text/csv"), (String = "application/x-ndjson")
))))]
pub(super) async fn list_capabilities(
    State(state): State<ApiState>,
    ask: Ask<CapabilityQuery>,
) -> Result<Response, ApiError> {
    ask.answer(state.store, |store, query| Box::pin(async move { store.list_capabilities(&query).await })).await
}

/// How many capabilities each value would leave under the other filters.
#[utoipa::path(get, path = "/capabilities/facets", tag = "capabilities", params(CapabilityQuery), responses((status = 200, body = Vec<Facet>)))]
pub(super) async fn list_capability_facets(
    State(state): State<ApiState>,
    ListQuery(query): ListQuery<CapabilityQuery>,
) -> Result<Json<Vec<Facet>>, ApiError> {
    Ok(Json(state.store.facet_capabilities(&query).await?))
}

/// One capability: what it is, who owns it, how to start, who uses which offer.
#[utoipa::path(get, path = "/capabilities/{name}", tag = "capabilities", params(("name" = String, Path)),
    responses((status = 200, body = CapabilityDetail), (status = 404, description = "No such capability.")))]
pub(super) async fn show_capability(
    State(state): State<ApiState>,
    Path(name): Path<String>,
) -> Result<Json<CapabilityDetail>, ApiError> {
    let found = state.store.find_capability(&name).await?;
    let mut detail = found.ok_or_else(|| ApiError::not_found("capability", &name, "/api/v1/capabilities"))?;
    detail.start = match detail.start {
        Some(start) => with_document(&state, start).await?,
        None => None,
    };
    Ok(Json(detail))
}

/// The start document, rendered; `None` when the repository does not hold it.
async fn with_document(state: &ApiState, mut start: Start) -> Result<Option<Start>, ApiError> {
    let Some(text) = state.store.find_text(&start.repository, &start.path).await? else { return Ok(None) };
    let home = state.store.find_repository(&start.repository).await?;
    let web_url = home.as_ref().and_then(|repository| repository.web_url.as_deref());
    let commit = home.as_ref().and_then(|repository| repository.commit.as_ref());
    start.html = markdown::render(&text, &Place { web_url, commit, path: &start.path });
    Ok(Some(start))
}
