//! One `Cargo.toml` taken for itself: its package, its dependencies, and what it offers to or takes from a workspace.
//! It must not look at another file.
use super::super::{
    manifest::{self, hint},
    toml_file::{self, Key, TomlFile, Value},
};
use crate::facts::model::{DependencyDecl, FileFacts, PackageDecl, TypeHint};
use serde::{Deserialize, Serialize};
use shared::{DependencyKind, Ecosystem, Scope};
use std::collections::BTreeMap;
use toml::de::DeTable;

/// What `workspace::resolve` needs of a manifest.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Extra {
    /// The manifest has `[workspace]`.
    pub workspace: Option<Workspace>,
    /// Keys of `[package]` that say `workspace = true`.
    pub inherits: Vec<String>,
    /// Dependencies that say `workspace = true`, by index into the file's dependencies, with the key as written.
    pub inherited: BTreeMap<usize, String>,
}

/// What a workspace root offers to its members.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Workspace {
    pub members: Vec<String>,
    pub exclude: Vec<String>,
    pub version: Option<String>,
    pub description: Option<String>,
    pub publish: Option<bool>,
    /// By key as written: the package's name and its requirement.
    pub dependencies: BTreeMap<String, (String, Option<String>)>,
}

/// Frameworks that make a package with a direct dependency on them a service or a website.
const FRAMEWORKS: &[(&str, &str, u8)] = &[
    ("actix-web", "service", 50),
    ("axum", "service", 50),
    ("gotham", "service", 50),
    ("lambda_runtime", "service", 50),
    ("poem", "service", 50),
    ("rocket", "service", 50),
    ("salvo", "service", 50),
    ("tide", "service", 50),
    ("tonic", "service", 15),
    ("warp", "service", 50),
    ("dioxus", "website", 45),
    ("leptos", "website", 45),
    ("sycamore", "website", 45),
    ("yew", "website", 45),
    ("clap", "cli", 20),
];

/// Members and exclusions of one workspace that are looked at.
const MAX_MEMBERS: usize = 500;

/// Reads a manifest.
pub(super) fn read(text: &str) -> FileFacts {
    let mut file = TomlFile::read(text);
    let mut facts = FileFacts { problems: std::mem::take(&mut file.problems), ..FileFacts::default() };
    let mut extra = Extra { workspace: workspace(&file), ..Extra::default() };
    dependencies(&file, &file.root, &mut facts, &mut extra);
    let targets = file.table(&["target"]).into_iter().flat_map(|targets| targets.values());
    for target in targets.filter_map(|target| target.get_ref().as_table()) {
        dependencies(&file, target, &mut facts, &mut extra);
    }
    if let Some(package) = file.table(&["package"]) {
        facts.packages.extend(self::package(&file, package, &facts, &mut extra));
    }
    facts.extra = serde_json::to_value(extra).unwrap_or_default();
    facts
}

fn package(file: &TomlFile<'_>, table: &DeTable<'_>, facts: &FileFacts, extra: &mut Extra) -> Option<PackageDecl> {
    let name = table.get("name")?;
    let text = name.get_ref().as_str().filter(|name| manifest::is_name(name))?;
    for key in ["version", "description", "publish"] {
        if toml_file::table(table, key).is_some_and(|value| toml_file::flag(value, "workspace")) {
            extra.inherits.push(key.to_owned());
        }
    }
    Some(PackageDecl {
        ecosystem: Ecosystem::known("cargo"),
        name: text.to_owned(),
        version: toml_file::text(table, "version").and_then(manifest::requirement),
        description: toml_file::text(table, "description").and_then(manifest::description),
        hints: hints(file, facts),
        published: published(table).unwrap_or(true),
        line: Some(file.place(name).0),
    })
}

/// `publish = false` and `publish = []` forbid publishing; a list of registries allows it.
fn published(table: &DeTable<'_>) -> Option<bool> {
    let value = table.get("publish")?.get_ref();
    value.as_bool().or_else(|| value.as_array().map(|registries| !registries.is_empty()))
}

fn hints(file: &TomlFile<'_>, facts: &FileFacts) -> Vec<TypeHint> {
    let mut hints = vec![];
    let direct = |dependency: &&DependencyDecl| dependency.scope == Scope::Runtime;
    for dependency in facts.dependencies.iter().filter(direct) {
        let framework = FRAMEWORKS.iter().find(|(name, _, _)| *name == dependency.name);
        if let Some((name, subtype, weight)) = framework {
            hints.push(hint(subtype, *weight, format!("Cargo.toml depends on {name}")));
        }
    }
    if file.root.contains_key("bin") {
        hints.push(hint("cli", 40, "Cargo.toml has a [[bin]] target"));
    }
    match file.table(&["lib"]) {
        Some(lib) if toml_file::flag(lib, "proc-macro") || toml_file::flag(lib, "proc_macro") => {
            hints.push(hint("library", 80, "Cargo.toml has a procedural macro library"));
        }
        Some(_) => hints.push(hint("library", 30, "Cargo.toml has a [lib] target")),
        None => hints.push(hint("library", 10, "it is a Cargo package")),
    }
    hints.sort_by_key(|hint| std::cmp::Reverse(hint.weight));
    hints
}

fn workspace(file: &TomlFile<'_>) -> Option<Workspace> {
    let table = file.table(&["workspace"])?;
    let mut workspace = Workspace {
        members: toml_file::texts(table, "members").into_iter().take(MAX_MEMBERS).collect(),
        exclude: toml_file::texts(table, "exclude").into_iter().take(MAX_MEMBERS).collect(),
        ..Workspace::default()
    };
    if let Some(package) = toml_file::table(table, "package") {
        workspace.version = toml_file::text(package, "version").and_then(manifest::requirement);
        workspace.description = toml_file::text(package, "description").and_then(manifest::description);
        workspace.publish = published(package);
    }
    for (key, value) in toml_file::table(table, "dependencies").into_iter().flatten() {
        let name = real_name(key, value).to_owned();
        workspace.dependencies.insert(key.get_ref().to_string(), (name, requirement(value)));
    }
    Some(workspace)
}

/// The three dependency tables of the manifest's root or of one target.
fn dependencies(file: &TomlFile<'_>, table: &DeTable<'_>, facts: &mut FileFacts, extra: &mut Extra) {
    const TABLES: [(&str, Scope); 5] = [
        ("dependencies", Scope::Runtime),
        ("dev-dependencies", Scope::Dev),
        ("dev_dependencies", Scope::Dev),
        ("build-dependencies", Scope::Build),
        ("build_dependencies", Scope::Build),
    ];
    for (name, scope) in TABLES {
        let mut entries: Vec<_> = toml_file::table(table, name).into_iter().flatten().collect();
        entries.sort_by_key(|(key, _)| key.span().start);
        for (key, value) in entries {
            dependency(file, (key, value), scope, (facts, extra));
        }
    }
}

fn dependency(
    file: &TomlFile<'_>,
    (key, value): (&Key<'_>, &Value<'_>),
    scope: Scope,
    (facts, extra): (&mut FileFacts, &mut Extra),
) {
    let name = real_name(key, value);
    if !manifest::is_name(name) {
        facts.problems.push(manifest::bad_name(name, file.key_place(key)));
        return;
    }
    let detail = value.get_ref().as_table();
    let flag = |name| detail.is_some_and(|table| toml_file::flag(table, name));
    if flag("workspace") {
        extra.inherited.insert(facts.dependencies.len(), key.get_ref().to_string());
    }
    facts.dependencies.push(DependencyDecl {
        ecosystem: Ecosystem::known("cargo"),
        name: name.to_owned(),
        requirement: requirement(value),
        version: None,
        scope: if scope == Scope::Runtime && flag("optional") { Scope::Optional } else { scope },
        kind: DependencyKind::Declared,
        line: Some(file.key_place(key).0),
    });
}

/// The package's own name: `package =` when the dependency is renamed, else the key.
fn real_name<'t>(key: &'t Key<'_>, value: &'t Value<'_>) -> &'t str {
    let renamed = value.get_ref().as_table().and_then(|table| toml_file::text(table, "package"));
    renamed.unwrap_or(key.get_ref())
}

/// The version requirement; without one, where the dependency comes from.
fn requirement(value: &Value<'_>) -> Option<String> {
    if let Some(version) = value.get_ref().as_str() {
        return manifest::requirement(version);
    }
    let table = value.get_ref().as_table()?;
    if let Some(version) = toml_file::text(table, "version") {
        return manifest::requirement(version);
    }
    if let Some(path) = toml_file::text(table, "path") {
        return manifest::requirement(&format!("path:{path}"));
    }
    let git = toml_file::text(table, "git")?;
    let at = ["rev", "tag", "branch"].iter().find_map(|key| toml_file::text(table, key));
    manifest::requirement(&at.map_or_else(|| format!("git+{git}"), |at| format!("git+{git}#{at}")))
}
