//! Reads trees of one repository for a walk through its history, each as seldom as memory allows.
//! It must not understand an entry beyond finding where it ends.
use super::{error, generations::Generations};
use gix::{
    ObjectId,
    objs::{Find, Kind},
    odb::pack::cache::DecodeEntry,
};
use std::rc::Rc;

/// Bytes of trees, and of the trees that others are deltas of, that a walk keeps.
const MAX_TREE_BYTES: usize = 32 << 20;
const MAX_BASE_BYTES: usize = 64 << 20;

/// The bytes of a tree object.
pub(super) type TreeBytes = Rc<[u8]>;

/// Trees of one repository.
pub(super) struct Trees {
    pub repo: gix::Repository,
    known: Generations<ObjectId, TreeBytes>,
    buffer: Vec<u8>,
}

impl Trees {
    /// Reads from the same store with caches of its own.
    pub(super) fn of(repo: &gix::Repository) -> Self {
        let mut repo = repo.clone();
        repo.object_cache_size(None);
        repo.objects.set_pack_cache(|| Box::new(Bases(Generations::new(MAX_BASE_BYTES))));
        Self { repo, known: Generations::new(MAX_TREE_BYTES), buffer: vec![] }
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
        let failed = |reason: String| format!("the folder's tree {id} cannot be read ({reason})");
        let found = self.repo.objects.try_find(&id, &mut self.buffer).map_err(|e| failed(error::reason(&e)))?;
        let found = found.ok_or_else(|| failed("it is absent".to_owned()))?;
        if found.kind != Kind::Tree {
            return Err(failed(format!("it is a {}", found.kind)));
        }
        let bytes: TreeBytes = found.data.into();
        self.known.put(id, Rc::clone(&bytes), bytes.len() + 64);
        Ok(bytes)
    }
}

/// The trees that others in a pack are deltas of, by pack and offset.
struct Bases(Generations<(u32, u64), (Vec<u8>, usize)>);

impl DecodeEntry for Bases {
    fn put(&mut self, pack_id: u32, offset: u64, data: &[u8], kind: Kind, compressed_size: usize) {
        if kind == Kind::Tree {
            self.0.put((pack_id, offset), (data.to_vec(), compressed_size), data.len() + 64);
        }
    }

    fn get(&mut self, pack_id: u32, offset: u64, out: &mut Vec<u8>) -> Option<(Kind, usize)> {
        let (data, compressed_size) = self.0.get(&(pack_id, offset))?;
        out.clear();
        out.extend_from_slice(data);
        Some((Kind::Tree, *compressed_size))
    }
}
