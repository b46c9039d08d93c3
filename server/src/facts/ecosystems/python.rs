//! Python: `pyproject.toml` and requirements files. It must not run pip, a build backend or `setup.py`.
mod poetry;
mod project;
mod requirement;
mod requirements;

use super::manifest;
use crate::facts::{
    model::{FileFacts, RepositoryFiles},
    parser::{Parser, Resolved},
};
use shared::RepoPath;

/// The parser of Python's package files.
pub(super) struct Python;

impl Parser for Python {
    fn key(&self) -> &'static str {
        "python"
    }

    fn version(&self) -> u32 {
        1
    }

    fn wants(&self, path: &RepoPath) -> bool {
        let name = path.file_name();
        name == "pyproject.toml" || is_requirements(path, name)
    }

    fn parse(&self, file_name: &str, bytes: &[u8]) -> FileFacts {
        match manifest::text(bytes) {
            Err(facts) => *facts,
            Ok(text) if file_name == "pyproject.toml" => manifest::settle(project::read(text)),
            Ok(text) => manifest::settle(requirements::read(file_name, text)),
        }
    }

    fn resolve(&self, files: &RepositoryFiles) -> Resolved {
        requirements::resolve(self.key(), files)
    }
}

/// `requirements.txt`, `requirements-dev.in`, `dev-requirements.txt`, `constraints.txt`, `requirements/dev.txt` …
fn is_requirements(path: &RepoPath, name: &str) -> bool {
    let Some(stem) = name.strip_suffix(".txt").or_else(|| name.strip_suffix(".in")) else { return false };
    let ends = |word: &str| stem.starts_with(word) || stem.ends_with(word);
    ends("requirements") || ends("constraints") || path.parent().file_name() == "requirements"
}
