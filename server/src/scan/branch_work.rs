//! Reads single commits of the past: what a merge brought, and what one file held.
//! It must not decide what belongs together beyond what parents say.
use super::{PastCommit, Repository, ScanError, commit::Header, repository::object_id};
use gix::{ObjectId, objs::tree::EntryKind};
use shared::{BlobId, CommitId, RepoPath};
use std::collections::HashSet;

impl Repository {
    /// The commits that a merge brought to the line: for each parent but the first, in order, the first parents from
    /// there until one on the line, one that cannot be read or one that is counted already, oldest first; at most
    /// `most` in all, the newest of each. Empty when it is no merge or cannot be read.
    pub fn branch_of(&self, merge: &CommitId, on_line: &dyn Fn(&[u8]) -> bool, most: usize) -> Vec<PastCommit> {
        let Ok(header) = object_id(merge.as_str()).and_then(|id| Header::read(&self.inner, id)) else { return vec![] };
        let (mut taken, mut out) = (HashSet::new(), vec![]);
        for parent in header.parents.iter().skip(1) {
            let mut branch = vec![];
            let mut next = Some(*parent);
            while let Some(id) = next.filter(|id| taken.len() < most && !on_line(id.as_bytes()) && taken.insert(*id)) {
                let Ok(header) = Header::read(&self.inner, id) else { break };
                branch.push(header.past(id));
                next = header.parents.first().copied();
            }
            out.extend(branch.into_iter().rev());
        }
        out
    }

    /// One commit.
    ///
    /// # Errors
    /// `RepositoryBroken` when it is absent or damaged.
    pub fn past_commit(&self, commit: &CommitId) -> Result<PastCommit, ScanError> {
        let read = object_id(commit.as_str()).and_then(|id| Ok(Header::read(&self.inner, id)?.past(id)));
        read.map_err(|e| self.broken(&e))
    }

    /// The content of a file at a commit; `None` when there is no ordinary file of that path.
    ///
    /// # Errors
    /// `RepositoryBroken` when the commit or a tree on the way is absent or damaged.
    pub fn blob_at(&self, commit: &CommitId, path: &RepoPath) -> Result<Option<BlobId>, ScanError> {
        let found = object_id(commit.as_str()).and_then(|id| self.entry_at(id, path));
        Ok(found.map_err(|e| self.broken(&e))?.map(|id| {
            BlobId::new(id.to_string()).expect("gix prints object ids as 40 or 64 lower-case hexadecimal digits")
        }))
    }

    fn entry_at(&self, commit: ObjectId, path: &RepoPath) -> Result<Option<ObjectId>, gix::Error> {
        let tree = self.inner.find_tree(Header::read(&self.inner, commit)?.tree)?;
        let entry = tree.lookup_entry(path.as_str().split('/'))?;
        let file = entry.filter(|e| matches!(e.mode().kind(), EntryKind::Blob | EntryKind::BlobExecutable));
        Ok(file.map(|entry| entry.object_id()))
    }
}
