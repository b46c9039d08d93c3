//! Joins the Gradle files of one repository: accessors with catalogs, `$names` with values, plugins with versions.
//! It must not claim a dependency whose name it cannot tell.
mod catalogs;
mod plugins;
mod projects;
mod values;

use super::{
    super::manifest,
    extra::{Extra, Use},
    is_build_logic, line,
};
use crate::{
    facts::{
        model::{Dependency, DependencyDecl, RepositoryFiles},
        parser::Resolved,
    },
    scan::Finding,
};
use catalogs::Catalogs;
use serde::Deserialize;
use shared::{BlobId, RepoPath, Scope, Severity};
use std::collections::BTreeMap;
use values::Values;

/// Every Gradle file of a repository with what it told.
struct Builds<'a> {
    files: &'a RepositoryFiles,
    extras: BTreeMap<RepoPath, Extra>,
    /// Folders with a settings file, and the file.
    settings: BTreeMap<RepoPath, RepoPath>,
    /// Folders of builds that hold plugins, not products.
    plugin_builds: Vec<RepoPath>,
}

impl<'a> Builds<'a> {
    fn of(files: &'a RepositoryFiles) -> Self {
        let read = files.of_parser("gradle").map(|(path, _, facts)| (path, Extra::deserialize(&facts.extra)));
        let extras: BTreeMap<RepoPath, Extra> =
            read.filter_map(|(path, extra)| Some((path.clone(), extra.ok()?))).collect();
        let is_settings = |path: &&RepoPath| path.file_name().starts_with("settings.gradle");
        let settings: BTreeMap<_, _> =
            extras.keys().filter(is_settings).map(|path| (path.parent(), path.clone())).collect();
        let plugin_build = |(folder, file): (&RepoPath, &RepoPath)| {
            let builds = extras.get(file).into_iter().flat_map(|extra| &extra.settings.plugin_builds);
            builds.filter_map(|build| folder.join(build)).collect::<Vec<_>>()
        };
        let plugin_builds = settings.iter().flat_map(plugin_build).filter(|folder| !folder.is_root()).collect();
        Self { files, extras, settings, plugin_builds }
    }

    /// The folder of the build that a file is part of: the nearest with settings.
    fn root_of(&self, path: &RepoPath) -> RepoPath {
        ancestors(path).find(|folder| self.settings.contains_key(folder)).unwrap_or_else(RepoPath::root)
    }

    /// Whether a file is part of the build itself.
    fn is_logic(&self, path: &RepoPath) -> bool {
        is_build_logic(path) || self.plugin_builds.iter().any(|folder| path.starts_with(folder))
    }
}

/// The folder of a file and every folder above, the root last.
fn ancestors(path: &RepoPath) -> impl Iterator<Item = RepoPath> {
    std::iter::successors(Some(path.parent()), |folder| (!folder.is_root()).then(|| folder.parent()))
}

pub(super) fn resolve(files: &RepositoryFiles) -> Resolved {
    let builds = Builds::of(files);
    let catalogs = Catalogs::of(&builds);
    let values = Values::of(&builds, &catalogs);
    let mut out = Resolved::default();
    for (path, blob, facts) in files.of_parser("gradle") {
        let mut joined = Joined { path, blob, builds: &builds, values: &values, catalogs: &catalogs, out: &mut out };
        for decl in &facts.dependencies {
            joined.declared(decl.clone());
        }
        for used in builds.extras.get(path).into_iter().flat_map(|extra| &extra.uses) {
            joined.used(used);
        }
    }
    plugins::add(&builds, &catalogs, &values, &mut out);
    projects::add(&builds, &catalogs, &values, &mut out);
    out
}

/// One file on its way into the result.
struct Joined<'j, 'a> {
    path: &'j RepoPath,
    blob: &'j BlobId,
    builds: &'j Builds<'a>,
    values: &'j Values<'j>,
    catalogs: &'j Catalogs<'j>,
    out: &'j mut Resolved,
}

impl Joined<'_, '_> {
    fn declared(&mut self, mut decl: DependencyDecl) {
        let Some(name) = self.values.fill(self.path, &decl.name).filter(|name| manifest::is_name(name)) else {
            return self.unresolved(&decl.name, decl.line);
        };
        decl.name = name;
        decl.requirement = decl.requirement.map(|written| self.values.fill(self.path, &written).unwrap_or(written));
        if self.builds.is_logic(self.path) {
            decl.scope = Scope::Build;
        }
        self.out.dependencies.push(Dependency { decl, path: self.path.clone(), blob: self.blob.clone() });
    }

    fn used(&mut self, used: &Use) {
        let value = self.values.get(self.path, &used.accessor);
        let accessor = value.as_deref().and_then(|value| value.strip_prefix('=')).unwrap_or(&used.accessor);
        let found = self.catalogs.libraries(self.path, accessor);
        if let Some(found) = found {
            for (name, version) in found {
                self.declared(line::decl(name, version, used.scope, used.line));
            }
            return;
        }
        match value.and_then(|value| line::declared(&value, used.scope, used.line)) {
            Some(decl) => self.declared(decl),
            // A word alone is a local variable far more often than a dependency.
            None if used.accessor.contains('.') => self.unresolved(&used.accessor, Some(used.line)),
            None => {}
        }
    }

    fn unresolved(&mut self, written: &str, line: Option<u32>) {
        let shown = manifest::tidy(written, 120);
        let message =
            format!("\"{shown}\" is set nowhere in this repository as plain text; the dependency is left out.");
        self.out.findings.push(Finding {
            rule: "property-unresolved".to_owned(),
            severity: Severity::Info,
            path: Some(self.path.clone()),
            line,
            column: None,
            message,
        });
    }
}
