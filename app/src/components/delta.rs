//! How a share or a count has changed, with its sign and in words.
//! It must not call a change good or bad.
use crate::words;
use leptos::prelude::*;

/// `+4 points`; unknown stays "unknown".
#[component]
pub fn Delta(change: Option<f64>) -> impl IntoView {
    match change {
        Some(change) => view! { <span class="delta">{words::points(change)}</span> }.into_any(),
        None => view! { <span class="quiet">"unknown"</span> }.into_any(),
    }
}

/// `+4`, of things that are counted.
#[component]
pub fn Grown(by: i64) -> impl IntoView {
    let class = if by == 0 { "delta quiet" } else { "delta" };
    view! { <span class=class>{words::change(by)}</span> }
}

/// A share of 0 to 1; unknown stays "unknown".
pub fn share(share: Option<f64>) -> String {
    share.map(words::percent).unwrap_or_else(|| "unknown".to_owned())
}
