//! Reads many blobs of one repository, each from what is left of those read before it.
//! It must not read a blob that is larger than its reader allows, and falls back on the object store.
use super::{
    BlobRead, Repository,
    packs::{ObjectBytes, Packs},
    repository::object_id,
};
use gix::odb::pack::data::entry::Header;
use shared::BlobId;

/// Bytes of blobs that are kept because others are stored as the difference to them.
const MAX_BASE_BYTES: usize = 32 << 20;

/// A reader of blobs. It is quickest when newer contents of a file are asked for before older ones: git stores the older
/// one as the difference to the newer one.
pub struct Blobs<'r> {
    repository: &'r Repository,
    packs: Packs,
}

impl Repository {
    /// A reader for many blobs.
    pub fn blobs(&self) -> Blobs<'_> {
        let packs = Packs::of(&self.inner, &self.limits, Header::Blob, MAX_BASE_BYTES);
        Blobs { repository: self, packs }
    }
}

impl Blobs<'_> {
    /// The same as [`Repository::read`].
    pub fn read(&mut self, blob: &BlobId, max_bytes: u64) -> BlobRead {
        self.shared(blob, max_bytes).map_or_else(|other| other, |bytes| BlobRead::Read(bytes.to_vec()))
    }

    /// The bytes as they are kept here; an error is never `BlobRead::Read`.
    pub(super) fn shared(&mut self, blob: &BlobId, max_bytes: u64) -> Result<ObjectBytes, BlobRead> {
        let ceiling = max_bytes.min(self.repository.limits.max_blob_bytes);
        let found = object_id(blob.as_str()).ok().and_then(|id| self.packs.object(&id, ceiling));
        found.map_or_else(
            || match self.repository.read(blob, max_bytes) {
                BlobRead::Read(bytes) => Ok(bytes.into()),
                other => Err(other),
            },
            Ok,
        )
    }
}
