//! Cargo workspaces: which root a manifest belongs to, and what it takes from it.
//! It must not guess: what cannot be found in the root is a finding and stays open.
use super::package::{Extra, Workspace};
use crate::{
    facts::{
        model::{Dependency, FileFacts, Package, RepositoryFiles},
        parser::Resolved,
    },
    scan::Finding,
};
use globset::GlobBuilder;
use shared::{RepoPath, Severity};
use std::collections::BTreeMap;

/// Every package and dependency with its inherited values filled in.
pub(super) fn resolve(parser: &str, files: &RepositoryFiles) -> Resolved {
    let extras: BTreeMap<RepoPath, Extra> = files
        .of_parser(parser)
        .filter(|(path, _, _)| path.file_name() == "Cargo.toml")
        .map(|(path, _, facts)| (path.clone(), serde_json::from_value(facts.extra.clone()).unwrap_or_default()))
        .collect();
    let roots: BTreeMap<RepoPath, &Workspace> =
        extras.iter().filter_map(|(path, extra)| Some((path.parent(), extra.workspace.as_ref()?))).collect();
    let mut out = Resolved::default();
    for (path, blob, facts) in files.of_parser(parser) {
        let mut facts = FileFacts::clone(facts);
        if let Some(extra) = extras.get(path) {
            let root = root_of(&path.parent(), &roots);
            inherit(&mut facts, extra, root);
            out.findings.extend(missing(path, &facts, extra, root));
        }
        let place = |decl| Package { decl, path: path.clone(), blob: blob.clone() };
        out.packages.extend(facts.packages.into_iter().map(place));
        let place = |decl| Dependency { decl, path: path.clone(), blob: blob.clone() };
        out.dependencies.extend(facts.dependencies.into_iter().map(place));
    }
    out
}

/// The workspace of a package: its own, else that of the nearest folder above which does not exclude it.
fn root_of<'w>(folder: &RepoPath, roots: &BTreeMap<RepoPath, &'w Workspace>) -> Option<&'w Workspace> {
    let mut root = folder.clone();
    loop {
        match roots.get(&root) {
            Some(workspace) if root == *folder || !excludes(&root, workspace, folder) => return Some(workspace),
            _ if root.is_root() => return None,
            _ => root = root.parent(),
        }
    }
}

/// `exclude` names folders; a folder that `members` names by glob is a member all the same.
fn excludes(root: &RepoPath, workspace: &Workspace, folder: &RepoPath) -> bool {
    let below = folder.as_str()[root.as_str().len()..].trim_start_matches('/');
    let member = |glob: &String| {
        let glob = GlobBuilder::new(glob.trim_end_matches('/')).literal_separator(true).build();
        glob.is_ok_and(|glob| glob.compile_matcher().is_match(below))
    };
    let excluded = |name: &String| root.join(name).is_some_and(|excluded| folder.starts_with(&excluded));
    workspace.exclude.iter().any(excluded) && !workspace.members.iter().any(member)
}

fn inherit(facts: &mut FileFacts, extra: &Extra, root: Option<&Workspace>) {
    let Some(root) = root else { return };
    for package in &mut facts.packages {
        for key in &extra.inherits {
            match key.as_str() {
                "version" => package.version.clone_from(&root.version),
                "description" => package.description.clone_from(&root.description),
                _ => package.published = root.publish.unwrap_or(true),
            }
        }
    }
    for (index, key) in &extra.inherited {
        let offered = root.dependencies.get(key);
        if let (Some(dependency), Some((name, requirement))) = (facts.dependencies.get_mut(*index), offered) {
            dependency.name.clone_from(name);
            dependency.requirement.clone_from(requirement);
        }
    }
}

/// A finding for each dependency that says `workspace = true` where no workspace offers it.
fn missing(path: &RepoPath, facts: &FileFacts, extra: &Extra, root: Option<&Workspace>) -> Vec<Finding> {
    let open = extra.inherited.iter().filter(|(_, key)| root.is_none_or(|root| !root.dependencies.contains_key(*key)));
    let finding = |(index, key): (&usize, &String)| Finding {
        rule: "dependency-not-inherited".to_owned(),
        severity: Severity::Warning,
        path: Some(path.clone()),
        line: facts.dependencies.get(*index).and_then(|dependency| dependency.line),
        column: None,
        message: format!(
            "\"{key}\" is taken from the workspace, but no [workspace.dependencies] above this file has it; \
             add it there or write its version here."
        ),
    };
    open.map(finding).collect()
}
