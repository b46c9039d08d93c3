//! The face of the product: pages rendered on the server, with small islands of WebAssembly in them.
//! It knows `shared` and the HTTP API, nothing else; every page works when WebAssembly is blocked.
#![recursion_limit = "256"]

pub mod api;
pub mod islands;
mod page_status;

#[cfg(not(target_arch = "wasm32"))]
pub mod components;
#[cfg(not(target_arch = "wasm32"))]
pub mod pages;
#[cfg(not(target_arch = "wasm32"))]
pub mod routes;
#[cfg(not(target_arch = "wasm32"))]
pub mod shell;
#[cfg(not(target_arch = "wasm32"))]
pub mod time;
#[cfg(not(target_arch = "wasm32"))]
pub mod url;
#[cfg(not(target_arch = "wasm32"))]
pub mod words;

pub use page_status::PageStatus;
#[cfg(not(target_arch = "wasm32"))]
pub use routes::App;
#[cfg(not(target_arch = "wasm32"))]
pub use shell::shell;

/// The browser's entry: brings the islands of the page to life.
#[cfg(target_arch = "wasm32")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    console_error_panic_hook::set_once();
    leptos::mount::hydrate_islands();
}
