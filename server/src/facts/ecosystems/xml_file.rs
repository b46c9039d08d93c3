//! XML with places: a bounded document without document types, and short ways to its elements.
//! It must not know what any element means.
use super::manifest;
use crate::facts::model::Problem;
use roxmltree::{Document, Node, ParsingOptions};

/// RELIABILITY section 6 bounds XML; a package file of 1 MiB has far fewer nodes.
const MAX_NODES: u32 = 100_000;

/// Reads a document.
///
/// # Errors
/// The problem of a text that is no XML, or has a document type.
pub(super) fn read(text: &str) -> Result<Document<'_>, Problem> {
    let options = ParsingOptions { allow_dtd: false, nodes_limit: MAX_NODES, ..ParsingOptions::default() };
    Document::parse_with_options(text, options).map_err(|error| {
        let at = error.pos();
        let n_lines = u32::try_from(memchr::memchr_iter(b'\n', text.as_bytes()).count() + 1).unwrap_or(u32::MAX);
        let place = (at.row.clamp(1, n_lines), at.col.max(1));
        manifest::unreadable("XML", text, place, &error.to_string())
    })
}

/// The 1-based line of an element.
pub(super) fn line(node: Node<'_, '_>) -> u32 {
    node.document().text_pos_at(node.range().start).row
}

/// The elements below a node.
pub(super) fn elements<'a, 'i>(node: Node<'a, 'i>) -> impl Iterator<Item = Node<'a, 'i>> {
    node.children().filter(Node::is_element)
}

/// The first element of a name below a node.
pub(super) fn child<'a, 'i>(node: Node<'a, 'i>, name: &str) -> Option<Node<'a, 'i>> {
    elements(node).find(|child| child.tag_name().name() == name)
}

/// The text of the first element of a name; `None` when it is empty.
pub(super) fn text(node: Node<'_, '_>, name: &str) -> Option<String> {
    manifest::requirement(child(node, name)?.text()?)
}

/// The value of an attribute or, as MSBuild allows, of an element of the name.
pub(super) fn metadata(node: Node<'_, '_>, name: &str) -> Option<String> {
    node.attribute(name).and_then(manifest::requirement).or_else(|| text(node, name))
}
