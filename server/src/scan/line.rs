//! Follows the first parents of a commit down to the oldest that can be read.
//! It must not read trees, and keeps nothing of a commit but its id.
use super::{HistoryStart, Line, Repository, ScanError, objects::Objects, repository::object_id};
use gix::ObjectId;
use shared::CommitId;
use std::{collections::HashSet, fs, path::Path};

/// Bytes of `info/grafts` that are read.
const MAX_GRAFTS_BYTES: u64 = 1 << 20;

impl Repository {
    /// The commits from the tip along first parents, oldest first, down to the first one that `known` accepts (which
    /// is left out) or the oldest that can be read. `known` gets the bytes of an id, newest first, and is not asked
    /// again once it accepted; [`Line::start`] means nothing then.
    ///
    /// # Errors
    /// `RepositoryBroken` when the tip cannot be read, or when the parents go in a circle, which only damaged
    /// repositories do.
    pub fn first_parents(&self, tip: &CommitId, known: &dyn Fn(&[u8]) -> bool) -> Result<Line, ScanError> {
        let cuts = self.cuts()?;
        let mut objects = Objects::of(&self.inner, &self.limits);
        let mut id = object_id(tip.as_str()).map_err(|e| self.broken(&e))?;
        let mut newest_first = vec![];
        let (mut landmark, mut n_until_next, mut n) = (id, 1_u64, 0_u64);
        let start = loop {
            if known(id.as_bytes()) {
                break HistoryStart::Root;
            }
            let header = match objects.header(id) {
                Ok(header) => header,
                Err(e) if n == 0 => return Err(self.broken(&e)),
                Err(_) => break HistoryStart::Missing,
            };
            newest_first.extend_from_slice(id.as_bytes());
            let Some(parent) = header.parents.first() else { break HistoryStart::Root };
            if cuts.contains(&id) {
                break HistoryStart::Shallow;
            }
            id = *parent;
            // Brent's way to find a circle without remembering where one has been.
            if id == landmark {
                return Err(ScanError::broken(&self.git_dir, format!("commit {id} is its own ancestor")));
            }
            n += 1;
            if n == n_until_next {
                (landmark, n_until_next) = (id, n * 2);
            }
        };
        let width = self.hash_bytes();
        let ids = newest_first.rchunks_exact(width).flatten().copied().collect();
        Ok(Line::new(width, ids, start))
    }

    /// The commits whose parents must not be followed: those of the `shallow` file, and grafts without parents.
    fn cuts(&self) -> Result<HashSet<ObjectId>, ScanError> {
        let shallow = self.inner.shallow_commits().map_err(|e| self.broken(&e))?;
        let mut cuts: HashSet<ObjectId> = shallow.iter().flat_map(|commits| commits.iter()).copied().collect();
        cuts.extend(grafted(&self.git_dir.join("info/grafts")));
        Ok(cuts)
    }
}

/// The commits that a grafts file leaves without parents. Format: gitrepository-layout(5).
fn grafted(path: &Path) -> Vec<ObjectId> {
    if !fs::symlink_metadata(path).is_ok_and(|m| m.is_file() && m.len() <= MAX_GRAFTS_BYTES) {
        return vec![];
    }
    let text = fs::read(path).unwrap_or_default();
    text.split(|byte| *byte == b'\n').filter_map(|line| ObjectId::from_hex(line.trim_ascii()).ok()).collect()
}
