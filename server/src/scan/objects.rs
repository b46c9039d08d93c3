//! Reads trees of one repository for a walk through its history, each as seldom as memory allows.
//! It must not understand an entry of a tree.
use super::{Limits, error, generations::Generations, packs::Packs};
use gix::{
    ObjectId,
    objs::{Find, Kind},
};
use std::rc::Rc;

pub(super) use super::packs::TreeBytes;

/// Bytes of trees that are found again by their id.
const MAX_TREE_BYTES: usize = 64 << 20;

/// Objects of one repository.
pub(super) struct Objects {
    pub repo: gix::Repository,
    packs: Packs,
    known: Generations<ObjectId, TreeBytes>,
    buffer: Vec<u8>,
}

impl Objects {
    /// Reads from the same store with caches of its own.
    pub(super) fn of(repo: &gix::Repository, limits: &Limits) -> Self {
        let mut repo = repo.clone();
        repo.object_cache_size(None);
        let packs = Packs::of(repo.git_dir(), repo.object_hash(), limits.read_alloc_bytes);
        Self { repo, packs, known: Generations::new(MAX_TREE_BYTES), buffer: vec![] }
    }

    /// Bytes of an object id.
    pub(super) fn width(&self) -> usize {
        self.repo.object_hash().len_in_bytes()
    }

    /// The bytes of a tree; an error says why not.
    pub(super) fn read(&mut self, id: ObjectId) -> Result<TreeBytes, String> {
        if let Some(known) = self.known.get(&id) {
            return Ok(Rc::clone(known));
        }
        if id == ObjectId::empty_tree(self.repo.object_hash()) {
            return Ok(Rc::new([]));
        }
        let bytes = self.packs.tree(&id).map_or_else(|| self.stored(id), Ok)?;
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
