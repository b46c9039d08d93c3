//! `cortex.yaml` (<https://docs.cortex.io/ingesting-data-into-cortex/entities-overview/entities/yaml>): an OpenAPI document
//! whose `x-cortex-*` keys describe an entity. It must not keep owners that are persons.
use super::{Node, Subject};
use crate::facts::model::ClaimField;

pub(super) fn read(root: &Node, subject: &mut Subject<'_>) {
    let Some(info) = root.get("info") else { return };
    let kind = info.text_of("x-cortex-type").unwrap_or("service");
    if matches!(kind, "team" | "domain") || info.get("x-cortex-tag").is_none() {
        return;
    }
    subject.say(ClaimField::Name, info.get("x-cortex-tag"));
    subject.say(ClaimField::Title, info.get("title"));
    subject.say(ClaimField::Description, info.get("description"));
    for owner in info.get("x-cortex-owners").map(Node::items).unwrap_or_default() {
        if matches!(owner.text_of("type"), Some("group" | "team" | "GROUP")) {
            subject.say(ClaimField::Owner, owner.get("name"));
        }
    }
    subject.say_each(ClaimField::Tag, info.get("x-cortex-groups").or_else(|| info.get("x-cortex-service-groups")));
    for link in info.get("x-cortex-link").map(Node::items).unwrap_or_default() {
        subject.say(ClaimField::Link, link.get("url"));
    }
    for parent in info.get("x-cortex-parents").map(Node::items).unwrap_or_default() {
        subject.say(ClaimField::System, parent.get("tag"));
    }
    for other in info.at(&["x-cortex-dependency", "cortex"]).map(Node::items).unwrap_or_default() {
        subject.say(ClaimField::DependsOn, other.get("tag"));
    }
}
