//! `opslevel.yml` (<https://docs.opslevel.com/docs/opslevel-yml>): a service or component, and the repository.
//! It must not read checks and tiers.
use super::{Node, Subject};
use crate::facts::model::ClaimField;

pub(super) fn read(root: &Node, subject: &mut Subject<'_>) {
    let service = root.get("service").or_else(|| root.get("component")).or_else(|| root.get("repository"));
    let Some(service) = service else { return };
    subject.say(ClaimField::Name, service.get("name"));
    subject.say(ClaimField::Description, service.get("description"));
    subject.say(ClaimField::Owner, service.get("owner"));
    subject.say(ClaimField::Lifecycle, service.get("lifecycle"));
    subject.say(ClaimField::System, service.get("system"));
    for tag in service.get("tags").map(Node::items).unwrap_or_default() {
        if let (Some(key), Some(value)) = (tag.text_of("key"), tag.text_of("value")) {
            subject.say_text(ClaimField::Tag, &format!("{key}:{value}"), tag.line);
        }
    }
    for tool in service.get("tools").map(Node::items).unwrap_or_default() {
        subject.say(ClaimField::Link, tool.get("url"));
    }
    for dependency in service.get("dependencies").map(Node::items).unwrap_or_default() {
        let alias = dependency.get("alias").or_else(|| dependency.get("service"));
        subject.say(ClaimField::DependsOn, alias.or(Some(dependency)));
    }
}
