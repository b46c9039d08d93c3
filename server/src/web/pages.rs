//! Pages, rendered by `app` over the API in this process.
//! It must not know a page: routes, titles and contents are app's.
use super::{assets, guard};
use crate::api::Local;
use app::{
    App, PageStatus,
    api::{InProcess, Raw},
    shell,
};
use axum::{
    Router,
    extract::Request,
    http::{HeaderMap, HeaderValue, StatusCode, header, request::Parts},
    middleware::{Next, from_fn},
    response::Response,
};
use leptos::{
    config::{Env, LeptosOptions},
    nonce::use_nonce,
    prelude::{provide_context, use_context},
};
use leptos_axum::{LeptosRoutes, ResponseOptions, generate_route_list, render_app_async_with_context};
use std::sync::Arc;

/// Every page, and the page for addresses that have none.
pub(super) fn router(local: Local) -> Router {
    let options = options();
    let context = move || provide(&local);
    let page = {
        let options = options.clone();
        move || shell(options.clone())
    };
    let missing = render_app_async_with_context(context.clone(), page.clone());
    Router::new()
        .leptos_routes_with_context(&options, generate_route_list(App), context, page)
        .fallback(missing)
        .layer(from_fn(answer_with_status))
        .with_state(options)
}

/// Where the page finds its scripts and style.
fn options() -> LeptosOptions {
    LeptosOptions::builder().output_name(assets::output_name()).site_pkg_dir("pkg").env(Env::PROD).build()
}

/// Puts into a page's context what it may use: the API on behalf of the reader, and the way to say its status.
fn provide(local: &Local) {
    let parts = use_context::<Parts>();
    let status = parts.as_ref().and_then(|parts| parts.extensions.get::<PageStatus>().cloned());
    provide_context(status.unwrap_or_default());
    let caller = parts.map(|parts| parts.headers).unwrap_or_default();
    provide_context(in_process(local.clone(), caller));
    if let (Some(response), Some(nonce)) = (use_context::<ResponseOptions>(), use_nonce()) {
        if let Ok(policy) = HeaderValue::from_str(&guard::page_policy(&nonce)) {
            response.insert_header(header::CONTENT_SECURITY_POLICY, policy);
        }
        response.insert_header(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
}

fn in_process(local: Local, caller: HeaderMap) -> InProcess {
    let caller = Arc::new(caller);
    InProcess(Arc::new(move |path_and_query| {
        let (local, caller) = (local.clone(), caller.clone());
        Box::pin(async move {
            let answer = local.get(&path_and_query, &caller).await;
            Raw { status: answer.status, body: answer.body }
        })
    }))
}

/// Middleware: the status that the page said while it was rendered.
async fn answer_with_status(mut request: Request, next: Next) -> Response {
    let said = PageStatus::default();
    request.extensions_mut().insert(said.clone());
    let mut response = next.run(request).await;
    match StatusCode::from_u16(said.get()) {
        Ok(status) if response.status() == StatusCode::OK => *response.status_mut() = status,
        _ => {}
    }
    response
}
