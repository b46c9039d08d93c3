//! Relations over HTTP.
//! It must not decide anything: it extracts, makes one call, and shapes the answer.
use super::{list::Ask, problem::ApiError, state::ApiState};
use axum::{extract::State, response::Response};
use shared::api::{Page, RelationItem, RelationQuery};

/// Relations between entities, declared and observed.
#[utoipa::path(get, path = "/relations", tag = "relations", params(RelationQuery), responses((status = 200, content(
    (Page<RelationItem> = "application/json"), (String = "text/csv"), (String = "application/x-ndjson")
))))]
pub(super) async fn list_relations(
    State(state): State<ApiState>,
    ask: Ask<RelationQuery>,
) -> Result<Response, ApiError> {
    ask.answer(state.store, |store, query| Box::pin(async move { store.list_relations(&query).await })).await
}
