//! What the scan room hands to the rooms after it: one repository at one commit, as plain serialisable data.
//! It must not name a type of gix, and it judges nothing.
use serde::{Deserialize, Serialize};
use shared::{BlobId, CommitId, RepoName, RepoPath, Severity, Timestamp};
use std::path::PathBuf;

/// A problem with a place inside one repository; the repository itself is known from where it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// The stable name of the rule, `<noun>-<problem>`, e.g. `repository-unborn-head`.
    pub rule: String,
    pub severity: Severity,
    /// Absent when the whole repository is meant.
    pub path: Option<RepoPath>,
    /// 1-based.
    pub line: Option<u32>,
    pub column: Option<u32>,
    /// What is wrong, and what to do about it, in one or two sentences.
    pub message: String,
}

/// A repository found in a source, before anything of it is read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Located {
    pub name: RepoName,
    /// The git directory to open: a bare repository, a `.git` folder, or a mirror in the data folder.
    pub git_dir: PathBuf,
    /// Where it came from, for people: the folder or the URL.
    pub location: String,
    /// The address a person can open in a browser (from the URL, or from `remote.origin.url`), without credentials or `.git`.
    pub web_url: Option<String>,
}

/// The newest commit of the default branch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tip {
    /// The short name, e.g. `main`.
    pub branch: String,
    pub commit: CommitId,
    /// Committer time of the commit.
    pub committed_at: Timestamp,
    /// Whether the history is cut off (a shallow clone).
    pub shallow: bool,
}

/// One file of the tip tree. Folders, symlinks and submodules are not listed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TreeEntry {
    pub path: RepoPath,
    pub blob: BlobId,
    pub executable: bool,
}

/// The files of the tip tree in path order, and what went wrong on the way.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct WalkedTree {
    pub entries: Vec<TreeEntry>,
    /// Symlinks and submodules met, by path; not followed.
    pub links: Vec<RepoPath>,
    /// A limit stopped the walk: what is missing here may exist.
    pub partial: bool,
    pub findings: Vec<Finding>,
}

/// The outcome of reading one blob.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BlobRead {
    Read(Vec<u8>),
    /// The blob is larger than the reader allows; it was not read. `size` in bytes.
    TooLarge {
        size: u64,
    },
    /// The object is absent or damaged.
    Unreadable {
        reason: String,
    },
}
