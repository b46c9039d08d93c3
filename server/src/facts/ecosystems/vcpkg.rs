//! vcpkg manifests (<https://learn.microsoft.com/vcpkg/reference/vcpkg-json>).
//! It must not take a feature for a package.
use super::{
    json_file::{JsonFile, Node, Value},
    manifest::{self, hint},
};
use crate::facts::{
    model::{DependencyDecl, FileFacts, PackageDecl},
    parser::Parser,
};
use shared::{DependencyKind, Ecosystem, RepoPath, Scope};
use std::collections::BTreeMap;

/// The parser of vcpkg.json.
pub(super) struct Vcpkg;

/// The keys that may hold a version.
const VERSIONS: [&str; 4] = ["version", "version-semver", "version-date", "version-string"];

impl Parser for Vcpkg {
    fn key(&self) -> &'static str {
        "vcpkg"
    }

    fn version(&self) -> u32 {
        1
    }

    fn wants(&self, path: &RepoPath) -> bool {
        path.file_name() == "vcpkg.json"
    }

    fn parse(&self, _file_name: &str, bytes: &[u8]) -> FileFacts {
        match manifest::text(bytes) {
            Ok(text) => manifest::settle(read(text)),
            Err(facts) => *facts,
        }
    }
}

fn version(node: &Node<'_>) -> Option<String> {
    VERSIONS.into_iter().find_map(|key| node.text_at(key)).and_then(manifest::requirement)
}

fn read(text: &str) -> FileFacts {
    let mut file = JsonFile::read(text);
    let mut facts = FileFacts { problems: std::mem::take(&mut file.problems), ..FileFacts::default() };
    let root = &file.root;
    if !matches!(root.value, Value::Map(_)) {
        return facts;
    }
    let overrides = root.get("overrides").map(Node::items).unwrap_or_default();
    let overrides: BTreeMap<&str, String> =
        overrides.iter().filter_map(|node| Some((node.text_at("name")?, version(node)?))).collect();
    let own = root.text_at("name").unwrap_or_default();
    let mut add = |list: Option<&Node<'_>>, scope: Scope| {
        for item in list.map(Node::items).unwrap_or_default() {
            let node = item.get("name").unwrap_or(item);
            let Some(name) = node.text().filter(|name| *name != own) else { continue };
            let line = file.place(node).0;
            if !manifest::is_name(name) {
                facts.problems.push(manifest::bad_name(name, (line, 1)));
                continue;
            }
            let host = item.flag_at("host");
            facts.dependencies.push(DependencyDecl {
                ecosystem: Ecosystem::known("vcpkg"),
                name: name.to_owned(),
                requirement: overrides.get(name).cloned().or_else(|| at_least(item)),
                version: None,
                scope: if host { Scope::Build } else { scope },
                kind: DependencyKind::Declared,
                line: Some(line),
            });
        }
    };
    add(root.get("dependencies"), Scope::Runtime);
    for (name, feature) in root.get("features").map(Node::entries).unwrap_or_default() {
        let scope = if name.starts_with("test") { Scope::Test } else { Scope::Optional };
        add(feature.get("dependencies"), scope);
    }
    if let Some(node) = root.get("name").filter(|_| manifest::is_name(own)) {
        facts.packages.push(package(root, own, file.place(node).0));
    }
    facts
}

fn at_least(item: &Node<'_>) -> Option<String> {
    item.text_at("version>=").and_then(|version| manifest::requirement(&format!(">={version}")))
}

fn package(root: &Node<'_>, name: &str, line: u32) -> PackageDecl {
    let description = root.get("description");
    let lines = description.map(Node::items).unwrap_or_default();
    let first = description.and_then(Node::text).or_else(|| lines.first().and_then(Node::text));
    PackageDecl {
        ecosystem: Ecosystem::known("vcpkg"),
        name: name.to_owned(),
        version: version(root),
        description: first.and_then(manifest::description),
        hints: vec![hint("library", 10, "it is a vcpkg package")],
        published: true,
        line: Some(line),
    }
}
