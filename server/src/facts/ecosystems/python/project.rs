//! `pyproject.toml`: PEP 621 metadata, PEP 735 dependency groups, PEP 518 build requirements, and uv's and pdm's own
//! development lists. It must not know Poetry's tables, which `poetry` reads.
use super::{
    super::{
        manifest::{self, hint},
        toml_file::{self, TomlFile, Value},
    },
    poetry, requirement,
    requirements::{self, Wanted},
};
use crate::facts::model::{DependencyDecl, FileFacts, PackageDecl, TypeHint};
use shared::{DependencyKind, Ecosystem, Scope, Severity};
use std::collections::{BTreeMap, BTreeSet};
use toml::de::DeTable;

/// Packages whose direct use shows the type.
const FRAMEWORKS: &[(&str, &str, u8)] = &[
    ("aiohttp", "service", 12),
    ("django", "service", 50),
    ("fastapi", "service", 50),
    ("flask", "service", 50),
    ("grpcio", "service", 8),
    ("gunicorn", "service", 50),
    ("litestar", "service", 50),
    ("sanic", "service", 50),
    ("starlette", "service", 45),
    ("tornado", "service", 45),
    ("uvicorn", "service", 50),
    ("dash", "website", 50),
    ("gradio", "website", 50),
    ("streamlit", "website", 55),
];

/// Reads a project file.
pub(super) fn read(text: &str) -> FileFacts {
    let mut file = TomlFile::read(text);
    let mut facts = FileFacts { problems: std::mem::take(&mut file.problems), ..FileFacts::default() };
    if let Some(project) = file.table(&["project"]) {
        project_dependencies(&file, project, &mut facts);
    }
    if let Some(build) = file.table(&["build-system"]) {
        specifiers(&file, toml_file::list(build, "requires"), Scope::Build, &mut facts);
    }
    for (name, group) in file.table(&["dependency-groups"]).into_iter().flatten() {
        let items = group.get_ref().as_array().into_iter().flat_map(|array| array.iter());
        specifiers(&file, items, group_scope(name.get_ref()), &mut facts);
    }
    if let Some(uv) = file.table(&["tool", "uv"]) {
        specifiers(&file, toml_file::list(uv, "dev-dependencies"), Scope::Dev, &mut facts);
    }
    for (name, environment) in file.table(&["tool", "hatch", "envs"]).into_iter().flatten() {
        let environment = environment.get_ref().as_table();
        for key in ["dependencies", "extra-dependencies"] {
            let items = environment.into_iter().flat_map(|table| toml_file::list(table, key));
            specifiers(&file, items, group_scope(name.get_ref().trim_start_matches("hatch-")), &mut facts);
        }
    }
    if let Some(flit) = file.table(&["tool", "flit", "metadata"]) {
        specifiers(&file, toml_file::list(flit, "requires"), Scope::Runtime, &mut facts);
    }
    for (_, group) in file.table(&["tool", "pdm", "dev-dependencies"]).into_iter().flatten() {
        let items = group.get_ref().as_array().into_iter().flat_map(|array| array.iter());
        specifiers(&file, items, Scope::Dev, &mut facts);
    }
    poetry::dependencies(&file, &mut facts);
    sources(&file, &mut facts);
    file.drop_guesses(&mut facts);
    facts.dependencies.sort_by_key(|dependency| dependency.line);
    facts.packages.extend(package(&file, &mut facts.problems));
    let hints = hints(&file, &facts);
    facts.packages.iter_mut().for_each(|package| package.hints.clone_from(&hints));
    drop_own(&mut facts);
    facts
}

/// Takes out what uv or Poetry finds in a folder, and gives what uv finds in a git repository its source. The root of a
/// workspace says this for its members too.
fn sources(file: &TomlFile<'_>, facts: &mut FileFacts) {
    let mut own = poetry::own(file);
    let mut git = BTreeMap::new();
    for (name, value) in file.table(&["tool", "uv", "sources"]).into_iter().flatten() {
        let name = requirement::normalise(name.get_ref());
        let value = value.get_ref();
        let first = value.as_array().and_then(|several| several.iter().next());
        let Some(table) = value.as_table().or_else(|| first.and_then(|first| first.get_ref().as_table())) else {
            continue;
        };
        if toml_file::flag(table, "workspace") || table.get("path").is_some() {
            own.insert(name);
        } else if let Some(url) = toml_file::text(table, "git") {
            git.insert(name, format!("git+{url}"));
        }
    }
    facts.dependencies.retain(|dependency| !own.contains(&dependency.name));
    for dependency in facts.dependencies.iter_mut().filter(|dependency| dependency.requirement.is_none()) {
        dependency.requirement = git.get(&dependency.name).and_then(|url| manifest::requirement(url));
    }
    if !own.is_empty() && file.table(&["tool", "uv", "workspace"]).is_some() {
        facts.extra = serde_json::to_value(Extra { own }).unwrap_or_default();
    }
}

/// What `resolve` needs of the root of a uv workspace.
#[derive(Debug, Default, serde::Serialize, serde::Deserialize)]
pub(super) struct Extra {
    /// Packages that every member takes from the workspace.
    pub own: BTreeSet<String>,
}

/// A package that names itself asks for its own extras.
pub(super) fn drop_own(facts: &mut FileFacts) {
    let FileFacts { packages, dependencies, .. } = facts;
    dependencies.retain(|dependency| !packages.iter().any(|package| package.name == dependency.name));
}

/// A group for tests is of the scope test, any other of dev.
pub(super) fn group_scope(name: &str) -> Scope {
    if matches!(requirement::normalise(name).as_str(), "test" | "tests" | "testing") { Scope::Test } else { Scope::Dev }
}

fn project_dependencies(file: &TomlFile<'_>, project: &DeTable<'_>, facts: &mut FileFacts) {
    specifiers(file, toml_file::list(project, "dependencies"), Scope::Runtime, facts);
    for (_, extra) in toml_file::table(project, "optional-dependencies").into_iter().flatten() {
        let items = extra.get_ref().as_array().into_iter().flat_map(|array| array.iter());
        specifiers(file, items, Scope::Optional, facts);
    }
}

fn specifiers<'t, 'a: 't>(
    file: &TomlFile<'_>,
    items: impl Iterator<Item = &'t Value<'a>>,
    scope: Scope,
    facts: &mut FileFacts,
) {
    for item in items {
        // `{include-group = "…"}` repeats a group of the same file, which is read on its own.
        let Some(text) = item.get_ref().as_str() else { continue };
        specifier(text, scope, file.place(item), facts);
    }
}

/// Adds what one requirement asks for; folders of this repository are none.
pub(super) fn specifier(text: &str, scope: Scope, place: (u32, u32), facts: &mut FileFacts) {
    match requirements::wanted(text) {
        Wanted::Package(specifier) => facts.dependencies.push(declared(specifier, scope, place.0)),
        Wanted::Local => {}
        Wanted::Nothing => facts.problems.push(bad_specifier(text, place)),
    }
}

/// A specifier as a dependency that a person asked for.
fn declared(specifier: requirement::Specifier, scope: Scope, line: u32) -> DependencyDecl {
    DependencyDecl {
        ecosystem: Ecosystem::known("pypi"),
        name: specifier.name,
        requirement: specifier.requirement.as_deref().and_then(manifest::requirement),
        version: specifier.version,
        scope,
        kind: DependencyKind::Declared,
        line: Some(line),
    }
}

/// The problem of a text that is no dependency specifier.
fn bad_specifier(text: &str, place: (u32, u32)) -> crate::facts::model::Problem {
    if manifest::is_templated(text) {
        return manifest::bad_name(text, place);
    }
    let shown = manifest::tidy(text, 80);
    let message = format!("\"{shown}\" is not a dependency specifier; write name, then versions. It is left out.");
    manifest::problem("dependency-invalid-specifier", Severity::Warning, Some(place), message)
}

fn package(file: &TomlFile<'_>, problems: &mut Vec<crate::facts::model::Problem>) -> Option<PackageDecl> {
    let project = file.table(&["project"]);
    let poetry = file.table(&["tool", "poetry"]);
    let name = [project, poetry].into_iter().flatten().find_map(|table| table.get("name"))?;
    let text = name.get_ref().as_str()?;
    if !manifest::is_name(text) {
        problems.push(manifest::bad_name(text, file.place(name)));
        return None;
    }
    let field = |key| [project, poetry].into_iter().flatten().find_map(|table| toml_file::text(table, key));
    Some(PackageDecl {
        ecosystem: Ecosystem::known("pypi"),
        name: requirement::normalise(text),
        version: field("version").and_then(manifest::requirement),
        description: field("description").and_then(manifest::description),
        hints: vec![],
        published: published(file),
        line: Some(file.place(name).0),
    })
}

fn published(file: &TomlFile<'_>) -> bool {
    let classifiers = ["project", "tool.poetry"].iter().filter_map(|path| {
        let path: Vec<&str> = path.split('.').collect();
        Some(toml_file::texts(file.table(&path)?, "classifiers"))
    });
    let private = classifiers.flatten().any(|classifier| classifier.starts_with("Private ::"));
    let no = |path: &[&str], key: &str| {
        let value = file.table(path).and_then(|table| table.get(key));
        value.and_then(|value| value.get_ref().as_bool()) == Some(false)
    };
    !private && !no(&["tool", "poetry"], "package-mode") && !no(&["tool", "uv"], "package")
}

fn hints(file: &TomlFile<'_>, facts: &FileFacts) -> Vec<TypeHint> {
    let mut hints = vec![];
    let scripts = [&["project", "scripts"][..], &["tool", "poetry", "scripts"], &["project", "gui-scripts"]];
    if scripts.iter().any(|path| file.table(path).is_some_and(|table| !table.is_empty())) {
        hints.push(hint("cli", 45, "pyproject.toml installs a command"));
    }
    hints.extend(framework_hints("pyproject.toml", facts));
    hints.sort_by_key(|hint| std::cmp::Reverse(hint.weight));
    hints
}

/// What the direct dependencies show of the type, heaviest first; at least that it is a library.
pub(super) fn framework_hints(file_name: &str, facts: &FileFacts) -> Vec<TypeHint> {
    let mut hints = vec![];
    for dependency in facts.dependencies.iter().filter(|dependency| dependency.scope == Scope::Runtime) {
        if let Some((name, subtype, weight)) = FRAMEWORKS.iter().find(|(name, _, _)| *name == dependency.name) {
            hints.push(hint(subtype, *weight, format!("{file_name} depends on {name}")));
        }
    }
    hints.push(hint("library", 10, "it is a Python project"));
    hints.sort_by_key(|hint| std::cmp::Reverse(hint.weight));
    hints
}
