//! Mirror in, the texts that declare owners out: CODEOWNERS, `.mailmap`, descriptors, as they stand at the scanned commit.
//! It must not reach the database or the network, and judges nothing.
use crate::{
    catalog::ownership::model::{CodeOwnersFile, RepositoryClaims},
    facts::{
        Parser,
        code_owners::{CodeOwnersParser, PLACES},
    },
    scan::{BlobRead, Limits, Repository},
};
use shared::{CommitId, RepoPath};
use std::{collections::BTreeSet, path::Path};

/// The largest file that is read as a text. Bytes.
const MAX_BYTES: u64 = 3 << 20;
/// Descriptors of one repository whose texts are held: patches are made of them.
const MAX_TEXTS: usize = 500;

/// Adds to the claims of a repository what its files say. What cannot be read stays empty.
pub(super) fn read_claims(git_dir: &Path, limits: &Limits, tip: &CommitId, claims: &mut RepositoryClaims) {
    let Ok(repository) = Repository::open(git_dir, limits) else { return };
    let text = |path: &RepoPath| -> Option<String> {
        let blob = repository.blob_at(tip, path).ok()??;
        match repository.read(&blob, MAX_BYTES) {
            BlobRead::Read(bytes) => Some(String::from_utf8_lossy(&bytes).into_owned()),
            BlobRead::TooLarge { .. } | BlobRead::Unreadable { .. } => None,
        }
    };
    claims.mailmap = RepoPath::new(".mailmap").ok().and_then(|path| text(&path)).unwrap_or_default();
    let code_owners = PLACES.iter().filter_map(|place| RepoPath::new(*place).ok()).find_map(|p| Some((text(&p)?, p)));
    if let Some((written, path)) = code_owners {
        let rules = CodeOwnersParser.parse(path.file_name(), written.as_bytes()).code_owners;
        claims.texts.insert(path.clone(), written);
        claims.code_owners = Some(CodeOwnersFile { path, rules });
    }
    let descriptors = claims.components.iter().filter_map(|component| Some(component.descriptor.as_ref()?.0.clone()));
    for path in descriptors.collect::<BTreeSet<_>>().into_iter().take(MAX_TEXTS) {
        if let Some(text) = text(&path) {
            claims.texts.insert(path, text);
        }
    }
}
