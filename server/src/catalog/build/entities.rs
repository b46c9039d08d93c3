//! The entities of one repository: declared and detected ones joined, each field from its strongest source.
//! It must not judge usages.
use super::{
    claims, components,
    declared::{self, Declared},
    definitions, detected, document, names, owners, relations,
};
use crate::{
    catalog::model::{AlsoSays, Entity, Relation},
    facts::model::{DetectedComponent, Reason, RepositoryFacts},
    scan::Finding,
};
use shared::{EntityKind, EntityRef, Origin, RepoPath};
use std::collections::BTreeSet;

/// The entities by reference, their declared relations, and what was wrong.
pub(super) fn build(facts: &RepositoryFacts) -> (Vec<Entity>, Vec<Relation>, Vec<Finding>) {
    let mut findings = Vec::new();
    let declared = declared::entities(facts, &mut findings);
    let mut detected = detected::by_root(facts);
    let pairs = components::pair(facts, &declared, &detected);
    let mut taken: BTreeSet<EntityRef> = declared.iter().map(|held| held.entity.reference.clone()).collect();
    let mut relations = Vec::new();
    let mut entities = Vec::new();
    for (at, held) in declared.into_iter().enumerate() {
        relations.extend(relations::declared(held.descriptor, &held.entity.reference, &mut findings));
        let pair = pairs.get(&at).and_then(|root| detected.remove(root));
        entities.push(declared_entity(facts, held, pair, &mut findings));
    }
    for component in detected.into_values() {
        let reference = names::detected(&facts.repository, &component.root, &taken);
        taken.insert(reference.clone());
        entities.push(detected_entity(facts, reference, component));
    }
    relations.extend(claims::apply(facts, &mut entities, &mut findings));
    relations.extend(entities.iter().filter_map(|entity| claimed_owner(facts, entity)));
    relations.extend(definitions::add(facts, &mut entities));
    relations.sort();
    relations.dedup_by(|a, b| (&a.from, &a.kind, &a.to) == (&b.from, &b.kind, &b.to));
    entities.sort_by(|a, b| a.reference.cmp(&b.reference));
    (entities, relations, findings)
}

fn declared_entity(
    facts: &RepositoryFacts,
    held: Declared<'_>,
    pair: Option<DetectedComponent>,
    findings: &mut Vec<Finding>,
) -> Entity {
    let Declared { mut entity, descriptor } = held;
    if let Some(component) = pair {
        join(&mut entity, component);
    }
    if entity.reference.kind() == EntityKind::Component {
        claim_owner(facts, &mut entity, |message| {
            findings.push(declared::finding(descriptor, "owner-conflict", "spec.owner", message));
        });
    }
    entity.readme = entity.readme.or_else(|| readme_above(facts, &entity.root));
    entity
}

/// Adds what was detected at the same place; what the descriptor says stays.
fn join(entity: &mut Entity, component: DetectedComponent) {
    entity.origin = Origin::Both;
    entity.root = component.root.clone();
    entity.languages = component.languages;
    entity.readme = component.readme.clone();
    entity.because.extend(component.because);
    match &entity.subtype {
        Some(subtype) if subtype.eq_ignore_ascii_case(&component.subtype) => {}
        Some(_) => entity.also_says.push(also("type", &component.subtype, "package files", None)),
        None => entity.subtype = Some(component.subtype),
    }
    let readme = component.readme.as_ref();
    let found = [(component.description, "package file", None), (component.summary, "README", readme)];
    for (text, source, path) in found.into_iter().filter_map(|(text, source, path)| Some((text?, source, path))) {
        match &entity.description {
            None => entity.description = Some(text),
            Some(description) if *description == text => {}
            Some(_) => entity.also_says.push(also("description", &text, source, path)),
        }
    }
}

fn also(field: &str, value: &str, source: &str, path: Option<&RepoPath>) -> AlsoSays {
    AlsoSays { field: field.into(), value: value.into(), source: source.into(), path: path.cloned(), line: None }
}

/// Takes the owner from CODEOWNERS when the descriptor names none; keeps it as "also says" when the two differ, and calls
/// it a conflict when CODEOWNERS names teams and the declared owner is none of those named.
fn claim_owner(facts: &RepositoryFacts, entity: &mut Entity, mut conflict: impl FnMut(String)) {
    let descriptor = entity.descriptor.as_ref().map(|(path, _)| path);
    let Some(owners) = owners::of(facts, &entity.root, descriptor) else { return };
    let Some(first) = owners.first() else { return };
    let claim = owners.claim;
    let Some(declared) = &entity.owner else {
        entity.owner = Some(first.clone());
        let text = format!("owner {first}: CODEOWNERS");
        entity.because.push(Reason { text, path: Some(claim.path.clone()), line: Some(claim.line) });
        return;
    };
    if owners.all.contains(declared) {
        return;
    }
    if first.kind() == EntityKind::Group {
        conflict(format!(
            "The descriptor says {declared} owns {}, {} line {} says {first}; make the two agree.",
            entity.reference, claim.path, claim.line
        ));
    }
    entity.also_says.push(AlsoSays {
        field: "owner".to_owned(),
        value: first.to_string(),
        source: "CODEOWNERS".to_owned(),
        path: Some(claim.path.clone()),
        line: Some(claim.line),
    });
}

/// The `ownedBy` of an owner that CODEOWNERS, not the descriptor, names.
fn claimed_owner(facts: &RepositoryFacts, entity: &Entity) -> Option<Relation> {
    let owner = entity.owner.as_ref()?;
    let descriptor = entity.descriptor.as_ref().map(|(path, _)| path);
    let claim = owners::of(facts, &entity.root, descriptor).filter(|owners| owners.first() == Some(owner));
    let place = claim.map(|owners| owners.claim);
    if entity.reference.kind() != EntityKind::Component || place.is_none() {
        return None;
    }
    Some(Relation {
        from: entity.reference.clone(),
        kind: "ownedBy".to_owned(),
        to: owner.clone(),
        observed: false,
        path: place.map(|claim| claim.path.clone()),
        line: place.map(|claim| claim.line),
    })
}

fn detected_entity(facts: &RepositoryFacts, reference: EntityRef, component: DetectedComponent) -> Entity {
    let found = component.description.clone();
    let mut entity = Entity {
        reference,
        origin: Origin::Detected,
        title: Some(short_title(&component.title).to_owned()),
        description: found.or_else(|| component.summary.clone()),
        subtype: Some(component.subtype),
        lifecycle: None,
        owner: None,
        system: None,
        tags: vec![],
        document: serde_json::Value::Null,
        readme: component.readme.clone().or_else(|| readme_above(facts, &component.root)),
        definition: None,
        root: component.root,
        descriptor: None,
        languages: component.languages,
        because: component.because,
        also_says: vec![],
    };
    if let (Some(description), Some(summary)) = (component.description, component.summary)
        && description != summary
    {
        entity.also_says.push(also("description", &summary, "README", component.readme.as_ref()));
    }
    claim_owner(facts, &mut entity, |_| {});
    entity.document = document::of(facts, &entity);
    entity
}

/// The repository's own README, for what has none at its root.
fn readme_above(facts: &RepositoryFacts, root: &RepoPath) -> Option<RepoPath> {
    let is_readme = |path: &&RepoPath| path.file_name().to_ascii_lowercase().starts_with("readme");
    let readmes = || facts.texts.keys().filter(is_readme);
    readmes().find(|path| path.parent() == *root).or_else(|| readmes().find(|path| path.parent().is_root())).cloned()
}

/// What a person calls a package: `ledger` for `go.acme.example/money/ledger/v2` and `com.acme:ledger`; a scoped npm name
/// stays whole, because its scope tells the makers.
fn short_title(name: &str) -> &str {
    if name.starts_with('@') {
        return name;
    }
    let is_version =
        |part: &str| part.strip_prefix('v').is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()));
    name.rsplit(['/', ':']).find(|part| !part.is_empty() && !is_version(part)).unwrap_or(name)
}
