//! One repository's facts and the rules in; everything it contributes to the catalog out. The story from top to bottom.
//! It must not know other repositories: what joins them is `link`'s work.

mod claims;
mod components;
mod declared;
mod definitions;
mod detected;
mod document;
mod entities;
mod explain;
mod imports;
mod names;
mod observe;
mod owners;
mod past;
mod place;
mod relations;
mod standings;
mod traits;
mod usages;

pub use explain::{Explanation, Fired, Unmatched, explain};
pub(crate) use past::{PastState, past};
pub use traits::{is_eligible, of as traits_of};

use super::{
    model::{OwnedDependency, OwnedPackage, RepositoryCatalog},
    rules::Ruleset,
};
use crate::facts::model::RepositoryFacts;
use imports::{Imports, Sources};
use place::Places;

/// Builds what one repository contributes: entities (declared and detected joined), declared relations, packages and
/// dependencies with their components, usages with evidence, and standings. `today` (`YYYY-MM-DD`) decides which
/// exemptions still hold. The same facts, rules and day give the same result.
pub fn build(facts: &RepositoryFacts, rules: &Ruleset, today: &str) -> RepositoryCatalog {
    let (entities, relations, mut findings) = entities::build(facts);
    let places = Places::new(facts, &entities);
    let imports = Imports::new(facts, &places);
    let observed = observe::observe(facts, rules, &places, &imports);
    let usages = usages::usages(facts, rules, &places, &observed);
    let standings = standings::standings(&entities, &usages, rules, today);
    findings.splice(0..0, facts.findings.iter().cloned());
    RepositoryCatalog {
        repository: facts.repository.clone(),
        tip: facts.tip.clone(),
        packages: owned_packages(facts, &places),
        dependencies: owned_dependencies(facts, &places, imports),
        entities,
        relations,
        usages,
        standings,
        texts: facts.texts.clone(),
        languages: facts.languages.clone(),
        n_files: facts.files.len() as u64,
        findings,
        partial: facts.partial,
    }
}

fn owned_packages(facts: &RepositoryFacts, places: &Places<'_>) -> Vec<OwnedPackage> {
    let owned = |package: &crate::facts::model::Package| {
        let component = places.component_of(&package.path)?.clone();
        Some(OwnedPackage { component, package: package.clone() })
    };
    facts.packages.iter().filter_map(owned).collect()
}

fn owned_dependencies(facts: &RepositoryFacts, places: &Places<'_>, imports: Imports<'_>) -> Vec<OwnedDependency> {
    let sources = Sources::new(facts);
    let owned = |(at, dependency): (usize, &crate::facts::model::Dependency)| {
        let (source_use, imported_at) = imports.verdict((at, dependency), &sources, places);
        let component = places.component_of(&dependency.path).cloned();
        OwnedDependency { component, dependency: dependency.clone(), source_use, imported_at }
    };
    let mut dependencies: Vec<_> = facts.dependencies.iter().enumerate().map(owned).collect();
    dependencies.extend(imports.undeclared);
    dependencies
}

#[cfg(test)]
mod tests;
