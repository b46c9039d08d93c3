//! Imports of packages that no manifest declares: their likely names, and when it is certain enough to say so.
//! It must not name a package that may be the repository's own, a standard library's, or declared out of sight.
use super::{
    manifests::Manifests,
    modules,
    tables::{self, distributions, prefixes},
};
use crate::{
    catalog::model::OwnedDependency,
    facts::model::{Dependency, DependencyDecl, FileImports, ImportDecl, RepositoryFacts},
};
use shared::{DependencyKind, Ecosystem, EntityRef, Scope, SourceUse};
use std::collections::HashSet;

/// Files that may declare Python packages in ways that are not read.
const UNREAD_MANIFESTS: [&str; 7] =
    ["setup.py", "setup.cfg", "environment.yml", "environment.yaml", "Pipfile", "meta.yaml", "pyproject.toml"];

/// What of a repository's files could be meant by an import.
pub(super) struct Undeclared<'a> {
    /// Names of folders and files that hold scripts or Python modules.
    own: HashSet<(&'static str, &'a str)>,
    /// Folders with a file that may declare what nobody read.
    unread: HashSet<&'a str>,
    repository: &'a str,
    declared: HashSet<(&'a str, String)>,
}

impl<'a> Undeclared<'a> {
    pub(super) fn new(facts: &'a RepositoryFacts) -> Self {
        let mut own = HashSet::new();
        let mut unread = HashSet::new();
        let read: HashSet<&str> = facts.dependencies.iter().map(|dependency| dependency.path.as_str()).collect();
        for path in facts.files.iter().map(|file| file.path.as_str()) {
            let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
            if UNREAD_MANIFESTS.contains(&name) && !read.contains(path) {
                unread.insert(folder);
            }
            let Some((stem, extension)) = name.split_once('.') else { continue };
            let ecosystem = match extension.rsplit('.').next() {
                Some("py" | "pyi" | "pyx" | "so") => "pypi",
                Some("js" | "mjs" | "cjs" | "jsx" | "ts" | "mts" | "cts" | "tsx" | "vue" | "svelte") => "npm",
                _ => continue,
            };
            own.insert((ecosystem, stem));
            own.extend(folder.split('/').map(|segment| (ecosystem, segment)));
        }
        let repository = facts.repository.as_str().rsplit('/').next().unwrap_or_default();
        let declares = facts.dependencies.iter().filter(|dependency| dependency.decl.kind == DependencyKind::Declared);
        let declared = declares
            .map(|d| (d.decl.ecosystem.as_str(), modules::normalise(d.decl.ecosystem.as_str(), &d.decl.name)))
            .collect();
        Self { own, unread, repository, declared }
    }

    /// The names under which rules may know the package of the module; none for what is or may be the repository's own.
    pub(super) fn names(&self, manifests: &Manifests<'_>, ecosystem: &'static str, module: &str) -> Vec<String> {
        let candidates = modules::candidates(ecosystem, module);
        if candidates.iter().any(|name| manifests.is_own(ecosystem, name)) {
            return vec![];
        }
        let head = module.split(['.', '/']).next().unwrap_or_default();
        match ecosystem {
            "go" => match modules::go_repository(module) {
                Some(repository) if repository.rsplit('/').next() == Some(self.repository) => vec![],
                Some(repository) => vec![repository.to_owned()],
                None => candidates.into_iter().filter(|name| name.contains('/')).collect(),
            },
            "npm" if tables::is_node_builtin(head) => vec![],
            "npm" | "pypi" if self.own.contains(&(ecosystem, head)) => vec![],
            "npm" | "cargo" => candidates,
            "pypi" => {
                let known = distributions(module);
                let names: Vec<String> = known.iter().map(|name| (*name).to_owned()).collect();
                if names.is_empty() { candidates.into_iter().rev().take(1).collect() } else { names }
            }
            _ => vec![],
        }
    }

    /// The one package that is certainly used and certainly not declared, if it is.
    pub(super) fn certain(
        &self,
        manifests: &Manifests<'_>,
        (ecosystem, names): (&'static str, &[String]),
        (file, import): (&FileImports, &ImportDecl),
    ) -> Option<String> {
        let folder = file.path.as_str().rsplit_once('/').map_or("", |(folder, _)| folder);
        let is_declared = |name: &String| self.declared.contains(&(ecosystem, name.clone()));
        if names.iter().any(is_declared) {
            return None;
        }
        let locked = names.iter().find(|name| manifests.is_locked(ecosystem, name));
        match ecosystem {
            // Only a lock file tells a package from an alias of the bundler's.
            "npm" if manifests.reach(ecosystem, folder) => locked.cloned(),
            "pypi" if manifests.reach(ecosystem, folder) && !self.has_unread(folder) => {
                let known = !distributions(&import.module).is_empty();
                locked.or_else(|| names.first().filter(|_| known)).cloned()
            }
            // A module compiles only with what go.mod names: without one, the path is all there is.
            "go" if !manifests.reach(ecosystem, folder) => {
                modules::go_repository(&import.module).and_then(|_| names.first().cloned())
            }
            _ => None,
        }
    }

    fn has_unread(&self, folder: &str) -> bool {
        self.unread.contains("") || prefixes(folder, '/').any(|folder| self.unread.contains(folder))
    }
}

/// The import as a dependency of the component.
pub(super) fn dependency(
    component: &EntityRef,
    ecosystem: &str,
    name: String,
    (file, line): (&FileImports, u32),
) -> Option<OwnedDependency> {
    let decl = DependencyDecl {
        ecosystem: Ecosystem::new(ecosystem).ok()?,
        name,
        requirement: None,
        version: None,
        scope: Scope::Runtime,
        kind: DependencyKind::Imported,
        line: Some(line),
    };
    Some(OwnedDependency {
        component: Some(component.clone()),
        dependency: Dependency { decl, path: file.path.clone(), blob: file.blob.clone() },
        source_use: SourceUse::Imported,
        imported_at: Some((file.path.clone(), line)),
    })
}
