//! Equal code in several repositories as the API gives it.
//! Nothing here decides what is equal.
use crate::{BlobId, CloneKind, CommitId, EntityRef, RepoName, RepoPath, ShadowClaim, Timestamp};

/// Files, or regions of files, of two or more repositories that hold the same code.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(utoipa::ToSchema, schemars::JsonSchema))]
pub struct ClusterItem {
    /// Follows from the code that its files share: the same code has the same id in every scan.
    pub id: String,
    pub kind: CloneKind,
    /// What people call it: the name that its files share.
    pub name: String,
    pub language: String,
    /// Oldest copy first; at most 50, `n_files` counts all.
    pub files: Vec<ClusterFile>,
    pub n_files: u64,
    pub repositories: u64,
    /// Owners of the components that hold a copy.
    pub teams: Vec<EntityRef>,
    /// Lines of one copy, and of all but the first: what would not be there if it were shared.
    pub lines: u64,
    pub duplicated_lines: u64,
    /// Where it was first; absent while no past was read.
    pub first: Option<ClusterFirst>,
    /// The capability that it rivals, when its imports, names or purpose show one.
    pub capability: Option<String>,
    /// Why that capability, in words.
    pub capability_reason: Option<String>,
    /// The shadow platform that it is part of.
    pub shadow: Option<String>,
    pub claim: ShadowClaim,
}

/// One copy.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(utoipa::ToSchema, schemars::JsonSchema))]
pub struct ClusterFile {
    pub repository: RepoName,
    pub path: RepoPath,
    pub blob: BlobId,
    /// 1-based, both inclusive.
    pub from_line: u32,
    pub to_line: u32,
    pub component: Option<EntityRef>,
    pub owner: Option<EntityRef>,
    /// When the file came to this repository, and the team of the author; renames are followed.
    pub added: Option<ClusterFirst>,
    pub added_by: Option<EntityRef>,
    /// Commits that changed this copy since it came.
    pub changes: u64,
    /// The share of the first copy's code that this one still holds, 0 to 1: how far they drifted apart.
    pub similarity: f64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub permalink: Option<String>,
}

/// A repository's first commit with something.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(utoipa::ToSchema, schemars::JsonSchema))]
pub struct ClusterFirst {
    pub repository: RepoName,
    pub commit: CommitId,
    pub at: Timestamp,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub permalink: Option<String>,
}

/// What was left out before code was compared, and why.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(utoipa::ToSchema, schemars::JsonSchema))]
pub struct LeftOut {
    /// `vendored`, `generated`, `fixture`, `licence`, `policy`, `ci_template`, `lock`, `minified`, `data`, `too_large`,
    /// `too_short`, `common` …
    pub reason: String,
    pub files: u64,
    /// One of them.
    pub example: Option<String>,
}
