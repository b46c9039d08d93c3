//! Page.
//! It must not.
use leptos::prelude::*;

#[component]
pub fn SourcesPage() -> impl IntoView {
    view! { <h1>"Waymark"</h1> }
}

#[component]
pub fn StartForm() -> impl IntoView {
    view! { <form></form> }
}
