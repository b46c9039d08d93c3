//! Rust: `Cargo.toml` with workspaces and inheritance, and `Cargo.lock`
//! (<https://doc.rust-lang.org/cargo/reference/manifest.html>). It must not run cargo or follow a path out of the
//! repository.
mod lock;
mod package;
mod workspace;

use super::manifest;
use crate::facts::{
    model::{FileFacts, RepositoryFiles},
    parser::{Parser, Resolved},
};
use shared::RepoPath;

/// The parser of Rust's package files.
pub(super) struct Cargo;

impl Parser for Cargo {
    fn key(&self) -> &'static str {
        "cargo"
    }

    fn version(&self) -> u32 {
        1
    }

    fn wants(&self, path: &RepoPath) -> bool {
        matches!(path.file_name(), "Cargo.toml" | "Cargo.lock")
    }

    fn in_history(&self, path: &RepoPath) -> bool {
        path.file_name() != "Cargo.lock"
    }

    fn max_bytes(&self) -> u64 {
        4 << 20
    }

    fn parse(&self, file_name: &str, bytes: &[u8]) -> FileFacts {
        match manifest::text(bytes) {
            Err(facts) => *facts,
            Ok(text) if file_name == "Cargo.lock" => manifest::settle(lock::read(text)),
            Ok(text) => manifest::settle(package::read(text)),
        }
    }

    fn resolve(&self, files: &RepositoryFiles) -> Resolved {
        workspace::resolve(self.key(), files)
    }
}
