//! The past of a repository's files: which file held what, from which first-parent commit to which.
//! It must not judge: contents are told apart by what parsers read from them, whatever the rules.
mod build;
mod dates;
mod digest;
mod encode;
mod followed;
mod index;
mod notes;
#[cfg(test)]
mod tests;

use super::model::{BlobKey, FileFacts};
use crate::scan::{Finding, Line};
use serde::{Deserialize, Serialize};
use shared::{BlobId, RepoPath};
use std::{collections::HashMap, sync::Arc};

pub use build::{Builder, Content};
pub use dates::Dates;
pub use digest::{Digest, digest};
pub use encode::BytesError;
pub use followed::{FactsByParser, Followed};
pub use index::LineIndex;

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
    /// Who else worked on what a merge brought, by position, then author; each once a merge.
    pub branch_authors: Vec<BranchAuthor>,
    /// By path, then by start. Of one path they do not overlap.
    pub files: Vec<FileSpan>,
    pub gaps: Vec<LineGap>,
    /// Contents that could not be read, by position.
    pub unread: Vec<UnreadFile>,
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

/// Somebody who worked on what one merge brought, beside the author of the merge itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct BranchAuthor {
    pub position: u32,
    /// As `PastCommit::author`.
    pub author: u64,
}

/// A file between two positions of the line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileSpan {
    /// Shared by all spans of the path.
    pub path: Arc<RepoPath>,
    /// The position of the first commit with it, and of the first without it (or with something else in it).
    pub from: u32,
    pub to: Option<u32>,
    /// The first content of the span: later ones gave the same facts. Absent for files whose content is not followed,
    /// and where it could not be read.
    pub blob: Option<BlobId>,
}

/// Positions whose trees could not be read: all between the two.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineGap {
    /// The last readable position before it; absent when none is.
    pub after: Option<u32>,
    /// The first readable position after it; the length of the line when none is.
    pub before: u32,
    pub reason: String,
}

/// A followed content that could not be read: the file's former facts stand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnreadFile {
    pub position: u32,
    pub path: Arc<RepoPath>,
}

/// The facts of every followed content of a timeline.
pub type TimelineFacts = HashMap<BlobKey, Arc<FileFacts>>;

impl Timeline {
    /// A timeline on which nothing has happened yet.
    pub fn new(reading: String, watched: Vec<RepoPath>, line: Line) -> Self {
        Self {
            reading,
            watched,
            line,
            commits: vec![],
            branch_authors: vec![],
            files: vec![],
            gaps: vec![],
            unread: vec![],
            findings: vec![],
        }
    }

    /// Forgets everything but the oldest `n` commits: what came later never was, and what went later is there again.
    pub fn cut(&mut self, n: usize) {
        let Ok(end) = u32::try_from(n) else { return };
        if n >= self.commits.len() {
            return;
        }
        let none = Line::new(0, vec![], self.line.start);
        self.line.continue_with(n, &none);
        self.commits.truncate(n);
        self.branch_authors.retain(|author| author.position < end);
        self.unread.retain(|unread| unread.position < end);
        self.files.retain(|span| span.from < end);
        for span in &mut self.files {
            span.to = span.to.filter(|to| *to < end);
        }
        self.gaps.retain(|gap| gap.start() < end);
        for gap in &mut self.gaps {
            gap.before = gap.before.min(end);
        }
    }
}

impl LineGap {
    /// The first unreadable position.
    pub fn start(&self) -> u32 {
        self.after.map_or(0, |after| after + 1)
    }
}
