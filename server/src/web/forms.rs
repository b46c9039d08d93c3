//! Form posts of pages, for browsers without WebAssembly.
//! It must not offer anything that the API does not.
use crate::api::{ApiError, ApiState};
use axum::{
    Router,
    body::Bytes,
    extract::State,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
    routing::post,
};

/// The forms.
pub(super) fn router(state: ApiState) -> Router {
    Router::new().route("/scans", post(create_scan)).with_state(state)
}

/// Starts a scan of every source, of the filled `source` fields first, and leads to its page; while another runs, to
/// that one's.
async fn create_scan(State(state): State<ApiState>, body: Bytes) -> Result<Response, ApiError> {
    let fields: Vec<(String, String)> = serde_html_form::from_bytes(&body)
        .map_err(|error| ApiError::bad_request("bad-form", format!("The form cannot be read: {error}.")))?;
    let filled = fields.into_iter().filter(|(name, value)| name == "source" && !value.trim().is_empty());
    let sources = filled.map(|(_, value)| value.trim().to_owned()).collect();
    let id = match state.scans.start(sources).await {
        Ok(scan) => scan.id,
        Err(crate::api::StartError::Running(id)) => id,
        Err(error) => return Err(error.into()),
    };
    let page = HeaderValue::from_str(&format!("/scans/{id}")).map_err(anyhow::Error::new)?;
    Ok((StatusCode::SEE_OTHER, [(header::LOCATION, page)]).into_response())
}
