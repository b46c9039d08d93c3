//! OpenSLO documents (<https://github.com/OpenSLO/OpenSLO>): the objectives, indicators and services of one file.
//! It must not compute an objective.
use super::{Node, entry, title};
use crate::facts::model::{DefinitionDecl, DefinitionKind};

/// The file's documents as one resource, named by its only SLO, else by its service.
pub(super) fn read(roots: &[Node]) -> Option<DefinitionDecl> {
    let is_ours = |root: &&Node| root.text_of("apiVersion").is_some_and(|v| v.starts_with("openslo"));
    let docs: Vec<Doc<'_>> = roots.iter().filter(is_ours).filter_map(Doc::of).collect();
    let slos: Vec<&Doc<'_>> = docs.iter().filter(|doc| doc.kind == "SLO").collect();
    let main = match slos.as_slice() {
        [only] => only,
        _ => docs.iter().find(|doc| doc.kind == "Service").or_else(|| docs.first())?,
    };
    let mut found = DefinitionDecl::new(DefinitionKind::Resource, "slo", &main.name, main.line);
    found.title = main.node.at(&["metadata", "displayName"]).and_then(Node::text).and_then(title);
    found.description = description(main.node).and_then(super::manifest::description);
    for doc in &docs {
        found.push(entry(&format!("{} {}", doc.kind, doc.name), description(doc.node), doc.line));
    }
    Some(found)
}

struct Doc<'a> {
    node: &'a Node,
    kind: &'a str,
    name: String,
    line: u32,
}

impl<'a> Doc<'a> {
    fn of(node: &'a Node) -> Option<Self> {
        let kind = node.text_of("kind").filter(|kind| matches!(*kind, "SLO" | "SLI" | "Service"))?;
        let name = node.at(&["metadata", "name"])?;
        Some(Self { node, kind, name: title(name.text()?)?, line: name.line })
    }
}

fn description(node: &Node) -> Option<&str> {
    node.at(&["spec", "description"]).or_else(|| node.at(&["metadata", "displayName"])).and_then(Node::text)
}
