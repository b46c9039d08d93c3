//! Words of the closed vocabularies as badges: a mark with a shape of its own, and the word.
//! Colour is never the only cue.
use super::ago::Ago;
use crate::words::{self, Tag};
use leptos::prelude::*;
use shared::Timestamp;

/// A word with its mark.
#[component]
pub fn Badge(tag: Tag) -> impl IntoView {
    view! { <span class=format!("badge tone-{}", tag.tone)>{mark(tag.tone)}{tag.text}</span> }
}

/// Marks what a list of another day holds and today's does not.
#[component]
pub fn Gone(at: Option<Timestamp>) -> impl IntoView {
    at.map(|at| view! { <span class="gone"><Badge tag=words::GONE/>" "<Ago time=Some(at)/></span> })
}

/// A plain word in a box, e.g. a type or a tag.
#[component]
pub fn Chip(#[prop(into)] text: String) -> impl IntoView {
    view! { <span class="chip">{text}</span> }
}

/// The mark of a tone: the shapes differ, so that they can be told apart without colour.
pub fn mark(tone: &'static str) -> impl IntoView {
    let d = match tone {
        "golden" | "ok" | "confirmed" => "M5 1a4 4 0 1 1 0 8 4 4 0 0 1 0-8Z",
        "tolerated" | "unknown" => "M5 .5 9.500 5 5 9.500.5 5Z",
        "vendor" | "declared" => "M1.200 1.200h7.600v7.600H1.200Z",
        "homegrown" | "warning" | "disputed" => "M5 .8 9.600 9.200H.4Z",
        "error" => "M3 .8h4L9.200 3v4L7 9.200H3L.8 7V3Z",
        "stale" => "M1 1h8L1 9h8Z",
        "dormant" => "M1 4h8v2H1Z",
        "orphan" => "M2 .8 5 3.800 8 .8 9.200 2 6.200 5 9.200 8 8 9.200 5 6.200 2 9.200.8 8 3.800 5 .8 2Z",
        _ => "M5 1.500a3.500 3.500 0 1 1 0 7 3.500 3.500 0 0 1 0-7Z",
    };
    view! { <svg class="mark" width="10" height="10" viewBox="0 0 10 10" aria-hidden="true"><path d=d/></svg> }
}
