//! Every definition with its place; the files of one protobuf package, or of one GraphQL schema, in one folder define one
//! API. It must not judge which definitions the catalog shows.
use super::parsed;
use crate::facts::model::{Definition, MAX_ENTRIES, RepositoryFiles};
use shared::RepoPath;
use std::collections::BTreeMap;

/// Formats whose definitions people spread over the files of a folder.
const JOINED: &[&str] = &["grpc", "graphql"];

/// The definitions of a repository in path order.
pub(super) fn of(files: &RepositoryFiles) -> Vec<Definition> {
    let mut found: Vec<Definition> = vec![];
    let mut first: BTreeMap<(String, String, RepoPath), usize> = BTreeMap::new();
    for (path, blob, facts) in parsed(files) {
        for decl in facts.definitions.iter().cloned() {
            let definition = Definition { decl, path: path.clone(), blob: blob.clone() };
            if !JOINED.contains(&definition.decl.format.as_str()) {
                found.push(definition);
                continue;
            }
            let key = (definition.decl.format.clone(), definition.decl.name.clone(), path.parent());
            match first.get(&key).and_then(|at| found.get_mut(*at)) {
                Some(into) => join(into, definition),
                None => {
                    first.insert(key, found.len());
                    found.push(definition);
                }
            }
        }
    }
    found
}

/// Lines are those of the first file: an entry of another one has none.
fn join(into: &mut Definition, other: Definition) {
    into.decl.n_entries += other.decl.n_entries;
    for mut entry in other.decl.entries {
        if into.decl.entries.len() == MAX_ENTRIES {
            return;
        }
        entry.line = None;
        into.decl.entries.push(entry);
    }
}
