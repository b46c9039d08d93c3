//! One capability over time, and what a number is made of, over HTTP.
//! It must not compute anything.
use super::{list::Ask, problem::ApiError, query::ListQuery, state::ApiState};
use axum::{
    Json,
    extract::{Path, State},
    response::Response,
};
use shared::api::{
    CapabilityHistory, CapabilityTimes, ExplainQuery, Explanation, HistoryQuery, MoveItem, MoveQuery, Page,
    Substitution, SubstitutionQuery,
};

/// How a capability fared over time: who could use it, who used it which way, and what happened on the way.
#[utoipa::path(get, path = "/capabilities/{name}/history", tag = "capabilities", params(("name" = String, Path), HistoryQuery), responses((status = 200, body = CapabilityHistory)))]
pub(super) async fn show_capability_history(
    State(state): State<ApiState>,
    Path(name): Path<String>,
    ListQuery(query): ListQuery<HistoryQuery>,
) -> Result<Json<CapabilityHistory>, ApiError> {
    Ok(Json(found(state.store.capability_history(&name, &query).await?, &name)?))
}

/// Where the users of a capability's offers went between two days.
#[utoipa::path(get, path = "/capabilities/{name}/substitution", tag = "capabilities", params(("name" = String, Path), SubstitutionQuery), responses((status = 200, body = Substitution)))]
pub(super) async fn show_capability_substitution(
    State(state): State<ApiState>,
    Path(name): Path<String>,
    ListQuery(query): ListQuery<SubstitutionQuery>,
) -> Result<Json<Substitution>, ApiError> {
    Ok(Json(found(state.store.substitution(&name, &query).await?, &name)?))
}

/// How a capability came to be used: cohorts, time to integrate and to adopt, survival, velocity.
#[utoipa::path(get, path = "/capabilities/{name}/times", tag = "capabilities", params(("name" = String, Path), HistoryQuery), responses((status = 200, body = CapabilityTimes)))]
pub(super) async fn show_capability_times(
    State(state): State<ApiState>,
    Path(name): Path<String>,
    ListQuery(query): ListQuery<HistoryQuery>,
) -> Result<Json<CapabilityTimes>, ApiError> {
    Ok(Json(found(state.store.capability_times(&name, &query).await?, &name)?))
}

/// Who came to offers of a capability and who left them, with the first and last commit.
#[utoipa::path(get, path = "/capabilities/{name}/moves", tag = "capabilities", params(("name" = String, Path), MoveQuery), responses((status = 200, content(
    (Page<MoveItem> = "application/json"), (String = "text/csv"), (String = "application/x-ndjson")
))))]
pub(super) async fn list_capability_moves(
    State(state): State<ApiState>,
    Path(name): Path<String>,
    ask: Ask<MoveQuery>,
) -> Result<Response, ApiError> {
    // An export cannot turn into a 404 once it streams.
    found(state.store.has_capability(&name).await?.then_some(()), &name)?;
    ask.answer(state.store, move |store, query| {
        let name = name.clone();
        Box::pin(async move {
            let page = store.list_moves(&name, &query).await?;
            Ok(page.unwrap_or(Page { items: vec![], total: 0, next: None }))
        })
    })
    .await
}

/// Numerator, denominator, commits and git commands behind a number.
#[utoipa::path(get, path = "/explain", tag = "adoption", params(ExplainQuery), responses((status = 200, body = Explanation)))]
pub(super) async fn show_explanation(
    State(state): State<ApiState>,
    ListQuery(query): ListQuery<ExplainQuery>,
) -> Result<Json<Explanation>, ApiError> {
    let name = query.capability.clone().unwrap_or_default();
    Ok(Json(found(state.store.explain(&query).await?, &name)?))
}

fn found<T>(answer: Option<T>, name: &str) -> Result<T, ApiError> {
    answer.ok_or_else(|| ApiError::not_found("capability", name, "/api/v1/capabilities"))
}
