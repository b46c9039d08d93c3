//! Everything in a repository that meets a matcher, with the component it speaks for and its place.
//! It must not decide whether a component uses an offer.
use super::{imports::Imports, place::Places};
use crate::{
    catalog::{
        model::Evidence,
        rules::{Matcher, MatcherKind, Ruleset},
    },
    facts::model::{Dependency, RepositoryFacts},
};
use shared::{BlobId, DependencyKind, EntityRef, OfferPath, Reach, RepoPath, Rung, Scope};
use std::collections::{HashMap, HashSet};

/// One matcher met at one place, for one component.
pub(super) struct Observation<'a> {
    pub(super) component: &'a EntityRef,
    pub(super) capability: usize,
    pub(super) offer: usize,
    pub(super) evidence: Evidence,
}

/// Where something was seen.
struct Seen<'a> {
    path: &'a RepoPath,
    blob: &'a BlobId,
    line: Option<u32>,
}

/// All observations, in no order that a later step may rely on.
pub(super) fn observe<'a>(
    facts: &'a RepositoryFacts,
    rules: &Ruleset,
    places: &Places<'a>,
    imports: &Imports<'a>,
) -> Vec<Observation<'a>> {
    let mut observer = Observer::new(facts, rules, places);
    observer.dependencies();
    observer.imported(imports);
    observer.modules();
    observer.hits();
    observer.files();
    observer.out
}

pub(super) struct Observer<'a, 'r, 'p> {
    facts: &'a RepositoryFacts,
    rules: &'r Ruleset,
    places: &'p Places<'a>,
    out: Vec<Observation<'a>>,
}

impl<'a, 'r, 'p> Observer<'a, 'r, 'p> {
    pub(super) fn new(facts: &'a RepositoryFacts, rules: &'r Ruleset, places: &'p Places<'a>) -> Self {
        Self { facts, rules, places, out: vec![] }
    }

    fn dependencies(&mut self) {
        let direct = Direct::new(self.facts);
        for dependency in &self.facts.dependencies {
            let decl = &dependency.decl;
            let kind = MatcherKind::of_ecosystem(decl.ecosystem.as_str());
            let name = kind.observed(decl.ecosystem.as_str(), &decl.name);
            let matchers = self.rules.index().matches(kind, &name);
            if matchers.is_empty() {
                continue;
            }
            let rung = rung_of(kind, decl.kind);
            let seen = Seen { path: &dependency.path, blob: &dependency.blob, line: decl.line };
            for reach in Reach::ALL {
                let of_reach = |m: &&&Matcher| self.rules.offer_of(m).0.reach == *reach;
                let matchers: Vec<&Matcher> = matchers.iter().filter(of_reach).copied().collect();
                if matchers.is_empty() {
                    continue;
                }
                for component in self.users(dependency, kind, (&direct, *reach)) {
                    self.note(component, &matchers, rung, &seen);
                }
            }
        }
    }

    /// The components that a dependency speaks for. What a lock file resolves counts for those that also declare it:
    /// a package that only another package needs is no choice of the component.
    pub(super) fn users(
        &self,
        dependency: &'a Dependency,
        kind: MatcherKind,
        (direct, reach): (&Direct<'a>, Reach),
    ) -> Vec<&'a EntityRef> {
        // What a workspace's root needs to develop and test is a choice of the members that import it, unless it is a
        // tool that serves the repository.
        let scope = if reach == Reach::Repository { dependency.decl.scope } else { Scope::Runtime };
        if kind != MatcherKind::Package {
            return self.places.components_of(&dependency.path);
        }
        if dependency.decl.kind == DependencyKind::Declared {
            return self.places.components_choosing(&dependency.path, scope);
        }
        let folder = dependency.path.parent();
        if !direct.has_manifest(&dependency.decl.ecosystem, &folder) {
            return self.places.components_of(&dependency.path);
        }
        let declaring = direct.of(dependency).filter(|path| path.starts_with(&folder));
        let mut users: Vec<_> = declaring.flat_map(|path| self.places.components_choosing(path, scope)).collect();
        users.sort();
        users.dedup();
        users
    }

    /// Packages that source imports, declared or not, each at the first place of a component.
    fn imported(&mut self, imports: &Imports<'a>) {
        for package in &imports.packages {
            let kind = MatcherKind::of_ecosystem(package.ecosystem);
            let met = |name: &String| self.rules.index().matches(kind, &kind.observed(package.ecosystem, name));
            let Some(matchers) = package.names.iter().map(met).find(|matchers| !matchers.is_empty()) else { continue };
            let file = package.file;
            let seen = Seen { path: &file.path, blob: &file.blob, line: Some(package.line) };
            self.note(package.component, &matchers, Rung::Import, &seen);
        }
    }

    /// Modules that rules name themselves.
    fn modules(&mut self) {
        if !self.rules.index().has_imports() {
            return;
        }
        for file in self.facts.imports.iter().filter(|file| !file.generated) {
            let Some(component) = self.places.component_of(&file.path) else { continue };
            // A mere path in Rust code may begin with a module of the crate itself.
            for import in file.imports.iter().filter(|import| !import.weak || file.language != "Rust") {
                let matchers = self.rules.index().matches(MatcherKind::Import, &import.module);
                let seen = Seen { path: &file.path, blob: &file.blob, line: Some(import.line) };
                self.note(component, &matchers, Rung::Import, &seen);
            }
        }
    }

    fn hits(&mut self) {
        for hit in &self.facts.hits {
            if self.places.exclusion(&hit.path).is_some() {
                continue;
            }
            let matchers = self.rules.index().of_needle(&hit.needle);
            let seen = Seen { path: &hit.path, blob: &hit.blob, line: Some(hit.line) };
            if let Some(component) = self.places.component_of(&hit.path) {
                self.note(component, &matchers, Rung::Import, &seen);
            }
        }
    }

    fn files(&mut self) {
        for file in self.facts.files.iter().filter(|file| file.excluded.is_none()) {
            let matchers = self.rules.index().matches(MatcherKind::File, file.path.as_str());
            if matchers.is_empty() {
                continue;
            }
            let seen = Seen { path: &file.path, blob: &file.blob, line: None };
            for component in self.places.components_of(&file.path) {
                let (homegrown, others): (Vec<_>, Vec<_>) =
                    matchers.iter().partition(|matcher| self.file_rung(matcher) == Rung::Blob);
                self.note(component, &homegrown, Rung::Blob, &seen);
                self.note(component, &others, Rung::Config, &seen);
            }
        }
    }

    /// What a file's shape alone is worth.
    pub(super) fn file_rung(&self, matcher: &Matcher) -> Rung {
        if self.rules.offer_of(matcher).1.path == OfferPath::Homegrown { Rung::Blob } else { Rung::Config }
    }

    fn note(&mut self, component: &'a EntityRef, matchers: &[&Matcher], rung: Rung, seen: &Seen<'_>) {
        for matcher in self.of_organisation_first(matchers) {
            self.out.push(Observation {
                component,
                capability: matcher.capability,
                offer: matcher.offer,
                evidence: Evidence {
                    rule: matcher.to_string(),
                    rung,
                    path: seen.path.clone(),
                    line: seen.line,
                    blob: seen.blob.clone(),
                    commit: self.facts.tip.commit.clone(),
                },
            });
        }
    }

    /// What an offer of the organisation recognises is not also an offer of the starter ruleset in the same capability:
    /// an organisation that blesses a well-known package under a name of its own means that name.
    pub(super) fn of_organisation_first<'m>(&self, matchers: &[&'m Matcher]) -> Vec<&'m Matcher> {
        let is_starter = |matcher: &Matcher| {
            let (capability, offer) = self.rules.offer_of(matcher);
            self.rules.is_starter(capability, offer)
        };
        let own: HashSet<usize> = matchers.iter().filter(|m| !is_starter(m)).map(|m| m.capability).collect();
        matchers.iter().copied().filter(|m| !own.contains(&m.capability) || !is_starter(m)).collect()
    }
}

/// What a dependency as one file states it is worth.
pub(super) fn rung_of(kind: MatcherKind, stated: DependencyKind) -> Rung {
    match (kind, stated) {
        (MatcherKind::Package, DependencyKind::Resolved) => Rung::Resolved,
        (MatcherKind::Package, DependencyKind::Declared) => Rung::Declared,
        _ => Rung::Reference,
    }
}

/// Which manifests declare what, to tell chosen packages from those that only other packages need.
pub(super) struct Direct<'a> {
    declared: HashMap<(&'a str, &'a str), Vec<&'a RepoPath>>,
    manifests: HashMap<&'a str, Vec<&'a RepoPath>>,
}

impl<'a> Direct<'a> {
    pub(super) fn new(facts: &'a RepositoryFacts) -> Self {
        let mut out = Self { declared: HashMap::new(), manifests: HashMap::new() };
        for dependency in facts.dependencies.iter().filter(|d| d.decl.kind == DependencyKind::Declared) {
            let decl = &dependency.decl;
            out.declared.entry((decl.ecosystem.as_str(), &decl.name)).or_default().push(&dependency.path);
            out.manifests.entry(decl.ecosystem.as_str()).or_default().push(&dependency.path);
        }
        for package in &facts.packages {
            out.manifests.entry(package.decl.ecosystem.as_str()).or_default().push(&package.path);
        }
        out
    }

    /// The manifests that declare the package of a resolved dependency.
    fn of(&self, dependency: &'a Dependency) -> impl Iterator<Item = &'a RepoPath> {
        let key = (dependency.decl.ecosystem.as_str(), dependency.decl.name.as_str());
        self.declared.get(&key).into_iter().flatten().copied()
    }

    /// Whether a manifest of the ecosystem lies beside or below a lock file's folder.
    fn has_manifest(&self, ecosystem: &shared::Ecosystem, folder: &RepoPath) -> bool {
        let manifests = self.manifests.get(ecosystem.as_str());
        manifests.into_iter().flatten().any(|path| path.starts_with(folder))
    }
}
