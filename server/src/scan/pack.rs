//! Collects new objects into one pack: a repository of many small commits in few files, written at once.
//! It must not build deltas; it is for repositories that are generated, not fetched. Format: gitformat-pack(5), version 2.
use gix::{
    ObjectId,
    hash::Kind::Sha1,
    objs::{Kind, WriteTo},
    odb::pack::{Bundle, bundle::write::Options, data::entry::Header},
    zlib::{Compression, stream::deflate},
};
use std::{collections::HashSet, io::Write, path::Path, sync::atomic::AtomicBool};

/// A pack on its way.
#[derive(Default)]
pub(super) struct Pack {
    entries: Vec<u8>,
    n_entries: u32,
    known: HashSet<ObjectId>,
}

impl Pack {
    /// Adds a tree, commit or tag, unless it is there already.
    pub(super) fn object(&mut self, object: &impl WriteTo) -> Result<ObjectId, gix::Error> {
        let mut data = vec![];
        object.write_to(&mut data).map_err(gix::Error::from_error)?;
        self.add(object.kind(), &data)
    }

    /// Adds a blob, unless it is there already.
    pub(super) fn blob(&mut self, data: &[u8]) -> Result<ObjectId, gix::Error> {
        self.add(Kind::Blob, data)
    }

    fn add(&mut self, kind: Kind, data: &[u8]) -> Result<ObjectId, gix::Error> {
        let id = gix::objs::compute_hash(Sha1, kind, data)?;
        if self.known.insert(id) {
            let header = match kind {
                Kind::Blob => Header::Blob,
                Kind::Tree => Header::Tree,
                Kind::Commit => Header::Commit,
                Kind::Tag => Header::Tag,
            };
            header.write_to(data.len() as u64, &mut self.entries).map_err(gix::Error::from_error)?;
            let mut deflate = deflate::Write::new(&mut self.entries, Compression::BEST_SPEED);
            deflate.write_all(data).and_then(|()| deflate.flush()).map_err(gix::Error::from_error)?;
            self.n_entries += 1;
        }
        Ok(id)
    }

    /// Writes the pack and its index into a repository's `objects/pack`.
    pub(super) fn write(self, git_dir: &Path) -> Result<(), gix::Error> {
        let mut pack = b"PACK\0\0\0\x02".to_vec();
        pack.extend(self.n_entries.to_be_bytes());
        pack.extend(self.entries);
        let mut hasher = gix::hash::hasher(Sha1);
        hasher.update(&pack);
        pack.extend(hasher.try_finalize()?.as_slice());
        let written = Bundle::write_to_directory(
            &mut pack.as_slice(),
            Some(&git_dir.join("objects/pack")),
            &mut gix::progress::Discard,
            &AtomicBool::new(false),
            None::<gix::objs::find::Never>,
            Sha1,
            Options { thread_limit: Some(1), ..Options::default() },
        )?;
        // The marker protects a pack until references name its objects; nobody else is in this repository yet.
        if let Some(keep) = written.keep_path {
            std::fs::remove_file(keep).map_err(gix::Error::from_error)?;
        }
        Ok(())
    }
}
