//! Joins imports in source to packages: which declared dependencies are used, what is used and not declared, and what of
//! it rules can match. It must not guess where a wrong word would be worse than none.
mod manifests;
mod modules;
mod sides;
mod tables;
mod undeclared;
mod verdict;

use super::place::Places;
use crate::{
    catalog::model::OwnedDependency,
    facts::model::{FileImports, ImportDecl, RepositoryFacts},
};
use manifests::Manifests;
use shared::{EntityRef, RepoPath};
use std::collections::{HashMap, HashSet};
use undeclared::Undeclared;
pub(super) use verdict::Sources;

/// A package that a component imports, at the first place that shows it.
pub(super) struct Imported<'a> {
    pub(super) component: &'a EntityRef,
    pub(super) ecosystem: &'static str,
    /// Names that rules may know it by; several only where an import does not tell which.
    pub(super) names: Vec<String>,
    pub(super) file: &'a FileImports,
    pub(super) line: u32,
}

/// What imports show of one repository.
pub(super) struct Imports<'a> {
    /// The first import of a declared dependency, by its position in the facts.
    used: HashMap<usize, (&'a RepoPath, u32)>,
    /// Imported packages by component, each once.
    pub(super) packages: Vec<Imported<'a>>,
    /// Those that no manifest in reach declares.
    pub(super) undeclared: Vec<OwnedDependency>,
}

/// A module of one ecosystem as a folder sees it.
type Asked<'a> = (&'static str, &'a str, &'a str);

struct Joiner<'a, 'p> {
    facts: &'a RepositoryFacts,
    places: &'p Places<'a>,
    manifests: Manifests<'a>,
    undeclared: Undeclared<'a>,
    /// Declared dependencies by what was asked: folders of many files ask for the same modules.
    known: HashMap<Asked<'a>, Vec<usize>>,
    seen: HashSet<(&'a EntityRef, &'static str, String)>,
    out: Imports<'a>,
}

impl<'a> Imports<'a> {
    pub(super) fn new(facts: &'a RepositoryFacts, places: &Places<'a>) -> Self {
        let out = Self { used: HashMap::new(), packages: vec![], undeclared: vec![] };
        if facts.imports.is_empty() {
            return out;
        }
        let (manifests, undeclared) = (Manifests::new(facts), Undeclared::new(facts));
        let (known, seen) = (HashMap::new(), HashSet::new());
        let mut joiner = Joiner { facts, places, manifests, undeclared, known, seen, out };
        // Excluded files show a use and choose nothing, so that files that count come first.
        for generated in [false, true] {
            for file in facts.imports.iter().filter(|file| file.generated == generated) {
                joiner.file(file);
            }
        }
        joiner.out
    }
}

impl<'a> Joiner<'a, '_> {
    fn file(&mut self, file: &'a FileImports) {
        let Some(ecosystem) = modules::ecosystem_of(&file.language) else { return };
        let Some(component) = self.places.component_of(&file.path) else { return };
        let folder = file.path.as_str().rsplit_once('/').map_or("", |(folder, _)| folder);
        let is_side = sides::is_side(&file.path);
        for import in &file.imports {
            let found = self.declared((ecosystem, folder, &import.module));
            for at in &found {
                self.out.used.entry(*at).or_insert((&file.path, import.line));
            }
            if let Some(first) = found.first() {
                let name = self.facts.dependencies[*first].decl.name.clone();
                self.note(component, ecosystem, vec![name], (file, import.line));
            } else if !import.weak && !file.generated && !is_side {
                self.other(component, ecosystem, (file, import));
            }
        }
    }

    fn declared(&mut self, asked: Asked<'a>) -> Vec<usize> {
        if let Some(known) = self.known.get(&asked) {
            return known.clone();
        }
        let found = verdict::declared(&self.manifests, asked);
        self.known.insert(asked, found.clone());
        found
    }

    /// An import of nothing that a manifest in reach declares.
    fn other(&mut self, component: &'a EntityRef, ecosystem: &'static str, at: (&'a FileImports, &'a ImportDecl)) {
        let (file, import) = at;
        let names = self.undeclared.names(&self.manifests, ecosystem, &import.module);
        if names.is_empty() {
            return;
        }
        if let Some(name) = self.undeclared.certain(&self.manifests, (ecosystem, &names), at)
            && self.seen.insert((component, ecosystem, format!("undeclared {name}")))
        {
            self.out.undeclared.extend(undeclared::dependency(component, ecosystem, name, (file, import.line)));
        }
        self.note(component, ecosystem, names, (file, import.line));
    }

    fn note(
        &mut self,
        component: &'a EntityRef,
        ecosystem: &'static str,
        names: Vec<String>,
        (file, line): (&'a FileImports, u32),
    ) {
        let Some(first) = names.first() else { return };
        if !file.generated && self.seen.insert((component, ecosystem, first.clone())) {
            self.out.packages.push(Imported { component, ecosystem, names, file, line });
        }
    }
}

#[cfg(test)]
mod tests;
