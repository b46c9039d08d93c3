//! The differences of two trees: which ordinary files came, changed and went.
//! It must not read blobs, and looks only at what differs. Format and order of entries: git's tree objects.
use super::{
    Change, Follow, Limits,
    objects::{Objects, TreeBytes},
    tree::{safe_name, safe_path},
};
use gix::{ObjectId, objs::tree::name_order};
use shared::BlobId;
use std::{cmp::Ordering, rc::Rc};

/// Which files are reported: asked with a path, and whether it is a folder.
pub(super) type FollowFn<'a> = &'a dyn Fn(&str, bool) -> Follow;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Folder,
    File,
    /// A link or a submodule.
    Other,
}

/// One entry at the front of a tree's bytes.
struct Entry<'a> {
    kind: Kind,
    name: &'a [u8],
    id: &'a [u8],
    n_bytes: usize,
}

/// One side of a folder: its tree, and how much of it has been looked at.
struct Side {
    tree: TreeBytes,
    at: usize,
}

/// A folder that differs, and the length of its path.
struct Level {
    old: Side,
    new: Side,
    n_path: usize,
}

/// An entry that differs: what it was and is.
#[derive(Clone, Copy)]
struct Pair {
    old: Option<(Kind, ObjectId)>,
    new: Option<(Kind, ObjectId)>,
}

/// Compares trees of one repository.
pub(super) struct TreeDiff<'a> {
    pub objects: Objects,
    limits: &'a Limits,
    follow: FollowFn<'a>,
    /// The folder that is looked at, and the name of the entry.
    path: String,
    name: Vec<u8>,
    out: Vec<Change>,
}

impl<'a> TreeDiff<'a> {
    pub(super) fn new(objects: Objects, limits: &'a Limits, follow: FollowFn<'a>) -> Self {
        Self { objects, limits, follow, path: String::new(), name: vec![], out: vec![] }
    }

    /// What changed from `old`, or from nothing, to `new`, in path order; an error says which tree cannot be read.
    pub(super) fn changes(&mut self, old: Option<ObjectId>, new: ObjectId) -> Result<Vec<Change>, String> {
        self.out.clear();
        if old == Some(new) {
            return Ok(vec![]);
        }
        self.path.clear();
        let mut n_seen = 0;
        let mut levels = vec![self.level(old, Some(new))?];
        while let Some(level) = levels.last_mut() {
            self.path.truncate(level.n_path);
            let Some(pair) = level.next(self.objects.width(), &mut self.name)? else {
                levels.pop();
                continue;
            };
            n_seen += 1;
            if n_seen > self.limits.max_tree_entries {
                return Err(format!("more than {} entries of the tree changed", self.limits.max_tree_entries));
            }
            if let Some(folder) = self.visit(pair, levels.len())? {
                levels.push(folder);
            }
        }
        let mut out = std::mem::take(&mut self.out);
        if !out.is_sorted_by(|a, b| a.path < b.path) {
            self.mend(&mut out);
        }
        Ok(out)
    }

    /// Notes the file of an entry, or gives the folder to look into.
    fn visit(&mut self, pair: Pair, depth: usize) -> Result<Option<Level>, String> {
        let Ok(name) = safe_name(&self.name, self.limits) else { return Ok(None) };
        if !self.path.is_empty() {
            self.path.push('/');
        }
        self.path.push_str(name);
        let (old, new) = (pair.of(Kind::Folder, true), pair.of(Kind::Folder, false));
        if old.is_some() || new.is_some() {
            let skipped =
                depth > self.limits.max_tree_depth as usize || (self.follow)(&self.path, true) == Follow::Nothing;
            return if skipped { Ok(None) } else { self.level(old, new).map(Some) };
        }
        let (before, after) = (pair.of(Kind::File, true), pair.of(Kind::File, false));
        if before != after && self.reports((self.follow)(&self.path, false), before.is_some() && after.is_some()) {
            // A name that is refused is a finding of the tip's walk; the past need not repeat it.
            if let Ok(path) = safe_path(self.path.clone(), self.limits) {
                self.out.push(Change { path, blob: after.map(blob_id), before: before.map(blob_id) });
            }
        }
        Ok(None)
    }

    fn reports(&self, follow: Follow, stays: bool) -> bool {
        match follow {
            Follow::Nothing => false,
            Follow::Presence => !stays,
            Follow::Content => true,
        }
    }

    fn level(&mut self, old: Option<ObjectId>, new: Option<ObjectId>) -> Result<Level, String> {
        let mut side = |id: Option<ObjectId>| -> Result<Side, String> {
            Ok(Side { tree: id.map_or_else(|| Ok(Rc::from([])), |id| self.objects.tree(id))?, at: 0 })
        };
        Ok(Level { new: side(new)?, old: side(old)?, n_path: self.path.len() })
    }

    /// Trees whose entries are out of order make a file go in one place and come in another: brings both together.
    fn mend(&self, out: &mut Vec<Change>) {
        out.sort_by(|a, b| a.path.cmp(&b.path));
        out.dedup_by(|later, first| {
            let same = later.path == first.path;
            if same {
                first.blob = first.blob.take().or(later.blob.take());
                first.before = first.before.take().or(later.before.take());
            }
            same
        });
        out.retain(|change| {
            change.blob != change.before
                && self.reports(
                    (self.follow)(change.path.as_str(), false),
                    change.blob.is_some() && change.before.is_some(),
                )
        });
    }
}

impl Pair {
    fn of(&self, kind: Kind, old: bool) -> Option<ObjectId> {
        let side = if old { self.old } else { self.new };
        side.filter(|(is, _)| *is == kind).map(|(_, id)| id)
    }
}

impl Level {
    /// The next entry that differs, its name in `name`.
    fn next(&mut self, width: usize, name: &mut Vec<u8>) -> Result<Option<Pair>, String> {
        let Some(n_same) = first_difference(self.old.rest(), self.new.rest()) else { return Ok(None) };
        // Entries that end before the first byte that differs are the same; the first other one differs.
        let mut skipped = 0;
        let is = loop {
            let entry = Entry::first(&self.new.rest()[skipped..], width)?;
            match entry {
                Some(entry) if skipped + entry.n_bytes <= n_same => skipped += entry.n_bytes,
                entry => break entry,
            }
        };
        self.old.at += skipped;
        let was = Entry::first(self.old.rest(), width)?;
        let order = match (&was, &is) {
            (None, _) => Ordering::Greater,
            (_, None) => Ordering::Less,
            (Some(was), Some(is)) => name_order(was.name, was.kind == Kind::Folder, is.name, is.kind == Kind::Folder),
        };
        let (was, is) = (was.filter(|_| order.is_le()), is.filter(|_| order.is_ge()));
        name.clear();
        name.extend_from_slice(was.as_ref().or(is.as_ref()).map_or(&[], |entry| entry.name));
        let pair = Pair { old: was.as_ref().map(Entry::found), new: is.as_ref().map(Entry::found) };
        let (n_old, n_new) = (was.map_or(0, |entry| entry.n_bytes), is.map_or(0, |entry| entry.n_bytes));
        self.old.at += n_old;
        self.new.at += skipped + n_new;
        Ok(Some(pair))
    }
}

impl Side {
    fn rest(&self) -> &[u8] {
        &self.tree[self.at..]
    }
}

/// How many bytes at the front are the same; `None` when all are.
fn first_difference(a: &[u8], b: &[u8]) -> Option<usize> {
    /// Compared at once, which the compiler turns into wide instructions.
    const STRIDE: usize = 64;
    let (strides, _) = a.as_chunks::<STRIDE>();
    let n_strides = strides.iter().zip(b.as_chunks::<STRIDE>().0).take_while(|(a, b)| a == b).count();
    let start = n_strides * STRIDE;
    let n_same = start + a[start..].iter().zip(&b[start..]).take_while(|(a, b)| a == b).count();
    (n_same < a.len() || n_same < b.len()).then_some(n_same)
}

impl<'a> Entry<'a> {
    /// The entry at the front: mode in octal, a space, the name, a zero byte, the id. `None` at the end.
    fn first(bytes: &'a [u8], width: usize) -> Result<Option<Self>, String> {
        if bytes.is_empty() {
            return Ok(None);
        }
        let parsed = || {
            let space = bytes.iter().take(8).position(|byte| *byte == b' ')?;
            let mode = bytes[..space].iter().try_fold(0_u32, |mode, byte| {
                matches!(byte, b'0'..=b'7').then(|| mode << 3 | u32::from(byte - b'0'))
            })?;
            let zero = space + memchr::memchr(0, &bytes[space..])?;
            let id = bytes.get(zero + 1..zero + 1 + width)?;
            let kind = match mode & 0o170_000 {
                0o040_000 => Kind::Folder,
                0o100_000 => Kind::File,
                _ => Kind::Other,
            };
            Some(Self { kind, name: &bytes[space + 1..zero], id, n_bytes: zero + 1 + width })
        };
        parsed().map(Some).ok_or_else(|| "a tree is damaged: an entry is cut off".to_owned())
    }

    fn found(&self) -> (Kind, ObjectId) {
        (self.kind, ObjectId::try_from(self.id).expect("an entry's id has the width of the repository's hash"))
    }
}

fn blob_id(id: ObjectId) -> BlobId {
    let mut hex = [0; 64];
    let n = id.hex_to_buf(&mut hex).len();
    BlobId::new(String::from_utf8_lossy(&hex[..n]))
        .expect("an object id prints as 40 or 64 lower-case hexadecimal digits")
}
