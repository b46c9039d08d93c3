//! Reads the trees and commits of a walk through the past, each tree as seldom as memory allows.
//! It must not understand an entry of a tree, and reads no blobs.
use super::{Limits, commit::Header, error, generations::Generations, packs::Packs};
use gix::{
    ObjectId,
    objs::{Find, Kind},
    odb::pack,
};
use std::rc::Rc;

pub(super) use super::packs::ObjectBytes as TreeBytes;

/// Bytes of trees that are kept because others are stored as the difference to them.
const MAX_BASE_BYTES: usize = 96 << 20;
/// Bytes of trees that are found again by their id.
const MAX_TREE_BYTES: usize = 64 << 20;

/// Trees and commits of one repository.
pub(super) struct Objects {
    repo: gix::Repository,
    packs: Packs,
    known: Generations<ObjectId, TreeBytes>,
    buffer: Vec<u8>,
}

impl Objects {
    /// Reads from the same store with caches of its own.
    pub(super) fn of(repo: &gix::Repository, limits: &Limits) -> Self {
        let mut repo = repo.clone();
        repo.object_cache_size(None);
        let packs = Packs::of(&repo, limits, pack::data::entry::Header::Tree, MAX_BASE_BYTES);
        Self { repo, packs, known: Generations::new(MAX_TREE_BYTES), buffer: vec![] }
    }

    /// Bytes of an object id.
    pub(super) fn width(&self) -> usize {
        self.repo.object_hash().len_in_bytes()
    }

    /// The header of a commit; an error says what is wrong with it.
    pub(super) fn header(&mut self, id: ObjectId) -> Result<Header, gix::Error> {
        self.packs.commit(&id).map_or_else(|| Header::read(&self.repo, id), Ok)
    }

    /// The bytes of a tree; an error says why not.
    pub(super) fn tree(&mut self, id: ObjectId) -> Result<TreeBytes, String> {
        if let Some(known) = self.known.get(&id) {
            return Ok(Rc::clone(known));
        }
        if id == ObjectId::empty_tree(self.repo.object_hash()) {
            return Ok(Rc::new([]));
        }
        let bytes = self.packs.object(&id, u64::MAX).map_or_else(|| self.stored(id), Ok)?;
        self.known.put(id, Rc::clone(&bytes), bytes.len() + 64);
        Ok(bytes)
    }

    /// The same from the object store, which knows every place and says what is wrong.
    fn stored(&mut self, id: ObjectId) -> Result<TreeBytes, String> {
        let failed = |reason: String| format!("the folder's tree {id} cannot be read ({reason})");
        let found = self.repo.objects.try_find(&id, &mut self.buffer).map_err(|e| failed(error::reason(&e)))?;
        let found = found.ok_or_else(|| failed("it is absent".to_owned()))?;
        if found.kind != Kind::Tree {
            return Err(failed(format!("it is a {}", found.kind)));
        }
        Ok(found.data.into())
    }
}
