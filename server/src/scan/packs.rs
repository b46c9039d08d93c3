//! Reads objects of one kind and the headers of commits straight from packs, keeping each object that was needed on
//! the way to another one.
//! It must not fail: what it cannot read is left to the object store, which says why. Formats: gitformat-pack(5).
use super::{Limits, commit::Header as CommitHeader, generations::Generations};
use gix::{
    ObjectId,
    odb::pack::{Bundle, data::Entry, data::entry::Header, index::File},
    zlib::{Inflate, Status},
};
use std::{fs, rc::Rc};

/// Deltas on the way to one object; git itself makes at most 4,095.
const MAX_CHAIN: usize = 4_096;
/// Guesses at the place of an id before the pack's index is asked the slow way.
const MAX_GUESSES: usize = 12;

/// Room behind what is inflated: the decoder takes its fast way only as long as it may write more than a match is long.
const SLACK: usize = 320;
/// Bytes of a commit that hold its header, unless it has very many parents or very long names.
const HEADER_BYTES: usize = 768;

/// Objects that are looked up before the packs are mapped anew: pages that were looked at count as memory of the process
/// for as long as the mapping stands, although the system can take them back.
const LOOKUPS_A_MAPPING: usize = 1 << 13;
/// Bytes at the front of a delta that hold both its sizes.
const SIZES_BYTES: usize = 20;

/// The bytes of an object.
pub(super) type ObjectBytes = Rc<[u8]>;

/// All packs of one repository.
pub(super) struct Packs {
    bundles: Vec<Bundle>,
    hash: gix::hash::Kind,
    n_lookups: usize,
    /// The kind of object that is read whole.
    kind: Header,
    /// Objects of that kind by pack and offset.
    known: Generations<(usize, u64), ObjectBytes>,
    inflate: Inflate,
    /// What was inflated last, and what was made of it.
    inflated: Vec<u8>,
    made: Vec<u8>,
    /// The largest object.
    max_bytes: u64,
}

impl Packs {
    /// Opens the packs of a repository to read objects of a kind, of which it keeps so many bytes; packs that cannot be
    /// opened are left out.
    pub(super) fn of(repo: &gix::Repository, limits: &Limits, kind: Header, known_bytes: usize) -> Self {
        let hash = repo.object_hash();
        let files =
            fs::read_dir(repo.git_dir().join("objects/pack")).into_iter().flatten().flatten().map(|file| file.path());
        let indexes = files.filter(|path| path.extension().is_some_and(|extension| extension == "idx"));
        let bundles = indexes.filter_map(|path| Bundle::at(path, hash).ok()).collect();
        let (known, max_bytes) = (Generations::new(known_bytes), limits.read_alloc_bytes);
        Self {
            bundles,
            hash,
            n_lookups: 0,
            kind,
            known,
            inflate: Inflate::default(),
            inflated: vec![],
            made: vec![],
            max_bytes,
        }
    }

    /// The object of an id; `None` when no pack holds it, or not as one of the kind, or damaged, or when it is larger
    /// than `max_bytes`.
    pub(super) fn object(&mut self, id: &ObjectId, max_bytes: u64) -> Option<ObjectBytes> {
        let (pack, offset) = self.place(id)?;
        if let Some(known) = self.known.get(&(pack, offset)) {
            return Some(Rc::clone(known)).filter(|known| known.len() as u64 <= max_bytes);
        }
        if max_bytes < self.max_bytes && self.size(pack, offset)? > max_bytes {
            return None;
        }
        self.made_of(pack, offset)
    }

    /// The object at a place, made of those that it is the difference to.
    fn made_of(&mut self, pack: usize, offset: u64) -> Option<ObjectBytes> {
        let (mut chain, mut at) = (vec![], offset);
        let mut object = loop {
            if let Some(known) = self.known.get(&(pack, at)) {
                break Rc::clone(known);
            }
            let bundle = &self.bundles[pack];
            let entry = bundle.pack.entry(at).ok().filter(|entry| entry.decompressed_size <= self.max_bytes)?;
            let base = match entry.header {
                header if header == self.kind => break self.whole(pack, at, &entry)?,
                Header::OfsDelta { base_distance } => entry.checked_base_pack_offset(base_distance)?,
                Header::RefDelta { base_id } => find(&bundle.index, &base_id)?,
                Header::Tree | Header::Blob | Header::Commit | Header::Tag => return None,
            };
            chain.push((at, entry));
            if chain.len() > MAX_CHAIN {
                return None;
            }
            at = base;
        };
        while let Some((at, entry)) = chain.pop() {
            self.inflate(pack, &entry)?;
            apply(&object, &self.inflated, self.max_bytes, &mut self.made)?;
            object = self.made.as_slice().into();
            self.known.put((pack, at), Rc::clone(&object), object.len() + 64);
        }
        Some(object)
    }

    /// Bytes of the object at a place, by its own header or that of its delta.
    fn size(&mut self, pack: usize, at: u64) -> Option<u64> {
        let pack = &self.bundles[pack].pack;
        let entry = pack.entry(at).ok()?;
        if !entry.header.is_delta() {
            return Some(entry.decompressed_size);
        }
        let input = pack.entry_slice(entry.data_offset..pack.pack_end() as u64)?;
        self.inflated.resize(SIZES_BYTES, 0);
        self.inflate.reset();
        let (_, _, n_bytes) = self.inflate.prefix(input, &mut self.inflated).ok()?;
        let mut rest = self.inflated.get(..n_bytes)?;
        size(&mut rest)?;
        size(&mut rest)
    }

    /// The header of a commit; `None` when no pack holds it, or not as it is, or with a header of unusual length.
    pub(super) fn commit(&mut self, id: &ObjectId) -> Option<CommitHeader> {
        let (pack, at) = self.place(id)?;
        let bundle = &self.bundles[pack].pack;
        let entry = bundle.entry(at).ok().filter(|entry| entry.header == Header::Commit)?;
        self.inflated.resize(HEADER_BYTES + SLACK, 0);
        self.inflate.reset();
        let input = bundle.entry_slice(entry.data_offset..bundle.pack_end() as u64)?;
        let (_, _, n_bytes) = self.inflate.prefix(input, &mut self.inflated).ok()?;
        let text = &self.inflated[..n_bytes];
        let committer = memchr::memmem::find(text, b"\ncommitter ")?;
        memchr::memchr(b'\n', &text[committer + 1..])?;
        CommitHeader::parse(text)
    }

    /// The pack that holds an object, and where.
    fn place(&mut self, id: &ObjectId) -> Option<(usize, u64)> {
        self.n_lookups += 1;
        if self.n_lookups == LOOKUPS_A_MAPPING {
            self.map_anew();
        }
        self.bundles.iter().enumerate().find_map(|(i, bundle)| Some((i, find(&bundle.index, id)?)))
    }

    /// Maps the packs again, so that their pages no longer count. A pack that is gone by now stays as it is mapped.
    fn map_anew(&mut self) {
        self.n_lookups = 0;
        for bundle in &mut self.bundles {
            if let Ok(mapped) = Bundle::at(bundle.index.path(), self.hash) {
                *bundle = mapped;
            }
        }
    }

    /// An object that is stored as it is.
    fn whole(&mut self, pack: usize, at: u64, entry: &Entry) -> Option<ObjectBytes> {
        self.inflate(pack, entry)?;
        let object: ObjectBytes = self.inflated.as_slice().into();
        self.known.put((pack, at), Rc::clone(&object), object.len() + 64);
        Some(object)
    }

    /// Inflates an entry whose size was checked; `None` when it is of another size than it says.
    fn inflate(&mut self, pack: usize, entry: &Entry) -> Option<()> {
        let n_bytes = usize::try_from(entry.decompressed_size).ok()?;
        let pack = &self.bundles[pack].pack;
        let input = pack.entry_slice(entry.data_offset..pack.pack_end() as u64)?;
        self.inflated.resize(n_bytes + SLACK, 0);
        self.inflate.reset();
        let (status, _, n_written) = self.inflate.once(input, &mut self.inflated).ok()?;
        self.inflated.truncate(n_bytes);
        (status == Status::StreamEnd && n_written == n_bytes).then_some(())
    }
}

/// The offset of an object in a pack. Ids are evenly spread and sorted, so that the place of one can be guessed ever
/// more closely; an index made to defeat that is searched by halves.
fn find(index: &File, id: &ObjectId) -> Option<u64> {
    let leading = |bytes: &[u8]| bytes.iter().take(8).fold(0_u64, |number, byte| number << 8 | u64::from(*byte));
    let wanted = leading(id.as_bytes());
    // Positions `low..high` are left; ids before them are not above `least`, and those behind not below `most`.
    let (mut low, mut high, mut least, mut most) = (0, u64::from(index.num_objects()), 0_u64, u64::MAX);
    for _ in 0..MAX_GUESSES {
        if low >= high {
            return None;
        }
        let share = u128::from(wanted.saturating_sub(least)) * u128::from(high - low) / (u128::from(most - least) + 1);
        let guess = (low + u64::try_from(share).unwrap_or(0)).min(high - 1);
        let position = u32::try_from(guess).ok()?;
        let found = index.oid_at_index(position);
        match found.as_bytes().cmp(id.as_bytes()) {
            std::cmp::Ordering::Equal => return Some(index.pack_offset_at_index(position)),
            std::cmp::Ordering::Less => (low, least) = (guess + 1, leading(found.as_bytes())),
            std::cmp::Ordering::Greater => (high, most) = (guess, leading(found.as_bytes()).max(least)),
        }
    }
    index.lookup(id).map(|position| index.pack_offset_at_index(position))
}

/// Makes of a base what a delta says; `None` when that is damaged or makes more than `max_bytes`.
fn apply(base: &[u8], delta: &[u8], max_bytes: u64, out: &mut Vec<u8>) -> Option<()> {
    let mut rest = delta;
    let (n_base, n_result) = (size(&mut rest)?, size(&mut rest)?);
    if n_base != base.len() as u64 || n_result > max_bytes {
        return None;
    }
    let n_result = usize::try_from(n_result).ok()?;
    out.clear();
    out.reserve(n_result);
    while let Some((command, after)) = rest.split_first() {
        rest = after;
        let bytes = if command & 0x80 == 0 {
            rest.split_off(..usize::from(*command)).filter(|bytes| !bytes.is_empty())?
        } else {
            let mut number = |bits: std::ops::Range<u32>| {
                bits.clone().filter(|bit| command >> bit & 1 == 1).try_fold(0_usize, |number, bit| {
                    Some(number | usize::from(*rest.split_off_first()?) << (8 * (bit - bits.start)))
                })
            };
            let (at, n) = (number(0..4)?, number(4..7)?);
            base.get(at..at + if n == 0 { 0x1_0000 } else { n })?
        };
        if out.len() + bytes.len() > n_result {
            return None;
        }
        out.extend_from_slice(bytes);
    }
    (out.len() == n_result).then_some(())
}

/// A size at the front of a delta: seven bits a byte, the lowest first.
fn size(rest: &mut &[u8]) -> Option<u64> {
    let (mut size, mut shift) = (0_u64, 0);
    loop {
        let byte = *rest.split_off_first()?;
        size |= u64::from(byte & 0x7f).checked_shl(shift)?;
        shift += 7;
        if byte & 0x80 == 0 {
            return Some(size);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scan::{Author, Repository, Signed};
    use proptest::prelude::*;

    fn applied(base: &[u8], delta: &[u8], max_bytes: u64) -> Option<Vec<u8>> {
        let mut out = b"of an earlier tree".to_vec();
        apply(base, delta, max_bytes, &mut out).map(|()| out)
    }

    #[test]
    fn a_delta_copies_and_inserts() {
        let base = b"0123456789";
        let delta = [10, 9, 0x91, 2, 3, 2, b'x', b'y', 0x90, 4];
        assert_eq!(applied(base, &delta, 100).unwrap(), b"234xy0123");
        assert_eq!(applied(base, &delta, 8), None);
        assert_eq!(applied(&base[1..], &delta, 100), None);
        for end in 0..delta.len() {
            assert_eq!(applied(base, &delta[..end], 100), None, "{end}");
        }
        assert_eq!(applied(base, &[10, 1, 0], 100), None);
        assert_eq!(applied(base, &[10, 1, 0x91, 9, 5], 100), None);
    }

    proptest! {
        #[test]
        fn a_damaged_delta_is_none_and_no_panic(delta in proptest::collection::vec(any::<u8>(), 0..40)) {
            prop_assert!(applied(b"0123456789", &delta, 1 << 10).is_none_or(|out| out.len() <= 1 << 10));
        }
    }

    #[test]
    fn every_object_of_an_index_is_found_and_no_other() {
        let folder = tempfile::tempdir().unwrap();
        let git_dir = folder.path().join("many.git");
        let mut author = Author::create(&git_dir, None).unwrap();
        let signed = Signed { name: "Team", email: "team@acme.example", at: 1, message: "m" };
        let files = (0..500).map(|n| (format!("f{n}"), format!("{n}"))).collect();
        author.commit(&files, &signed).unwrap();
        author.finish().unwrap();
        let repository = Repository::open(&git_dir, &Limits::default()).unwrap();
        let mut packs = Packs::of(&repository.inner, &repository.limits, Header::Tree, 1 << 20);
        let index = &packs.bundles[0].index;
        let ids: Vec<ObjectId> = (0..index.num_objects()).map(|i| index.oid_at_index(i).to_owned()).collect();
        for (i, id) in ids.iter().enumerate() {
            assert_eq!(find(index, id), Some(index.pack_offset_at_index(u32::try_from(i).unwrap())));
            let mut other = id.as_slice().to_vec();
            other[19] ^= 1;
            assert_eq!(find(index, &ObjectId::try_from(other.as_slice()).unwrap()), None);
        }
        let commits: Vec<CommitHeader> = ids.iter().filter_map(|id| packs.commit(id)).collect();
        assert_eq!(commits.len(), 1);
        assert!(packs.object(&commits[0].tree, u64::MAX).is_some());
        let trees: Vec<ObjectBytes> = ids.iter().filter_map(|id| packs.object(id, u64::MAX)).collect();
        assert_eq!(trees.len(), 1);
        assert!(trees[0].starts_with(b"100644 f0\0"));
        packs.n_lookups = LOOKUPS_A_MAPPING - 1;
        packs.known = Generations::new(0);
        assert_eq!(packs.object(&commits[0].tree, u64::MAX).as_ref(), Some(&trees[0]));
        assert_eq!(packs.n_lookups, 0, "it was mapped anew");
    }
}
