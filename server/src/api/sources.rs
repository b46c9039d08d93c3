//! Sources over HTTP.
//! It must not read a source: scans do.
use super::{problem::ApiError, state::ApiState};
use axum::{Json, extract::State};
use shared::api::{Page, SourceItem};

/// Where repositories come from. Sources are few, so there is one page.
#[utoipa::path(get, path = "/sources", tag = "sources", responses((status = 200, body = Page<SourceItem>)))]
pub(super) async fn list_sources(State(state): State<ApiState>) -> Result<Json<Page<SourceItem>>, ApiError> {
    let items = state.store.list_sources().await?;
    Ok(Json(Page { total: items.len() as u64, items, next: None }))
}
