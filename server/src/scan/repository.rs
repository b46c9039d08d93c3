//! One opened repository: its tip, its files, its blobs. Blocking.
//! It must not understand a file, and no type of gix leaves it.
use super::{BlobRead, Finding, Limits, ScanError, Tip, WalkedTree, branch, error, open, tree};
use gix::prelude::HeaderExt;
use shared::{BlobId, CommitId, Severity, Timestamp};
use std::path::{Path, PathBuf};

/// An opened repository. It can move between threads; to read from several, open it in each.
#[derive(Debug)]
pub struct Repository {
    pub(super) inner: gix::Repository,
    pub(super) git_dir: PathBuf,
    pub(super) limits: Limits,
}

impl Repository {
    /// Opens a git directory as [`super::Located::git_dir`] names it.
    ///
    /// # Errors
    /// `RepositoryBroken` when it is no readable repository, `RepositoryBorrows` when it names files or objects
    /// outside itself.
    pub fn open(git_dir: &Path, limits: &Limits) -> Result<Self, ScanError> {
        let inner = open::for_reading(git_dir, limits)?;
        Ok(Self { inner, git_dir: git_dir.to_owned(), limits: limits.clone() })
    }

    /// The newest commit of the default branch: HEAD's branch; when that is unborn, `origin/HEAD`, `main`, `master`,
    /// else the branch with the newest commit. `None` when there is no commit at all.
    ///
    /// # Errors
    /// `RepositoryBroken` when HEAD or its commit cannot be read.
    pub fn tip(&self) -> Result<Option<Tip>, ScanError> {
        let Some((branch, id)) = branch::default_branch(&self.inner, &self.limits).map_err(|e| self.broken(&e))? else {
            return Ok(None);
        };
        let committed_at = self.time_of(id).map_err(|e| self.broken(&e))?;
        let shallow = self.inner.is_shallow().map_err(|e| self.broken(&e))?;
        Ok(Some(Tip { branch: error::printable(&branch), commit: commit_id(id), committed_at, shallow }))
    }

    /// What a person should know about the repository as a whole, given the tip that was found.
    pub fn findings(&self, tip: Option<&Tip>) -> Vec<Finding> {
        let mut findings = vec![];
        let mut note =
            |rule: &str, severity, message: &str| findings.push(Finding::of_repository(rule, severity, message));
        match tip {
            None => note("repository-empty", Severity::Info, "it has no commit yet; push a first one, or archive it"),
            Some(tip) if branch::head_is_unborn(&self.inner) => {
                let message = format!(
                    "HEAD names a branch without commits; {} is read instead; set the default branch with `git symbolic-ref HEAD refs/heads/{}`",
                    tip.branch, tip.branch
                );
                note("repository-unborn-head", Severity::Warning, &message);
            }
            Some(_) => {}
        }
        if tip.is_some_and(|tip| tip.shallow) {
            note(
                "repository-shallow",
                Severity::Info,
                "its history is cut off (a shallow clone), so what is said of the past is incomplete; run `git fetch --unshallow`",
            );
        }
        if self.inner.object_hash() == gix::hash::Kind::Sha256 {
            note(
                "repository-sha256",
                Severity::Info,
                "it names its objects by SHA-256 and is read as any other; equal files in SHA-1 repositories are not recognised as equal",
            );
        }
        findings
    }

    /// Every ordinary file of the tip's tree in path order, with what went wrong on the way.
    pub fn walk(&self, tip: &Tip) -> WalkedTree {
        tree::walk(&self.inner, tip, &self.limits)
    }

    /// The bytes of a blob, unless it is larger than `max_bytes` or the limits' ceiling. Its size is asked first.
    pub fn read(&self, blob: &BlobId, max_bytes: u64) -> BlobRead {
        let ceiling = max_bytes.min(self.limits.max_blob_bytes);
        let outcome = object_id(blob.as_str()).and_then(|id| {
            let header = self.inner.objects.header(id)?;
            if header.kind() != gix::objs::Kind::Blob {
                return Ok(BlobRead::Unreadable { reason: format!("object {id} is a {}, not a blob", header.kind()) });
            }
            if header.size() > ceiling {
                return Ok(BlobRead::TooLarge { size: header.size() });
            }
            let mut object = self.inner.find_object(id)?;
            Ok(BlobRead::Read(std::mem::take(&mut object.data)))
        });
        outcome.unwrap_or_else(|e| BlobRead::Unreadable { reason: error::reason(&e) })
    }

    /// The committer time of a commit.
    ///
    /// # Errors
    /// `RepositoryBroken` when the commit is absent or damaged.
    pub fn committed_at(&self, commit: &CommitId) -> Result<Timestamp, ScanError> {
        object_id(commit.as_str()).and_then(|id| self.time_of(id)).map_err(|e| self.broken(&e))
    }

    /// Bytes of an object id: 20 or 32.
    pub(super) fn hash_bytes(&self) -> usize {
        self.inner.object_hash().len_in_bytes()
    }

    fn time_of(&self, id: gix::ObjectId) -> Result<Timestamp, gix::Error> {
        Ok(timestamp(self.inner.find_commit(id)?.time()?.seconds))
    }

    pub(super) fn broken(&self, e: &gix::Error) -> ScanError {
        ScanError::broken(&self.git_dir, error::reason(e))
    }
}

pub(super) fn object_id(text: &str) -> Result<gix::ObjectId, gix::Error> {
    gix::ObjectId::from_hex(text.as_bytes()).map_err(gix::Error::from_error)
}

pub(super) fn commit_id(id: gix::ObjectId) -> CommitId {
    CommitId::new(id.to_string()).expect("gix prints object ids as 40 or 64 lower-case hexadecimal digits")
}

/// Commit times are claims of their authors: what no calendar holds is moved to its nearest end.
pub(super) fn timestamp(seconds: i64) -> Timestamp {
    const LAST: i64 = 253_402_300_799;
    let time = chrono::DateTime::from_timestamp(seconds.clamp(0, LAST), 0).unwrap_or_default();
    Timestamp::new(time.format("%Y-%m-%dT%H:%M:%SZ").to_string())
        .expect("a time of the years 1970 to 9999 prints as RFC 3339 with seconds")
}
