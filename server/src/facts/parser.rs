//! What a parser of one ecosystem or file kind is: one file, one line in `PARSERS`, one fixture.
//! A parser is pure, and what it reads from a blob depends on the blob and the file's name only.
use super::model::{BlobKey, Dependency, FileFacts, Package, RepositoryFiles};
use crate::scan::Finding;
use shared::{BlobId, RepoPath};

/// Reads one kind of file. Panics are bugs: hostile bytes become `FileFacts::problems`.
pub trait Parser: Sync {
    /// The stable name under which results are cached, e.g. `npm`.
    fn key(&self) -> &'static str;

    /// Raised whenever the same bytes would give other facts.
    fn version(&self) -> u32;

    /// What of a file's name decides how its bytes are read: with equal bytes under two such names, each is read for itself.
    fn variant<'p>(&self, path: &'p RepoPath) -> &'p str {
        path.file_name()
    }

    /// Whether to read the file, judged by its path alone. Called for every file of every repository: be quick.
    fn wants(&self, path: &RepoPath) -> bool;

    /// Whether a wanted file's past contents can change what a component is or uses, and are read. No for lock files
    /// (what they resolve is declared elsewhere), source, texts, and definitions, whose mere presence tells enough.
    fn in_history(&self, _path: &RepoPath) -> bool {
        true
    }

    /// Files larger than this are a finding and are not read. Bytes.
    fn max_bytes(&self) -> u64 {
        1 << 20
    }

    /// Reads one blob. `file_name` is the last segment of its path.
    fn parse(&self, file_name: &str, bytes: &[u8]) -> FileFacts;

    /// Joins the files of one repository: workspaces, inheritance, includes, parents, properties.
    /// The default takes every file for itself.
    fn resolve(&self, files: &RepositoryFiles) -> Resolved {
        Resolved::of_each_file(self.key(), files)
    }
}

/// The key under which a parser's result is cached.
pub fn blob_key(parser: &dyn Parser, path: &RepoPath, blob: &BlobId) -> BlobKey {
    let named = format!("{}/{}", parser.key(), parser.variant(path));
    BlobKey { blob: blob.clone(), parser: named, version: parser.version() }
}

/// What a parser says of a whole repository.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Resolved {
    pub packages: Vec<Package>,
    pub dependencies: Vec<Dependency>,
    pub findings: Vec<Finding>,
}

impl Resolved {
    /// Every package, dependency and problem of the parser's files, as they stand in their files.
    pub fn of_each_file(parser: &str, files: &RepositoryFiles) -> Self {
        let mut out = Self::default();
        for (path, blob, facts) in files.of_parser(parser) {
            let place = |decl| Package { decl, path: path.clone(), blob: blob.clone() };
            out.packages.extend(facts.packages.iter().cloned().map(place));
            let place = |decl| Dependency { decl, path: path.clone(), blob: blob.clone() };
            out.dependencies.extend(facts.dependencies.iter().cloned().map(place));
        }
        out
    }
}
