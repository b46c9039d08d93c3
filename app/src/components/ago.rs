//! A time: how long ago for the eye, the instant for everything else.
//! Only the server renders it.
use crate::time;
use leptos::prelude::*;
use shared::Timestamp;

#[component]
pub fn Ago(time: Option<Timestamp>) -> impl IntoView {
    match time {
        Some(time) => {
            let iso = time.to_string();
            let text = time::ago(&time, chrono::Utc::now());
            view! { <time datetime=iso.clone() title=iso>{text}</time> }.into_any()
        }
        None => view! { <span class="quiet">"unknown"</span> }.into_any(),
    }
}
