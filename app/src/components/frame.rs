//! What stands around every page: skip link, top bar, footer.
//! It must not know the page inside.
use leptos::prelude::*;

#[component]
pub fn Frame(children: Children) -> impl IntoView {
    view! { <main id="main">{children()}</main> }
}
