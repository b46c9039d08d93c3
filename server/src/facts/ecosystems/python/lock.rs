//! `uv.lock`, `poetry.lock`, `pdm.lock` and `pylock.toml`: one table per resolved package
//! (<https://docs.astral.sh/uv/concepts/projects/layout/#the-lockfile>, <https://packaging.python.org/en/latest/specifications/pylock-toml/>).
//! It must not report members, folders and archives of this repository.
use super::{
    super::{
        manifest,
        toml_file::{self, TomlFile},
    },
    lock_scopes, project, requirement,
};
use crate::facts::model::{DependencyDecl, FileFacts};
use shared::{DependencyKind, Ecosystem, Scope};
use toml::de::DeTable;

/// Keys of a source, or of a package, that mean a place in this repository.
const OWN: [&str; 5] = ["editable", "virtual", "directory", "path", "file"];

/// Reads a lock file.
pub(super) fn read(text: &str) -> FileFacts {
    let file = TomlFile::read(text);
    let mut facts = FileFacts::default();
    let scopes = lock_scopes::of(&file);
    let items = toml_file::list(&file.root, "package").chain(toml_file::list(&file.root, "packages"));
    for package in items.filter_map(|item| item.get_ref().as_table()) {
        let Some(name) = package.get("name") else { continue };
        let Some(text) = name.get_ref().as_str().filter(|_| !is_own(package)) else { continue };
        if !manifest::is_name(text) {
            continue;
        }
        let normal = requirement::normalise(text);
        let scope = scopes.get(normal.as_str()).copied().or_else(|| written_scope(package));
        facts.dependencies.push(DependencyDecl {
            ecosystem: Ecosystem::known("pypi"),
            requirement: source(package).as_deref().and_then(manifest::requirement),
            version: toml_file::text(package, "version").and_then(manifest::requirement),
            scope: scope.unwrap_or(Scope::Runtime),
            kind: DependencyKind::Resolved,
            line: Some(file.place(name).0),
            name: normal,
        });
    }
    facts.problems = file.problems;
    facts
}

/// Whether a package lies in this repository: by its source, or, in pdm's and the standard's files, by a key of its own.
pub(super) fn is_own(package: &DeTable<'_>) -> bool {
    let source = toml_file::table(package, "source");
    let kind = source.and_then(|source| toml_file::text(source, "type"));
    if matches!(kind, Some("directory" | "file")) {
        return true;
    }
    let local = |table: &DeTable<'_>| OWN.iter().any(|key| table.get(*key).is_some());
    let remote = ["git", "url", "vcs"].iter().any(|key| package.get(*key).is_some());
    source.is_some_and(local)
        || package.get("directory").is_some()
        || (package.get("path").is_some() && !remote)
        || toml_file::table(package, "archive").is_some_and(|archive| archive.get("path").is_some())
}

/// Where a package comes from when that is no registry.
fn source(package: &DeTable<'_>) -> Option<String> {
    let source = toml_file::table(package, "source");
    if source.and_then(|source| toml_file::text(source, "type")) == Some("git") {
        return Some(format!("git+{}", toml_file::text(source?, "url")?));
    }
    let git = source.and_then(|source| toml_file::text(source, "git")).or_else(|| toml_file::text(package, "git"));
    let vcs = toml_file::table(package, "vcs").and_then(|vcs| toml_file::text(vcs, "url"));
    git.or(vcs).map(|url| format!("git+{url}"))
}

/// The scope that Poetry and pdm write down: groups, before Poetry 1.5 a category, and an optional mark.
fn written_scope(package: &DeTable<'_>) -> Option<Scope> {
    let groups = toml_file::texts(package, "groups");
    if let Some(category) = toml_file::text(package, "category").filter(|category| *category != "main") {
        return Some(project::group_scope(category));
    }
    let is_main = |group: &String| matches!(group.as_str(), "main" | "default");
    if !groups.is_empty() && !groups.iter().any(is_main) {
        return groups.iter().map(|group| project::group_scope(group)).min_by_key(|scope| *scope == Scope::Dev);
    }
    toml_file::flag(package, "optional").then_some(Scope::Optional)
}
