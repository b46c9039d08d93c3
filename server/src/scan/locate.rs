//! Finds the git repositories below a folder, bare and non-bare, at any depth.
//! It must not follow a symlink, and it opens no repository: only a remote's address is read.
use super::{Finding, Located, ScanError, error, naming};
use shared::Severity;
use std::{
    collections::BTreeSet,
    fs, io,
    path::{Path, PathBuf},
};

/// Folder levels below the source; deeper ones are left out with a finding.
const MAX_DEPTH: usize = 64;
/// Folders looked into before the search stops with a finding.
const MAX_FOLDERS: usize = 1_000_000;
/// A repository's own configuration beyond this size is not read for its remote. Bytes.
const MAX_CONFIG_BYTES: u64 = 1 << 20;

/// What a folder holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Found {
    /// In path order, with names of their own.
    pub repositories: Vec<Located>,
    /// Folders that could not be read, and repositories left out.
    pub findings: Vec<Finding>,
}

/// A folder that holds a repository, relative to the source, and its git directory.
struct Hit {
    relative: PathBuf,
    git_dir: PathBuf,
}

struct Search {
    root: PathBuf,
    hits: Vec<Hit>,
    linked: Vec<Hit>,
    findings: Vec<Finding>,
    folders: usize,
}

/// Finds every repository below the folder, and the folder itself when it is one.
///
/// # Errors
/// `SourceUnusable` when the folder is absent, is no folder or cannot be read.
pub fn locate(folder: &Path) -> Result<Found, ScanError> {
    let root = error::absolute(folder)?;
    if !root.is_dir() {
        return Err(ScanError::source(folder, "it is a file; give a folder that holds git repositories"));
    }
    fs::read_dir(&root).map_err(|e| ScanError::source(folder, e.to_string()))?;
    let mut search = Search { root, hits: vec![], linked: vec![], findings: vec![], folders: 0 };
    search.run();
    search.add_linked();
    if search.hits.is_empty() && search.findings.is_empty() {
        let message = format!(
            "no git repository was found below {}; give a folder that holds bare or cloned repositories",
            folder.display()
        );
        search.findings.push(Finding::of_repository("source-empty", Severity::Warning, message));
    }
    Ok(search.into_found())
}

impl Search {
    /// Depth first, by hand: a tree of folders can be deeper than a stack.
    fn run(&mut self) {
        let mut queue = vec![(PathBuf::new(), 0)];
        while let Some((relative, depth)) = queue.pop() {
            self.folders += 1;
            if self.folders > MAX_FOLDERS {
                self.note(
                    "source-too-large",
                    Severity::Error,
                    &relative,
                    "the search stopped after 1,000,000 folders; give narrower folders as sources",
                );
                return;
            }
            match self.folder(&relative) {
                Ok(children) if depth < MAX_DEPTH => queue.extend(children.into_iter().rev().map(|c| (c, depth + 1))),
                Ok(children) if children.is_empty() => {}
                Ok(_) => self.note(
                    "source-too-deep",
                    Severity::Warning,
                    &relative,
                    "its folders lie more than 64 levels deep and are left out; give it as a source of its own",
                ),
                Err(e) => self.note(
                    "folder-unreadable",
                    Severity::Warning,
                    &relative,
                    &format!("it could not be read ({e}) and is left out; check the rights on it"),
                ),
            }
        }
    }

    /// Notes the repository in this folder, if any, and gives the folders to look into next, in name order.
    fn folder(&mut self, relative: &Path) -> io::Result<Vec<PathBuf>> {
        let folder = self.root.join(relative);
        if is_git_dir(&folder) {
            self.hits.push(Hit { relative: relative.to_owned(), git_dir: folder });
            return Ok(vec![]);
        }
        let mut children = BTreeSet::new();
        for entry in fs::read_dir(&folder)? {
            let entry = entry?;
            let kind = entry.file_type()?;
            let name = entry.file_name();
            if name == ".git" {
                self.dot_git(relative, &entry.path(), kind);
            } else if kind.is_dir() && name != "node_modules" {
                children.insert(relative.join(name));
            }
        }
        Ok(children.into_iter().collect())
    }

    fn dot_git(&mut self, relative: &Path, dot_git: &Path, kind: fs::FileType) {
        if kind.is_dir() && is_git_dir(dot_git) {
            self.hits.push(Hit { relative: relative.to_owned(), git_dir: dot_git.to_owned() });
        } else if kind.is_dir() {
            self.note(
                "repository-broken",
                Severity::Error,
                relative,
                "its .git folder lacks HEAD, objects or refs; remove it or clone it again",
            );
        } else if kind.is_file() {
            self.git_file(relative, dot_git);
        } else {
            self.note(
                "repository-elsewhere",
                Severity::Info,
                relative,
                "its .git is a symlink and is not followed; give the repository itself as a source",
            );
        }
    }

    /// A `.git` file points at the git directory of a submodule or a linked worktree.
    fn git_file(&mut self, relative: &Path, file: &Path) {
        let target = fs::read_to_string(file).ok().and_then(|text| {
            let target = text.strip_prefix("gitdir:")?.trim().to_owned();
            file.parent()?.join(target).canonicalize().ok()
        });
        match target {
            None => self.note(
                "repository-broken",
                Severity::Warning,
                relative,
                "its .git file points nowhere; remove it or clone the repository again",
            ),
            Some(target) if !target.starts_with(&self.root) => {
                self.note(
                    "repository-elsewhere",
                    Severity::Info,
                    relative,
                    "its .git file points out of the source and is not followed; give that repository as a source",
                );
            }
            Some(target) if target.join("commondir").exists() => {
                self.note(
                    "repository-worktree",
                    Severity::Info,
                    relative,
                    "it is a linked worktree; its repository is read once, by its default branch",
                );
            }
            Some(target) => self.linked.push(Hit { relative: relative.to_owned(), git_dir: target }),
        }
    }

    /// Submodules whose git directory lies in the source: their own repositories, unless met already.
    fn add_linked(&mut self) {
        for hit in std::mem::take(&mut self.linked) {
            let known = self.hits.iter().any(|h| h.git_dir == hit.git_dir);
            if !known && is_git_dir(&hit.git_dir) {
                self.hits.push(hit);
            }
        }
        self.hits.sort_by(|a, b| a.relative.cmp(&b.relative).then_with(|| a.git_dir.cmp(&b.git_dir)));
    }

    fn note(&mut self, rule: &str, severity: Severity, relative: &Path, what: &str) {
        let place = error::printable(&self.root.join(relative).display().to_string());
        self.findings.push(Finding::of_repository(rule, severity, format!("{place}: {what}")));
    }

    fn into_found(self) -> Found {
        let fallback = if self.root.ends_with(".git") { self.root.parent().unwrap_or(&self.root) } else { &self.root };
        let names = self.hits.iter().map(|hit| naming::of_folder(&hit.relative, fallback)).collect();
        let repositories = naming::unique(names)
            .into_iter()
            .zip(&self.hits)
            .map(|(name, hit)| Located {
                name,
                web_url: remote_url(&hit.git_dir).as_deref().and_then(naming::web_url),
                location: self.root.join(&hit.relative).display().to_string(),
                git_dir: hit.git_dir.clone(),
            })
            .collect();
        Found { repositories, findings: self.findings }
    }
}

/// What git itself asks for: HEAD, objects and refs. Symlinks in their place do not count.
fn is_git_dir(folder: &Path) -> bool {
    let kind = |name: &str| fs::symlink_metadata(folder.join(name)).map(|m| m.file_type());
    kind("HEAD").is_ok_and(|k| k.is_file())
        && kind("objects").is_ok_and(|k| k.is_dir())
        && kind("refs").is_ok_and(|k| k.is_dir())
}

/// `remote.origin.url` of a repository's own configuration, without includes.
fn remote_url(git_dir: &Path) -> Option<String> {
    let path = git_dir.join("config");
    let meta = fs::symlink_metadata(&path).ok()?;
    if !meta.is_file() || meta.len() > MAX_CONFIG_BYTES {
        return None;
    }
    let config = gix::config::File::from_path_no_includes(path, gix::config::Source::Local).ok()?;
    config.string("remote.origin.url").map(|url| url.to_string())
}
