//! Poetry's own tables in `pyproject.toml` (<https://python-poetry.org/docs/pyproject/>).
//! It must not turn Poetry's caret requirements into other notations.
use super::{
    super::{
        manifest,
        toml_file::{self, Key, TomlFile, Value},
    },
    project, requirement,
};
use crate::facts::model::{DependencyDecl, FileFacts};
use shared::{DependencyKind, Ecosystem, Scope};
use std::collections::BTreeSet;
use toml::de::{DeTable, DeValue};

/// Adds the dependencies of `[tool.poetry]` and its groups.
pub(super) fn dependencies(file: &TomlFile<'_>, facts: &mut FileFacts) {
    let Some(poetry) = file.table(&["tool", "poetry"]) else { return };
    // Poetry's own table only adds a source to what `[project]` asks for.
    let asked: BTreeSet<String> = facts.dependencies.iter().map(|earlier| earlier.name.clone()).collect();
    let mut sourced = FileFacts::default();
    table(file, toml_file::table(poetry, "dependencies"), Scope::Runtime, &mut sourced);
    facts.dependencies.extend(sourced.dependencies.into_iter().filter(|decl| !asked.contains(&decl.name)));
    facts.problems.append(&mut sourced.problems);
    table(file, toml_file::table(poetry, "dev-dependencies"), Scope::Dev, facts);
    for (name, group) in toml_file::table(poetry, "group").into_iter().flatten() {
        let entries = group.get_ref().as_table().and_then(|group| toml_file::table(group, "dependencies"));
        let scope = if name.get_ref() == "main" { Scope::Runtime } else { project::group_scope(name.get_ref()) };
        table(file, entries, scope, facts);
    }
}

/// Adds the entries of one table of names.
pub(super) fn table(file: &TomlFile<'_>, entries: Option<&DeTable<'_>>, scope: Scope, facts: &mut FileFacts) {
    for (key, value) in entries.into_iter().flatten() {
        // The interpreter stands among the dependencies.
        if key.get_ref() != "python" {
            dependency(file, (key, value), scope, facts);
        }
    }
}

fn dependency(file: &TomlFile<'_>, (key, value): (&Key<'_>, &Value<'_>), scope: Scope, facts: &mut FileFacts) {
    let place = file.key_place(key);
    if !manifest::is_name(key.get_ref()) {
        facts.problems.push(manifest::bad_name(key.get_ref(), place));
        return;
    }
    if is_own(value.get_ref()) {
        return;
    }
    // Several constraints for one package are a list of tables: the first stands for all.
    let value = match value.get_ref() {
        DeValue::Array(several) => several.iter().next().map(toml::Spanned::get_ref),
        other => Some(other),
    };
    let optional = value.and_then(DeValue::as_table).is_some_and(|table| toml_file::flag(table, "optional"));
    let written = value.and_then(written);
    facts.dependencies.push(DependencyDecl {
        ecosystem: Ecosystem::known("pypi"),
        name: requirement::normalise(key.get_ref()),
        version: written.as_deref().and_then(pinned),
        requirement: written.as_deref().and_then(manifest::requirement),
        scope: if scope == Scope::Runtime && optional { Scope::Optional } else { scope },
        kind: DependencyKind::Declared,
        line: Some(place.0),
    });
}

/// Whether an entry takes a folder or file of this repository, on whatever condition.
fn is_own(value: &DeValue<'_>) -> bool {
    if let Some(several) = value.as_array() {
        return several.iter().any(|one| one.get_ref().as_table().is_some_and(is_local));
    }
    value.as_table().is_some_and(is_local)
}

fn is_local(table: &DeTable<'_>) -> bool {
    table.get("path").is_some() || toml_file::text(table, "file").is_some_and(|file| !file.contains("://"))
}

/// The names that `[tool.poetry.dependencies]` takes from folders: a place for what `[project]` asks for.
pub(super) fn own(file: &TomlFile<'_>) -> BTreeSet<String> {
    let entries = file.table(&["tool", "poetry", "dependencies"]).into_iter().flatten();
    entries.filter(|(_, value)| is_own(value.get_ref())).map(|(key, _)| requirement::normalise(key.get_ref())).collect()
}

/// The version, else where the package comes from.
fn written(value: &DeValue<'_>) -> Option<String> {
    if let Some(version) = value.as_str() {
        return Some(version.to_owned());
    }
    let table = value.as_table()?;
    let from = |(key, prefix): &(&str, &str)| Some(format!("{prefix}{}", toml_file::text(table, key)?));
    [("version", ""), ("git", "git+"), ("url", "@ "), ("file", "@ ")].iter().find_map(from)
}

/// Poetry takes a bare `1.2.3` for `==1.2.3`.
fn pinned(written: &str) -> Option<String> {
    if written.starts_with(|c: char| c.is_ascii_digit()) {
        return requirement::pinned(&format!("=={written}"));
    }
    requirement::pinned(written)
}
