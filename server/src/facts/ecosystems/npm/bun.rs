//! `bun.lock`, JSON with trailing commas (<https://bun.com/docs/pm/lockfile>).
//! It must not report what lies in the repository: workspaces, links and files.
use super::{
    super::json_file::{JsonFile, Node},
    installed::{Installed, declare},
    lines,
};
use crate::facts::model::FileFacts;
use shared::Scope;
use std::{
    borrow::Cow,
    collections::{BTreeMap, HashMap},
};

/// The tables of a workspace, the widest last.
const TABLES: [(&str, Scope); 4] = [
    ("devDependencies", Scope::Dev),
    ("peerDependencies", Scope::Peer),
    ("optionalDependencies", Scope::Optional),
    ("dependencies", Scope::Runtime),
];

/// Reads a lock file.
pub(super) fn read(text: &str) -> FileFacts {
    let mut file = JsonFile::read(text);
    let mut problems = std::mem::take(&mut file.problems);
    // Bun's own form has trailing commas.
    problems.retain(|problem| problem.rule != "manifest-json-comments");
    let packages = file.root.get("packages").map(Node::entries).unwrap_or_default();
    let scopes = scopes(&file.root, packages);
    let installed = packages.iter().filter_map(|(key, node)| {
        let (name, version) = copy(node)?;
        let scope = scopes.get(key.as_ref()).copied().unwrap_or(Scope::Runtime);
        let version = version.map(|version| Cow::Owned(version.to_owned()));
        Some(Installed { line: file.place(node).0, name: Cow::Owned(name.to_owned()), version, scope })
    });
    FileFacts { dependencies: declare(installed), problems, ..FileFacts::default() }
}

/// Name and version of `["name@1.0.0", …]`.
fn copy<'n>(node: &'n Node<'_>) -> Option<(&'n str, Option<&'n str>)> {
    let (name, reference) = lines::split_at(node.items().first()?.text()?)?;
    let own = ["workspace:", "link:", "file:", "root:"].iter().any(|own| reference.starts_with(own));
    // A folder or an archive of the repository has no number.
    let path = reference.starts_with(['.', '/']) || reference == "root";
    let version = (!reference.contains([':', '/', '#'])).then_some(reference);
    (!own && !path).then_some((name, version))
}

/// The scope of each key of `packages`: what the workspaces ask for, and what that needs in turn.
fn scopes(root: &Node<'_>, packages: &[(Cow<'_, str>, Node<'_>)]) -> HashMap<String, Scope> {
    let copies: BTreeMap<&str, &Node<'_>> = packages.iter().map(|(key, node)| (key.as_ref(), node)).collect();
    let mut seen = HashMap::new();
    for (table, scope) in TABLES.iter().rev() {
        let mut open: Vec<String> = vec![];
        for (_, workspace) in root.get("workspaces").map(Node::entries).unwrap_or_default() {
            let names = workspace.get(table).map(Node::entries).unwrap_or_default();
            open.extend(names.iter().map(|(name, _)| name.to_string()));
        }
        while let Some(key) = open.pop() {
            let Some(node) = copies.get(key.as_str()).filter(|_| !seen.contains_key(&key)) else { continue };
            for needed in needs(node) {
                // The nearest copy counts: `a/b` before `b`.
                let nested = format!("{key}/{needed}");
                open.push(if copies.contains_key(nested.as_str()) { nested } else { needed.to_owned() });
            }
            seen.insert(key, *scope);
        }
    }
    seen
}

fn needs<'n>(node: &'n Node<'_>) -> impl Iterator<Item = &'n str> {
    let tables = node.items().iter().flat_map(|item| ["dependencies", "optionalDependencies"].map(|key| item.get(key)));
    tables.flatten().flat_map(Node::entries).map(|(name, _)| name.as_ref())
}
