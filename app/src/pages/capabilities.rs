//! Page.
//! It must not.
use leptos::prelude::*;

#[component]
pub fn CapabilitiesPage() -> impl IntoView {
    view! { <h1>"Waymark"</h1> }
}
