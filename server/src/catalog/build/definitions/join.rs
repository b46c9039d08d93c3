//! The files of one protobuf package, or of one GraphQL schema, in one folder define one API.
//! It must not join a file that a descriptor names: that is an API of its own.
use crate::facts::model::{Definition, MAX_ENTRIES};
use shared::RepoPath;
use std::collections::BTreeMap;

/// Formats whose definitions people spread over the files of a folder.
const JOINED: &[&str] = &["grpc", "graphql"];

/// The definitions in path order, what belongs together as one at the place of its first file.
pub(super) fn by_folder(definitions: &[Definition], named: impl Fn(&RepoPath) -> bool) -> Vec<Definition> {
    let mut out: Vec<Definition> = vec![];
    let mut first: BTreeMap<(&str, &str, RepoPath), usize> = BTreeMap::new();
    for found in definitions {
        let key = (found.decl.format.as_str(), found.decl.name.as_str(), found.path.parent());
        if !JOINED.contains(&found.decl.format.as_str()) || named(&found.path) {
            out.push(found.clone());
        } else if let Some(into) = first.get(&key).and_then(|at| out.get_mut(*at)) {
            join(into, found);
        } else {
            first.insert(key, out.len());
            out.push(found.clone());
        }
    }
    out
}

/// Lines are those of the first file: an entry of another one has none.
fn join(into: &mut Definition, other: &Definition) {
    into.decl.n_entries += other.decl.n_entries;
    let free = MAX_ENTRIES.saturating_sub(into.decl.entries.len());
    for entry in other.decl.entries.iter().take(free) {
        into.decl.entries.push(shared::api::DefinitionEntry { line: None, ..entry.clone() });
    }
}
