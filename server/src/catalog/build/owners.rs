//! The owner of a component from its claims: the descriptor, then CODEOWNERS.
//! It must not judge whether a claim is true; that needs history.
use crate::facts::model::{CodeOwner, RepositoryFacts};
use shared::{EntityKind, EntityRef, RepoPath};

/// What CODEOWNERS claims of a component.
pub(super) struct CodeOwners<'a> {
    /// Everyone named by the rule, as references; mail addresses name nobody in the catalog.
    pub(super) all: Vec<EntityRef>,
    pub(super) claim: &'a CodeOwner,
}

impl CodeOwners<'_> {
    /// The first team, else the first person.
    pub(super) fn first(&self) -> Option<&EntityRef> {
        self.all.iter().find(|owner| owner.kind() == EntityKind::Group).or_else(|| self.all.first())
    }
}

/// The claim of CODEOWNERS on a root, or else on the descriptor.
pub(super) fn of<'a>(
    facts: &'a RepositoryFacts,
    root: &RepoPath,
    descriptor: Option<&RepoPath>,
) -> Option<CodeOwners<'a>> {
    let of = |subject: &RepoPath| facts.code_owners.iter().find(|owner| owner.subject == *subject);
    let claim = of(root).or_else(|| of(descriptor?))?;
    let all: Vec<EntityRef> = claim.owners.iter().filter_map(|owner| reference(owner)).collect();
    if all.is_empty() { None } else { Some(CodeOwners { all, claim }) }
}

/// `@org/team` (and GitLab's `@org/sub/team`) is a group, `@user` a user.
fn reference(owner: &str) -> Option<EntityRef> {
    let name = owner.strip_prefix('@')?;
    match name.rsplit_once('/') {
        Some((_, team)) => EntityRef::new(EntityKind::Group, "default", team).ok(),
        None => EntityRef::new(EntityKind::User, "default", name).ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn teams_are_groups_and_people_users() {
        let read = |text: &str| reference(text).map(|r| r.to_string());
        assert_eq!(read("@acme/Payments").as_deref(), Some("group:default/payments"));
        assert_eq!(read("@acme/shop/web").as_deref(), Some("group:default/web"));
        assert_eq!(read("@ada").as_deref(), Some("user:default/ada"));
        assert_eq!(read("ada@example.com"), None);
    }
}
