//! `score.yaml` (<https://docs.score.dev/docs/score-specification/score-spec-reference/>): a workload's name, its images and
//! the kinds of resources it asks for. It must not read variables.
use super::{
    super::{definitions::entry, docker},
    Node, Subject,
};
use crate::facts::model::{ClaimField, DefinitionDecl, DefinitionKind};
use shared::Scope;

pub(super) fn read(root: &Node, subject: &mut Subject<'_>) {
    if !root.text_of("apiVersion").is_some_and(|version| version.starts_with("score.dev/")) {
        return;
    }
    let name = root.at(&["metadata", "name"]);
    subject.say(ClaimField::Name, name);
    for (_, container) in root.get("containers").map(Node::entries).unwrap_or_default() {
        // A lone dot stands for the image that is built here, a variable for one that is chosen later.
        let image = container.get("image").filter(|image| image.text().is_some_and(|t| t != "." && !t.contains('$')));
        let found = image.and_then(|image| docker::dependency(image.text()?, Scope::Runtime, image.line));
        subject.facts.dependencies.extend(found);
    }
    let resources = root.get("resources").map(Node::entries).unwrap_or_default();
    let (Some((name, line)), false) = (name.and_then(|node| Some((node.text()?, node.line))), resources.is_empty())
    else {
        return;
    };
    let name = super::manifest::tidy(name, 200);
    let mut found = DefinitionDecl::new(DefinitionKind::Resource, "score", &name, line);
    for (name, resource) in resources {
        found.push(entry(name, resource.text_of("type"), resource.line));
    }
    subject.facts.definitions.push(found);
}
