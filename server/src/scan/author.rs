//! Writes bare repositories from given files, authors and dates, so that the same input gives the same commit ids.
//! It must not read the clock, a configuration of the user's, or a working tree.
use super::{ScanError, error, open, pack::Pack, repository::commit_id};
use gix::{
    ObjectId,
    actor::Signature,
    objs::{
        Commit, Tree,
        tree::{Entry, EntryKind},
    },
    refs::{
        FullName, Target,
        transaction::{Change, LogChange, PreviousValue, RefEdit},
    },
};
use shared::CommitId;
use std::{
    collections::{BTreeMap, HashMap},
    io::Write,
    path::{Path, PathBuf},
};

/// All files of a commit: path to text. A path that ends in `.sh` becomes executable.
pub type Files = BTreeMap<String, String>;

/// Who commits, when, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signed<'a> {
    pub name: &'a str,
    pub email: &'a str,
    /// Seconds since 1970, UTC; author and committer time alike.
    pub at: i64,
    pub message: &'a str,
}

/// A new bare repository whose branch `main` grows by one commit at a time.
pub struct Author {
    repo: gix::Repository,
    git_dir: PathBuf,
    pack: Pack,
    blobs: HashMap<String, ObjectId>,
    last: Option<ObjectId>,
}

/// A folder on its way to a tree.
#[derive(Default)]
struct Folder {
    files: BTreeMap<String, (EntryKind, ObjectId)>,
    folders: BTreeMap<String, Folder>,
}

impl Author {
    /// Makes an empty bare repository with an unborn branch `main`, and `origin` as the address it claims to be from.
    ///
    /// # Errors
    /// `DataUnusable` when the folder exists or cannot be written.
    pub fn create(git_dir: &Path, origin: Option<&str>) -> Result<Self, ScanError> {
        let options = gix::create::Options {
            destination_must_be_empty: Some(true),
            fs_capabilities: None,
            object_hash: Some(gix::hash::Kind::Sha1),
        };
        let made = gix::ThreadSafeRepository::init_opts(
            git_dir,
            gix::create::Kind::Bare,
            options,
            open::options(16 << 20, None),
        );
        let repo = made.map_err(|e| unwritable(git_dir, error::reason(&e)))?.to_thread_local();
        if let Some(url) = origin {
            let mut config = std::fs::OpenOptions::new()
                .append(true)
                .open(git_dir.join("config"))
                .map_err(|e| ScanError::data(git_dir, &e))?;
            write!(config, "\n[remote \"origin\"]\n\turl = {url}\n").map_err(|e| ScanError::data(git_dir, &e))?;
        }
        Ok(Self { repo, git_dir: git_dir.to_owned(), pack: Pack::default(), blobs: HashMap::new(), last: None })
    }

    /// Adds a commit that holds exactly these files. Nothing reaches the disk before [`Author::finish`].
    ///
    /// # Errors
    /// `DataUnusable` when an object cannot be formed.
    pub fn commit(&mut self, files: &Files, change: &Signed<'_>) -> Result<CommitId, ScanError> {
        self.write(files, change).map_err(|e| unwritable(&self.git_dir, error::reason(&e)))
    }

    /// Writes every object as one pack and points `main` at the last commit; without one it stays unborn.
    ///
    /// # Errors
    /// `DataUnusable` when it cannot be written.
    pub fn finish(self) -> Result<Option<CommitId>, ScanError> {
        let Some(last) = self.last else { return Ok(None) };
        self.pack.write(&self.git_dir).map_err(|e| unwritable(&self.git_dir, error::reason(&e)))?;
        let edit = RefEdit {
            change: Change::Update {
                log: LogChange::default(),
                expected: PreviousValue::Any,
                new: Target::Object(last),
            },
            name: FullName::try_from("refs/heads/main").expect("a constant reference name"),
            deref: false,
        };
        self.repo.edit_references_as([edit], None).map_err(|e| unwritable(&self.git_dir, error::reason(&e)))?;
        Ok(Some(commit_id(last)))
    }

    fn write(&mut self, files: &Files, change: &Signed<'_>) -> Result<CommitId, gix::Error> {
        let mut root = Folder::default();
        for (path, text) in files {
            let id = self.blob(text)?;
            let kind = if path.ends_with(".sh") { EntryKind::BlobExecutable } else { EntryKind::Blob };
            root.insert(path, kind, id);
        }
        let tree = root.write(&mut self.pack)?;
        let signature = Signature {
            name: change.name.into(),
            email: change.email.into(),
            time: gix::date::Time { seconds: change.at, offset: 0 },
        };
        let commit = Commit {
            tree,
            parents: self.last.into_iter().collect(),
            author: signature.clone(),
            committer: signature,
            encoding: None,
            message: change.message.into(),
            extra_headers: vec![],
        };
        let id = self.pack.object(&commit)?;
        self.last = Some(id);
        Ok(commit_id(id))
    }

    fn blob(&mut self, text: &str) -> Result<ObjectId, gix::Error> {
        if let Some(id) = self.blobs.get(text) {
            return Ok(*id);
        }
        let id = self.pack.blob(text.as_bytes())?;
        self.blobs.insert(text.to_owned(), id);
        Ok(id)
    }
}

impl Folder {
    fn insert(&mut self, path: &str, kind: EntryKind, id: ObjectId) {
        match path.split_once('/') {
            Some((folder, rest)) => self.folders.entry(folder.to_owned()).or_default().insert(rest, kind, id),
            None => {
                self.files.insert(path.to_owned(), (kind, id));
            }
        }
    }

    /// Writes the deepest folders first, as each names the ids of those below it.
    fn write(&self, pack: &mut Pack) -> Result<ObjectId, gix::Error> {
        let mut entries = vec![];
        for (name, (kind, id)) in &self.files {
            entries.push(Entry { mode: (*kind).into(), filename: name.as_str().into(), oid: *id });
        }
        for (name, folder) in &self.folders {
            entries.push(Entry {
                mode: EntryKind::Tree.into(),
                filename: name.as_str().into(),
                oid: folder.write(pack)?,
            });
        }
        entries.sort();
        pack.object(&Tree { entries })
    }
}

fn unwritable(path: &Path, reason: String) -> ScanError {
    ScanError::DataUnusable { path: path.display().to_string(), reason }
}
