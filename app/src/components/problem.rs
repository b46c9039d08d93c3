//! Failures and empty lists: what happened, where, and what to do next. Never a dead end.
//! It must not guess causes the API did not give.
use crate::api::ApiError;
use leptos::prelude::*;
use leptos_meta::Title;

/// A page that could not be made.
#[component]
pub fn Failure(error: ApiError) -> impl IntoView {
    let (title, text) = match error {
        ApiError::NotFound => (
            "Not in the catalog".to_owned(),
            "Nothing here has this name. It may have been renamed, or its repository has not been scanned.".to_owned(),
        ),
        ApiError::Problem(problem) => (problem.title, problem.detail),
        ApiError::Unavailable(text) => (
            "The catalog did not answer".to_owned(),
            format!("Try again in a moment. If it stays so, look at /readyz. ({text})"),
        ),
    };
    view! {
        <Title text=title.clone()/>
        <div class="empty">
            <h1>{title}</h1>
            <p>{text}</p>
            <p class="row"><a class="button" href="/search">"Search everything"</a><a href="/catalog">"Open the catalog"</a></p>
        </div>
    }
}

/// A part of a page that could not be made, while the rest could.
#[component]
pub fn Unread(error: ApiError) -> impl IntoView {
    let text = match error {
        ApiError::NotFound => "Nothing is known of this under this name.".to_owned(),
        ApiError::Problem(problem) => format!("{}: {}", problem.title, problem.detail),
        ApiError::Unavailable(text) => format!("This part did not come. Try again in a moment. ({text})"),
    };
    view! { <p class="notice" role="alert">{text}</p> }
}

/// A list with nothing in it: why, and one thing to do.
#[component]
pub fn Empty(
    #[prop(into)] title: String,
    #[prop(into)] why: String,
    #[prop(into)] href: String,
    #[prop(into)] action: String,
) -> impl IntoView {
    view! {
        <div class="empty">
            <h2>{title}</h2>
            <p>{why}</p>
            <p><a class="button" href=href>{action}</a></p>
        </div>
    }
}
