//! Clusters as the API gives them: who holds each copy, which was first, how far they drifted apart.
//! It must not decide what is equal, or which capability a cluster rivals.
use super::{
    claims::claim_of,
    model::{Cluster, CodeFile, Copied, Holder, Origin},
};
use shared::{
    CloneKind, CommitId, EntityRef, RepoName, Timestamp,
    api::{ClusterFile, ClusterFirst, ClusterItem},
};
use std::collections::{BTreeMap, BTreeSet, HashSet};

/// Copies shown of one cluster.
const MOST_FILES: usize = 50;
/// Stems that say nothing without their folder.
const PLAIN_STEMS: &[&str] = &[
    "index",
    "main",
    "mod",
    "lib",
    "app",
    "util",
    "utils",
    "helper",
    "helpers",
    "common",
    "types",
    "client",
    "server",
    "config",
    "constants",
    "errors",
    "test",
    "setup",
    "build",
    "variables",
    "outputs",
];

/// What a cluster's copies are joined with.
pub struct Context<'a> {
    /// Those that the clusters were made of.
    pub files: &'a [CodeFile],
    /// Who holds a file.
    pub holder: &'a dyn Fn(&CodeFile) -> Holder,
    /// Where it came from; `None` while no past was read.
    pub origin: &'a dyn Fn(&CodeFile) -> Option<Origin>,
    /// The page of a file at a line, at the tip of its repository.
    pub file_link: &'a dyn Fn(&CodeFile, u32) -> Option<String>,
    /// The page of a commit.
    pub commit_link: &'a dyn Fn(&RepoName, &CommitId) -> Option<String>,
}

/// One item a cluster, in the same order.
pub fn describe(clusters: &[Cluster], context: &Context<'_>) -> Vec<ClusterItem> {
    clusters.iter().map(|cluster| context.item(cluster)).collect()
}

/// A copy with what is known of it.
struct Known<'a> {
    copy: &'a Copied,
    file: &'a CodeFile,
    holder: Holder,
    origin: Option<Origin>,
}

impl Context<'_> {
    fn item(&self, cluster: &Cluster) -> ClusterItem {
        let copies = self.oldest_first(cluster);
        let lines = |copy: &Copied| u64::from(copy.to_line.saturating_sub(copy.from_line) + 1);
        let teams: BTreeSet<&EntityRef> = copies.iter().filter_map(|known| known.holder.owner.as_ref()).collect();
        let repositories: BTreeSet<u32> = copies.iter().map(|known| known.file.repository).collect();
        let drift = Drift::from_first(cluster.kind, &copies);
        ClusterItem {
            id: cluster.id.clone(),
            kind: cluster.kind,
            name: name(&copies),
            language: cluster.language.clone(),
            files: copies.iter().take(MOST_FILES).map(|known| self.file(known, &drift)).collect(),
            n_files: copies.len() as u64,
            repositories: repositories.len() as u64,
            teams: teams.into_iter().cloned().collect(),
            lines: copies.first().map_or(0, |known| lines(known.copy)),
            duplicated_lines: copies.iter().skip(1).map(|known| lines(known.copy)).sum(),
            first: copies.first().and_then(|known| self.first(known)),
            capability: None,
            capability_reason: None,
            shadow: None,
            claim: claim_of(cluster.kind, cluster.n_lines),
        }
    }

    /// What came first stands first; copies of unknown age are last.
    fn oldest_first<'c>(&'c self, cluster: &'c Cluster) -> Vec<Known<'c>> {
        let known = |copy: &'c Copied| {
            let file = self.files.get(copy.file as usize)?;
            Some(Known { copy, file, holder: (self.holder)(file), origin: (self.origin)(file) })
        };
        let mut copies: Vec<Known<'_>> = cluster.copies.iter().filter_map(known).collect();
        copies.sort_by_cached_key(|known| {
            let at = known.origin.as_ref().map_or(i64::MAX, |origin| origin.at);
            (at, known.holder.repository.clone(), known.file.path.clone(), known.copy.from_line)
        });
        copies
    }

    fn file(&self, known: &Known<'_>, drift: &Drift) -> ClusterFile {
        let Known { copy, file, holder, origin } = known;
        ClusterFile {
            repository: holder.repository.clone(),
            path: file.path.clone(),
            blob: file.blob.clone(),
            from_line: copy.from_line,
            to_line: copy.to_line,
            component: holder.component.clone(),
            owner: holder.owner.clone(),
            added: self.first(known),
            added_by: origin.as_ref().and_then(|origin| origin.team.clone()),
            changes: origin.as_ref().map_or(0, |origin| origin.changes),
            similarity: drift.similarity(known),
            permalink: (self.file_link)(file, copy.from_line),
        }
    }

    fn first(&self, known: &Known<'_>) -> Option<ClusterFirst> {
        let origin = known.origin.as_ref()?;
        let repository = known.holder.repository.clone();
        let permalink = (self.commit_link)(&repository, &origin.commit);
        Some(ClusterFirst { repository, commit: origin.commit.clone(), at: timestamp(origin.at)?, permalink })
    }
}

/// `None` for what no calendar holds.
fn timestamp(seconds: i64) -> Option<Timestamp> {
    let time = chrono::DateTime::from_timestamp(seconds, 0)?;
    Timestamp::new(time.format("%Y-%m-%dT%H:%M:%SZ").to_string()).ok()
}

/// How much of the first copy others still hold.
struct Drift {
    /// Empty when all copies are equal.
    first: HashSet<u64>,
}

impl Drift {
    fn from_first(kind: CloneKind, copies: &[Known<'_>]) -> Self {
        let first = match copies.first() {
            Some(first) if kind == CloneKind::Region => hashes(first).collect(),
            _ => HashSet::new(),
        };
        Self { first }
    }

    fn similarity(&self, copy: &Known<'_>) -> f64 {
        if self.first.is_empty() {
            return 1.0;
        }
        let held: HashSet<u64> = hashes(copy).filter(|hash| self.first.contains(hash)).collect();
        held.len() as f64 / self.first.len() as f64
    }
}

fn hashes<'a>(known: &'a Known<'_>) -> impl Iterator<Item = u64> + 'a {
    let Copied { from_line, to_line, .. } = *known.copy;
    let prints = known.file.print.prints.iter();
    prints.filter(move |print| print.from_line >= from_line && print.to_line <= to_line).map(|print| print.hash)
}

/// The stem that most copies share, with its folder where the stem says nothing.
fn name(copies: &[Known<'_>]) -> String {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for known in copies {
        let file_name = known.file.path.file_name();
        let stem = file_name.split('.').find(|part| !part.is_empty()).unwrap_or(file_name);
        let folder = known.file.path.parent();
        let plain = PLAIN_STEMS.contains(&stem.to_ascii_lowercase().as_str()) && !folder.is_root();
        let name = if plain { format!("{}/{stem}", folder.file_name()) } else { stem.to_owned() };
        *counts.entry(name).or_default() += 1;
    }
    let most = counts.into_iter().rev().max_by_key(|(_, n)| *n);
    most.map(|(name, _)| name).unwrap_or_default()
}
