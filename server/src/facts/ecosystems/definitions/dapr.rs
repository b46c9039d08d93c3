//! Dapr components (<https://docs.dapr.io/reference/resource-specs/component-schema/>): which building block is used.
//! It must not read a component's metadata, where secrets lie.
use super::{Node, manifest};
use crate::facts::model::{DependencyDecl, FileFacts};
use shared::{DependencyKind, Ecosystem, Scope};

/// Adds `state.redis` and its like, with the component's version as requirement.
pub(super) fn read(roots: &[Node], facts: &mut FileFacts) {
    for root in roots {
        let is_component = root.text_of("kind") == Some("Component")
            && root.text_of("apiVersion").is_some_and(|version| version.starts_with("dapr.io/"));
        let Some(node) = root.at(&["spec", "type"]).filter(|_| is_component) else { continue };
        let Some(name) = node.text() else { continue };
        let allowed = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_' | b'/');
        if !manifest::is_name(name) || !name.bytes().all(allowed) {
            facts.problems.push(manifest::bad_name(name, (node.line, 1)));
            continue;
        }
        facts.dependencies.push(DependencyDecl {
            ecosystem: Ecosystem::known("dapr"),
            name: name.to_owned(),
            requirement: root.at(&["spec", "version"]).and_then(Node::text).and_then(manifest::requirement),
            version: None,
            scope: Scope::Runtime,
            kind: DependencyKind::Declared,
            line: Some(node.line),
        });
    }
}
