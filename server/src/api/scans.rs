//! Scan runs over HTTP: list, show, start, and watch as server-sent events.
//! It must not scan: it asks the starter and relays what running scans report.
use super::{
    list::Ask,
    problem::ApiError,
    query::{ListParams, MAX_LIMIT},
    state::ApiState,
};
use axum::{
    Json,
    body::Bytes,
    extract::{Path, State},
    http::{HeaderMap, StatusCode, header},
    response::{
        IntoResponse, Response,
        sse::{Event, KeepAlive, Sse},
    },
};
use futures::{Stream, stream};
use serde::Deserialize;
use shared::{
    ScanStatus,
    api::{Page, ScanEvent, ScanItem, StartScan},
};
use std::{convert::Infallible, time::Duration};
use tokio::sync::broadcast::{Receiver, error::RecvError};

/// Which page of the scans, newest first.
#[derive(Debug, Clone, Default, Deserialize, utoipa::IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
pub(super) struct ListScansParams {
    /// The `next` of an earlier page.
    cursor: Option<String>,
    /// Items a page: 50 unless told, 200 at most.
    limit: Option<u32>,
}

impl ListParams for ListScansParams {
    fn turn_to(&mut self, cursor: Option<String>, limit: u32) {
        self.cursor = cursor;
        self.limit = Some(limit);
    }
    fn pairs(&self) -> Vec<(&'static str, String)> {
        let limit = self.limit.map(|limit| ("limit", limit.to_string()));
        self.cursor.iter().map(|cursor| ("cursor", cursor.clone())).chain(limit).collect()
    }
}

/// Scan runs, newest first.
#[utoipa::path(get, path = "/scans", tag = "scans", params(ListScansParams), responses((status = 200, content(
    (Page<ScanItem> = "application/json"), (String = "text/csv"), (String = "application/x-ndjson")
))))]
pub(super) async fn list_scans(State(state): State<ApiState>, ask: Ask<ListScansParams>) -> Result<Response, ApiError> {
    ask.answer(state.store, |store, query| {
        Box::pin(async move {
            let limit = query.limit.unwrap_or(50).min(MAX_LIMIT);
            store.list_scans(limit, query.cursor.as_deref()).await
        })
    })
    .await
}

/// One scan run.
#[utoipa::path(get, path = "/scans/{id}", tag = "scans", params(("id" = i64, Path)),
    responses((status = 200, body = ScanItem), (status = 404, description = "No such scan.")))]
pub(super) async fn show_scan(
    State(state): State<ApiState>,
    Path(id): Path<String>,
) -> Result<Json<ScanItem>, ApiError> {
    find(&state, &id).await.map(Json)
}

/// Starts a scan of every source; `sources` are added first.
#[utoipa::path(post, path = "/scans", tag = "scans", request_body(content = StartScan, description = "Absent or empty: scan what is known."),
    responses(
        (status = 202, body = ScanItem, description = "Started; Location is where to look.", headers(("location" = String))),
        (status = 409, description = "Another scan is running; `instance` is its address."),
        (status = 422, description = "A source cannot be scanned.")
    ))]
pub(super) async fn create_scan(
    State(state): State<ApiState>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, ApiError> {
    let order = order(&headers, &body)?;
    let scan = state.scans.start(order.sources).await?;
    let location = format!("/api/v1/scans/{}", scan.id);
    Ok((StatusCode::ACCEPTED, [(header::LOCATION, location)], Json(scan)).into_response())
}

fn order(headers: &HeaderMap, body: &[u8]) -> Result<StartScan, ApiError> {
    if body.is_empty() {
        return Ok(StartScan { sources: Vec::new() });
    }
    let kind = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if !kind.starts_with("application/json") {
        let detail = "Send the body as application/json, e.g. {\"sources\":[\"/path/to/repositories\"]}.".to_owned();
        return Err(ApiError::Refused { status: StatusCode::UNSUPPORTED_MEDIA_TYPE, slug: "not-json", detail });
    }
    serde_json::from_slice(body)
        .map_err(|error| ApiError::bad_request("bad-body", format!("The body is not a scan to start: {error}.")))
}

async fn find(state: &ApiState, id: &str) -> Result<ScanItem, ApiError> {
    let number: i64 = id.parse().map_err(|_| {
        ApiError::bad_request("bad-id", format!("\"{id}\" is not the number of a scan; /api/v1/scans lists them."))
    })?;
    let found = state.store.find_scan(number).await?;
    found.ok_or_else(|| ApiError::not_found("scan", number, "/api/v1/scans"))
}

/// The scan as it goes, as server-sent events named `progress`: first the state now, then each step; the stream ends
/// with the scan.
#[utoipa::path(get, path = "/scans/{id}/events", tag = "scans", params(("id" = i64, Path)),
    responses((status = 200, body = ScanEvent, content_type = "text/event-stream"), (status = 404, description = "No such scan.")))]
pub(super) async fn show_scan_events(
    State(state): State<ApiState>,
    Path(id): Path<String>,
) -> Result<Sse<impl Stream<Item = Result<Event, Infallible>>>, ApiError> {
    // Listening starts before the state is read, so that no step between the two is lost.
    let live = state.events.subscribe();
    let scan = find(&state, &id).await?;
    let steps = Steps { state, live, scan: scan.id, first: Some(event_of(&scan)), over: false };
    let events = stream::unfold(steps, |mut steps| async move {
        let step = steps.next().await?;
        Some((Ok(sse(&step)), steps))
    });
    Ok(Sse::new(events).keep_alive(KeepAlive::new().interval(Duration::from_secs(15))))
}

fn sse(step: &ScanEvent) -> Event {
    let event = Event::default().event("progress");
    event.json_data(step).unwrap_or_else(|_| Event::default().comment("a step that cannot be written"))
}

/// The steps of one scan.
struct Steps {
    state: ApiState,
    live: Receiver<ScanEvent>,
    scan: i64,
    first: Option<ScanEvent>,
    over: bool,
}

impl Steps {
    async fn next(&mut self) -> Option<ScanEvent> {
        if self.over {
            return None;
        }
        let step = match self.first.take() {
            Some(first) => first,
            None => self.heard().await?,
        };
        self.over = matches!(step.status, ScanStatus::Done | ScanStatus::Failed);
        Some(step)
    }

    /// The next step heard; after falling behind, the state as stored, which holds the missed ones.
    async fn heard(&mut self) -> Option<ScanEvent> {
        loop {
            match self.live.recv().await {
                Ok(step) if step.scan == self.scan => return Some(step),
                Ok(_) => {}
                Err(RecvError::Lagged(_)) => {
                    let scan = self.state.store.find_scan(self.scan).await.ok().flatten()?;
                    return Some(event_of(&scan));
                }
                Err(RecvError::Closed) => return None,
            }
        }
    }
}

fn event_of(scan: &ScanItem) -> ScanEvent {
    ScanEvent {
        scan: scan.id,
        status: scan.status,
        done: scan.done,
        past: scan.past,
        repositories: scan.repositories,
        failed: scan.failed,
        errors: scan.errors,
        current: None,
        seconds_left: None,
    }
}
