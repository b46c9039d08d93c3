//! `port.yml` (<https://docs.port.io/build-your-software-catalog/custom-integration/gitops/>): entities of an organisation's
//! own blueprints, of which those that name a component are read. It must not guess at other blueprints.
use super::{Node, Subject};
use crate::facts::model::ClaimField;

pub(super) fn read(root: &Node, subject: &mut Subject<'_>) {
    let blueprint = root.text_of("blueprint").unwrap_or_default().to_ascii_lowercase();
    if !matches!(blueprint.as_str(), "service" | "microservice" | "component" | "library") {
        return;
    }
    let property = |key: &str| root.at(&["properties", key]);
    subject.say(ClaimField::Name, root.get("identifier"));
    subject.say(ClaimField::Title, root.get("title"));
    subject.say_each(ClaimField::Owner, root.get("team"));
    subject.say(ClaimField::Description, property("description"));
    subject.say(ClaimField::Lifecycle, property("lifecycle"));
    subject.say_each(ClaimField::System, root.at(&["relations", "system"]));
    subject.say_each(ClaimField::Tag, property("tags"));
}
