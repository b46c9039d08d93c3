//! Which declared Component and which detected component are one (docs/capabilities.md, "Declared and detected").
//! It must not merge their fields.
use super::declared::Declared;
use crate::facts::model::{DetectedComponent, RepositoryFacts};
use shared::{EntityKind, RepoPath};
use std::collections::BTreeMap;

/// The detected root of each declared entity that has one, by position in `declared`.
pub(super) fn pair(
    facts: &RepositoryFacts,
    declared: &[Declared<'_>],
    detected: &BTreeMap<RepoPath, DetectedComponent>,
) -> BTreeMap<usize, RepoPath> {
    let components: Vec<usize> =
        (0..declared.len()).filter(|at| declared[*at].entity.reference.kind() == EntityKind::Component).collect();
    let mut pairs = Pairs { declared, detected, names: names(facts, detected), taken: BTreeMap::new() };
    pairs.alone_at_one_place(&components);
    pairs.by_name(&components, |root, place| root == place);
    pairs.by_name(&components, |root, place| root != place && root.starts_with(place));
    pairs.first_at_one_place(&components);
    pairs.only_ones(&components);
    pairs.taken
}

struct Pairs<'a, 'd> {
    declared: &'a [Declared<'d>],
    detected: &'a BTreeMap<RepoPath, DetectedComponent>,
    names: BTreeMap<&'a RepoPath, Vec<String>>,
    taken: BTreeMap<usize, RepoPath>,
}

impl Pairs<'_, '_> {
    fn free(&self, at: usize) -> bool {
        !self.taken.contains_key(&at)
    }

    fn free_root(&self, root: &RepoPath) -> bool {
        self.detected.contains_key(root) && !self.taken.values().any(|taken| taken == root)
    }

    /// A folder with one declared Component and a detected one.
    fn alone_at_one_place(&mut self, components: &[usize]) {
        for at in components {
            let root = &self.declared[*at].entity.root;
            let alone = components.iter().filter(|other| self.declared[**other].entity.root == *root).count() == 1;
            if alone && self.free_root(root) {
                self.taken.insert(*at, root.clone());
            }
        }
    }

    /// A declared Component named as a detected one that stands where `near` allows.
    fn by_name(&mut self, components: &[usize], near: fn(&RepoPath, &RepoPath) -> bool) {
        for at in components {
            let entity = &self.declared[*at].entity;
            if !self.free(*at) {
                continue;
            }
            let called = |root: &&RepoPath| self.names[*root].iter().any(|name| name == entity.reference.name());
            let roots = self.detected.keys().filter(|root| self.free_root(root) && near(root, &entity.root));
            if let Some(root) = roots.filter(called).min_by_key(|root| root.as_str().len()).cloned() {
                self.taken.insert(*at, root);
            }
        }
    }

    /// The first declared Component of a folder whose detected one is still free.
    fn first_at_one_place(&mut self, components: &[usize]) {
        for at in components {
            let root = &self.declared[*at].entity.root;
            if self.free(*at) && self.free_root(root) {
                self.taken.insert(*at, root.clone());
            }
        }
    }

    /// The only declared Component and the only detected one, wherever they stand.
    fn only_ones(&mut self, components: &[usize]) {
        if let ([at], Some(root), 1) = (components, self.detected.keys().next(), self.detected.len())
            && self.free(*at)
        {
            self.taken.insert(*at, root.clone());
        }
    }
}

/// What each detected component may be called: its folder, its packages' last segments and, at the root, the repository.
fn names<'a>(
    facts: &RepositoryFacts,
    detected: &'a BTreeMap<RepoPath, DetectedComponent>,
) -> BTreeMap<&'a RepoPath, Vec<String>> {
    let repository = facts.repository.as_str();
    let names_of = |root: &RepoPath, component: &DetectedComponent| {
        let mut names = vec![if root.is_root() { repository } else { root.as_str() }, component.title.as_str()];
        names.extend(facts.packages.iter().filter(|p| p.path.parent() == *root).map(|p| p.decl.name.as_str()));
        names.into_iter().map(last_segment).collect()
    };
    detected.iter().map(|(root, component)| (root, names_of(root, component))).collect()
}

fn last_segment(name: &str) -> String {
    name.rsplit(['/', ':']).next().unwrap_or_default().to_ascii_lowercase()
}
