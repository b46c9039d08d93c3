//! Declared relations of every kind, as Backstage derives them (`BuiltinKindsEntityProcessor`), in one direction each.
//! It must not check whether the other end exists.
use super::declared::finding;
use crate::{
    catalog::{model::Relation, rules::place_of},
    facts::model::Descriptor,
    scan::Finding,
};
use serde_json::Value;
use shared::{EntityKind, EntityRef};

/// One field of a spec that holds references.
struct Field {
    kinds: &'static [EntityKind],
    key: &'static str,
    relation: &'static str,
    /// The kind a reference without one has; `None` when it must name its kind.
    default: Option<EntityKind>,
    /// The relation leads from the other end to this entity.
    inverse: bool,
}

const fn field(
    kinds: &'static [EntityKind],
    key: &'static str,
    relation: &'static str,
    default: Option<EntityKind>,
) -> Field {
    Field { kinds, key, relation, default, inverse: false }
}

const fn inverse(field: Field) -> Field {
    Field { inverse: true, ..field }
}

use EntityKind::{Api, Capability, Component, Domain, Group, Resource, System, Template, User};

const FIELDS: [Field; 16] = [
    field(&[Component, Api, Resource, System, Domain, Template, Capability], "owner", "ownedBy", Some(Group)),
    field(&[Component, Api, Resource], "system", "partOf", Some(System)),
    field(&[System], "domain", "partOf", Some(Domain)),
    field(&[Domain], "subdomainOf", "partOf", Some(Domain)),
    field(&[Component], "subcomponentOf", "partOf", Some(Component)),
    field(&[Component], "providesApis", "providesApi", Some(Api)),
    field(&[Component], "consumesApis", "consumesApi", Some(Api)),
    field(&[Component, Resource], "dependsOn", "dependsOn", None),
    inverse(field(&[Component, Resource], "dependencyOf", "dependsOn", None)),
    field(&[Group], "parent", "childOf", Some(Group)),
    inverse(field(&[Group], "children", "childOf", Some(Group))),
    inverse(field(&[Group], "members", "memberOf", Some(User))),
    field(&[User], "memberOf", "memberOf", Some(Group)),
    field(&[Capability], "offers[].component", "offers", Some(Component)),
    field(&[Capability], "interfaces[].api", "providesApi", Some(Api)),
    field(&[System, Domain], "dependsOn", "dependsOn", None),
];

/// The relations that one document declares. A reference that cannot be read is a finding.
pub(super) fn declared(descriptor: &Descriptor, own: &EntityRef, findings: &mut Vec<Finding>) -> Vec<Relation> {
    let mut out = Vec::new();
    for field in FIELDS.iter().filter(|field| field.kinds.contains(&own.kind())) {
        for (at, value) in values(&descriptor.doc.document["spec"], field.key) {
            let at = format!("spec.{at}");
            match reference(value, field, own) {
                Ok(other) => out.push(relation(descriptor, own, (field, other), &at)),
                Err(message) => findings.push(finding(descriptor, "relation-invalid-ref", &at, message)),
            }
        }
    }
    out
}

fn reference(value: &Value, field: &Field, own: &EntityRef) -> Result<EntityRef, String> {
    let wanted =
        field.default.map_or_else(|| "component:default/name".to_owned(), |kind| format!("{kind}:default/name"));
    let Some(text) = value.as_str() else {
        return Err(format!("{} holds something that is not text; write {wanted}.", field.key));
    };
    EntityRef::parse(text.trim(), field.default, own.namespace()).map_err(|error| format!("{error}; write {wanted}."))
}

fn relation(descriptor: &Descriptor, own: &EntityRef, (field, other): (&Field, EntityRef), at: &str) -> Relation {
    let (from, to) = if field.inverse { (other, own.clone()) } else { (own.clone(), other) };
    let line = place_of(&descriptor.doc, at).0;
    Relation {
        from,
        kind: field.relation.to_owned(),
        to,
        observed: false,
        path: Some(descriptor.path.clone()),
        line: Some(line),
    }
}

/// The values of a key with their dotted paths; `a[].b` walks the list under `a`. One value and a list are alike.
fn values<'a>(spec: &'a Value, key: &str) -> Vec<(String, &'a Value)> {
    if let Some((list, key)) = key.split_once("[].") {
        let items = spec[list].as_array().into_iter().flatten().enumerate();
        return items.filter_map(|(i, item)| Some((format!("{list}[{i}].{key}"), item.get(key)?))).collect();
    }
    match &spec[key] {
        Value::Null => vec![],
        Value::Array(items) => items.iter().enumerate().map(|(i, item)| (format!("{key}[{i}]"), item)).collect(),
        one => vec![(key.to_owned(), one)],
    }
}
