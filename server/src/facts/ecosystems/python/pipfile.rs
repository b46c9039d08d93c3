//! `Pipfile` (TOML) and `Pipfile.lock` (JSON) of Pipenv (<https://pipenv.pypa.io/en/latest/pipfile.html>).
//! It must not report what is installed from a folder of this repository.
use super::{
    super::{json_file::JsonFile, manifest, toml_file::TomlFile},
    poetry, project, requirement,
};
use crate::facts::model::{DependencyDecl, FileFacts};
use shared::{DependencyKind, Ecosystem, Scope};

/// Tables of a Pipfile that hold no packages.
const OTHERS: [&str; 5] = ["source", "requires", "scripts", "pipenv", "build-system"];

/// Reads a Pipfile.
pub(super) fn read(text: &str) -> FileFacts {
    let mut file = TomlFile::read(text);
    let mut facts = FileFacts { problems: std::mem::take(&mut file.problems), ..FileFacts::default() };
    for (name, value) in file.root.iter().filter(|(name, _)| !OTHERS.contains(&name.get_ref().as_ref())) {
        poetry::table(&file, value.get_ref().as_table(), scope_of(name.get_ref()), &mut facts);
    }
    file.drop_guesses(&mut facts);
    facts.dependencies.sort_by_key(|dependency| dependency.line);
    facts
}

/// Categories: `packages` and `default`, `dev-packages` and `develop`, and whatever else a project names.
fn scope_of(category: &str) -> Scope {
    match category {
        "packages" | "default" => Scope::Runtime,
        other => project::group_scope(other.strip_suffix("-packages").unwrap_or(other)),
    }
}

/// Reads a lock file: categories of names.
pub(super) fn lock(text: &str) -> FileFacts {
    let file = JsonFile::read(text);
    let mut dependencies = vec![];
    for (category, packages) in file.root.entries().iter().filter(|(category, _)| category != "_meta") {
        for (key, package) in packages.entries() {
            let local = |key| package.text_at(key).is_some_and(|place| !place.contains("://"));
            if local("path") || local("file") || !manifest::is_name(key) {
                continue;
            }
            let version = package.text_at("version").map(|version| version.trim_start_matches('='));
            let git = package.text_at("git").map(|url| format!("git+{}", url.trim_start_matches("git+")));
            dependencies.push(DependencyDecl {
                ecosystem: Ecosystem::known("pypi"),
                name: requirement::normalise(key),
                version: version.or_else(|| package.text_at("ref")).and_then(manifest::requirement),
                requirement: git.as_deref().and_then(manifest::requirement),
                scope: scope_of(category),
                kind: DependencyKind::Resolved,
                line: Some(file.place(package).0),
            });
        }
    }
    FileFacts { dependencies, problems: file.problems, ..FileFacts::default() }
}
