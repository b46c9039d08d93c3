//! Dart and Flutter: `pubspec.yaml` and `pubspec.lock` (<https://dart.dev/tools/pub/pubspec>).
//! It must not run pub, nor report the SDK and folders of this repository as packages.
use super::{
    manifest::{self, hint},
    yaml_file::{self, Node},
};
use crate::facts::{
    model::{DependencyDecl, FileFacts, PackageDecl, RepositoryFiles, TypeHint},
    parser::{Parser, Resolved},
};
use shared::{DependencyKind, Ecosystem, RepoPath, Scope};
use std::collections::BTreeSet;

/// The parser of Dart's package files.
pub(super) struct PubDev;

/// Packages whose direct use shows the type.
const FRAMEWORKS: &[(&str, &str, u8)] = &[
    ("shelf", "service", 45),
    ("shelf_router", "service", 50),
    ("dart_frog", "service", 55),
    ("serverpod", "service", 55),
    ("functions_framework", "service", 55),
    ("angular", "website", 50),
    ("ngdart", "website", 50),
    ("jaspr", "website", 50),
];

/// What `resolve` needs of a manifest.
#[derive(Debug, Default, serde::Serialize, serde::Deserialize)]
struct Extra {
    /// The manifest shares its resolution with other packages of the repository.
    in_workspace: bool,
}

impl Parser for PubDev {
    fn key(&self) -> &'static str {
        "pub"
    }

    fn version(&self) -> u32 {
        1
    }

    fn wants(&self, path: &RepoPath) -> bool {
        matches!(path.file_name(), "pubspec.yaml" | "pubspec.lock")
    }

    fn in_history(&self, path: &RepoPath) -> bool {
        path.file_name() != "pubspec.lock"
    }

    fn parse(&self, file_name: &str, bytes: &[u8]) -> FileFacts {
        let text = match manifest::text(bytes) {
            Err(facts) => return *facts,
            Ok(text) => text,
        };
        let root = match yaml_file::read(text) {
            Err(problem) => return manifest::settle(FileFacts { problems: vec![*problem], ..FileFacts::default() }),
            Ok(root) => root,
        };
        let lines: Vec<&str> = text.lines().collect();
        manifest::settle(if file_name == "pubspec.lock" { lock(&root, &lines) } else { read(&root, &lines) })
    }

    /// Drops dependencies between the members of a workspace: pub takes these from their folders.
    fn resolve(&self, files: &RepositoryFiles) -> Resolved {
        let mut out = Resolved::of_each_file(self.key(), files);
        let is_member = |path: &RepoPath| {
            let extra = files.file(self.key(), path).map(|facts| serde_json::from_value(facts.extra.clone()));
            matches!(extra, Some(Ok(Extra { in_workspace: true })))
        };
        let members = out.packages.iter().filter(|package| is_member(&package.path));
        let own: BTreeSet<String> = members.map(|package| package.decl.name.clone()).collect();
        if !own.is_empty() {
            out.dependencies.retain(|found| !own.contains(&found.decl.name) || !is_member(&found.path));
        }
        out
    }
}

/// Lines between a key and its value that are looked through, for comments.
const MAX_GAP: usize = 10;

/// The line of a key whose value stands on the line `value` or begins below it.
fn key_line(lines: &[&str], key: &str, value: u32) -> u32 {
    let is_key = |line: &str| {
        let line = line.trim_start().trim_start_matches(['"', '\'']);
        line.strip_prefix(key).is_some_and(|rest| rest.trim_start_matches(['"', '\'']).trim_start().starts_with(':'))
    };
    let last = usize::try_from(value).unwrap_or(usize::MAX).min(lines.len());
    let found = (last.saturating_sub(MAX_GAP)..last).rev().find(|index| is_key(lines[*index]));
    found.and_then(|index| u32::try_from(index + 1).ok()).unwrap_or(value)
}

fn read(root: &Node, lines: &[&str]) -> FileFacts {
    let mut facts = FileFacts::default();
    const TABLES: [(&str, Scope); 3] =
        [("dependencies", Scope::Runtime), ("dev_dependencies", Scope::Dev), ("dependency_overrides", Scope::Runtime)];
    for (table, scope) in TABLES {
        for (key, value) in root.get(table).map_or(&[][..], Node::entries) {
            // An override replaces what is asked for above; alone, it asks for itself.
            let is_known = ["dependencies", "dev_dependencies"].iter().any(|table| root.at(&[table, key]).is_some());
            if table != "dependency_overrides" || !is_known {
                dependency((key, value, key_line(lines, key, value.line)), scope, &mut facts);
            }
        }
    }
    let package = package(root, &mut facts);
    facts.packages.extend(package);
    if root.get("workspace").is_some() || root.text_of("resolution") == Some("workspace") {
        facts.extra = serde_json::to_value(Extra { in_workspace: true }).unwrap_or_default();
    }
    facts
}

fn dependency((key, value, line): (&str, &Node, u32), scope: Scope, facts: &mut FileFacts) {
    if value.get("sdk").is_some() || value.get("path").is_some() {
        return;
    }
    let hosted = value.get("hosted");
    let name = hosted.and_then(|hosted| hosted.text_of("name")).unwrap_or(key);
    if !is_package_name(name) {
        facts.problems.push(manifest::bad_name(name, (line, 1)));
        return;
    }
    let git = value.get("git");
    let from = git.and_then(|git| git.text().or_else(|| git.text_of("url"))).map(|url| format!("git+{url}"));
    let written = value.text().or_else(|| value.text_of("version")).map(str::to_owned).or(from);
    facts.dependencies.push(DependencyDecl {
        ecosystem: Ecosystem::known("pub"),
        name: name.to_owned(),
        version: written.as_deref().and_then(pinned),
        requirement: written.as_deref().and_then(manifest::requirement),
        scope,
        kind: DependencyKind::Declared,
        line: Some(line),
    });
}

/// A Dart identifier (<https://dart.dev/tools/pub/pubspec#name>).
fn is_package_name(name: &str) -> bool {
    manifest::is_name(name) && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

/// A lone `1.2.3`.
fn pinned(written: &str) -> Option<String> {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'+');
    let exact = written.starts_with(|c: char| c.is_ascii_digit()) && written.bytes().all(plain);
    exact.then(|| written.to_owned())
}

fn package(root: &Node, facts: &mut FileFacts) -> Option<PackageDecl> {
    let name = root.get("name")?;
    let text = name.text()?;
    if !manifest::is_name(text) {
        facts.problems.push(manifest::bad_name(text, (name.line, 1)));
        return None;
    }
    Some(PackageDecl {
        ecosystem: Ecosystem::known("pub"),
        name: text.to_owned(),
        version: root.text_of("version").and_then(manifest::requirement),
        description: root.text_of("description").and_then(manifest::description),
        hints: hints(root, facts),
        published: root.text_of("publish_to") != Some("none"),
        line: Some(name.line),
    })
}

fn hints(root: &Node, facts: &FileFacts) -> Vec<TypeHint> {
    let mut hints = vec![];
    if root.get("executables").is_some_and(|programs| !programs.entries().is_empty()) {
        hints.push(hint("cli", 45, "pubspec.yaml has executables"));
    }
    let is_flutter = root.at(&["dependencies", "flutter", "sdk"]).is_some();
    let is_plugin = root.at(&["flutter", "plugin"]).is_some();
    // Packages for others are published; an app goes to no registry of packages.
    if is_flutter && !is_plugin && root.text_of("publish_to") == Some("none") {
        hints.push(hint("website", 40, "pubspec.yaml is a Flutter app"));
    }
    for dependency in facts.dependencies.iter().filter(|dependency| dependency.scope == Scope::Runtime) {
        if let Some((name, subtype, weight)) = FRAMEWORKS.iter().find(|(name, _, _)| *name == dependency.name) {
            hints.push(hint(subtype, *weight, format!("pubspec.yaml depends on {name}")));
        }
    }
    hints.push(hint("library", 10, "it is a Dart package"));
    hints.sort_by_key(|hint| std::cmp::Reverse(hint.weight));
    hints
}

/// `pubspec.lock`: packages by name with where they come from.
fn lock(root: &Node, lines: &[&str]) -> FileFacts {
    let mut facts = FileFacts::default();
    for (key, package) in root.get("packages").map_or(&[][..], Node::entries) {
        let source = package.text_of("source").unwrap_or("hosted");
        let name = package.at(&["description", "name"]).and_then(Node::text).unwrap_or(key);
        if matches!(source, "sdk" | "path") || !is_package_name(name) {
            continue;
        }
        let url = package.at(&["description", "url"]).and_then(Node::text).filter(|_| source == "git");
        facts.dependencies.push(DependencyDecl {
            ecosystem: Ecosystem::known("pub"),
            name: name.to_owned(),
            requirement: url.and_then(|url| manifest::requirement(&format!("git+{url}"))),
            version: package.text_of("version").and_then(manifest::requirement),
            scope: if package.text_of("dependency") == Some("direct dev") { Scope::Dev } else { Scope::Runtime },
            kind: DependencyKind::Resolved,
            line: Some(key_line(lines, key, package.line)),
        });
    }
    facts
}
