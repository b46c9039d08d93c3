//! Python: `pyproject.toml`, requirements files, `setup.cfg`, `setup.py` as text, Pipenv's and Conda's files, and the lock
//! files of uv, Poetry, pdm, Pipenv and conda-lock. It must not run pip, a build backend or `setup.py`.
mod conda;
mod ini;
mod lock;
mod lock_scopes;
mod pipfile;
mod poetry;
mod project;
mod requirement;
mod requirements;
mod setup_cfg;
mod setup_py;

use super::manifest;
use crate::facts::{
    model::{FileFacts, RepositoryFiles},
    parser::{Parser, Resolved},
};
use shared::RepoPath;
use std::collections::BTreeSet;

/// The parser of Python's package files.
pub(super) struct Python;

impl Parser for Python {
    fn key(&self) -> &'static str {
        "python"
    }

    fn version(&self) -> u32 {
        2
    }

    fn wants(&self, path: &RepoPath) -> bool {
        let name = path.file_name();
        matches!(name, "pyproject.toml" | "Pipfile" | "Pipfile.lock" | "setup.cfg" | "setup.py")
            || is_toml_lock(name)
            || is_requirements(path, name)
            || conda::is_environment(path)
            || conda::is_lock(name)
    }

    fn in_history(&self, path: &RepoPath) -> bool {
        let name = path.file_name();
        name != "Pipfile.lock" && !is_toml_lock(name) && !conda::is_lock(name)
    }

    fn max_bytes(&self) -> u64 {
        16 << 20
    }

    fn parse(&self, file_name: &str, bytes: &[u8]) -> FileFacts {
        let text = match manifest::text(bytes) {
            Err(facts) => return *facts,
            Ok(text) => text,
        };
        manifest::settle(match file_name {
            "pyproject.toml" => project::read(text),
            "Pipfile" => pipfile::read(text),
            "Pipfile.lock" => pipfile::lock(text),
            "setup.cfg" => setup_cfg::read(text),
            "setup.py" => setup_py::read(text),
            name if is_toml_lock(name) => lock::read(text),
            name if conda::is_lock(name) => conda::lock(text),
            name if name.ends_with(".yml") || name.ends_with(".yaml") => conda::read(name, text),
            name => requirements::read(name, text),
        })
    }

    /// Joins requirements files, names packages without a name after their folder, and drops what a uv workspace finds in
    /// its own folders.
    fn resolve(&self, files: &RepositoryFiles) -> Resolved {
        let mut out = requirements::resolve(self.key(), files);
        let named = out.packages.iter().filter(|package| !package.decl.name.is_empty());
        let named: BTreeSet<RepoPath> = named.map(|package| package.path.parent()).collect();
        out.packages.retain(|package| !package.decl.name.is_empty() || !named.contains(&package.path.parent()));
        for package in &mut out.packages {
            if package.decl.name.is_empty() {
                package.decl.name = requirement::normalise(&manifest::folder_name(&package.path, &files.repository));
            }
        }
        for (path, _, facts) in files.of_parser(self.key()) {
            if let Ok(extra) = serde_json::from_value::<project::Extra>(facts.extra.clone()) {
                let folder = path.parent();
                out.dependencies.retain(|dependency| {
                    !extra.own.contains(&dependency.decl.name) || !dependency.path.starts_with(&folder)
                });
            }
        }
        out
    }
}

/// `uv.lock`, `poetry.lock`, `pdm.lock`, `pylock.toml` and `pylock.<name>.toml`.
fn is_toml_lock(name: &str) -> bool {
    matches!(name, "uv.lock" | "poetry.lock" | "pdm.lock" | "pylock.toml")
        || (name.starts_with("pylock.") && name.ends_with(".toml"))
}

/// `requirements.txt`, `requirements-dev.in`, `dev-requirements.txt`, `constraints.txt`, `requirements/dev.txt` …
fn is_requirements(path: &RepoPath, name: &str) -> bool {
    let Some(stem) = name.strip_suffix(".txt").or_else(|| name.strip_suffix(".in")) else { return false };
    let ends = |word: &str| stem.starts_with(word) || stem.ends_with(word);
    ends("requirements") || ends("constraints") || path.parent().file_name() == "requirements"
}
