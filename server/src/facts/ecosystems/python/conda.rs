//! Conda environments (<https://docs.conda.io/projects/conda/en/latest/user-guide/tasks/manage-environments.html>) and
//! `conda-lock.yml`. It must not read recipes (`meta.yaml`), which are templates.
use super::{
    super::{
        manifest,
        yaml_file::{self, Node},
    },
    requirement, requirements,
};
use crate::facts::model::{DependencyDecl, FileFacts};
use shared::{DependencyKind, Ecosystem, RepoPath, Scope};
use std::collections::HashSet;

/// Whether a file may be an environment: `environment.yml`, `environment-dev.yaml`, `conda_env.yml` …
pub(super) fn is_environment(path: &RepoPath) -> bool {
    let Some(stem) = stem(path.file_name()) else { return false };
    stem.starts_with("environment") || stem.ends_with("environment") || stem.starts_with("conda")
}

/// Whether a file name is one that conda-lock writes.
pub(super) fn is_lock(name: &str) -> bool {
    stem(name).is_some_and(|stem| stem == "conda-lock" || stem.ends_with(".conda-lock"))
}

fn stem(name: &str) -> Option<&str> {
    name.strip_suffix(".yml").or_else(|| name.strip_suffix(".yaml"))
}

/// Reads an environment; a file of that name without a list of dependencies is another kind and says nothing.
pub(super) fn read(file_name: &str, text: &str) -> FileFacts {
    let mut facts = FileFacts::default();
    if !text.lines().any(|line| line.starts_with("dependencies:")) {
        return facts;
    }
    let root = match yaml_file::read(text) {
        Ok(root) => root,
        Err(problem) => {
            facts.problems.push(*problem);
            return facts;
        }
    };
    let scope = requirements::scope_of(file_name);
    let mut includes = vec![];
    for item in root.get("dependencies").map_or(&[][..], Node::items) {
        match item.text() {
            Some(text) => package(text, item.line, scope, &mut facts),
            None => {
                for item in item.get("pip").map_or(&[][..], Node::items) {
                    let text = item.text().unwrap_or_default().split(" #").next().unwrap_or_default();
                    requirements::read_line(text, item.line, &mut includes, (scope, &mut facts));
                }
            }
        }
    }
    if !includes.is_empty() {
        facts.extra = serde_json::to_value(includes).unwrap_or_default();
    }
    facts
}

/// `channel::name>=1,<2`, `name=1.2=build`, `name[version='>1']`.
fn package(text: &str, line: u32, scope: Scope, facts: &mut FileFacts) {
    let text = text.rsplit("::").next().unwrap_or_default().trim();
    let end = text.find([' ', '=', '<', '>', '!', '~', '[']).unwrap_or(text.len());
    let (name, rest) = text.split_at(end);
    // The interpreter stands among the dependencies, and `__cuda` and its like are the machine.
    if name == "python" || name.starts_with("__") {
        return;
    }
    if !is_package_name(name) {
        facts.problems.push(manifest::bad_name(text, (line, 1)));
        return;
    }
    facts.dependencies.push(DependencyDecl {
        ecosystem: Ecosystem::known("conda"),
        name: name.to_ascii_lowercase(),
        requirement: manifest::requirement(rest),
        version: pinned(rest.trim()),
        scope,
        kind: DependencyKind::Declared,
        line: Some(line),
    });
}

fn is_package_name(name: &str) -> bool {
    manifest::is_name(name) && name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.'))
}

/// `==1.2.3`, or a version with a build; `=1.2` takes every `1.2.*`.
fn pinned(rest: &str) -> Option<String> {
    let version = match rest.strip_prefix("==") {
        Some(version) => version.trim(),
        None => rest.strip_prefix('=')?.split_once('=')?.0,
    };
    let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'+' | b'!');
    (!version.is_empty() && version.bytes().all(plain)).then(|| version.to_owned())
}

/// What is known of the entry of a `conda-lock.yml` that is being read.
#[derive(Default)]
struct Locked<'a> {
    name: &'a str,
    line: u32,
    version: &'a str,
    manager: &'a str,
    category: &'a str,
}

/// `conda-lock.yml`: entries of one list, each at the same depth, as conda-lock writes them. These files are far too long
/// for a tree, and of each entry four plain keys count.
pub(super) fn lock(text: &str) -> FileFacts {
    let mut facts = FileFacts::default();
    let mut seen = HashSet::new();
    let mut entry = Locked::default();
    // The depth of the entries' dashes, once one was met below `package:`.
    let mut list: Option<usize> = None;
    let mut inside = false;
    for (raw, line) in text.lines().zip(1u32..) {
        let trimmed = raw.trim_start();
        let depth = raw.len() - trimmed.len();
        if depth == 0 && !trimmed.is_empty() && !trimmed.starts_with(['-', '#']) {
            inside = trimmed.starts_with("package:");
        }
        let begins = trimmed.strip_prefix("- ").filter(|_| inside && list.is_none_or(|list| list == depth));
        if begins.is_some() {
            facts.dependencies.extend(locked(&std::mem::take(&mut entry), &mut seen));
            list = Some(depth);
        }
        let keyed = begins.or_else(|| Some(trimmed).filter(|_| inside && list.is_some_and(|list| list + 2 == depth)));
        let Some((key, value)) = keyed.and_then(|keyed| keyed.split_once(':')) else { continue };
        let value = value.trim().trim_matches(['\'', '"']);
        match key {
            "name" => (entry.name, entry.line) = (value, line),
            "version" => entry.version = value,
            "manager" => entry.manager = value,
            "category" => entry.category = value,
            _ => {}
        }
    }
    facts.dependencies.extend(locked(&entry, &mut seen));
    facts
}

/// One dependency per name and version over all platforms.
fn locked<'a>(entry: &Locked<'a>, seen: &mut HashSet<(&'a str, &'a str)>) -> Option<DependencyDecl> {
    let named = is_package_name(entry.name) && !matches!(entry.name, "python") && !entry.name.starts_with("__");
    if !named || !seen.insert((entry.name, entry.version)) {
        return None;
    }
    let is_pip = entry.manager == "pip";
    Some(DependencyDecl {
        ecosystem: Ecosystem::known(if is_pip { "pypi" } else { "conda" }),
        name: if is_pip { requirement::normalise(entry.name) } else { entry.name.to_ascii_lowercase() },
        requirement: None,
        version: manifest::requirement(entry.version),
        scope: match entry.category {
            "" | "main" => Scope::Runtime,
            other => super::project::group_scope(other),
        },
        kind: DependencyKind::Resolved,
        line: Some(entry.line),
    })
}
