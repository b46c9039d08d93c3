//! Search over everything, over HTTP.
//! It must not rank: the store does.
use super::{
    problem::ApiError,
    query::{ListQuery, MAX_LIMIT},
    state::ApiState,
};
use axum::{Json, extract::State};
use serde::Deserialize;
use shared::api::{Page, SearchHit};

/// Hits unless told otherwise.
const HITS: u32 = 20;

/// What to look for.
#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
pub(super) struct SearchParams {
    /// The words; parts and prefixes of words are found too. Nothing finds nothing.
    q: Option<String>,
    /// Hits at most: 20 unless told, 200 at most.
    limit: Option<u32>,
}

/// Entities, capabilities, repositories and packages, best first.
#[utoipa::path(get, path = "/search", tag = "search", params(SearchParams), responses((status = 200, body = Page<SearchHit>)))]
pub(super) async fn list_search_hits(
    State(state): State<ApiState>,
    ListQuery(params): ListQuery<SearchParams>,
) -> Result<Json<Page<SearchHit>>, ApiError> {
    let words = params.q.unwrap_or_default();
    let items = match words.trim() {
        "" => Vec::new(),
        words => state.store.search(words, params.limit.unwrap_or(HITS).min(MAX_LIMIT)).await?,
    };
    Ok(Json(Page { total: items.len() as u64, items, next: None }))
}
