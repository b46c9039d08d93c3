//! How every list is answered: a page of JSON with a link to the next, or all rows of the same query as CSV or NDJSON.
//! It must not know any noun; what a row looks like as CSV is in `columns`.
use super::{
    columns::{self, Columns},
    problem::ApiError,
    query::{ListParams, ListQuery, MAX_LIMIT},
};
use crate::store::{Store, StoreError};
use axum::{
    Json,
    body::{Body, Bytes},
    extract::FromRequestParts,
    http::{HeaderMap, HeaderValue, StatusCode, header, request::Parts},
    response::{IntoResponse, Response},
};
use futures::{Stream, StreamExt, future::BoxFuture, stream};
use serde::Serialize;
use shared::api::Page;

/// Rows of one export (RELIABILITY section 6).
const MAX_ROWS: u64 = 100_000;

/// In which form a list is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    Json,
    Csv,
    Ndjson,
}

/// One list as asked for: the query and the form of the answer.
pub(super) struct Ask<Q> {
    query: Q,
    format: Format,
    path: String,
}

impl<S: Send + Sync, Q: ListParams> FromRequestParts<S> for Ask<Q> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let format = format(parts)?;
        let path = parts.extensions.get::<axum::extract::OriginalUri>().map_or(&parts.uri, |original| &original.0);
        let path = path.path().to_owned();
        let ListQuery(query) = ListQuery::from_request_parts(parts, state).await?;
        Ok(Self { query, format, path })
    }
}

/// `format` decides; without it the `Accept` header; JSON when neither says.
fn format(parts: &Parts) -> Result<Format, ApiError> {
    let pairs: Vec<(String, String)> =
        serde_html_form::from_str(parts.uri.query().unwrap_or_default()).unwrap_or_default();
    let named = pairs.iter().find(|(key, _)| key == "format").map(|(_, value)| value.as_str());
    match named {
        Some("json") => Ok(Format::Json),
        Some("csv") => Ok(Format::Csv),
        Some("ndjson") => Ok(Format::Ndjson),
        None | Some("") => Ok(accepted(&parts.headers)),
        Some(other) => {
            let detail = format!("format is \"{other}\"; give json, csv or ndjson.");
            Err(ApiError::bad_request("bad-format", detail))
        }
    }
}

/// The first of our media types that the header names; quality values are not weighed.
fn accepted(headers: &HeaderMap) -> Format {
    let accept = headers.get(header::ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let known = accept.split(',').find_map(|kind| match kind.split(';').next().unwrap_or_default().trim() {
        "application/json" | "*/*" => Some(Format::Json),
        "text/csv" => Some(Format::Csv),
        "application/x-ndjson" | "application/ndjson" => Some(Format::Ndjson),
        _ => None,
    });
    known.unwrap_or(Format::Json)
}

type Fetched<T> = BoxFuture<'static, Result<Page<T>, StoreError>>;

/// Reads one page of a query.
pub(super) trait Fetch<Q, T>: Fn(Store, Q) -> Fetched<T> + Clone + Send + Sync + 'static {}
impl<Q, T, F: Fn(Store, Q) -> Fetched<T> + Clone + Send + Sync + 'static> Fetch<Q, T> for F {}

impl<Q: ListParams> Ask<Q> {
    /// Answers with what `fetch` finds for the query.
    ///
    /// # Errors
    /// When the store refuses the query, or an export would have more than 100,000 rows.
    pub(super) async fn answer<T>(self, store: Store, fetch: impl Fetch<Q, T>) -> Result<Response, ApiError>
    where
        T: Serialize + Columns + Send + 'static,
    {
        match self.format {
            Format::Json => {
                let page = fetch(store, self.query.clone()).await?;
                Ok((self.next_link(page.next.as_ref())?, Json(page)).into_response())
            }
            Format::Csv => self.export(store, fetch, columns::header::<T>(), columns::row::<T>).await,
            Format::Ndjson => self.export(store, fetch, Vec::new(), line::<T>).await,
        }
    }

    /// `Link: <…>; rel="next"`, when there is a next page.
    fn next_link(&self, next: Option<&String>) -> Result<HeaderMap, ApiError> {
        let mut headers = HeaderMap::new();
        if let Some(next) = next {
            let kept = self.query.pairs().into_iter().filter(|(key, _)| *key != "cursor");
            let pairs: Vec<_> = kept.chain([("cursor", next.clone())]).collect();
            let query = serde_html_form::to_string(&pairs).map_err(anyhow::Error::new)?;
            let link = format!("<{}?{query}>; rel=\"next\"", self.path);
            headers.insert(header::LINK, HeaderValue::from_str(&link).map_err(anyhow::Error::new)?);
        }
        Ok(headers)
    }

    /// Streams every row. The first page is fetched before the status is sent, so that a bad query is still a problem.
    async fn export<T>(
        mut self,
        store: Store,
        fetch: impl Fetch<Q, T>,
        head: Vec<u8>,
        write: Write<T>,
    ) -> Result<Response, ApiError>
    where
        T: Serialize + Send + 'static,
    {
        self.query.turn_to(None, MAX_LIMIT);
        let first = fetch(store.clone(), self.query.clone()).await?;
        if first.total > MAX_ROWS {
            return Err(too_many(first.total));
        }
        let (kind, ending) = match self.format {
            Format::Csv => ("text/csv; charset=utf-8; header=present", "csv"),
            _ => ("application/x-ndjson", "ndjson"),
        };
        let noun = self.path.rsplit('/').next().unwrap_or("waymark");
        let name = format!("attachment; filename=\"{noun}.{ending}\"");
        let pages = pages(store, self.query, first, fetch);
        let rows = stream::once(async { Ok(Bytes::from(head)) }).chain(pages.map(move |page| {
            let mut text = Vec::new();
            page?.iter().try_for_each(|row| write(&mut text, row))?;
            Ok::<_, anyhow::Error>(Bytes::from(text))
        }));
        Ok(([(header::CONTENT_TYPE, kind), (header::CONTENT_DISPOSITION, name.as_str())], Body::from_stream(rows))
            .into_response())
    }
}

type Write<T> = fn(&mut Vec<u8>, &T) -> anyhow::Result<()>;

fn too_many(total: u64) -> ApiError {
    let detail = format!(
        "The query matches {total} rows; an export holds {MAX_ROWS} at most. Narrow it, for example to one repository, \
         or read the pages as JSON."
    );
    ApiError::Refused { status: StatusCode::UNPROCESSABLE_ENTITY, slug: "export-too-large", detail }
}

/// The items of every page in turn, starting with one already fetched.
fn pages<Q: ListParams, T: Send + 'static>(
    store: Store,
    query: Q,
    first: Page<T>,
    fetch: impl Fetch<Q, T>,
) -> impl Stream<Item = anyhow::Result<Vec<T>>> + Send + 'static {
    let start = Some((query, first));
    stream::try_unfold(start, move |state| {
        let (store, fetch) = (store.clone(), fetch.clone());
        async move {
            let Some((mut query, page)) = state else { return Ok(None) };
            let rest = match page.next {
                Some(next) => {
                    query.turn_to(Some(next), MAX_LIMIT);
                    let page = fetch(store, query.clone()).await.map_err(anyhow::Error::new)?;
                    Some((query, page))
                }
                None => None,
            };
            Ok(Some((page.items, rest)))
        }
    })
}

fn line<T: Serialize>(out: &mut Vec<u8>, row: &T) -> anyhow::Result<()> {
    serde_json::to_writer(&mut *out, row)?;
    out.push(b'\n');
    Ok(())
}
