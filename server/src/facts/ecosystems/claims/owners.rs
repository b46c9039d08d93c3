//! Kubernetes OWNERS files and the names in OWNERS_ALIASES (<https://www.kubernetes.dev/docs/guide/owners/>).
//! It must not read who stands behind an alias.
use super::{Node, Subject};
use crate::facts::model::ClaimField;

/// Chromium, Gerrit and others have OWNERS files of their own form.
pub(super) fn is_kubernetes(text: &str) -> bool {
    let key = |line: &str| ["approvers:", "reviewers:", "filters:", "aliases:"].iter().any(|key| line.starts_with(key));
    text.lines().any(key)
}

pub(super) fn read(root: &Node, subject: &mut Subject<'_>) {
    let for_all = root.get("filters").and_then(|filters| filters.get(".*"));
    for holder in [Some(root), for_all].into_iter().flatten() {
        subject.say_each(ClaimField::Approver, holder.get("approvers"));
        subject.say_each(ClaimField::Tag, holder.get("labels"));
    }
}

pub(super) fn aliases(root: &Node, subject: &mut Subject<'_>) {
    for (name, people) in root.get("aliases").map(Node::entries).unwrap_or_default() {
        subject.say_text(ClaimField::Alias, name, people.line);
    }
}
