//! Opens a repository that is not ours: nothing of the user, the system or another repository takes part.
//! It must not read objects.
use super::{Limits, ScanError, error};
use std::{fs, path::Path};

/// Options for reading, and for fetching over the one protocol named, if any.
pub(super) fn options(alloc_bytes: u64, protocol: Option<&str>) -> gix::open::Options {
    let mut overrides = vec![
        format!("gitoxide.objects.allocLimit={alloc_bytes}"),
        "protocol.allow=never".to_owned(),
        "http.followRedirects=false".to_owned(),
        "core.commitGraph=false".to_owned(),
        "pack.threads=2".to_owned(),
        "gitoxide.userAgent=waymark".to_owned(),
    ];
    overrides.extend(protocol.map(|name| format!("protocol.{name}.allow=always")));
    // The strongest layer, so that the repository's own configuration cannot undo them.
    gix::open::Options::isolated().open_path_as_is(true).with(gix::sec::Trust::Full).cli_overrides(overrides)
}

/// Opens for reading after checking that the repository stands on its own.
pub(super) fn for_reading(git_dir: &Path, limits: &Limits) -> Result<gix::Repository, ScanError> {
    stands_alone(git_dir)?;
    let opened = gix::open_opts(git_dir, options(limits.read_alloc_bytes, None));
    let mut repo = opened.map_err(|e| ScanError::broken(git_dir, error::reason(&e)))?;
    repo.object_cache_size_if_unset(4 << 20);
    Ok(repo)
}

/// Refuses every way by which a git directory can name files outside itself.
fn stands_alone(git_dir: &Path) -> Result<(), ScanError> {
    for name in ["HEAD", "config", "packed-refs", "refs", "objects", "objects/info", "objects/pack", "shallow"] {
        if fs::symlink_metadata(git_dir.join(name)).is_ok_and(|m| m.is_symlink()) {
            return Err(ScanError::borrows(git_dir, format!("{name} is a symlink")));
        }
    }
    if git_dir.join("commondir").exists() {
        return Err(ScanError::borrows(git_dir, "a commondir file names another repository"));
    }
    for name in ["objects/info/alternates", "objects/info/http-alternates"] {
        if fs::metadata(git_dir.join(name)).is_ok_and(|m| m.len() > 0) {
            return Err(ScanError::borrows(git_dir, format!("{name} names another object store")));
        }
    }
    let packs = fs::read_dir(git_dir.join("objects/pack")).into_iter().flatten().flatten();
    for pack in packs {
        if pack.file_type().is_ok_and(|kind| kind.is_symlink()) {
            return Err(ScanError::borrows(git_dir, "a pack is a symlink"));
        }
    }
    Ok(())
}
