//! Which component a file belongs to: the one whose root is the deepest above it.
//! It must not look into files.
use crate::{
    catalog::model::Entity,
    facts::model::{Exclusion, RepositoryFacts},
};
use shared::{EntityKind, EntityRef, RepoPath, Scope};
use std::collections::HashMap;

/// Roots of components and what is known of each file.
pub(super) struct Places<'a> {
    by_root: HashMap<&'a str, &'a EntityRef>,
    /// Components whose root lies below no other component's root.
    topmost: Vec<&'a EntityRef>,
    excluded: HashMap<&'a RepoPath, Exclusion>,
}

impl<'a> Places<'a> {
    pub(super) fn new(facts: &'a RepositoryFacts, entities: &'a [Entity]) -> Self {
        let mut by_root: HashMap<&str, &EntityRef> = HashMap::new();
        let components = || entities.iter().filter(|entity| entity.reference.kind() == EntityKind::Component);
        // Of several at one root the detected one holds the files: the others are names for parts nobody can tell apart.
        for entity in components() {
            let detected = entity.origin != shared::Origin::Declared;
            if detected || !by_root.contains_key(entity.root.as_str()) {
                by_root.insert(entity.root.as_str(), &entity.reference);
            }
        }
        let is_topmost = |root: &str| ancestors(root).skip(1).all(|above| !by_root.contains_key(above));
        let mut topmost: Vec<_> =
            by_root.iter().filter(|(root, _)| is_topmost(root)).map(|(_, reference)| *reference).collect();
        topmost.sort();
        let excluded = facts.files.iter().filter_map(|file| Some((&file.path, file.excluded?))).collect();
        Self { by_root, topmost, excluded }
    }

    /// The component of a file; `None` in vendored and fixture trees, and where no root lies above.
    pub(super) fn component_of(&self, path: &RepoPath) -> Option<&'a EntityRef> {
        if matches!(self.excluded.get(path), Some(Exclusion::Vendored | Exclusion::Fixture)) {
            return None;
        }
        let parent = path.parent();
        ancestors(parent.as_str()).find_map(|folder| self.by_root.get(folder).copied())
    }

    /// The components that evidence in a file speaks for: the file's own; and of a file in the repository's root or in a
    /// hidden folder there (`.github`), above every component, all the topmost ones.
    pub(super) fn components_of(&self, path: &RepoPath) -> Vec<&'a EntityRef> {
        if let Some(own) = self.component_of(path) {
            return vec![own];
        }
        let repository_wide = !path.as_str().contains('/') || path.as_str().starts_with('.');
        if repository_wide && !self.excluded.contains_key(path) { self.topmost.clone() } else { vec![] }
    }

    /// The components that a package written down in a manifest speaks for. As `components_of`, but what a workspace's
    /// root needs at run time says nothing of which of several members needs it; tools it needs serve them all, and so does
    /// whatever a package in a hidden folder there needs (`.sage/go.mod`): it is tooling itself.
    pub(super) fn components_choosing(&self, path: &RepoPath, scope: Scope) -> Vec<&'a EntityRef> {
        let hidden = path.as_str().starts_with('.') && path.as_str().contains('/');
        let shared_tool = hidden || matches!(scope, Scope::Dev | Scope::Build | Scope::Test);
        if shared_tool || self.topmost.len() < 2 {
            return self.components_of(path);
        }
        self.component_of(path).into_iter().collect()
    }

    /// Why the file is left out, if it is.
    pub(super) fn exclusion(&self, path: &RepoPath) -> Option<Exclusion> {
        self.excluded.get(path).copied()
    }
}

/// The folder itself and all above it, deepest first, down to the root `""`.
pub(super) fn ancestors(folder: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(folder), |at| {
        if at.is_empty() { None } else { Some(at.rsplit_once('/').map_or("", |(above, _)| above)) }
    })
}
