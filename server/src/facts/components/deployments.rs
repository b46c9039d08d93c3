//! Folders of manifests that no component holds: what is deployed from them would otherwise be nobody's.
//! It must not take a folder that holds another component.
use super::{
    Ground, root_of,
    roots::{Roots, is_tooling, root_at, seen},
};
use shared::RepoPath;
use std::collections::BTreeSet;

/// Parsers whose files say what is deployed, with what their files are called.
const MANIFESTS: [(&str, &str); 2] = [("kubernetes", "Kubernetes manifests"), ("compose", "a Compose file")];

/// Adds a component of type `configuration` for each topmost folder of manifests outside all others. A repository without
/// any component stands for itself, with all its manifests.
pub(super) fn add(ground: &Ground<'_>, roots: &mut Roots<'_>) {
    let known: BTreeSet<RepoPath> = roots.keys().cloned().collect();
    if known.is_empty() {
        return;
    }
    for (parser, what) in MANIFESTS {
        for (path, _, facts) in ground.files.of_parser(parser) {
            if facts.dependencies.is_empty() || is_tooling(path) || root_of(known.iter(), path).is_some() {
                continue;
            }
            let Some(folder) = topmost_free(&known, path) else { continue };
            let root = root_at(roots, &folder);
            if root.hints.is_empty() {
                root.hints.push(seen("configuration", 20, &format!("{what} that no other component holds"), path));
            }
        }
    }
}

/// The topmost folder above the file that holds no component; `None` when even its own folder does.
fn topmost_free(known: &BTreeSet<RepoPath>, path: &RepoPath) -> Option<RepoPath> {
    let text = path.as_str();
    text.match_indices('/')
        .filter_map(|(end, _)| RepoPath::new(&text[..end]).ok())
        .find(|folder| !known.iter().any(|root| root.starts_with(folder)))
}
