//! The catalog's counts over HTTP: the numbers of the home page.
//! It must not count anything itself.
use super::{problem::ApiError, state::ApiState};
use axum::{Json, extract::State};
use shared::api::Overview;

/// What the catalog holds. Each number is the `total` of the list it links to.
#[utoipa::path(get, path = "/overview", tag = "overview", responses((status = 200, body = Overview)))]
pub(super) async fn show_overview(State(state): State<ApiState>) -> Result<Json<Overview>, ApiError> {
    Ok(Json(state.store.overview(state.demo).await?))
}
