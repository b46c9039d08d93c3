//! A score of 0 to 1 as a short bar with its number.
//! It must not say whether a score is good.
use leptos::prelude::*;

/// Whose score it is: the declared owner's is drawn solid, another team's hatched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ScoreOf {
    Declared,
    Other,
}

/// The bar, the number with two digits, and what stands beside it.
#[component]
pub fn ScoreBar(of: ScoreOf, value: f64, children: Children) -> impl IntoView {
    let width = format!("{:.0}%", value.clamp(0.0, 1.0) * 100.0);
    let fill = if of == ScoreOf::Declared { "currentColor" } else { "url(#paint-open)" };
    view! {
        <div class="score">
            <svg width="56" height="8" aria-hidden="true">
                <rect class="split-ground" width="100%" height="100%"/>
                <rect width=width height="100%" fill=fill/>
            </svg>
            <b>{decimal(value)}</b>
            {children()}
        </div>
    }
}

/// A score or a part of one: `0.35`.
pub fn decimal(value: f64) -> String {
    format!("{value:.2}")
}
