//! JavaScript and TypeScript: `package.json`, and the lock and workspace files of npm, pnpm, Yarn and Bun
//! (<https://docs.npmjs.com/cli/configuring-npm/package-json>).
//! It must not run a package manager or a script of a package.
mod bun;
mod installed;
mod lines;
mod lock;
mod package;
mod pnpm;
mod reach;
mod requirement;
mod workspace;
mod yarn;

use super::manifest;
use crate::facts::{
    model::{Dependency, FileFacts, RepositoryFiles},
    parser::{Parser, Resolved},
};
use shared::{DependencyKind, RepoPath, Scope};
use std::collections::HashMap;

/// The parser of npm's package files.
pub(super) struct Npm;

impl Parser for Npm {
    fn key(&self) -> &'static str {
        "npm"
    }

    fn version(&self) -> u32 {
        2
    }

    fn wants(&self, path: &RepoPath) -> bool {
        reader(path.file_name()).is_some() && !path.as_str().split('/').any(|segment| segment == "node_modules")
    }

    fn in_history(&self, path: &RepoPath) -> bool {
        !matches!(
            path.file_name(),
            "package-lock.json" | "npm-shrinkwrap.json" | "pnpm-lock.yaml" | "yarn.lock" | "bun.lock"
        )
    }

    fn max_bytes(&self) -> u64 {
        16 << 20
    }

    fn parse(&self, file_name: &str, bytes: &[u8]) -> FileFacts {
        match (manifest::text(bytes), reader(file_name)) {
            (Err(facts), _) => *facts,
            (Ok(text), Some(read)) => manifest::settle(read(text)),
            (Ok(_), None) => FileFacts::default(),
        }
    }

    /// Names packages without a name after their folder, takes out what a workspace has itself, looks catalogs up, and
    /// tells workspaces that match nothing.
    fn resolve(&self, files: &RepositoryFiles) -> Resolved {
        let mut out = Resolved::of_each_file(self.key(), files);
        for package in &mut out.packages {
            if package.decl.name.is_empty() {
                package.decl.name = manifest::folder_name(&package.path, &files.repository);
            }
        }
        workspace::Workspaces::of(self.key(), files, &mut out).settle(&mut out);
        scope_yarn(&mut out);
        out
    }
}

/// How a file of this name is read.
fn reader(file_name: &str) -> Option<fn(&str) -> FileFacts> {
    match file_name {
        "package.json" => Some(package::read),
        "package-lock.json" | "npm-shrinkwrap.json" => Some(lock::read),
        "pnpm-lock.yaml" => Some(pnpm::read),
        "yarn.lock" => Some(yarn::read),
        "bun.lock" => Some(bun::read),
        "pnpm-workspace.yaml" | ".yarnrc.yml" => Some(workspace::read),
        _ => None,
    }
}

/// A yarn.lock does not say what its copies are for: the manifests beside and below it do, of those they name.
fn scope_yarn(out: &mut Resolved) {
    let is_lock = |path: &RepoPath| path.file_name() == "yarn.lock";
    let mut folders: Vec<RepoPath> =
        out.dependencies.iter().filter(|d| is_lock(&d.path)).map(|d| d.path.parent()).collect();
    folders.dedup();
    for folder in folders {
        let mut asked: HashMap<String, Scope> = HashMap::new();
        let declared = |d: &&Dependency| d.decl.kind == DependencyKind::Declared;
        for dependency in out.dependencies.iter().filter(declared).filter(|d| d.path.starts_with(&folder)) {
            let scope = asked.entry(dependency.decl.name.clone()).or_insert(dependency.decl.scope);
            *scope = installed::wider(*scope, dependency.decl.scope);
        }
        for copy in out.dependencies.iter_mut().filter(|d| is_lock(&d.path) && d.path.parent() == folder) {
            copy.decl.scope = asked.get(&copy.decl.name).copied().unwrap_or(copy.decl.scope);
        }
    }
}
