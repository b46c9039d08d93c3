//! JavaScript and TypeScript: `package.json` and npm's lock files
//! (<https://docs.npmjs.com/cli/configuring-npm/package-json>). It must not run npm or a script of a package.
mod installed;
mod lock;
mod package;

use super::manifest;
use crate::{
    facts::{
        model::{FileFacts, RepositoryFiles},
        parser::{Parser, Resolved},
    },
    scan::Finding,
};
use globset::{Glob, GlobMatcher};
use shared::{RepoPath, Severity};

/// The parser of npm's package files.
pub(super) struct Npm;

impl Parser for Npm {
    fn key(&self) -> &'static str {
        "npm"
    }

    fn version(&self) -> u32 {
        1
    }

    fn wants(&self, path: &RepoPath) -> bool {
        matches!(path.file_name(), "package.json" | "package-lock.json" | "npm-shrinkwrap.json")
            && !path.as_str().split('/').any(|segment| segment == "node_modules")
    }

    fn max_bytes(&self) -> u64 {
        16 << 20
    }

    fn parse(&self, file_name: &str, bytes: &[u8]) -> FileFacts {
        match manifest::text(bytes) {
            Err(facts) => *facts,
            Ok(text) if file_name == "package.json" => manifest::settle(package::read(text)),
            Ok(text) => manifest::settle(lock::read(text)),
        }
    }

    /// Names packages without a name after their folder, and tells workspaces that match nothing.
    fn resolve(&self, files: &RepositoryFiles) -> Resolved {
        let mut out = Resolved::of_each_file(self.key(), files);
        for package in &mut out.packages {
            if package.decl.name.is_empty() {
                package.decl.name = manifest::folder_name(&package.path, &files.repository);
            }
        }
        let mut folders = None;
        for (path, _, facts) in files.of_parser(self.key()).filter(|(_, _, facts)| !facts.extra.is_null()) {
            let folders = folders.get_or_insert_with(|| manifest_folders(files));
            let Ok(workspaces) = serde_json::from_value::<Vec<package::Workspace>>(facts.extra.clone()) else {
                continue;
            };
            out.findings.extend(workspaces.iter().filter_map(|workspace| unmatched(path, workspace, folders)));
        }
        out
    }
}

/// Every folder with a package.json.
fn manifest_folders(files: &RepositoryFiles) -> Vec<RepoPath> {
    let manifests = files.entries.iter().filter(|entry| entry.path.file_name() == "package.json");
    manifests.map(|entry| entry.path.parent()).collect()
}

fn unmatched(path: &RepoPath, workspace: &package::Workspace, folders: &[RepoPath]) -> Option<Finding> {
    let glob = workspace.glob.trim_start_matches("./").trim_end_matches('/');
    if glob.starts_with('!') {
        return None;
    }
    let matcher = Glob::new(glob).ok().map(|glob| glob.compile_matcher());
    let folder = path.parent();
    let matches = |matcher: &GlobMatcher| {
        let mut members = folders.iter().filter(|member| member.starts_with(&folder));
        members.any(|member| matcher.is_match(member.as_str()[folder.as_str().len()..].trim_start_matches('/')))
    };
    if matcher.as_ref().is_some_and(matches) {
        return None;
    }
    Some(Finding {
        rule: "workspace-matches-nothing".to_owned(),
        severity: Severity::Info,
        path: Some(path.clone()),
        line: Some(workspace.line),
        column: None,
        message: format!(
            "The workspace \"{}\" matches no folder with a package.json; correct or remove it.",
            workspace.glob
        ),
    })
}
