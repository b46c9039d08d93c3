//! The shape of a repository's work: people, commits, files through their renames, and who touched what.
//! Nothing here decides.
use crate::scan::{Finding, HistoryStart};
use serde::{Deserialize, Serialize};
use shared::{CommitId, RepoPath};

/// All work on one repository. Numbers are positions in its lists. Files that are vendored, generated, fixtures, lock
/// files or binary are in no lineage.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct WorkLog {
    /// How it was read: parser versions and settings. A log of another reading is read anew.
    pub reading: String,
    /// The newest commit of the line: the tip that was scanned.
    pub tip: CommitId,
    pub start: HistoryStart,
    /// Everybody who is named by a commit, each name and address once.
    pub people: Vec<Person>,
    /// The first-parent line, oldest first, one for each readable commit.
    pub commits: Vec<WorkCommit>,
    /// By path, then by the commit that brought them.
    pub lineages: Vec<Lineage>,
    /// By commit, then by lineage.
    pub touches: Vec<Touch>,
    pub findings: Vec<Finding>,
}

/// A person as commits name them, before anybody is told apart: at most 200 characters each, valid UTF-8, without control
/// characters. Both may be empty.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Person {
    pub name: String,
    pub mail: String,
}

/// One commit of the line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkCommit {
    pub commit: CommitId,
    /// Committer's date in seconds since 1970, made monotonic along the line; dates after the scan are not believed.
    pub at: i64,
    /// The author's date as claimed, at most `at`.
    pub authored: i64,
    /// Whose work it is: of a merge the authors of the branch with their commits, of any other commit its author and
    /// those named by `Co-authored-by`, one each. Never empty.
    pub hands: Vec<Hand>,
    /// Who accepted it: of a merge its author, of a commit whose committer is another person than its author that
    /// committer. Absent for direct commits and when only a forge's own address is named.
    pub merger: Option<u32>,
    /// Why it says nothing of who knows the files.
    pub mass: Option<Mass>,
}

/// A part of a commit's work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hand {
    pub person: u32,
    /// Commits of the branch by this person; 1 for any other commit.
    pub commits: u32,
    /// The author's dates of these commits as days since 1970: the first and the last.
    pub first_day: i32,
    pub last_day: i32,
}

/// Why a commit is a mass change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mass {
    /// It touches very many files at once.
    ManyFiles,
    /// Most of its changes alter no letter or digit: a formatter ran.
    Formatting,
    /// `.git-blame-ignore-revs` lists it.
    Listed,
}

/// One file through its renames.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lineage {
    /// What it is called at the tip, or was at its end.
    pub path: RepoPath,
    /// Earlier paths, oldest first, each with the position of the commit that renamed it to the next one.
    pub earlier: Vec<(u32, RepoPath)>,
    /// The commit that brought it, and the first without it.
    pub from: u32,
    pub to: Option<u32>,
}

/// What one commit did to one file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Touch {
    pub commit: u32,
    pub lineage: u32,
    /// Lines, as `git diff --numstat` counts them.
    pub added: u32,
    pub removed: u32,
    /// Whether it altered no letter or digit.
    pub formatting: bool,
}
