//! The document around every page: head, style, scripts.
//! It must not hold anything that depends on the page; titles come from the pages themselves.
use crate::{islands::theme, routes::App};
use leptos::{nonce::use_nonce, prelude::*};
use leptos_meta::MetaTags;

/// A mark that needs no request: without it each page logs a missing icon.
const ICON: &str = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'%3E%3Crect width='32' height='32' rx='8' fill='%230b3d5c'/%3E%3Cpath d='M7 10l4.5 12L16 12l4.5 10L25 10' fill='none' stroke='%23fff' stroke-width='3' stroke-linecap='round' stroke-linejoin='round'/%3E%3C/svg%3E";

/// The whole document. `options.output_name` names the built files under `options.site_pkg_dir`.
pub fn shell(options: LeptosOptions) -> impl IntoView {
    let style = format!("/{}/{}.css", options.site_pkg_dir, options.output_name);
    // Before the first paint, so that a chosen theme does not flash.
    let early = format!(
        "try{{let t=localStorage.getItem('{}');if(t)document.documentElement.dataset.theme=t}}catch{{}}",
        theme::KEY
    );
    view! {
        <!DOCTYPE html>
        <html lang="en">
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <meta name="color-scheme" content="light dark"/>
                <link rel="icon" href=ICON/>
                <link rel="stylesheet" href=style/>
                <script nonce=use_nonce()>{early}</script>
                <HydrationScripts options islands=true/>
                <MetaTags/>
            </head>
            <body>
                <App/>
            </body>
        </html>
    }
}
