//! The harness of the tests: git repositories made by small scripts, the server on either database, a real browser.
//! It must not hold a test, and touches the server crate in `server.rs` only.

pub mod axe;
pub mod browser;
pub mod client;
pub mod copied;
mod driver;
pub mod engine;
pub mod estate;
pub mod generated;
pub mod generated_code;
pub mod git;
pub mod load;
pub mod quality;
pub mod server;
pub mod story;

pub use browser::{Browser, Look};
pub use client::{Client, Reply};
pub use engine::Engine;
pub use git::{Folder, GitRepo};
pub use server::TestServer;
pub use story::{Story, Who, Work};

/// A variable that `cargo xtask test` sets.
///
/// # Panics
/// When it is not set: nothing is skipped because a part of the machine is missing.
#[must_use]
pub fn from_xtask(name: &str) -> String {
    std::env::var(name).unwrap_or_else(|_| panic!("{name} is not set: run through cargo xtask test"))
}
