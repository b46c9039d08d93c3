//! What the manifests of a repository declare, by ecosystem and folder, for the files below.
//! It must not read imports.
use super::modules::normalise;
use crate::{
    catalog::build::place::ancestors,
    facts::model::{Dependency, RepositoryFacts},
};
use shared::{DependencyKind, RepoPath, Scope};
use std::collections::{HashMap, HashSet};

/// Declared and resolved names.
pub(super) struct Manifests<'a> {
    /// Positions in the facts' dependencies, by ecosystem, folder and name.
    declared: HashMap<(&'a str, &'a str), HashMap<String, Vec<usize>>>,
    /// Names that lock files resolve, by ecosystem.
    locked: HashMap<&'a str, HashSet<String>>,
    /// Names of the repository's own packages, by ecosystem.
    own: HashMap<&'a str, HashSet<String>>,
    /// Folders with a manifest that declares a package or a dependency.
    folders: HashSet<(&'a str, &'a str)>,
}

impl<'a> Manifests<'a> {
    pub(super) fn new(facts: &'a RepositoryFacts) -> Self {
        let mut out =
            Self { declared: HashMap::new(), locked: HashMap::new(), own: HashMap::new(), folders: HashSet::new() };
        for (at, dependency) in facts.dependencies.iter().enumerate() {
            out.add(at, dependency);
        }
        for package in &facts.packages {
            let ecosystem = package.decl.ecosystem.as_str();
            out.own.entry(ecosystem).or_default().insert(normalise(ecosystem, &package.decl.name));
            out.folders.insert((ecosystem, folder_of(&package.path)));
        }
        out
    }

    fn add(&mut self, at: usize, dependency: &'a Dependency) {
        let ecosystem = dependency.decl.ecosystem.as_str();
        let name = normalise(ecosystem, &dependency.decl.name);
        if dependency.decl.kind != DependencyKind::Declared {
            self.locked.entry(ecosystem).or_default().insert(name);
            return;
        }
        let folder = folder_of(&dependency.path);
        self.folders.insert((ecosystem, folder));
        // What a parent manages and what builds is nothing that source imports.
        if ecosystem == "maven" && dependency.decl.scope == Scope::Build {
            return;
        }
        let names = self.declared.entry((ecosystem, folder)).or_default();
        for key in keys(ecosystem, name) {
            names.entry(key).or_default().push(at);
        }
    }

    /// The declared dependencies of this name that a file in the folder may use.
    pub(super) fn find(&self, ecosystem: &str, folder: &str, name: &str) -> Vec<usize> {
        let above = ancestors(folder).filter_map(|folder| self.declared.get(&(ecosystem, folder))?.get(name));
        above.flatten().copied().collect()
    }

    pub(super) fn is_locked(&self, ecosystem: &str, name: &str) -> bool {
        self.locked.get(ecosystem).is_some_and(|names| names.contains(name))
    }

    pub(super) fn is_own(&self, ecosystem: &str, name: &str) -> bool {
        self.own.get(ecosystem).is_some_and(|names| names.contains(name))
    }

    /// Whether a manifest of the ecosystem lies in the folder or above.
    pub(super) fn reach(&self, ecosystem: &str, folder: &str) -> bool {
        ancestors(folder).any(|folder| self.folders.contains(&(ecosystem, folder)))
    }
}

/// The names a declared dependency is found by. Of an artifact the group and the package it probably holds too.
fn keys(ecosystem: &str, name: String) -> Vec<String> {
    let Some((group, artifact)) = name.split_once(':').filter(|_| ecosystem == "maven") else { return vec![name] };
    let package = format!("{group}.{}", artifact.replace('-', "."));
    let group = group.to_owned();
    vec![name, package, group]
}

/// The folder that a manifest speaks for: `requirements/base.txt` for the folder above.
pub(super) fn folder_of(path: &RepoPath) -> &str {
    let folder = path.as_str().rsplit_once('/').map_or("", |(folder, _)| folder);
    match folder.rsplit_once('/') {
        Some((above, "requirements" | "gradle" | "requires")) => above,
        None if matches!(folder, "requirements" | "gradle" | "requires") => "",
        _ => folder,
    }
}
