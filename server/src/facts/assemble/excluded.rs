//! Which files are left out, folded to the topmost folder for people, and the parse results without them.
//! It must not invent reasons: they come from the path, `.gitattributes`, generated headers and scaffolder templates.
use super::Files;
use crate::facts::{
    exclusion,
    git_attributes::Attributes,
    model::{Excluded, Exclusion, FileEntry, RepositoryFiles},
};
use shared::RepoPath;
use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
};

/// Every file with its reason when excluded, and the reasons with the number of files.
pub(super) fn judge(files: &RepositoryFiles) -> (Vec<FileEntry>, Vec<Excluded>) {
    let skeletons = skeletons(files);
    let attributes = Attributes::of(files);
    let mut entries = Vec::with_capacity(files.entries.len());
    let mut reasons: BTreeMap<(RepoPath, Exclusion, String), Vec<&RepoPath>> = BTreeMap::new();
    for entry in &files.entries {
        let found = reason(files, (&skeletons, &attributes), &entry.path);
        let excluded = found.as_ref().map(|(_, why, _)| *why);
        if let Some(found) = found {
            reasons.entry(found).or_default().push(&entry.path);
        }
        entries.push(FileEntry { path: entry.path.clone(), blob: entry.blob.clone(), excluded });
    }
    let excluded = reasons.into_iter().map(|((folder, why, reason), members)| Excluded {
        // A file excluded for itself stands under its own name when it is the only one of its folder.
        path: match members.as_slice() {
            [only] if only.parent() == folder && !reason.starts_with("folder") && !reason.starts_with("content") => {
                (*only).clone()
            }
            _ => folder,
        },
        why,
        reason,
        files: u32::try_from(members.len()).unwrap_or(u32::MAX),
    });
    (entries, excluded.collect())
}

/// The folder that the reason is folded to, the kind, and the reason.
fn reason(
    files: &RepositoryFiles,
    (skeletons, attributes): (&BTreeSet<RepoPath>, &Attributes),
    path: &RepoPath,
) -> Option<(RepoPath, Exclusion, String)> {
    if let Some(found) = exclusion::excluding(path) {
        let folder =
            if found.is_folder(path) { RepoPath::new(path.as_str().get(..found.end)?).ok()? } else { path.parent() };
        return Some((folder, found.why, found.reason(path)));
    }
    if let Some(folder) = skeletons.iter().find(|folder| path.starts_with(folder)) {
        return Some((folder.clone(), Exclusion::Fixture, "content of a scaffolder template beside it".to_owned()));
    }
    let source = files.file("source", path)?.source.as_ref()?;
    for why in [Exclusion::Vendored, Exclusion::Generated] {
        match attributes.of_file(path, why) {
            Some((true, said)) => return Some((path.parent(), why, said)),
            // Whoever says that a file is not generated is believed over its header.
            Some((false, _)) if why == Exclusion::Generated => return None,
            _ => {}
        }
    }
    Some((path.parent(), Exclusion::Generated, source.generated.clone()?))
}

/// Folders that a Backstage scaffolder template copies: `skeleton` or `content` beside a `template.yaml`.
fn skeletons(files: &RepositoryFiles) -> BTreeSet<RepoPath> {
    let templates = files.entries.iter().map(|entry| &entry.path);
    templates
        .filter(|path| matches!(path.file_name(), "template.yaml" | "template.yml"))
        .flat_map(|path| ["skeleton", "content"].map(|name| path.parent().join(name)))
        .flatten()
        .collect()
}

/// The parse results of files that count.
pub(super) fn without<'a>(files: &'a RepositoryFiles, entries: &[FileEntry]) -> Files<'a> {
    let excluded: BTreeSet<&RepoPath> =
        entries.iter().filter(|entry| entry.excluded.is_some()).map(|entry| &entry.path).collect();
    if !files.parsed.keys().any(|(path, _)| excluded.contains(path)) {
        return Cow::Borrowed(files);
    }
    let mut files = files.clone();
    files.parsed.retain(|(path, _), _| !excluded.contains(path));
    Cow::Owned(files)
}
