//! Page.
//! It must not.
use leptos::prelude::*;

#[component]
pub fn SearchPage() -> impl IntoView {
    view! { <h1>"Waymark"</h1> }
}
