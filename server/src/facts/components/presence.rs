//! What the mere presence of a source file tells of components: files that tell the same are of one sort.
//! It must not read files: histories follow the contents of manifests only.
use super::{
    programs,
    roots::{is_own_source, is_tooling},
};
use crate::facts::source;
use shared::RepoPath;
use std::collections::HashSet;

/// Folders that may be components at some commit.
pub(crate) type Folders = HashSet<RepoPath>;

/// Source files of one sort are alike to `detect`: one of them stands for all.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Sort<'f> {
    /// The deepest folder above it that may be a component.
    folder: Option<&'f RepoPath>,
    directly: bool,
    own: bool,
    tooling: bool,
    /// As tokei spells it.
    pub(crate) language: &'static str,
    is_source: bool,
    /// Where a Go program begins tells what its module is.
    program: Option<RepoPath>,
}

/// The sort of a source file; `None` for other files.
pub(crate) fn sort_of<'f>(folders: &'f Folders, path: &RepoPath) -> Option<Sort<'f>> {
    let language = source::language_of(path)?;
    let parent = path.parent();
    let mut above = std::iter::successors(Some(parent.clone()), |at| (!at.is_root()).then(|| at.parent()));
    let folder = above.find_map(|at| folders.get(&at));
    Some(Sort {
        folder,
        directly: folder == Some(&parent),
        own: folder.is_some_and(|folder| is_own_source(folder, path)),
        tooling: is_tooling(path),
        language,
        is_source: programs::is_source(path.file_name()),
        program: (path.file_name() == "main.go").then_some(parent),
    })
}
