//! Files as they are compared, and the clusters that come of it.
//! Nothing here decides.
use crate::facts::prints::{CodePrint, LeftOut};
use serde::{Deserialize, Serialize};
use shared::{BlobId, CloneKind, EntityRef, RepoName, RepoPath};
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
