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
    components::is_tooling,
    model::{Dependency, FileFacts, RepositoryFiles},
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
        3
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
        out.dependencies.extend(tools(self.key(), files));
        work::replace(self.key(), files, &mut out);
        out.findings.extend(work::missing_modules(self.key(), files));
        out
    }
}

/// The repository's own modules that its tools are built with: whoever makes a build tool may build itself with it.
fn tools(parser: &str, files: &RepositoryFiles) -> Vec<Dependency> {
    let mut out = vec![];
    for (path, blob, facts) in files.of_parser(parser) {
        if path.file_name() == "go.mod" && is_tooling(path) {
            let place = |decl| Dependency { decl, path: path.clone(), blob: blob.clone() };
            out.extend(module::local(facts).into_iter().map(place));
        }
    }
    out
}
