//! What shadow platforms are found in, and the candidates.
//! Nothing here decides.
use crate::catalog::model::{Capability, Evidence};
use serde::{Deserialize, Serialize};
use shared::{Confidence, EntityRef, OfferPath, RepoName, RepoPath, ShadowKind, api::ClusterItem};
use std::collections::BTreeMap;

/// The whole catalog as candidates are looked for in it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Estate {
    pub capabilities: Vec<Capability>,
    pub components: Vec<EstateComponent>,
    pub usages: Vec<EstateUsage>,
    /// Packages that components publish, and who depends on them.
    pub packages: Vec<EstatePackage>,
    /// With files, origins and teams already told; `capability` and `shadow` are still open.
    pub clusters: Vec<ClusterItem>,
    /// Public names and imports of source files, for naming what code is for and for what a successor lacks.
    pub code: BTreeMap<(RepoName, RepoPath), CodeNames>,
}

impl Estate {
    /// The source files of a part, by path.
    pub fn code_of<'a>(&'a self, part: &'a Part) -> impl Iterator<Item = (&'a RepoPath, &'a CodeNames)> {
        let from = (part.repository.clone(), part.path.clone());
        // Paths that begin with the same letters stand in a row.
        let near = |(repository, file): &(RepoName, RepoPath)| {
            *repository == part.repository && file.as_str().starts_with(part.path.as_str())
        };
        let row = self.code.range(from..).take_while(move |(key, _)| near(key));
        row.filter(|((repository, file), _)| part.holds(repository, file)).map(|((_, file), names)| (file, names))
    }
}

/// What a source file offers and imports.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CodeNames {
    pub names: Vec<String>,
    pub imports: Vec<String>,
    pub lines: u32,
}

/// One component.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EstateComponent {
    pub reference: EntityRef,
    pub title: Option<String>,
    pub description: Option<String>,
    pub repository: RepoName,
    pub root: RepoPath,
    pub owner: Option<EntityRef>,
    pub language: Option<String>,
    pub lines: u64,
}

/// One usage of an offer.
#[derive(Debug, Clone, PartialEq)]
pub struct EstateUsage {
    pub component: EntityRef,
    pub capability: String,
    pub offer: String,
    pub path: OfferPath,
    pub confidence: Confidence,
    pub evidence: Vec<Evidence>,
}

/// A package of the organisation's own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EstatePackage {
    pub ecosystem: String,
    pub name: String,
    pub component: EntityRef,
    pub consumers: Vec<PackageConsumer>,
}

/// A component that depends on a package.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackageConsumer {
    pub component: EntityRef,
    pub path: RepoPath,
    pub line: Option<u32>,
}

/// A candidate.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Candidate {
    /// 16 hexadecimal digits that follow from kind and identity (capability and offer, component of the
    /// packages, or the folder of the first copies).
    pub id: String,
    pub kind: ShadowKind,
    pub name: String,
    pub capability: Option<String>,
    /// When it rivals none: a name for what nobody named yet.
    pub proposed: Option<String>,
    pub why: String,
    pub confidence: Confidence,
    /// The code that it consists of: files and folders. Effort is counted on what lies there.
    pub parts: Vec<Part>,
    pub users: Vec<User>,
    pub clusters: Vec<String>,
    /// Of the offers of the capability: the golden component to go to.
    pub successor: Option<EntityRef>,
}

/// A file, or a folder with everything below it, of one component.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Part {
    pub repository: RepoName,
    pub path: RepoPath,
    pub folder: bool,
    pub component: Option<EntityRef>,
    /// Of a folder: the roots of other components below it, which are no part of it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub except: Vec<RepoPath>,
}

impl Part {
    /// Whether the file lies in it.
    pub fn holds(&self, repository: &RepoName, file: &RepoPath) -> bool {
        let inside = if self.folder { file.starts_with(&self.path) } else { *file == self.path };
        inside && self.repository == *repository && !self.except.iter().any(|other| file.starts_with(other))
    }
}

/// A component that uses it or holds a copy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct User {
    pub component: EntityRef,
    pub path: Option<RepoPath>,
    pub line: Option<u32>,
    /// Whether it uses the golden offer of the capability too.
    pub migrating: bool,
}
