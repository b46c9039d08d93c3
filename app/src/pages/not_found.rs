//! Page.
//! It must not.
use leptos::prelude::*;

#[component]
pub fn NotFoundPage() -> impl IntoView {
    view! { <h1>"Waymark"</h1> }
}
