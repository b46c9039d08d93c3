//! `publiccode.yml` (<https://yml.publiccode.tools/schema.core.html>): public software of public administrations.
//! It must not keep the contacts it names.
use super::{Node, Subject};
use crate::facts::model::ClaimField;

pub(super) fn read(root: &Node, subject: &mut Subject<'_>) {
    if root.get("publiccodeYmlVersion").is_none() {
        return;
    }
    subject.say(ClaimField::Title, root.get("name"));
    let languages = root.get("description").map(Node::entries).unwrap_or_default();
    let english = languages.iter().find(|(language, _)| language.starts_with("en"));
    if let Some((_, texts)) = english.or_else(|| languages.first()) {
        subject.say(ClaimField::Description, texts.get("shortDescription").or_else(|| texts.get("longDescription")));
    }
    subject.say(ClaimField::Lifecycle, root.get("developmentStatus"));
    if let Some(kind) = root.get("softwareType").filter(|kind| kind.text() == Some("library")) {
        subject.say(ClaimField::Type, Some(kind));
    }
    subject.say_each(ClaimField::Tag, root.get("categories"));
    subject.say(ClaimField::Link, root.get("landingURL"));
}
