//! The browser's half, embedded in the binary: scripts, WebAssembly and style, as `cargo xtask web` wrote and compressed them.
//! It must not read the disk: the binary copied alone serves everything.
use axum::{
    Router,
    extract::Path,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use rust_embed::RustEmbed;

#[derive(RustEmbed)]
#[folder = "$WAYMARK_SITE"]
#[allow_missing = true]
struct Site;

/// The one name that all files of a web build share; `app` before the first build.
pub(super) fn output_name() -> String {
    let name = Site::get("name.txt").and_then(|file| String::from_utf8(file.data.into_owned()).ok());
    name.map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()).unwrap_or_else(|| "app".to_owned())
}

/// `/pkg/…`. The files' names hold a hash of their bytes, so a browser may keep them for good.
pub(super) fn router() -> Router {
    Router::new().route("/pkg/{file}", get(show_file))
}

async fn show_file(Path(file): Path<String>, headers: HeaderMap) -> Response {
    let accepted = headers.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let (Some(kind), Some((data, coding))) = (content_type(&file), stored(&file, accepted)) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let fixed = [
        (header::CONTENT_TYPE, kind),
        (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
        (header::VARY, "accept-encoding"),
    ];
    let mut response = (fixed, data).into_response();
    if let Some(coding) = coding {
        response.headers_mut().insert(header::CONTENT_ENCODING, header::HeaderValue::from_static(coding));
    }
    response
}

/// The bytes in the best coding that the browser takes.
fn stored(file: &str, accepted: &str) -> Option<(Vec<u8>, Option<&'static str>)> {
    let takes = |coding: &str| {
        accepted.split(',').any(|part| {
            let mut words = part.split(';').map(str::trim);
            words.next() == Some(coding) && words.next().is_none_or(|weight| weight != "q=0")
        })
    };
    let coded = [("br", "br"), ("gzip", "gz")].into_iter().filter(|(coding, _)| takes(coding));
    let coded = coded.map(|(coding, ending)| (format!("pkg/{file}.{ending}"), Some(coding)));
    let mut all = coded.chain([(format!("pkg/{file}"), None)]);
    all.find_map(|(path, coding)| Site::get(&path).map(|found| (found.data.into_owned(), coding)))
}

/// The types that a web build writes; all else is not served, compressed twins asked for by name among them.
fn content_type(file: &str) -> Option<&'static str> {
    match file.rsplit_once('.')?.1 {
        "js" => Some("text/javascript; charset=utf-8"),
        "css" => Some("text/css; charset=utf-8"),
        "wasm" => Some("application/wasm"),
        "svg" => Some("image/svg+xml"),
        "woff2" => Some("font/woff2"),
        _ => None,
    }
}
