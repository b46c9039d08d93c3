//! Every definition with its place. It must not join files nor judge which definitions the catalog shows.
use super::parsed;
use crate::facts::model::{Definition, RepositoryFiles};

/// The definitions of a repository in path order, as they stand in their files.
pub(super) fn of(files: &RepositoryFiles) -> Vec<Definition> {
    let mut found = vec![];
    for (path, blob, facts) in parsed(files) {
        let place = |decl| Definition { decl, path: path.clone(), blob: blob.clone() };
        found.extend(facts.definitions.iter().cloned().map(place));
    }
    found
}
