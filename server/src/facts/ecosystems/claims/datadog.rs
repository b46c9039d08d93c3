//! `service.datadog.yaml` and `entity.datadog.yaml`, schema versions 1, 2, 2.1, 2.2 and 3
//! (<https://docs.datadoghq.com/internal_developer_portal/software_catalog/entity_model/>).
//! It must not keep contacts.
use super::{Node, Subject};
use crate::facts::model::ClaimField;

pub(super) fn read(root: &Node, subject: &mut Subject<'_>) {
    match (root.text_of("apiVersion"), root.text_of("schema-version")) {
        (Some(version), _) if version.starts_with("v3") => entity(root, subject),
        (_, Some("v1")) => service_1(root, subject),
        (_, Some(version)) if version.starts_with("v2") => service_2(root, subject),
        _ => {}
    }
}

fn service_1(root: &Node, subject: &mut Subject<'_>) {
    let info = |key: &str| root.at(&["info", key]);
    subject.say(ClaimField::Name, info("dd-service"));
    subject.say(ClaimField::Title, info("display-name"));
    subject.say(ClaimField::Description, info("description"));
    subject.say(ClaimField::Owner, root.at(&["org", "team"]));
    subject.say(ClaimField::System, root.at(&["org", "application"]));
    subject.say_each(ClaimField::Tag, root.get("tags"));
    links(root.get("external-resources"), subject);
}

fn service_2(root: &Node, subject: &mut Subject<'_>) {
    subject.say(ClaimField::Name, root.get("dd-service"));
    subject.say(ClaimField::Description, root.get("description"));
    subject.say(ClaimField::Owner, root.get("team").or_else(|| root.get("dd-team")));
    subject.say(ClaimField::System, root.get("application"));
    subject.say(ClaimField::Lifecycle, root.get("lifecycle"));
    subject.say_each(ClaimField::Tag, root.get("tags"));
    links(root.get("links"), subject);
}

/// Version 3 describes systems, data stores and queues too; only what runs or is built here is a component.
fn entity(root: &Node, subject: &mut Subject<'_>) {
    if !matches!(root.text_of("kind"), Some("service" | "library" | "ui" | "frontend")) {
        return;
    }
    let metadata = |key: &str| root.at(&["metadata", key]);
    subject.say(ClaimField::Name, metadata("name"));
    subject.say(ClaimField::Title, metadata("displayName"));
    subject.say(ClaimField::Description, metadata("description"));
    subject.say(ClaimField::Owner, metadata("owner"));
    subject.say_each(ClaimField::Tag, metadata("tags"));
    links(metadata("links"), subject);
    subject.say(ClaimField::Lifecycle, root.at(&["spec", "lifecycle"]));
    if root.text_of("kind") == Some("library") {
        subject.say(ClaimField::Type, root.get("kind"));
    }
    for system in root.at(&["spec", "componentOf"]).map(Node::items).unwrap_or_default() {
        if let Some(name) = system.text().and_then(|text| text.strip_prefix("system:")) {
            subject.say_text(ClaimField::System, name, system.line);
        }
    }
    for other in root.at(&["spec", "dependsOn"]).map(Node::items).unwrap_or_default() {
        if let Some((_, name)) = other.text().and_then(|text| text.split_once(':')) {
            subject.say_text(ClaimField::DependsOn, name, other.line);
        }
    }
}

fn links(node: Option<&Node>, subject: &mut Subject<'_>) {
    for link in node.map(Node::items).unwrap_or_default() {
        subject.say(ClaimField::Link, link.get("url"));
    }
}
