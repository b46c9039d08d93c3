//! What the past of one repository looks like to the rooms after this one: plain data, oldest commit first.
//! It must not name a type of gix, and it judges nothing.
use serde::{Deserialize, Serialize};
use shared::{BlobId, CommitId, RepoPath};

/// Why the first commit that can be read is the first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HistoryStart {
    /// It has no parent.
    Root,
    /// The clone is shallow, or a graft cuts its parents off.
    Shallow,
    /// Its parent cannot be read.
    Missing,
}

/// The first-parent commits of one tip, oldest first. Ids are kept as bytes: a line may have a million of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    ids: Vec<u8>,
    /// Bytes of one id: 20 or 32.
    width: usize,
    pub start: HistoryStart,
}

impl Line {
    /// A line of ids as bytes, oldest first.
    pub fn new(width: usize, ids: Vec<u8>, start: HistoryStart) -> Self {
        Self { ids, width, start }
    }

    pub fn len(&self) -> usize {
        self.ids.len().checked_div(self.width).unwrap_or(0)
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The id at a position, counted from the oldest.
    pub fn id(&self, position: usize) -> Option<CommitId> {
        let bytes = self.ids.get(position * self.width..(position + 1) * self.width)?;
        let text: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        CommitId::new(text).ok()
    }

    /// The ids as bytes, oldest first.
    pub fn bytes(&self) -> std::slice::ChunksExact<'_, u8> {
        self.ids.chunks_exact(self.width.max(1))
    }

    /// Keeps the oldest `n` and adds those of `newer` behind them.
    pub fn continue_with(&mut self, n: usize, newer: &Self) {
        self.ids.truncate(n * self.width);
        self.ids.extend_from_slice(&newer.ids);
    }
}

/// The part of a line that a walk visits.
#[derive(Debug, Clone, Copy)]
pub struct Stretch<'a> {
    pub line: &'a Line,
    /// The first position that is visited; all later ones follow.
    pub from: usize,
    /// What the first step is compared with. Without one it is the commit at the position before, and the empty tree
    /// when there is none. A walk that goes on after an earlier one names the last commit that was readable.
    pub base: Option<&'a CommitId>,
}

/// One commit, without its tree.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PastCommit {
    pub commit: CommitId,
    /// Seconds since 1970 as the committer and the author claim them.
    pub committed: i64,
    pub authored: i64,
    /// A number that stands for the author's name and mail address; 0 when both are empty. People are never named here.
    pub author: u64,
    /// All parents, the first one included.
    pub parents: Vec<CommitId>,
}

/// What one first-parent commit did to the tree of the one before it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// Position on the line, from 0.
    pub position: u32,
    pub commit: PastCommit,
    /// Ordinary files only, in path order. A file that became a link or a submodule went.
    pub changes: Vec<Change>,
    /// Why the tree could not be read. `changes` is empty then, and the next readable step compares with the last
    /// readable one.
    pub unreadable: Option<String>,
}

/// One file that came, changed or went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    pub path: RepoPath,
    /// The content after the commit; absent when the file went.
    pub blob: Option<BlobId>,
    /// The content before the commit; absent when the file came.
    pub before: Option<BlobId>,
}

/// Which files a walk reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Follow {
    /// Nothing of it: neither its coming nor its going. Asked of a folder, nothing below it is looked at.
    Nothing,
    /// That it comes and goes, not that it changes.
    Presence,
    /// Every change.
    Content,
}
