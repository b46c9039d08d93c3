//! Vendors' claims joined with the entities they speak of (docs/claims.md): descriptors of ours and Backstage's win over
//! them, they win over CODEOWNERS and package metadata. It must not judge whether a claim is true.
mod fields;
mod groups;

use super::{document, names, owners};
use crate::{
    catalog::model::{AlsoSays, Entity, Relation},
    facts::model::{ClaimField, Reason, RepositoryFacts},
    scan::Finding,
};
use fields::Fields;
use groups::Group;
use shared::{EntityKind, EntityRef, Origin, RepoPath};
use std::collections::{BTreeMap, BTreeSet};

/// Lets every vendor's document speak for its component, strongest first; a document of a component that nothing else shows
/// declares one. Gives the relations that the claims state.
pub(super) fn apply(facts: &RepositoryFacts, entities: &mut Vec<Entity>, findings: &mut Vec<Finding>) -> Vec<Relation> {
    let mut speaking: BTreeMap<usize, Vec<Group<'_>>> = BTreeMap::new();
    for group in groups::of(facts) {
        let at = target(entities, &group).or_else(|| {
            let entity = declared_by(&group, entities)?;
            entities.push(entity);
            Some(entities.len() - 1)
        });
        if let Some(at) = at {
            speaking.entry(at).or_default().push(group);
        }
    }
    let mut relations = vec![];
    for (at, groups) in speaking {
        let entity = &mut entities[at];
        let mut fields = Fields::new(facts, entity);
        for group in &groups {
            fields.hear(group);
            relations.extend(
                group
                    .dependencies()
                    .map(|claim| relation(&fields.entity.reference, "dependsOn", dependency(&claim.decl.value), claim)),
            );
        }
        relations.extend(fields.relations());
        findings.append(&mut fields.findings);
        settle(facts, entity, &groups);
    }
    relations
}

/// The entity that a document speaks for.
fn target(entities: &[Entity], group: &Group<'_>) -> Option<usize> {
    let is_component = |entity: &Entity| entity.reference.kind() == EntityKind::Component;
    let components = || entities.iter().enumerate().filter(|(_, entity)| is_component(entity));
    // Of several at one place the detected one holds the files.
    let nearest = |found: &mut dyn Iterator<Item = (usize, &Entity)>| {
        found.min_by_key(|(_, e)| (e.root.as_str().len(), e.origin == Origin::Declared)).map(|(at, _)| at)
    };
    if group.is_of_folder() {
        return nearest(&mut components().filter(|(_, entity)| entity.root == group.folder));
    }
    if let Some(name) = group.name() {
        let named = components().filter(|(_, e)| e.root.starts_with(&group.folder) && is_called(e, &name));
        if let Some(at) = nearest(&mut named.into_iter()) {
            return Some(at);
        }
    }
    if !group.alone {
        return None;
    }
    let here = nearest(&mut components().filter(|(_, entity)| entity.root == group.folder));
    let above = || {
        let above = components().filter(|(_, entity)| group.folder.starts_with(&entity.root));
        above.max_by_key(|(_, entity)| entity.root.as_str().len()).map(|(at, _)| at)
    };
    let only = || (components().count() == 1).then(|| components().next().map(|(at, _)| at)).flatten();
    // In a folder without a component a name of its own tells of another component than the one around it.
    here.or_else(|| if group.name().is_none() { above() } else { None })
        .or_else(|| if group.folder.is_root() { only() } else { None })
}

fn is_called(entity: &Entity, name: &str) -> bool {
    let folder = entity.root.file_name();
    entity.reference.name() == name || (!folder.is_empty() && names::slug(folder) == name)
}

/// A component that only a vendor's descriptor declares.
fn declared_by(group: &Group<'_>, entities: &[Entity]) -> Option<Entity> {
    let claim = group.first(ClaimField::Name)?;
    let taken: BTreeSet<EntityRef> = entities.iter().map(|entity| entity.reference.clone()).collect();
    Some(Entity {
        reference: names::free(EntityKind::Component, &names::slug(&claim.decl.value), &taken),
        origin: Origin::Declared,
        title: None,
        description: None,
        subtype: None,
        lifecycle: None,
        owner: None,
        system: None,
        tags: vec![],
        document: serde_json::Value::Null,
        root: group.folder.clone(),
        descriptor: Some((claim.path.clone(), claim.decl.line)),
        languages: BTreeMap::new(),
        because: vec![],
        also_says: vec![],
        readme: None,
        definition: None,
    })
}

/// Origin and document follow from what was heard.
fn settle(facts: &RepositoryFacts, entity: &mut Entity, groups: &[Group<'_>]) {
    let descriptors: Vec<&Group<'_>> = groups.iter().filter(|group| !group.is_of_folder()).collect();
    if entity.origin == Origin::Detected && !descriptors.is_empty() {
        entity.origin = Origin::Both;
    }
    for group in descriptors {
        let text = format!("declared by {}", group.source());
        entity.because.push(Reason { text, path: Some(group.path.clone()), line: Some(group.line()) });
    }
    if !is_described(entity) {
        entity.document = document::of(facts, entity);
        let links: Vec<serde_json::Value> =
            groups.iter().flat_map(|group| group.links()).map(|url| serde_json::json!({ "url": url })).collect();
        if !links.is_empty() {
            entity.document["metadata"]["links"] = links.into();
        }
    }
}

/// Whether a descriptor of Backstage's form or ours declares the entity.
fn is_described(entity: &Entity) -> bool {
    let ours = entity.document.pointer("/metadata/annotations/waymark.dev~1origin").is_some();
    entity.descriptor.is_some() && !entity.document.is_null() && !ours
}

/// A team by the last part of what it is called: `acme/orders-team`, `Orders Team`, `group:orders`.
fn team(value: &str) -> EntityRef {
    named(EntityKind::Group, value)
}

fn dependency(value: &str) -> EntityRef {
    named(EntityKind::Component, value)
}

fn named(kind: EntityKind, value: &str) -> EntityRef {
    let last = value.trim_start_matches('@').rsplit(['/', ':']).find(|part| !part.trim().is_empty());
    names::free(kind, &names::slug(last.unwrap_or(value)), &BTreeSet::new())
}

fn relation(from: &EntityRef, kind: &str, to: EntityRef, claim: &crate::facts::model::Claim) -> Relation {
    let (path, line) = (Some(claim.path.clone()), Some(claim.decl.line));
    Relation { from: from.clone(), kind: kind.to_owned(), to, observed: false, path, line }
}

/// A value of a weaker source, kept beside the one that won.
fn loser(field: &str, value: &str, source: &str, place: (Option<&RepoPath>, Option<u32>)) -> AlsoSays {
    let (path, line) = (place.0.cloned(), place.1);
    AlsoSays { field: field.to_owned(), value: value.to_owned(), source: source.to_owned(), path, line }
}

/// What CODEOWNERS says of an entity's place.
fn code_owners<'a>(facts: &'a RepositoryFacts, entity: &Entity) -> Option<owners::CodeOwners<'a>> {
    owners::of(facts, &entity.root, entity.descriptor.as_ref().map(|(path, _)| path))
}
