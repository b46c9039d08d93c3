//! Buf's files (<https://buf.build/docs/configuration/>): modules, their dependencies, and remote plugins.
//! It must not ask a registry what a name stands for.
use super::{
    manifest,
    outline::{self, Node},
};
use crate::facts::{
    model::{DependencyDecl, FileFacts, PackageDecl, RepositoryFiles},
    parser::{Parser, Resolved},
};
use shared::{DependencyKind, Ecosystem, RepoPath, Scope};
use std::collections::BTreeSet;

/// The parser of Buf's files.
pub(super) struct Buf;

impl Parser for Buf {
    fn key(&self) -> &'static str {
        "buf"
    }

    fn version(&self) -> u32 {
        1
    }

    fn wants(&self, path: &RepoPath) -> bool {
        let name = path.file_name();
        let is_gen = name.starts_with("buf.gen") && (name.ends_with(".yaml") || name.ends_with(".yml"));
        is_gen || matches!(name, "buf.yaml" | "buf.yml" | "buf.lock")
    }

    fn in_history(&self, path: &RepoPath) -> bool {
        path.file_name() != "buf.lock"
    }

    fn max_bytes(&self) -> u64 {
        512 << 10
    }

    fn parse(&self, file_name: &str, bytes: &[u8]) -> FileFacts {
        let text = match manifest::text(bytes) {
            Ok(text) => text,
            Err(facts) => return *facts,
        };
        let outline = outline::yaml(text, 4);
        let mut facts = FileFacts { problems: outline.problem.into_iter().collect(), ..FileFacts::default() };
        for root in &outline.roots {
            match file_name {
                "buf.lock" => lock(root, &mut facts),
                "buf.yaml" | "buf.yml" => module(root, &mut facts),
                _ => generate(root, &mut facts),
            }
        }
        manifest::settle(facts)
    }

    /// Modules of the repository's own are no dependencies of it.
    fn resolve(&self, files: &RepositoryFiles) -> Resolved {
        let mut resolved = Resolved::of_each_file(self.key(), files);
        let own: BTreeSet<String> = resolved.packages.iter().map(|package| package.decl.name.clone()).collect();
        resolved.dependencies.retain(|dependency| !own.contains(&dependency.decl.name));
        resolved
    }
}

/// `buf.yaml`: one module in version 1, several in version 2.
fn module(root: &Node, facts: &mut FileFacts) {
    let modules = root.get("modules").map(Node::items).unwrap_or_default();
    for name in modules.iter().chain([root]).filter_map(|module| module.get("name")) {
        let Some((text, _)) = name.text().and_then(split) else { continue };
        facts.packages.push(PackageDecl {
            ecosystem: Ecosystem::known("buf"),
            name: text,
            version: None,
            description: None,
            hints: vec![manifest::hint("library", 30, "buf.yaml names a module of protobuf files")],
            published: true,
            line: Some(name.line),
        });
    }
    for dep in root.get("deps").map(Node::items).unwrap_or_default() {
        facts.dependencies.extend(declared(dep, Scope::Runtime, &mut facts.problems));
    }
}

/// `buf.gen.yaml`: plugins that the registry runs, and modules that are read from it.
fn generate(root: &Node, facts: &mut FileFacts) {
    for plugin in root.get("plugins").map(Node::items).unwrap_or_default() {
        let remote = plugin.get("remote").or_else(|| plugin.get("plugin")).or_else(|| plugin.get("name"));
        // A local plugin is a program's name without a host.
        let remote = remote.filter(|node| node.text().is_some_and(|text| text.contains('/') && text.contains('.')));
        facts.dependencies.extend(remote.and_then(|node| declared(node, Scope::Build, &mut facts.problems)));
    }
    for input in root.get("inputs").map(Node::items).unwrap_or_default() {
        let module = input.get("module");
        facts.dependencies.extend(module.and_then(|node| declared(node, Scope::Build, &mut facts.problems)));
    }
}

/// `buf.lock`: `name` in version 2, `remote`, `owner` and `repository` in version 1.
fn lock(root: &Node, facts: &mut FileFacts) {
    for dep in root.get("deps").map(Node::items).unwrap_or_default() {
        let part = |key: &str| dep.text_of(key);
        let old = || Some(format!("{}/{}/{}", part("remote")?, part("owner")?, part("repository")?));
        let Some(name) = part("name").map(str::to_owned).or_else(old).filter(|name| is_module(name)) else { continue };
        facts.dependencies.push(DependencyDecl {
            ecosystem: Ecosystem::known("buf"),
            name,
            requirement: None,
            version: part("commit").and_then(manifest::requirement),
            scope: Scope::Runtime,
            kind: DependencyKind::Resolved,
            line: Some(dep.line),
        });
    }
}

fn declared(node: &Node, scope: Scope, problems: &mut Vec<crate::facts::model::Problem>) -> Option<DependencyDecl> {
    let text = node.text()?;
    let Some((name, requirement)) = split(text) else {
        problems.push(manifest::bad_name(text, (node.line, 1)));
        return None;
    };
    let (ecosystem, kind) = (Ecosystem::known("buf"), DependencyKind::Declared);
    Some(DependencyDecl { ecosystem, name, requirement, version: None, scope, kind, line: Some(node.line) })
}

/// Name and reference of `buf.build/acme/orders:v1.2.0`.
fn split(text: &str) -> Option<(String, Option<String>)> {
    let (name, reference) = match text.rsplit_once(':') {
        Some((name, reference)) if !reference.contains('/') => (name, manifest::requirement(reference)),
        _ => (text, None),
    };
    is_module(name).then(|| (name.to_owned(), reference))
}

/// `host/owner/repository`
fn is_module(name: &str) -> bool {
    let parts: Vec<&str> = name.split('/').collect();
    manifest::is_name(name)
        && parts.len() >= 3
        && parts.iter().all(|part| !part.is_empty())
        && parts.first().is_some_and(|host| host.contains('.'))
}
