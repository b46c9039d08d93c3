//! What the work on one repository looks like to the rooms after this one: plain data, oldest commit first.
//! It must not name a type of gix, and it judges nothing.
use shared::{CommitId, RepoPath};

/// A person as a commit names them: at most 200 characters each, valid UTF-8, trimmed, without control characters. Both
/// may be empty.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Named {
    pub name: String,
    pub mail: String,
}

/// One commit of the line, with the people it names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkHead {
    pub commit: CommitId,
    /// Seconds since 1970 as claimed.
    pub committed: i64,
    pub committer: Named,
    /// The commit's own work.
    pub own: Worked,
    /// Whether it has a second parent.
    pub merge: bool,
    /// What it merged, as far as it is not on the line and no recent merge brought it: oldest first for each parent.
    pub branch: Vec<Worked>,
}

/// Who wrote one commit, and when.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Worked {
    pub author: Named,
    /// Those named by `Co-authored-by` trailers.
    pub co_authors: Vec<Named>,
    /// Seconds since 1970 as claimed.
    pub authored: i64,
    pub merge: bool,
}

/// What one commit of the line did to the lines of files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkStep {
    pub head: WorkHead,
    /// Followed text files only, in path order.
    pub files: Vec<WorkFile>,
    /// Why the commit or its tree could not be read. `files` is empty then, and the next readable step compares with the
    /// last readable one.
    pub unreadable: Option<String>,
    /// Files with a content that could not be read; it counts as an empty one.
    pub unread: Vec<RepoPath>,
}

/// One file that came, changed or went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkFile {
    pub path: RepoPath,
    pub what: FileWork,
    /// Lines, as `git diff --numstat` counts them.
    pub added: u32,
    pub removed: u32,
    /// Whether it altered no letter or digit. Never of a file that came or went.
    pub formatting: bool,
}

/// What happened to a file. One that became binary or too large went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FileWork {
    Came,
    Changed,
    Renamed { from: RepoPath },
    Went,
}
