//! Learns what past contents hold: from the cache what it knows, each other content by reading and parsing it once.
//! It must not keep facts: what it remembers of a content is its digest.
use super::FreshFacts;
use crate::{
    facts::{
        Parser, blob_key,
        model::{BlobKey, FileFacts},
        timeline::{Content, Digest, Followed, digest},
    },
    jobs::read_mirror::FactCache,
    scan::{BlobRead, Blobs, Repository},
};
use shared::{BlobId, RepoPath};
use std::{
    collections::{HashMap, HashSet},
    rc::Rc,
};

/// Digests and paths that are remembered; more are forgotten together and learnt again when they return.
const MAX_KNOWN: usize = 250_000;
/// Facts that are held before they are handed out.
const MAX_FRESH: usize = 1_000;

/// What is known of contents so far.
pub(super) struct Contents<'a> {
    blobs: Blobs<'a>,
    followed: &'a Followed<'a>,
    cache: &'a dyn FactCache,
    sink: FreshFacts<'a>,
    /// Who reads the files of a path.
    readers: HashMap<RepoPath, Rc<[Reader<'a>]>>,
    /// A number for each parser and variant, so that equal contents under names that do not matter are one.
    variants: HashMap<(usize, String), u32>,
    known: HashMap<(u32, BlobId), Known>,
}

/// A parser of some files.
#[derive(Clone, Copy)]
struct Reader<'a> {
    index: usize,
    parser: &'a dyn Parser,
    variant: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Known {
    Facts(Digest),
    TooLarge,
    Unreadable,
}

/// One content, and who wants it.
struct Job<'a> {
    blob: &'a BlobId,
    path: &'a RepoPath,
    wants: Vec<(Reader<'a>, BlobKey)>,
}

impl<'a> Contents<'a> {
    pub(super) fn new(
        repository: &'a Repository,
        followed: &'a Followed<'a>,
        cache: &'a dyn FactCache,
        sink: FreshFacts<'a>,
    ) -> Self {
        let (readers, variants, known) = (HashMap::new(), HashMap::new(), HashMap::new());
        Self { blobs: repository.blobs(), followed, cache, sink, readers, variants, known }
    }

    /// What is known of a content that was learnt.
    pub(super) fn of(&mut self, path: &RepoPath, blob: &BlobId) -> Content {
        let mut parts = vec![];
        for reader in self.readers(path).iter() {
            match self.known.get(&(reader.variant, blob.clone())) {
                Some(Known::Facts(digest)) => parts.push((reader.index, *digest)),
                Some(Known::TooLarge) => {}
                Some(Known::Unreadable) | None => return Content::Unreadable,
            }
        }
        if parts.is_empty() { Content::Presence } else { Content::Facts(Digest::join(parts)) }
    }

    /// Learns what these contents hold, as far as it is not known.
    pub(super) fn learn<'b>(&mut self, contents: impl Iterator<Item = (&'b RepoPath, &'b BlobId)>)
    where
        'a: 'b,
    {
        if self.known.len() > MAX_KNOWN {
            self.known = HashMap::new();
        }
        let jobs = self.plan(contents);
        let keys: Vec<BlobKey> = jobs.iter().flat_map(|job| job.wants.iter().map(|(_, key)| key.clone())).collect();
        if keys.is_empty() {
            return;
        }
        let cached = self.cache.load(&keys);
        let mut fresh = vec![];
        // The newest first, as git stores an older content as the difference to a newer one.
        for job in jobs.iter().rev() {
            self.read(job, &cached, &mut fresh);
            if fresh.len() >= MAX_FRESH {
                (self.sink)(std::mem::take(&mut fresh));
            }
        }
        if !fresh.is_empty() {
            (self.sink)(fresh);
        }
    }

    /// Which contents to read, each once.
    fn plan<'b>(&mut self, contents: impl Iterator<Item = (&'b RepoPath, &'b BlobId)>) -> Vec<Job<'b>>
    where
        'a: 'b,
    {
        let mut jobs: Vec<Job<'b>> = vec![];
        let mut planned: HashSet<(u32, &BlobId)> = HashSet::new();
        for (path, blob) in contents {
            let readers = self.readers(path);
            let new = readers.iter().filter(|reader| {
                !self.known.contains_key(&(reader.variant, blob.clone())) && planned.insert((reader.variant, blob))
            });
            let wants: Vec<_> = new.map(|reader| (*reader, blob_key(reader.parser, path, blob))).collect();
            if !wants.is_empty() {
                jobs.push(Job { blob, path, wants });
            }
        }
        jobs
    }

    fn readers(&mut self, path: &RepoPath) -> Rc<[Reader<'a>]> {
        if let Some(readers) = self.readers.get(path) {
            return Rc::clone(readers);
        }
        if self.readers.len() > MAX_KNOWN {
            self.readers = HashMap::new();
        }
        let mut readers = vec![];
        for (index, parser) in self.followed.parsers_of(path) {
            let next = u32::try_from(self.variants.len()).unwrap_or(u32::MAX);
            let variant = *self.variants.entry((index, parser.variant(path).to_owned())).or_insert(next);
            readers.push(Reader { index, parser, variant });
        }
        let readers: Rc<[Reader<'a>]> = readers.into();
        self.readers.insert(path.clone(), Rc::clone(&readers));
        readers
    }

    fn read(&mut self, job: &Job<'_>, cached: &HashMap<BlobKey, FileFacts>, fresh: &mut Vec<(BlobKey, FileFacts)>) {
        let mut bytes: Option<BlobRead> = None;
        for (reader, key) in &job.wants {
            let known = match cached.get(key) {
                Some(facts) => Known::Facts(digest(facts)),
                None => {
                    let max = || job.wants.iter().map(|(reader, _)| reader.parser.max_bytes()).max();
                    let read = bytes.get_or_insert_with(|| self.blobs.read(job.blob, max().unwrap_or_default()));
                    match read {
                        BlobRead::Read(bytes) if bytes.len() as u64 <= reader.parser.max_bytes() => {
                            let facts = reader.parser.parse(job.path.file_name(), bytes);
                            let known = Known::Facts(digest(&facts));
                            fresh.push((key.clone(), facts));
                            known
                        }
                        BlobRead::Read(_) | BlobRead::TooLarge { .. } => Known::TooLarge,
                        BlobRead::Unreadable { .. } => Known::Unreadable,
                    }
                }
            };
            self.known.insert((reader.variant, job.blob.clone()), known);
        }
    }
}
