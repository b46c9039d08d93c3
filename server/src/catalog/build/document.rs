//! A Backstage document for what no descriptor declares; it says in an annotation where it comes from.
//! It must not add what the entity's fields do not say.
use crate::{catalog::model::Entity, facts::model::RepositoryFacts};
use serde_json::{Value, json};

/// The document of an entity whose fields are final.
pub(super) fn of(facts: &RepositoryFacts, entity: &Entity) -> Value {
    let location = format!("file:{}/{}", facts.repository, entity.root);
    let mut document = json!({
        "apiVersion": "backstage.io/v1alpha1",
        "kind": entity.reference.kind().descriptor_kind(),
        "metadata": {
            "name": entity.reference.name(),
            "namespace": entity.reference.namespace(),
            "annotations": {
                "waymark.dev/origin": entity.origin.as_str(),
                "backstage.io/managed-by-location": location,
                "backstage.io/managed-by-origin-location": location,
            },
        },
        "spec": { "type": entity.subtype },
    });
    for (part, key, value) in [
        ("metadata", "title", entity.title.clone()),
        ("metadata", "description", entity.description.clone()),
        ("spec", "lifecycle", entity.lifecycle.clone()),
        ("spec", "owner", entity.owner.as_ref().map(ToString::to_string)),
        ("spec", "system", entity.system.as_ref().map(ToString::to_string)),
    ] {
        if let Some(value) = value {
            document[part][key] = value.into();
        }
    }
    if !entity.tags.is_empty() {
        document["metadata"]["tags"] = json!(entity.tags);
    }
    document
}
