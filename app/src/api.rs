//! The one way to data: the HTTP API, called in this process on the server and by `fetch` in the browser.
//! It must not know routes' meanings, and never panics when the server forgot to hand it a way in.
use serde::de::DeserializeOwned;
use shared::api::Problem;

/// Why the API gave no value.
#[derive(Debug, Clone, PartialEq)]
pub enum ApiError {
    /// There is no such thing (HTTP 404).
    NotFound,
    /// The API refused, and says why.
    Problem(Problem),
    /// No answer that can be read: the text is for the log and the reader.
    Unavailable(String),
}

impl ApiError {
    /// The HTTP status a page with this error answers.
    pub fn status(&self) -> u16 {
        match self {
            Self::NotFound => 404,
            Self::Problem(problem) => problem.status,
            Self::Unavailable(_) => 503,
        }
    }
}

/// An answer before it is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Raw {
    pub status: u16,
    pub body: Vec<u8>,
}

/// Asks the API for `path_and_query` (e.g. `/api/v1/overview`) and reads the JSON.
///
/// # Errors
/// [`ApiError`], also when no way to the API is in the context.
pub async fn get<T: DeserializeOwned>(path_and_query: String) -> Result<T, ApiError> {
    read(&half::call(path_and_query).await?)
}

fn read<T: DeserializeOwned>(raw: &Raw) -> Result<T, ApiError> {
    match raw.status {
        200..=299 => serde_json::from_slice(&raw.body)
            .map_err(|error| ApiError::Unavailable(format!("the answer is not of the expected shape: {error}"))),
        404 => Err(ApiError::NotFound),
        status => Err(match serde_json::from_slice::<Problem>(&raw.body) {
            Ok(problem) => ApiError::Problem(problem),
            Err(_) => ApiError::Unavailable(format!("the API answered with status {status}")),
        }),
    }
}

#[cfg(not(target_arch = "wasm32"))]
pub use half::{Answer, InProcess};

#[cfg(not(target_arch = "wasm32"))]
mod half {
    use super::{ApiError, Raw};
    use leptos::prelude::use_context;
    use std::{future::Future, pin::Pin, sync::Arc};

    /// An answer on its way.
    pub type Answer = Pin<Box<dyn Future<Output = Raw> + Send>>;

    /// The API's own router, called without a socket. The server puts it into the leptos context of each request,
    /// bound to that request's cookie and authorisation header.
    #[derive(Clone)]
    pub struct InProcess(pub Arc<dyn Fn(String) -> Answer + Send + Sync>);

    /// The context is read when the future is made, not when it is polled: after an await it may be another request's.
    pub(super) fn call(path: String) -> impl Future<Output = Result<Raw, ApiError>> + Send {
        let answer = use_context::<InProcess>().map(|api| (api.0)(path));
        async move {
            match answer {
                Some(answer) => Ok(answer.await),
                None => Err(ApiError::Unavailable("the page was rendered without a way to the API".to_owned())),
            }
        }
    }
}

#[cfg(target_arch = "wasm32")]
mod half {
    use super::{ApiError, Raw};
    use wasm_bindgen::{JsCast, JsValue};
    use wasm_bindgen_futures::JsFuture;

    pub(super) async fn call(path: String) -> Result<Raw, ApiError> {
        fetch(&path).await.map_err(|error| ApiError::Unavailable(format!("{error:?}")))
    }

    async fn fetch(path: &str) -> Result<Raw, JsValue> {
        let window = web_sys::window().ok_or(JsValue::NULL)?;
        let response: web_sys::Response = JsFuture::from(window.fetch_with_str(path)).await?.dyn_into()?;
        let body = JsFuture::from(response.array_buffer()?).await?;
        Ok(Raw { status: response.status(), body: js_sys::Uint8Array::new(&body).to_vec() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_read_by_its_status() {
        let raw = |status, body: &str| Raw { status, body: body.as_bytes().to_vec() };
        assert_eq!(read::<u8>(&raw(200, "7")), Ok(7));
        assert_eq!(read::<u8>(&raw(404, "{}")), Err(ApiError::NotFound));
        assert!(matches!(read::<u8>(&raw(200, "<html>")), Err(ApiError::Unavailable(_))));
        assert!(matches!(read::<u8>(&raw(500, "oops")), Err(ApiError::Unavailable(text)) if text.contains("500")));
        let problem = r#"{"type":"about:blank","title":"Bad query","status":400,"detail":"sort: no such column"}"#;
        let Err(ApiError::Problem(problem)) = read::<u8>(&raw(400, problem)) else { panic!("not a problem") };
        assert_eq!(problem.detail, "sort: no such column");
    }
}
