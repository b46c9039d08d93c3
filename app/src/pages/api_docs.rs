//! Page.
//! It must not.
use leptos::prelude::*;

#[component]
pub fn ApiDocsPage() -> impl IntoView {
    view! { <h1>"Waymark"</h1> }
}
