//! The one place that turns errors into HTTP: every failure is an RFC 9457 problem that says what, where, what to do.
//! It must not show the internal text of a 5xx: that stays in the log, under the request's id.
use super::state::StartError;
use crate::store::StoreError;
use axum::{
    Json,
    extract::Request,
    http::{HeaderValue, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use shared::api::Problem;
use tower_http::request_id::RequestId;

/// Why a request was not answered as asked.
#[derive(Debug, thiserror::Error)]
pub enum ApiError {
    /// The request is wrong; the detail says where and what to do. The slug names the kind of mistake.
    #[error("{detail}")]
    Refused { status: StatusCode, slug: &'static str, detail: String },
    /// The store could not answer.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The scan could not be started.
    #[error(transparent)]
    Start(#[from] StartError),
    /// Our own fault.
    #[error("{0:#}")]
    Internal(#[from] anyhow::Error),
}

impl ApiError {
    /// A 400 with its kind of mistake.
    pub(crate) fn bad_request(slug: &'static str, detail: impl Into<String>) -> Self {
        Self::Refused { status: StatusCode::BAD_REQUEST, slug, detail: detail.into() }
    }

    /// A 404: `what` is the noun, `list` the path where the existing ones are listed.
    pub(crate) fn not_found(what: &str, id: impl std::fmt::Display, list: &str) -> Self {
        let detail = format!("No {what} \"{id}\" in the catalog. See {list} for what there is.");
        Self::Refused { status: StatusCode::NOT_FOUND, slug: "not-found", detail }
    }

    fn problem(&self) -> Problem {
        match self {
            Self::Refused { status, slug, detail } => problem(*status, slug, detail.clone()),
            Self::Store(error) => store_problem(error),
            Self::Start(error) => start_problem(error),
            Self::Internal(_) => internal(),
        }
    }
}

fn store_problem(error: &StoreError) -> Problem {
    let slug = match error {
        StoreError::BadCursor => "bad-cursor",
        StoreError::BadSort { .. } => "bad-sort",
        StoreError::BadFilter { .. } => "bad-filter",
        _ => return internal(),
    };
    problem(StatusCode::BAD_REQUEST, slug, sentence(error))
}

/// An error's text as a sentence of its own.
fn sentence(error: &dyn std::error::Error) -> String {
    let text = error.to_string();
    let mut letters = text.chars();
    let first = letters.next().map(|letter| letter.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{}.", letters.as_str().trim_end_matches('.'))
}

fn start_problem(error: &StartError) -> Problem {
    match error {
        StartError::Running(id) => {
            let mut running = problem(StatusCode::CONFLICT, "scan-running", sentence(error));
            running.instance = Some(format!("/api/v1/scans/{id}"));
            running
        }
        StartError::BadSource { .. } => problem(StatusCode::UNPROCESSABLE_ENTITY, "bad-source", sentence(error)),
        StartError::Unavailable(_) => problem(StatusCode::SERVICE_UNAVAILABLE, "unavailable", sentence(error)),
        StartError::Internal(_) => internal(),
    }
}

fn internal() -> Problem {
    let detail = "The server failed at this request; its log says why. Try again, and report it if it stays.";
    problem(StatusCode::INTERNAL_SERVER_ERROR, "internal", detail.to_owned())
}

fn problem(status: StatusCode, slug: &str, detail: String) -> Problem {
    let title = status.canonical_reason().unwrap_or("Error").to_owned();
    Problem { kind: format!("/docs/api#{slug}"), title, status: status.as_u16(), detail, instance: None }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let problem = self.problem();
        if problem.status >= 500 {
            tracing::error!(error = format!("{:#}", anyhow::Error::new(self)), "request failed");
        }
        respond(problem)
    }
}

/// A problem as a response; `dress` finds it again by the extension.
fn respond(problem: Problem) -> Response {
    let status = StatusCode::from_u16(problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = (status, Json(&problem)).into_response();
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response.extensions_mut().insert(problem);
    response
}

/// The answer to a path that nothing serves.
pub(crate) async fn unknown_path(request: Request) -> Response {
    let detail = format!(
        "Nothing is served at {}. The API's paths are listed at /api/openapi.json.",
        request.extensions().get::<axum::extract::OriginalUri>().map_or(request.uri().path(), |uri| uri.path())
    );
    respond(problem(StatusCode::NOT_FOUND, "unknown-path", detail))
}

/// What a panic in a handler becomes.
pub(crate) fn panicked(panic: Box<dyn std::any::Any + Send>) -> Response {
    let text = panic.downcast_ref::<String>().map(String::as_str).or_else(|| panic.downcast_ref::<&str>().copied());
    tracing::error!(panic = text.unwrap_or("without a message"), "a handler panicked");
    respond(internal())
}

/// Middleware: gives every problem its instance, and turns the bare errors of routers and layers (404, 405, 408, 413,
/// 415, 403 …) into problems.
pub(crate) async fn dress(request: Request, next: Next) -> Response {
    let path = request.uri().path().to_owned();
    let id = request.extensions().get::<RequestId>().and_then(|id| id.header_value().to_str().ok().map(str::to_owned));
    let response = next.run(request).await;
    let status = response.status();
    if !(status.is_client_error() || status.is_server_error()) || has_own_words(&response) {
        return response;
    }
    let (head, body) = response.into_parts();
    let mut told = match head.extensions.get::<Problem>() {
        Some(known) => known.clone(),
        None => problem(status, "refused", detail_of(status, &path, body).await),
    };
    let request_id = id.filter(|_| status.is_server_error());
    let instance = request_id.map_or(path, |id| format!("request:{id}"));
    told.instance.get_or_insert(instance);
    let mut dressed = respond(told);
    for (name, value) in &head.headers {
        if ![header::CONTENT_TYPE, header::CONTENT_LENGTH, header::CACHE_CONTROL].contains(name) {
            dressed.headers_mut().append(name.clone(), value.clone());
        }
    }
    dressed
}

/// Pages and answers in plain JSON (readiness) say themselves what is wrong.
fn has_own_words(response: &Response) -> bool {
    let kind = response.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    kind.is_some_and(|kind| kind.starts_with("text/html") || kind == "application/json")
}

/// The short text that a router or layer gave to a 4xx, else what its status means here.
async fn detail_of(status: StatusCode, path: &str, body: axum::body::Body) -> String {
    let given = axum::body::to_bytes(body, 2048).await.unwrap_or_default();
    match std::str::from_utf8(&given).map(str::trim) {
        Ok(text) if status.is_client_error() && !text.is_empty() && known_by_status(status).is_none() => {
            text.to_owned()
        }
        _ => bare_detail(status, path),
    }
}

/// What to say of an error that only has a status.
fn bare_detail(status: StatusCode, path: &str) -> String {
    match known_by_status(status) {
        Some(text) => text.to_owned(),
        None if status == StatusCode::NOT_FOUND => format!("Nothing is served at {path}."),
        None if status == StatusCode::FORBIDDEN => {
            "A page of another site may not send this request. Send it from Waymark's own pages, or without a browser."
                .to_owned()
        }
        None if status.is_server_error() => internal().detail,
        None => format!("{path} refused the request: {}.", status.canonical_reason().unwrap_or("no reason given")),
    }
}

fn known_by_status(status: StatusCode) -> Option<&'static str> {
    match status {
        StatusCode::METHOD_NOT_ALLOWED => {
            Some("This address does not take the method; the Allow header names those it does.")
        }
        StatusCode::PAYLOAD_TOO_LARGE => Some("The body is larger than 1 MiB. Send less at once."),
        StatusCode::GATEWAY_TIMEOUT => {
            Some("The answer took longer than 30 seconds. Narrow the query, or ask for smaller pages.")
        }
        StatusCode::UNSUPPORTED_MEDIA_TYPE => Some("Send the body as application/json."),
        _ => None,
    }
}
