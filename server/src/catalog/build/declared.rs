//! Entities that descriptors declare, as they stand in their documents.
//! It must not join them with detected components.
use crate::{
    catalog::{model::Entity, rules::place_of},
    facts::model::{Descriptor, Reason, RepositoryFacts},
    scan::Finding,
};
use serde_json::Value;
use shared::{EntityKind, EntityRef, Origin, RepoName, Severity};
use std::collections::BTreeMap;

/// A declared entity and the descriptor it stands in.
pub(super) struct Declared<'a> {
    pub(super) entity: Entity,
    pub(super) descriptor: &'a Descriptor,
}

/// Every declared entity in path and line order. Of two with one reference the first stays and the other is a finding.
pub(super) fn entities<'a>(facts: &'a RepositoryFacts, findings: &mut Vec<Finding>) -> Vec<Declared<'a>> {
    let mut sorted: Vec<&Descriptor> = facts.descriptors.iter().collect();
    sorted.sort_by(|a, b| (&a.path, a.doc.line).cmp(&(&b.path, b.doc.line)));
    let mut out: Vec<Declared<'a>> = Vec::new();
    let mut first: BTreeMap<EntityRef, &Descriptor> = BTreeMap::new();
    for descriptor in sorted {
        let Some(entity) = entity(&facts.repository, descriptor) else { continue };
        if let Some(other) = first.get(&entity.reference) {
            findings.push(double(&entity.reference, descriptor, other));
            continue;
        }
        first.insert(entity.reference.clone(), descriptor);
        out.push(Declared { entity, descriptor });
    }
    out
}

fn double(reference: &EntityRef, descriptor: &Descriptor, first: &Descriptor) -> Finding {
    let message = format!(
        "{reference} is already declared in {}, line {}, which stays; remove one of the two or give it another name.",
        first.path, first.doc.line
    );
    finding(descriptor, "entity-duplicate", "metadata.name", message)
}

/// A warning at the nearest known place of a dotted path.
pub(super) fn finding(descriptor: &Descriptor, rule: &str, at: &str, message: String) -> Finding {
    let (line, column) = place_of(&descriptor.doc, at);
    Finding {
        rule: rule.to_owned(),
        severity: Severity::Warning,
        path: Some(descriptor.path.clone()),
        line: Some(line),
        column,
        message,
    }
}

/// The entity of a document. An envelope without kind or name was a finding of the parser and gives none.
fn entity(repository: &RepoName, descriptor: &Descriptor) -> Option<Entity> {
    let document = &descriptor.doc.document;
    let kind: EntityKind = text(document, "/kind")?.to_ascii_lowercase().parse().ok()?;
    let namespace = text(document, "/metadata/namespace").unwrap_or("default");
    let reference = EntityRef::new(kind, namespace, text(document, "/metadata/name")?).ok()?;
    let owned = |pointer: &str| text(document, pointer).map(str::to_owned);
    let reference_at = |pointer: &str, kind| EntityRef::parse(text(document, pointer)?, Some(kind), namespace).ok();
    let line = descriptor.doc.line;
    Some(Entity {
        origin: Origin::Declared,
        title: owned("/metadata/title").or_else(|| owned("/spec/profile/displayName")),
        description: owned("/metadata/description"),
        subtype: owned("/spec/type"),
        lifecycle: owned("/spec/lifecycle"),
        owner: reference_at("/spec/owner", EntityKind::Group),
        system: reference_at("/spec/system", EntityKind::System),
        tags: tags(document),
        document: with_location(document, repository, descriptor),
        root: super::detected::visible(&descriptor.path.parent()),
        descriptor: Some((descriptor.path.clone(), line)),
        languages: BTreeMap::new(),
        because: vec![Reason {
            text: "declared by a descriptor".to_owned(),
            path: Some(descriptor.path.clone()),
            line: Some(line),
        }],
        also_says: vec![],
        readme: None,
        definition: None,
        reference,
    })
}

/// A text that is not empty, by JSON pointer.
pub(super) fn text<'a>(document: &'a Value, pointer: &str) -> Option<&'a str> {
    document.pointer(pointer)?.as_str().map(str::trim).filter(|text| !text.is_empty())
}

fn tags(document: &Value) -> Vec<String> {
    let tags = document.pointer("/metadata/tags").and_then(Value::as_array).into_iter().flatten();
    tags.filter_map(Value::as_str).map(str::to_owned).collect()
}

/// The document with the annotations by which Backstage says where an entity comes from.
fn with_location(document: &Value, repository: &RepoName, descriptor: &Descriptor) -> Value {
    let mut document = document.clone();
    let location = format!("file:{repository}/{}", descriptor.path);
    if let Some(metadata) = document.get_mut("metadata").and_then(Value::as_object_mut) {
        let annotations = metadata.entry("annotations").or_insert_with(|| Value::Object(serde_json::Map::new()));
        if let Some(annotations) = annotations.as_object_mut() {
            for key in ["backstage.io/managed-by-location", "backstage.io/managed-by-origin-location"] {
                annotations.entry(key).or_insert_with(|| Value::String(location.clone()));
            }
        }
    }
    document
}
