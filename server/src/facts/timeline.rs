//! The past of a repository's files: which file held what, from which first-parent commit to which.
//! It must not judge: contents are told apart by what parsers read from them, whatever the rules.
use super::model::{BlobKey, FileFacts};
use crate::scan::{Finding, Line};
use serde::{Deserialize, Serialize};
use shared::{BlobId, RepoPath};
use std::{collections::HashMap, sync::Arc};

/// Everything kept of one repository's history. Stored whole, and continued when commits are added.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Timeline {
    /// What was asked: parsers and their versions. A timeline of another reading is read anew.
    pub reading: String,
    /// Source files that were followed although history follows no source: those that alone show a usage.
    pub watched: Vec<RepoPath>,
    pub line: Line,
    /// One for each commit of the line.
    pub commits: Vec<LineCommit>,
    /// By path, then by start. Of one path they do not overlap.
    pub files: Vec<FileSpan>,
    pub gaps: Vec<LineGap>,
    pub findings: Vec<Finding>,
}

/// One commit of the line. Times in seconds since 1970, as claimed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineCommit {
    pub committed: i64,
    pub authored: i64,
    /// As `PastCommit::author`.
    pub author: u64,
    /// The earliest author's date of what it merged, itself included.
    pub first_work: i64,
    /// Whether it has a second parent.
    pub merge: bool,
}

/// A file between two positions of the line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileSpan {
    pub path: RepoPath,
    /// The position of the first commit with it, and of the first without it (or with something else in it).
    pub from: u32,
    pub to: Option<u32>,
    /// The first content of the span: later ones gave the same facts. Absent for files whose content is not followed.
    pub blob: Option<BlobId>,
}

/// Positions whose trees could not be read: all between the two, both of which are readable.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineGap {
    pub after: u32,
    pub before: u32,
    pub reason: String,
}

/// The facts of every followed content of a timeline.
pub type TimelineFacts = HashMap<BlobKey, Arc<FileFacts>>;
