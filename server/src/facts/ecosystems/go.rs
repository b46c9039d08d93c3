//! Go: `go.mod` and `go.work` (<https://go.dev/ref/mod>). It must not fetch a module or run the go tool.
//!
//! `go.sum` is not read: it holds the sums of every version that was ever looked at while versions were chosen, so it names
//! modules and versions that nothing uses (<https://go.dev/ref/mod#go-sum-files>). Since Go 1.17 `go.mod` itself lists all
//! that is needed to build; a module of an older Go lists what it asks for alone, and no more is said of it.
mod module;
mod replacement;
mod syntax;
mod work;

use super::manifest;
use crate::facts::{
    model::{FileFacts, RepositoryFiles},
    parser::{Parser, Resolved},
};
use shared::RepoPath;

/// The parser of Go's module files.
pub(super) struct Go;

impl Parser for Go {
    fn key(&self) -> &'static str {
        "go"
    }

    fn version(&self) -> u32 {
        2
    }

    fn wants(&self, path: &RepoPath) -> bool {
        matches!(path.file_name(), "go.mod" | "go.work")
    }

    fn parse(&self, file_name: &str, bytes: &[u8]) -> FileFacts {
        match manifest::text(bytes) {
            Err(facts) => *facts,
            Ok(text) if file_name == "go.work" => manifest::settle(work::read(text)),
            Ok(text) => manifest::settle(module::read(text)),
        }
    }

    fn resolve(&self, files: &RepositoryFiles) -> Resolved {
        let mut out = Resolved::of_each_file(self.key(), files);
        work::replace(self.key(), files, &mut out);
        out.findings.extend(work::missing_modules(self.key(), files));
        out
    }
}
