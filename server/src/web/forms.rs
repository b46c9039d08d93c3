//! Form posts of pages, for browsers without WebAssembly.
//! It must not offer anything that the API does not.
use crate::api::{ApiError, ApiState, reports};
use axum::{
    Router,
    body::Bytes,
    extract::{Path, State},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
    routing::post,
};
use shared::api::{Decision, ShadowReport};

/// The forms.
pub(super) fn router(state: ApiState) -> Router {
    Router::new()
        .route("/scans", post(create_scan))
        .route("/reports/shadow", post(create_report))
        .route("/reports/{id}/decisions", post(update_decisions))
        .with_state(state)
}

/// Starts a scan of every source, of the filled `source` fields first, and leads to its page; while another runs, to
/// that one's.
async fn create_scan(State(state): State<ApiState>, body: Bytes) -> Result<Response, ApiError> {
    let fields = fields(&body)?;
    let filled = fields.into_iter().filter(|(name, value)| name == "source" && !value.trim().is_empty());
    let sources = filled.map(|(_, value)| value.trim().to_owned()).collect();
    let id = match state.scans.start(sources).await {
        Ok(scan) => scan.id,
        Err(crate::api::StartError::Running(id)) => id,
        Err(error) => return Err(error.into()),
    };
    lead_to(&format!("/scans/{id}"))
}

/// Freezes the shadow report and leads to it.
async fn create_report(State(state): State<ApiState>) -> Result<Response, ApiError> {
    lead_to_report(&reports::freeze(&state).await?)
}

/// Keeps the decisions under a report and leads back to it. Each `text` begins one; one whose text was cleared is dropped.
async fn update_decisions(
    State(state): State<ApiState>,
    Path(id): Path<String>,
    body: Bytes,
) -> Result<Response, ApiError> {
    lead_to_report(&reports::keep_decisions(&state, &id, &decisions(fields(&body)?)).await?)
}

fn decisions(fields: Vec<(String, String)>) -> Vec<Decision> {
    let mut out: Vec<Decision> = Vec::new();
    for (name, value) in fields {
        let value = value.trim().to_owned();
        match (name.as_str(), out.last_mut()) {
            ("text", _) => out.push(Decision { text: value, owner: String::new(), due: None }),
            ("owner", Some(last)) => last.owner = value,
            ("due", Some(last)) => last.due = Some(value).filter(|due| !due.is_empty()),
            _ => {}
        }
    }
    out.retain(|decision| !decision.text.is_empty());
    out
}

fn fields(body: &[u8]) -> Result<Vec<(String, String)>, ApiError> {
    serde_html_form::from_bytes(body)
        .map_err(|error| ApiError::bad_request("bad-form", format!("The form cannot be read: {error}.")))
}

fn lead_to_report(report: &ShadowReport) -> Result<Response, ApiError> {
    lead_to(&format!("/reports/{}", report.id.as_deref().unwrap_or_default()))
}

fn lead_to(page: &str) -> Result<Response, ApiError> {
    let page = HeaderValue::from_str(page).map_err(anyhow::Error::new)?;
    Ok((StatusCode::SEE_OTHER, [(header::LOCATION, page)]).into_response())
}
