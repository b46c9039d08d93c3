//! Whether source shows a declared dependency in use. `NotSeen` is said only where an import would have shown it.
//! It must not look at lock files: what they hold, others may need.
use super::{
    Asked, Imports,
    manifests::{Manifests, folder_of},
    modules, sides, tables,
};
use crate::{
    catalog::build::place::Places,
    facts::model::{Dependency, Exclusion, RepositoryFacts},
};
use shared::{DependencyKind, RepoPath, Scope, SourceUse};
use std::collections::BTreeMap;

/// The declared dependencies that a module shows in use, for a file in the folder.
pub(super) fn declared(manifests: &Manifests<'_>, (ecosystem, folder, module): Asked<'_>) -> Vec<usize> {
    let candidates = modules::candidates(ecosystem, module);
    let mut found = candidates
        .iter()
        .map(|name| manifests.find(ecosystem, folder, name))
        .find(|at| !at.is_empty())
        .unwrap_or_default();
    match ecosystem {
        "npm" => {
            // `@types/x` counts with `x`, `@types/scope__x` with `@scope/x`.
            let types = |name: &String| format!("@types/{}", name.trim_start_matches('@').replace('/', "__"));
            found.extend(candidates.iter().flat_map(|name| manifests.find(ecosystem, folder, &types(name))));
        }
        "maven" if found.is_empty() => {
            // Several artifacts of one group: an import of the group does not tell which.
            let mut by_prefix = tables::prefixes(module, '.').skip(1).filter(|prefix| prefix.contains('.'));
            let longest = by_prefix
                .find_map(|prefix| Some(manifests.find(ecosystem, folder, prefix)).filter(|found| !found.is_empty()));
            found = longest.filter(|found| found.len() == 1).unwrap_or_default();
        }
        _ => {}
    }
    found
}

/// Where source of each ecosystem lies, and where generated source lies that nobody read.
pub(in super::super) struct Sources<'a> {
    read: BTreeMap<&'static str, Vec<&'a RepoPath>>,
    unread: BTreeMap<&'static str, Vec<&'a RepoPath>>,
    partial: bool,
}

impl<'a> Sources<'a> {
    pub(in super::super) fn new(facts: &'a RepositoryFacts) -> Self {
        let mut out = Self { read: BTreeMap::new(), unread: BTreeMap::new(), partial: facts.partial };
        let is_sheet = |language: &str| matches!(language, "CSS" | "Sass" | "LESS");
        for file in facts.imports.iter().filter(|file| !file.generated && !is_sheet(&file.language)) {
            if let Some(ecosystem) = modules::ecosystem_of(&file.language) {
                out.read.entry(ecosystem).or_default().push(&file.path);
            }
        }
        for file in &facts.files {
            let name = file.path.file_name();
            let extension = name.rsplit('.').next().unwrap_or_default();
            let ecosystem = match (extension, file.excluded) {
                ("go", Some(Exclusion::Generated)) => "go",
                ("py", Some(Exclusion::Generated)) => "pypi",
                ("rs", Some(Exclusion::Generated)) => "cargo",
                ("js" | "ts" | "tsx" | "mjs", Some(Exclusion::Generated)) => "npm",
                // Pages in these forms import scripts that are not read.
                ("astro" | "mdx" | "marko" | "ejs", None) => "npm",
                // Dagger writes its client's code beside the module and has git ignore it.
                ("json", None) if name == "dagger.json" => "go",
                _ => continue,
            };
            out.unread.entry(ecosystem).or_default().push(&file.path);
        }
        out
    }

    fn below(paths: &BTreeMap<&'static str, Vec<&'a RepoPath>>, ecosystem: &str, folder: &str) -> bool {
        let inside = |path: &RepoPath| {
            folder.is_empty() || path.as_str().strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
        };
        paths.get(ecosystem).is_some_and(|paths| paths.iter().any(|path| inside(path)))
    }
}

impl Imports<'_> {
    /// Whether source shows the dependency at this position of the facts, and the first place that does.
    pub(in super::super) fn verdict(
        &self,
        (at, dependency): (usize, &Dependency),
        sources: &Sources<'_>,
        places: &Places<'_>,
    ) -> (SourceUse, Option<(RepoPath, u32)>) {
        if let Some((path, line)) = self.used.get(&at) {
            return (SourceUse::Imported, Some(((*path).clone(), *line)));
        }
        let owned = places.component_of(&dependency.path).is_some();
        let not_seen = owned && would_be_imported(dependency) && !sources.partial && {
            let (ecosystem, folder) = (dependency.decl.ecosystem.as_str(), folder_of(&dependency.path));
            Sources::below(&sources.read, ecosystem, folder) && !Sources::below(&sources.unread, ecosystem, folder)
        };
        (if not_seen { SourceUse::NotSeen } else { SourceUse::Unknown }, None)
    }
}

/// Whether whoever uses the dependency has to import it, under a name that we know.
fn would_be_imported(dependency: &Dependency) -> bool {
    let decl = &dependency.decl;
    let (ecosystem, name) = (decl.ecosystem.as_str(), modules::normalise(decl.ecosystem.as_str(), &decl.name));
    let scope = match ecosystem {
        "go" | "npm" | "cargo" => decl.scope == Scope::Runtime,
        "pypi" => matches!(decl.scope, Scope::Runtime | Scope::Test) && tables::is_known_distribution(&name),
        _ => false,
    };
    scope
        && decl.kind == DependencyKind::Declared
        && !tables::is_unimported(ecosystem, &name)
        && !sides::is_side(&dependency.path)
}
