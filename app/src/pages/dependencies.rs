//! Page.
//! It must not.
use leptos::prelude::*;

#[component]
pub fn DependenciesPage() -> impl IntoView {
    view! { <h1>"Waymark"</h1> }
}
