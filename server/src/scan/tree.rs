//! One walk over the tree of a commit: every ordinary file in path order, within limits.
//! It must not read blobs, and trusts no name: gix hands out tree entries unchecked.
use super::{Finding, Limits, Tip, TreeEntry, WalkedTree, error, repository::object_id};
use gix::{ObjectId, bstr::BStr, objs::tree::EntryKind};
use shared::{BlobId, RepoPath, Severity};

/// A folder on the way: its path and what of it is still to be visited, last first.
struct Level {
    path: String,
    rest: Vec<(Vec<u8>, EntryKind, ObjectId)>,
}

struct Walk<'a> {
    repo: &'a gix::Repository,
    limits: &'a Limits,
    out: WalkedTree,
    seen: u64,
    unnoted: usize,
}

pub(super) fn walk(repo: &gix::Repository, tip: &Tip, limits: &Limits) -> WalkedTree {
    let mut walk = Walk { repo, limits, out: WalkedTree::default(), seen: 0, unnoted: 0 };
    let root = object_id(tip.commit.as_str()).and_then(|id| Ok(repo.find_commit(id)?.tree_id()?.detach()));
    match root {
        Ok(root) => walk.run(root),
        Err(e) => walk.stop(
            "object-missing",
            None,
            &format!("the tree of the tip cannot be read ({}); run `git fsck`, or clone again", error::reason(&e)),
        ),
    }
    walk.finish()
}

impl Walk<'_> {
    /// Depth first and by hand: the depth is the repository's choice, the stack is ours.
    fn run(&mut self, root: ObjectId) {
        let mut levels: Vec<Level> = self.level(String::new(), root).into_iter().collect();
        while let Some(level) = levels.last_mut() {
            let Some((name, kind, id)) = level.rest.pop() else {
                levels.pop();
                continue;
            };
            let folder = level.path.clone();
            self.seen += 1;
            if self.seen > self.limits.max_tree_entries {
                let message = format!(
                    "the tree has more than {} entries; the rest is not read; split the repository, or raise the limit",
                    self.limits.max_tree_entries
                );
                return self.stop("tree-too-large", None, &message);
            }
            let Some(path) = self.safe_path(&folder, &name) else { continue };
            match kind {
                EntryKind::Blob | EntryKind::BlobExecutable => self.file(path, kind, id),
                EntryKind::Link | EntryKind::Commit => self.out.links.push(path),
                EntryKind::Tree if levels.len() > self.limits.max_tree_depth as usize => {
                    let message = format!(
                        "folders nest deeper than {}; what lies below is not read; flatten them, or raise the limit",
                        self.limits.max_tree_depth
                    );
                    self.stop("tree-too-deep", Some(path), &message);
                }
                EntryKind::Tree => levels.extend(self.level(path.into(), id)),
            }
        }
    }

    fn file(&mut self, path: RepoPath, kind: EntryKind, id: ObjectId) {
        let blob =
            BlobId::new(id.to_string()).expect("gix prints object ids as 40 or 64 lower-case hexadecimal digits");
        self.out.entries.push(TreeEntry { path, blob, executable: kind == EntryKind::BlobExecutable });
    }

    fn level(&mut self, path: String, id: ObjectId) -> Option<Level> {
        let read = self.repo.find_tree(id).and_then(|tree| {
            let mut rest = vec![];
            for entry in tree.iter() {
                let entry = entry?;
                rest.push((entry.filename().to_vec(), entry.mode().kind(), entry.object_id()));
            }
            rest.reverse();
            Ok(rest)
        });
        match read {
            Ok(rest) => Some(Level { path, rest }),
            Err(e) => {
                let message = format!(
                    "the folder's tree {id} cannot be read ({}); run `git fsck`, or clone again",
                    error::reason(&e)
                );
                self.stop("object-missing", RepoPath::new(path).ok(), &message);
                None
            }
        }
    }

    /// The path of an entry, when its name is one that a file may have.
    fn safe_path(&mut self, folder: &str, name: &[u8]) -> Option<RepoPath> {
        let refused = match safe_name(name, self.limits).and_then(|name| {
            safe_path(if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") }, self.limits)
        }) {
            Ok(path) => return Some(path),
            Err(refused) => refused,
        };
        let shown: String = error::printable(&BStr::new(name).to_string()).chars().take(80).collect();
        let message = format!("the name \"{shown}\" is refused: {refused}; it is left out; rename it");
        self.note("path-unsafe", Severity::Warning, RepoPath::new(folder).ok().filter(|p| !p.is_root()), message);
        None
    }

    fn stop(&mut self, rule: &str, path: Option<RepoPath>, message: &str) {
        self.out.partial = true;
        self.note(rule, Severity::Error, path, message.to_owned());
    }

    fn note(&mut self, rule: &str, severity: Severity, path: Option<RepoPath>, message: String) {
        if self.out.findings.len() >= self.limits.max_walk_findings {
            self.unnoted += 1;
        } else {
            self.out.findings.push(Finding { path, ..Finding::of_repository(rule, severity, message) });
        }
    }

    fn finish(mut self) -> WalkedTree {
        if self.unnoted > 0 {
            let message =
                format!("{} more problems of the tree are not listed; mend the listed ones first", self.unnoted);
            self.out.findings.push(Finding::of_repository("finding-limit", Severity::Warning, message));
        }
        // Git writes trees in this order; whoever writes others must not hide a file from those who rely on it.
        self.out.entries.sort_by(|a, b| a.path.cmp(&b.path));
        self.out
    }
}

/// The name of an entry, when it is one that a file or folder may have; else why not.
pub(super) fn safe_name<'a>(name: &'a [u8], limits: &Limits) -> Result<&'a str, String> {
    match std::str::from_utf8(name) {
        Err(_) => Err("it is not UTF-8".to_owned()),
        Ok(name) if name.contains('/') => Err("it holds a slash".to_owned()),
        Ok(name) if name.len() > limits.max_name_bytes => {
            Err(format!("it has more than {} bytes", limits.max_name_bytes))
        }
        Ok("") => Err("it is empty".to_owned()),
        Ok(name) => Ok(name),
    }
}

/// The path of safe names, when it is one as a whole; else why not.
pub(super) fn safe_path(path: String, limits: &Limits) -> Result<RepoPath, String> {
    if path.len() > limits.max_path_bytes {
        return Err(format!("its path has more than {} bytes", limits.max_path_bytes));
    }
    RepoPath::new(path).map_err(|e| e.reason.to_owned())
}
