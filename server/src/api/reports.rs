//! Shadow reports over HTTP: the live one, frozen ones, their decisions, and two of them side by side.
//! It must not compose or judge anything.
#[cfg(test)]
mod tests;

use super::{list::Ask, problem::ApiError, query::ListQuery, state::ApiState};
use crate::{
    metrics::report::{Form, check_decisions, compare},
    store::summary_of,
};
use axum::{
    Json,
    body::Bytes,
    extract::{Path, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Deserialize;
use shared::{
    Timestamp,
    api::{Decision, Page, ReportComparison, ReportQuery, ReportSummary, ShadowReport},
};

/// Of a report as a document: its own style and nothing else.
const DOCUMENT_POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; \
                               frame-ancestors 'none'";
/// What `from` and `to` may be called beside ids.
const LIVE: &str = "live";

/// In which form a report is wanted.
#[derive(Debug, Clone, Default, Deserialize, utoipa::IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
pub(super) struct ShowReportParams {
    /// `json` (default), `md`, `csv` (the ranked platforms), `html` or `pdf`.
    format: Option<String>,
}

/// Which two reports.
#[derive(Debug, Clone, Default, Deserialize, utoipa::IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
pub(super) struct CompareReportsParams {
    /// The earlier one's id; the newest frozen one unless told.
    from: Option<String>,
    /// The later one's id; the live one unless told.
    to: Option<String>,
}

/// The shadow report as of the last scan.
#[utoipa::path(get, path = "/reports/shadow", tag = "reports", params(ShowReportParams), responses((status = 200, content(
    (ShadowReport = "application/json"), (String = "text/markdown"), (String = "text/csv"), (String = "text/html"),
    (Vec<u8> = "application/pdf")
))))]
pub(super) async fn show_shadow_report(
    State(state): State<ApiState>,
    ListQuery(params): ListQuery<ShowReportParams>,
) -> Result<Response, ApiError> {
    let form = form(&params)?;
    Ok(answer(form, &state.store.shadow_report(&now()).await?))
}

/// Freezes the shadow report of now. The same figures on the same day are one report.
#[utoipa::path(post, path = "/reports/shadow", tag = "reports", responses(
    (status = 201, body = ShadowReport, description = "Frozen; Location is where it stays.", headers(("location" = String)))
))]
pub(super) async fn create_report(State(state): State<ApiState>) -> Result<Response, ApiError> {
    let report = freeze(&state).await?;
    let location = format!("/api/v1/reports/{}", report.id.as_deref().unwrap_or_default());
    Ok((StatusCode::CREATED, [(header::LOCATION, location)], Json(report)).into_response())
}

/// Frozen reports, newest first.
#[utoipa::path(get, path = "/reports", tag = "reports", params(ReportQuery), responses((status = 200, content(
    (Page<ReportSummary> = "application/json"), (String = "text/csv"), (String = "application/x-ndjson")
))))]
pub(super) async fn list_reports(State(state): State<ApiState>, ask: Ask<ReportQuery>) -> Result<Response, ApiError> {
    ask.answer(state.store, |store, query| Box::pin(async move { store.list_reports(&query).await })).await
}

/// A frozen report: its figures never change.
#[utoipa::path(get, path = "/reports/{id}", tag = "reports", params(("id" = String, Path), ShowReportParams), responses(
    (status = 200, content(
        (ShadowReport = "application/json"), (String = "text/markdown"), (String = "text/csv"), (String = "text/html"),
        (Vec<u8> = "application/pdf")
    )),
    (status = 404, description = "No such report.")
))]
pub(super) async fn show_report(
    State(state): State<ApiState>,
    Path(id): Path<String>,
    ListQuery(params): ListQuery<ShowReportParams>,
) -> Result<Response, ApiError> {
    let form = form(&params)?;
    Ok(answer(form, &find(&state, &id).await?))
}

/// Replaces the decisions under a frozen report: 1 to 5, each with an owner that is a team or a role.
#[utoipa::path(put, path = "/reports/{id}/decisions", tag = "reports", params(("id" = String, Path)),
    request_body = Vec<Decision>, responses(
    (status = 200, body = ShadowReport), (status = 404, description = "No such report."),
    (status = 422, description = "A decision that is not kept; the detail says which and why.")
))]
pub(super) async fn update_decisions(
    State(state): State<ApiState>,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Json<ShadowReport>, ApiError> {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if !kind.starts_with("application/json") {
        let detail = "Send the body as application/json: a list of {\"text\", \"owner\", \"due\"}.".to_owned();
        return Err(ApiError::Refused { status: StatusCode::UNSUPPORTED_MEDIA_TYPE, slug: "not-json", detail });
    }
    let decisions: Vec<Decision> = serde_json::from_slice(&body)
        .map_err(|error| ApiError::bad_request("bad-body", format!("The body is no list of decisions: {error}.")))?;
    keep_decisions(&state, &id, &decisions).await.map(Json)
}

/// What changed from one report to another.
#[utoipa::path(get, path = "/reports/compare", tag = "reports", params(CompareReportsParams),
    responses((status = 200, body = ReportComparison), (status = 404, description = "No such report.")))]
pub(super) async fn compare_reports(
    State(state): State<ApiState>,
    ListQuery(params): ListQuery<CompareReportsParams>,
) -> Result<Json<ReportComparison>, ApiError> {
    let to = named(&state, params.to.as_deref().unwrap_or(LIVE)).await?;
    let from = match params.from.as_deref() {
        Some(id) => named(&state, id).await?,
        None => state.store.newest_report().await?.unwrap_or_else(|| to.clone()),
    };
    let changes = compare(&from.body, &to.body);
    Ok(Json(ReportComparison { from: summary_of(&from), to: summary_of(&to), changes }))
}

/// Freezes the report of now.
pub(crate) async fn freeze(state: &ApiState) -> Result<ShadowReport, ApiError> {
    Ok(state.store.freeze_shadow_report(&now()).await?)
}

/// Keeps decisions under a report, once they are known to be good.
pub(crate) async fn keep_decisions(
    state: &ApiState,
    id: &str,
    decisions: &[Decision],
) -> Result<ShadowReport, ApiError> {
    check_decisions(decisions).map_err(|error| ApiError::Refused {
        status: StatusCode::UNPROCESSABLE_ENTITY,
        slug: "bad-decisions",
        detail: format!("These decisions cannot be kept: {error}."),
    })?;
    state.store.save_decisions(id, decisions).await?;
    find(state, id).await
}

async fn find(state: &ApiState, id: &str) -> Result<ShadowReport, ApiError> {
    let found = state.store.find_report(id).await?;
    found.ok_or_else(|| ApiError::not_found("report", id, "/api/v1/reports"))
}

/// A frozen report by its id, or the live one.
async fn named(state: &ApiState, id: &str) -> Result<ShadowReport, ApiError> {
    if id == LIVE { Ok(state.store.shadow_report(&now()).await?) } else { find(state, id).await }
}

fn form(params: &ShowReportParams) -> Result<Form, ApiError> {
    let named = params.format.as_deref().unwrap_or(Form::Json.name());
    named.parse().map_err(|error| ApiError::bad_request("bad-format", format!("{error}.")))
}

/// A table is downloaded, everything else is shown.
fn answer(form: Form, report: &ShadowReport) -> Response {
    if form == Form::Json {
        return Json(report).into_response();
    }
    let way = if form == Form::Csv { "attachment" } else { "inline" };
    let id = report.id.as_deref().unwrap_or(LIVE);
    let name = format!("{way}; filename=\"shadow-report-{id}.{}\"", form.name());
    let headers = [
        (header::CONTENT_TYPE, form.media_type()),
        (header::CONTENT_DISPOSITION, name.as_str()),
        (header::CONTENT_SECURITY_POLICY, DOCUMENT_POLICY),
    ];
    (headers, form.write(report)).into_response()
}

fn now() -> Timestamp {
    let text = chrono::Utc::now().format("%Y-%m-%dT%H:%M:%SZ").to_string();
    Timestamp::new(text).expect("chrono writes RFC 3339 in UTC")
}
