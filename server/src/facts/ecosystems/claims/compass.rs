//! `compass.yml` (<https://developer.atlassian.com/cloud/compass/config-as-code/structure-and-contents-of-a-compass-yml-file/>).
//! It must not take an Atlassian resource identifier for a name: nobody can read it.
use super::{Node, Subject};
use crate::facts::model::ClaimField;

pub(super) fn read(root: &Node, subject: &mut Subject<'_>) {
    subject.say(ClaimField::Name, root.get("name"));
    subject.say(ClaimField::Description, root.get("description"));
    let readable = |node: &&Node| node.text().is_some_and(|text| !text.starts_with("ari:"));
    subject.say(ClaimField::Owner, root.get("ownerId").filter(readable));
    subject.say(ClaimField::Lifecycle, root.at(&["fields", "lifecycle"]));
    let kind = root.get("typeId").or_else(|| root.get("type"));
    let word = kind.and_then(Node::text).and_then(|text| match text.to_ascii_uppercase().as_str() {
        "SERVICE" => Some("service"),
        "LIBRARY" => Some("library"),
        "CLI_TOOL" => Some("cli"),
        "WEBSITE" => Some("website"),
        _ => None,
    });
    if let (Some(kind), Some(word)) = (kind, word) {
        subject.say_text(ClaimField::Type, word, kind.line);
    }
    subject.say_each(ClaimField::Tag, root.get("labels"));
    for link in root.get("links").map(Node::items).unwrap_or_default() {
        subject.say(ClaimField::Link, link.get("url"));
    }
    for other in root.at(&["relationships", "DEPENDS_ON"]).map(Node::items).unwrap_or_default().iter().filter(readable)
    {
        subject.say(ClaimField::DependsOn, Some(other));
    }
}
