//! Which clusters of equal code are one thing: those that lie side by side in the same repositories.
//! It must not look into the code.
use shared::{EntityRef, RepoName, RepoPath, api::ClusterItem};
use std::collections::{BTreeMap, BTreeSet};

/// Who holds a copy: a component, or a repository where no component's root holds the file.
pub(super) type Place = (RepoName, Option<EntityRef>);

/// The places of a cluster's copies.
pub(super) fn places(cluster: &ClusterItem) -> BTreeSet<Place> {
    cluster.files.iter().map(|file| (file.repository.clone(), file.component.clone())).collect()
}

/// Positions in lists, joined step by step.
pub(super) struct Joined {
    to: Vec<usize>,
}

impl Joined {
    pub(super) fn new(n: usize) -> Self {
        Self { to: (0..n).collect() }
    }

    fn root(&mut self, mut at: usize) -> usize {
        while self.to[at] != at {
            self.to[at] = self.to[self.to[at]];
            at = self.to[at];
        }
        at
    }

    /// The smaller root stays: the outcome does not depend on the order of joining.
    pub(super) fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        self.to[a.max(b)] = a.min(b);
    }

    /// The sets, each in order.
    pub(super) fn sets(mut self) -> Vec<Vec<usize>> {
        let mut sets: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for at in 0..self.to.len() {
            sets.entry(self.root(at)).or_default().push(at);
        }
        sets.into_values().collect()
    }
}

/// Clusters that have copies in the same folders of two or more places.
pub(super) fn by_folder(clusters: &[&ClusterItem]) -> Vec<Vec<usize>> {
    let mut joined = Joined::new(clusters.len());
    let mut seen: BTreeMap<Vec<(RepoName, RepoPath)>, usize> = BTreeMap::new();
    for (at, cluster) in clusters.iter().enumerate() {
        for pair in pairs(cluster) {
            let first = *seen.entry(pair).or_insert(at);
            joined.join(first, at);
        }
    }
    joined.sets()
}

/// Folders that a pair is looked for in: the work stays bounded for a cluster of very many copies.
const MOST_FOLDERS: usize = 20;

/// Every two folders of different repositories that a cluster has copies in. Repository roots hold too much to tell.
fn pairs(cluster: &ClusterItem) -> Vec<Vec<(RepoName, RepoPath)>> {
    let folders: BTreeSet<(RepoName, RepoPath)> = cluster
        .files
        .iter()
        .map(|file| (file.repository.clone(), file.path.parent()))
        .filter(|(_, folder)| !folder.is_root())
        .collect();
    let folders: Vec<_> = folders.into_iter().take(MOST_FOLDERS).collect();
    let mut pairs = Vec::new();
    for (at, one) in folders.iter().enumerate() {
        let others = folders[at + 1..].iter().filter(|other| other.0 != one.0);
        pairs.extend(others.map(|other| vec![one.clone(), other.clone()]));
    }
    pairs
}
