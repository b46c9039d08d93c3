//! What joins repositories: observed `dependsOn` through internal packages, unknown owners, doubled references.
//! It must not depend on the order of its input.
use super::{
    model::{LinkDependency, LinkEntity, LinkPackage, Links, Relation},
    nearest::did_you_mean,
    rules::{MatcherKind, normalise},
};
use crate::scan::Finding;
use shared::{EntityKind, EntityRef, Origin, RepoName, Severity};
use std::collections::{BTreeMap, BTreeSet, HashMap};

type Place<'a> = (&'a EntityRef, &'a RepoName);

/// Joins all repositories of the catalog. Of several entities with one reference a declared one beats a detected one, then
/// the smallest repository name wins; the losers are shadowed and take no part in relations.
pub fn link(entities: &[LinkEntity], packages: &[LinkPackage], dependencies: &[LinkDependency]) -> Links {
    let mut links = Links::default();
    let winners = winners(entities, &mut links);
    let shadowed: BTreeSet<Place<'_>> = entities
        .iter()
        .map(|entity| (&entity.reference, &entity.repository))
        .filter(|(reference, repository)| winners.get(reference).is_some_and(|w| w.repository != **repository))
        .collect();
    unknown_owners(&winners, &mut links);
    links.relations = observed(packages, dependencies, &shadowed);
    links.shadowed =
        shadowed.iter().map(|(reference, repository)| ((*reference).clone(), (*repository).clone())).collect();
    links.findings.sort_by(|a, b| key(a).cmp(&key(b)));
    links
}

/// A total order of findings.
fn key((repository, finding): &(RepoName, Finding)) -> (&RepoName, &str, Option<&str>, Option<u32>, &str) {
    let path = finding.path.as_ref().map(|path| path.as_str());
    (repository, &finding.rule, path, finding.line, &finding.message)
}

fn winners<'a>(entities: &'a [LinkEntity], links: &mut Links) -> BTreeMap<&'a EntityRef, &'a LinkEntity> {
    let mut sorted: Vec<&LinkEntity> = entities.iter().collect();
    sorted.sort_by_key(|entity| {
        (&entity.reference, entity.origin == Origin::Detected, &entity.repository, &entity.descriptor)
    });
    let mut winners: BTreeMap<&EntityRef, &LinkEntity> = BTreeMap::new();
    for entity in sorted {
        let winner = *winners.entry(&entity.reference).or_insert(entity);
        if winner.repository != entity.repository {
            links.findings.push((entity.repository.clone(), conflict(entity, winner)));
        }
    }
    winners
}

fn conflict(entity: &LinkEntity, winner: &LinkEntity) -> Finding {
    let way_out = match entity.origin {
        Origin::Detected => "declare this one under another name in a catalog-info.yaml",
        Origin::Declared | Origin::Both => "rename one of the two or remove it",
    };
    let message = format!(
        "{} also stands in {}, which is shown; this one is hidden until you {way_out}.",
        entity.reference, winner.repository
    );
    finding(entity, "entity-ref-conflict", message)
}

fn finding(entity: &LinkEntity, rule: &str, message: String) -> Finding {
    Finding {
        rule: rule.to_owned(),
        severity: Severity::Warning,
        path: entity.descriptor.as_ref().map(|(path, _)| path.clone()),
        line: entity.descriptor.as_ref().map(|(_, line)| *line),
        column: None,
        message,
    }
}

/// Owners that no entity declares. A catalog without any Group or User knows no owners, so that none can be unknown.
fn unknown_owners(winners: &BTreeMap<&EntityRef, &LinkEntity>, links: &mut Links) {
    let is_owner = |reference: &EntityRef| matches!(reference.kind(), EntityKind::Group | EntityKind::User);
    let owners: BTreeMap<String, &EntityRef> =
        winners.keys().filter(|r| is_owner(r)).map(|reference| (reference.to_string(), *reference)).collect();
    if owners.is_empty() {
        return;
    }
    for entity in winners.values() {
        let Some(owner) = &entity.owner else { continue };
        if owners.contains_key(&owner.to_string()) {
            continue;
        }
        let names = owners.values().filter(|known| known.kind() == owner.kind()).map(|known| known.name());
        let near = did_you_mean(owner.name(), names);
        let message = format!(
            "{} is owned by {owner}, which nothing in the catalog declares; correct the name or declare the {}.{near}",
            entity.reference,
            owner.kind()
        );
        links.findings.push((entity.repository.clone(), finding(entity, "owner-unknown", message)));
    }
}

/// One `dependsOn` per pair of components and repository, with the first place that shows it.
fn observed(
    packages: &[LinkPackage],
    dependencies: &[LinkDependency],
    shadowed: &BTreeSet<Place<'_>>,
) -> Vec<(RepoName, Relation)> {
    let name = |ecosystem: &str, name: &str| normalise(MatcherKind::Package, &format!("{ecosystem}:{name}"));
    let mut publishers: HashMap<String, &LinkPackage> = HashMap::new();
    for package in packages.iter().filter(|package| !shadowed.contains(&(&package.component, &package.repository))) {
        let held = publishers.entry(name(&package.ecosystem, &package.name)).or_insert(package);
        if (&package.repository, &package.component) < (&held.repository, &held.component) {
            *held = package;
        }
    }
    let mut sorted: Vec<&LinkDependency> = dependencies.iter().collect();
    sorted.sort_by_key(|d| (&d.repository, &d.component, &d.path, d.line, &d.ecosystem, &d.name));
    let mut out: BTreeMap<(&RepoName, &EntityRef, &EntityRef), Relation> = BTreeMap::new();
    for dependency in sorted {
        let Some(package) = publishers.get(&name(&dependency.ecosystem, &dependency.name)) else { continue };
        let (from, to) = (&dependency.component, &package.component);
        if from == to || shadowed.contains(&(from, &dependency.repository)) {
            continue;
        }
        out.entry((&dependency.repository, from, to)).or_insert_with(|| Relation {
            from: from.clone(),
            kind: "dependsOn".to_owned(),
            to: to.clone(),
            observed: true,
            path: Some(dependency.path.clone()),
            line: dependency.line,
        });
    }
    out.into_iter().map(|((repository, _, _), relation)| (repository.clone(), relation)).collect()
}

#[cfg(test)]
mod tests;
