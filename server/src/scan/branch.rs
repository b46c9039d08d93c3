//! Which branch counts: HEAD's, or the next best when HEAD's has no commit.
//! It must not read trees or blobs.
use super::Limits;
use gix::{ObjectId, head::Kind};

/// The default branch's short name and its commit, `None` when no branch has a commit.
pub(super) fn default_branch(
    repo: &gix::Repository,
    limits: &Limits,
) -> Result<Option<(String, ObjectId)>, gix::Error> {
    let mut head = repo.head()?;
    match head.kind {
        Kind::Unborn(_) => instead_of_unborn(repo, limits),
        Kind::Detached { .. } => {
            let id = head.peel_to_commit()?.id;
            Ok(Some((branch_at(repo, id, limits)?.unwrap_or_else(|| "HEAD".to_owned()), id)))
        }
        Kind::Symbolic(ref reference) => {
            let name = reference.name.shorten().to_string();
            Ok(Some((name, head.peel_to_commit()?.id)))
        }
    }
}

/// Whether HEAD names a branch that has no commit.
pub(super) fn head_is_unborn(repo: &gix::Repository) -> bool {
    repo.head().is_ok_and(|head| head.is_unborn())
}

fn instead_of_unborn(repo: &gix::Repository, limits: &Limits) -> Result<Option<(String, ObjectId)>, gix::Error> {
    for name in [
        "refs/remotes/origin/HEAD",
        "refs/heads/main",
        "refs/heads/master",
        "refs/remotes/origin/main",
        "refs/remotes/origin/master",
    ] {
        let Some(mut reference) = repo.try_find_reference(name)? else { continue };
        if let Ok(commit) = reference.peel_to_commit() {
            let end = reference.follow().and_then(Result::ok).unwrap_or(reference);
            return Ok(Some((end.name().shorten().to_string(), commit.id)));
        }
    }
    newest(repo, limits)
}

/// The branch with the newest commit; of equally new ones the first by name.
fn newest(repo: &gix::Repository, limits: &Limits) -> Result<Option<(String, ObjectId)>, gix::Error> {
    let mut best: Option<(i64, String, ObjectId)> = None;
    for mut branch in repo.references()?.local_branches()?.take(limits.max_branches).flatten() {
        let Ok(commit) = branch.peel_to_commit() else { continue };
        let seconds = commit.time().map_or(i64::MIN, |time| time.seconds);
        if best.as_ref().is_none_or(|(newest, ..)| seconds > *newest) {
            best = Some((seconds, branch.name().shorten().to_string(), commit.id));
        }
    }
    Ok(best.map(|(_, name, id)| (name, id)))
}

/// The branch that a detached HEAD most likely stands for: main, master, else the first by name at that commit.
fn branch_at(repo: &gix::Repository, id: ObjectId, limits: &Limits) -> Result<Option<String>, gix::Error> {
    let mut first = None;
    for mut branch in repo.references()?.local_branches()?.take(limits.max_branches).flatten() {
        if branch.peel_to_id().is_ok_and(|at| at.detach() == id) {
            let name = branch.name().shorten().to_string();
            if matches!(name.as_str(), "main" | "master") {
                return Ok(Some(name));
            }
            first.get_or_insert(name);
        }
    }
    Ok(first)
}
