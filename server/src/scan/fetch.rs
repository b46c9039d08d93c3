//! Brings the default branch of a remote into a bare repository of ours: one listing, then a fetch only if it moved.
//! It must not decide where mirrors lie. gix cannot be stopped from inside: a caller that needs a deadline kills the process.
use super::{Limits, error, open};
use gix::{
    ObjectId,
    protocol::handshake::Ref,
    refs::{
        FullName, Target,
        transaction::{Change, LogChange, PreviousValue, RefEdit},
    },
    remote::{Direction, fetch::Tags, ref_map},
};
use std::{path::Path, sync::atomic::AtomicBool};

/// What a remote calls its default branch, and where it stands; no commit when the remote is empty.
struct RemoteHead {
    branch: FullName,
    at: Option<ObjectId>,
}

/// Makes a new bare repository of the remote's default branch.
pub(super) fn clone_into(url: &str, folder: &Path, limits: &Limits) -> Result<(), String> {
    let hash = remote_hash(url, folder, limits)?;
    let repo = create(folder, url, hash, limits).map_err(|e| error::reason(&e))?;
    update(&repo, url).map(drop).map_err(|e| error::reason(&e))
}

/// Fetches what is new into a mirror made by [`clone_into`]; whether its default branch moved.
pub(super) fn fetch_into(url: &str, mirror: &Path, limits: &Limits) -> Result<bool, String> {
    let opened = gix::open_opts(mirror, options(url, limits));
    opened.and_then(|repo| update(&repo, url)).map_err(|e| error::reason(&e))
}

/// The hash that the remote names its objects by: a repository of the other one cannot receive them.
fn remote_hash(url: &str, folder: &Path, limits: &Limits) -> Result<gix::hash::Kind, String> {
    let probe = folder.with_extension("probe");
    std::fs::remove_dir_all(&probe).ok();
    let hash = create(&probe, url, gix::hash::Kind::Sha1, limits).and_then(|repo| Ok(list(&repo, url)?.0));
    std::fs::remove_dir_all(&probe).ok();
    hash.map_err(|e| error::reason(&e))
}

fn create(folder: &Path, url: &str, hash: gix::hash::Kind, limits: &Limits) -> Result<gix::Repository, gix::Error> {
    let create =
        gix::create::Options { destination_must_be_empty: Some(true), fs_capabilities: None, object_hash: Some(hash) };
    let repo = gix::ThreadSafeRepository::init_opts(folder, gix::create::Kind::Bare, create, options(url, limits))?;
    Ok(repo.to_thread_local())
}

fn options(url: &str, limits: &Limits) -> gix::open::Options {
    let protocol = url.split_once("://").map(|(scheme, _)| scheme);
    open::options(limits.fetch_alloc_bytes, protocol)
}

/// One fetch of the default branch alone. An unmoved branch costs the listing and nothing else.
fn update(repo: &gix::Repository, url: &str) -> Result<bool, gix::Error> {
    let (_, head) = list(repo, url)?;
    let Some(RemoteHead { branch, at }) = head else { return Ok(false) };
    let here = repo.try_find_reference(&branch)?.and_then(|reference| reference.try_id().map(|id| id.detach()));
    let moved = at.is_some() && at != here;
    if moved {
        let spec = format!("+{branch}:{branch}");
        let remote =
            repo.remote_at(url)?.with_fetch_tags(Tags::None).with_refspecs([spec.as_str()], Direction::Fetch)?;
        let connection = remote.connect(Direction::Fetch)?.with_credentials(|_| Ok(None));
        let fetch = connection.prepare_fetch(gix::progress::Discard, ref_map::Options::default())?;
        fetch.receive(gix::progress::Discard, &AtomicBool::new(false))?;
    }
    point_head(repo, branch)?;
    Ok(moved)
}

/// Asks the remote for its branches: the hash it uses and its default branch.
fn list(repo: &gix::Repository, url: &str) -> Result<(gix::hash::Kind, Option<RemoteHead>), gix::Error> {
    let specs = ["HEAD", "refs/heads/*:refs/heads/*"];
    let remote = repo.remote_at(url)?.with_fetch_tags(Tags::None).with_refspecs(specs, Direction::Fetch)?;
    let connection = remote.connect(Direction::Fetch)?.with_credentials(|_| Ok(None));
    let (map, _) = connection.ref_map(gix::progress::Discard, ref_map::Options::default())?;
    let head = map.remote_refs.iter().find(|r| r.unpack().0 == "HEAD");
    let found = match head {
        Some(Ref::Symbolic { target, object, .. }) => Some((target.clone(), Some(*object))),
        Some(Ref::Unborn { target, .. }) => Some(best_branch(&map.remote_refs, None).unwrap_or((target.clone(), None))),
        Some(Ref::Direct { object, .. }) => best_branch(&map.remote_refs, Some(*object)),
        Some(Ref::Peeled { .. }) | None => best_branch(&map.remote_refs, None),
    };
    let head = found.map(|(name, at)| {
        Ok::<_, gix::Error>(RemoteHead { branch: FullName::try_from(name).map_err(gix::Error::from_error)?, at })
    });
    Ok((map.object_hash, head.transpose()?))
}

type Branch = (gix::bstr::BString, Option<ObjectId>);

/// `main`, `master`, else the first by name, of the branches at `at` (of all when absent).
fn best_branch(refs: &[Ref], at: Option<ObjectId>) -> Option<Branch> {
    let rank = |name: &gix::bstr::BString| match name.as_slice() {
        b"refs/heads/main" => 0,
        b"refs/heads/master" => 1,
        _ => 2,
    };
    refs.iter()
        .filter_map(|reference| match reference {
            Ref::Direct { full_ref_name, object } if full_ref_name.starts_with(b"refs/heads/") => {
                Some((full_ref_name.clone(), Some(*object)))
            }
            _ => None,
        })
        .filter(|(_, object)| at.is_none() || *object == at)
        .min_by_key(|(name, _)| (rank(name), name.clone()))
}

/// Points HEAD at the branch, so that a renamed default branch is followed.
fn point_head(repo: &gix::Repository, branch: FullName) -> Result<(), gix::Error> {
    if repo.head_name()?.as_ref() == Some(&branch) {
        return Ok(());
    }
    let edit = RefEdit {
        change: Change::Update {
            log: LogChange::default(),
            expected: PreviousValue::Any,
            new: Target::Symbolic(branch),
        },
        name: FullName::try_from("HEAD").expect("HEAD is a reference name"),
        deref: false,
    };
    repo.edit_references_as([edit], None)?;
    Ok(())
}
