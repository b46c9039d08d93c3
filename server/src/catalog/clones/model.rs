//! Files as they are compared, and the clusters that come of it.
//! Nothing here decides.
use crate::facts::prints::{CodePrint, LeftOut};
use serde::{Deserialize, Serialize};
use shared::{BlobId, CloneKind, CommitId, EntityRef, RepoName, RepoPath};
use std::sync::Arc;

/// One source file of the tip of one repository.
#[derive(Debug, Clone, PartialEq)]
pub struct CodeFile {
    /// Position in the list of repositories.
    pub repository: u32,
    pub path: RepoPath,
    pub blob: BlobId,
    pub print: Arc<CodePrint>,
}

/// All files of a repository that are code by their path, and those that are not, with the reason. Stored by
/// repository and tip.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct CodeListing {
    pub files: Vec<(RepoPath, BlobId)>,
    pub left_out: Vec<(LeftOut, u64, RepoPath)>,
}

/// Equal code in two or more repositories.
#[derive(Debug, Clone, PartialEq)]
pub struct Cluster {
    /// 16 hexadecimal digits that follow from the shared code.
    pub id: String,
    pub kind: CloneKind,
    pub language: String,
    /// By repository, then path; at least two repositories.
    pub copies: Vec<Copied>,
    /// Tokens of one copy, and its lines.
    pub n_tokens: u32,
    pub n_lines: u32,
}

/// One copy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Copied {
    /// Position in the list of files.
    pub file: u32,
    /// 1-based, both inclusive.
    pub from_line: u32,
    pub to_line: u32,
    /// Share of the cluster's common code that this copy holds, in thousandths.
    pub similarity: u16,
}

/// Where a copy stands and who holds it, for what comes after comparing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holder {
    pub repository: RepoName,
    pub component: Option<EntityRef>,
    pub owner: Option<EntityRef>,
}

impl Cluster {
    /// Lines of all copies but one.
    pub fn duplicated(&self) -> u64 {
        u64::from(self.n_lines) * (self.copies.len() as u64).saturating_sub(1)
    }
}

/// What comparing gave.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Found {
    /// Those that repeat most lines first.
    pub clusters: Vec<Cluster>,
    /// Why files were not compared, by their content: how many, and the position of one of them.
    pub left_out: Vec<(LeftOut, u64, u32)>,
    /// Fingerprints that stand in so many files that they tell nothing.
    pub n_common: u64,
    /// Fingerprints of which not all pairs were looked at, as there were too many.
    pub n_unpaired: u64,
}

/// Where a file came from, by its repository's history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// The commit that brought it, under whatever name.
    pub commit: CommitId,
    /// Seconds since 1970.
    pub at: i64,
    /// The team of most of those who brought it; absent when nobody of them is of a known team.
    pub team: Option<EntityRef>,
    /// Later commits that changed its code: no formatting, no mass changes.
    pub changes: u64,
}
