//! Waits for a page's data, and says what went wrong when there is none.
//! It must not know any page.
use super::problem::Failure;
use crate::{PageStatus, api::ApiError, url::PageUrl};
use leptos::prelude::*;
use leptos_router::location::RequestUrl;
use std::future::Future;

/// The address of the page that is being rendered.
pub fn page_url() -> PageUrl {
    use_context::<RequestUrl>().map(|url| PageUrl::parse(url.as_ref())).unwrap_or_default()
}

/// A page (or part of one) that needs data: the view when it is there, else the failure in its place, which decides the
/// status the page answers with.
pub fn loading<F>(page: F) -> impl IntoView
where
    F: Future<Output = Result<AnyView, ApiError>> + Send + 'static,
{
    Suspend::new(async move {
        page.await.unwrap_or_else(|error| {
            if let Some(status) = use_context::<PageStatus>() {
                status.set(error.status());
            }
            view! { <Failure error/> }.into_any()
        })
    })
}
