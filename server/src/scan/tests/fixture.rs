//! Builds small repositories with the `git` program in a temporary folder.
//! It must not read the user's or the system's git configuration.
use crate::scan::{Limits, Repository, Tip};
use std::{
    io::Write,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

/// A temporary folder and the git commands run in it.
pub(super) struct Fixture {
    pub dir: tempfile::TempDir,
}

impl Fixture {
    pub(super) fn new() -> Self {
        Self { dir: tempfile::tempdir().unwrap() }
    }

    pub(super) fn path(&self, relative: &str) -> PathBuf {
        self.dir.path().canonicalize().unwrap().join(relative)
    }

    /// A new repository with one commit of `files`.
    pub(super) fn repository(&self, name: &str, files: &[(&str, &str)]) -> PathBuf {
        let path = self.path(name);
        self.git(".", &["init", "-q", "-b", "main", name]);
        self.commit(&path, files);
        path
    }

    pub(super) fn commit(&self, repository: &Path, files: &[(&str, &str)]) {
        for (path, text) in files {
            let file = repository.join(path);
            std::fs::create_dir_all(file.parent().unwrap()).unwrap();
            std::fs::write(file, text).unwrap();
        }
        git_in(repository, &["add", "-A"], b"");
        git_in(repository, &["commit", "-q", "--allow-empty", "-m", "change"], b"");
    }

    pub(super) fn git(&self, relative: &str, args: &[&str]) -> String {
        git_in(&self.path(relative), args, b"")
    }

    /// A bare repository with the commits of a stream for `git fast-import`, one file an object.
    pub(super) fn imported(&self, name: &str, stream: &str) -> PathBuf {
        self.git(".", &["init", "-q", "--bare", "-b", "main", name]);
        let repo = self.path(name);
        let import = ["-c", "fastimport.unpackLimit=100000", "fast-import", "--quiet", "--date-format=raw-permissive"];
        git_in(&repo, &import, stream.as_bytes());
        repo
    }

    /// A bare repository whose only commit has a tree of the given raw entries, which `git` itself would refuse.
    pub(super) fn with_raw_tree(&self, name: &str, entries: &[(&str, &[u8])]) -> PathBuf {
        self.git(".", &["init", "-q", "--bare", "-b", "main", name]);
        let repo = self.path(name);
        let blob = git_in(&repo, &["hash-object", "-w", "--stdin"], b"hello\n");
        let mut tree = vec![];
        for (mode, entry) in entries {
            tree.extend_from_slice(mode.as_bytes());
            tree.push(b' ');
            tree.extend_from_slice(entry);
            tree.push(0);
            tree.extend(unhex(&blob));
        }
        let tree = git_in(&repo, &["hash-object", "-t", "tree", "-w", "--literally", "--stdin"], &tree);
        let commit = git_in(&repo, &["commit-tree", "-m", "odd", &tree], b"");
        git_in(&repo, &["update-ref", "refs/heads/main", &commit], b"");
        repo
    }
}

pub(super) fn git_in(folder: &Path, args: &[&str], input: &[u8]) -> String {
    let mut child = Command::new("git")
        .args(["-c", "protocol.file.allow=always", "-c", "gc.auto=0"])
        .args(args)
        .current_dir(folder)
        .env_clear()
        .env("PATH", std::env::var_os("PATH").unwrap())
        .env("HOME", folder)
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .envs([("GIT_AUTHOR_NAME", "Team"), ("GIT_AUTHOR_EMAIL", "team@acme.example")])
        .envs([("GIT_COMMITTER_NAME", "Team"), ("GIT_COMMITTER_EMAIL", "team@acme.example")])
        .envs([("GIT_AUTHOR_DATE", "1700000000 +0000"), ("GIT_COMMITTER_DATE", "1700000000 +0000")])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("these tests need the git program on PATH");
    child.stdin.take().unwrap().write_all(input).unwrap();
    let out = child.wait_with_output().unwrap();
    assert!(out.status.success(), "git {args:?}: {}", String::from_utf8_lossy(&out.stderr));
    String::from_utf8(out.stdout).unwrap().trim().to_owned()
}

pub(super) fn open(git_dir: &Path) -> Repository {
    Repository::open(git_dir, &Limits::default()).unwrap()
}

pub(super) fn tip_of(git_dir: &Path) -> (Repository, Tip) {
    let repository = open(git_dir);
    let tip = repository.tip().unwrap().unwrap();
    (repository, tip)
}

fn unhex(text: &str) -> Vec<u8> {
    (0..text.len()).step_by(2).map(|i| u8::from_str_radix(&text[i..i + 2], 16).unwrap()).collect()
}

/// A path, and what it becomes: a mode and a text (for a submodule its commit), or nothing when it goes.
pub(super) type File<'a> = (&'a str, Option<(&'a str, &'a str)>);

/// One commit of a stream for `git fast-import`, known by a number; the first parent comes first.
pub(super) fn commit(number: usize, parents: &[usize], files: &[File<'_>]) -> String {
    let who = format!("Team <team@acme.example> {} +0000", 1_700_000_000 + number);
    let mut text =
        format!("commit refs/heads/c{number}\nmark :{number}\nauthor {who}\ncommitter {who}\ndata 6\nchange\n");
    for (i, parent) in parents.iter().enumerate() {
        text += &format!("{} :{parent}\n", if i == 0 { "from" } else { "merge" });
    }
    for (path, file) in files {
        text += &match file {
            Some(("160000", id)) => format!("M 160000 {id} {path}\n"),
            Some((mode, content)) => format!("M {mode} inline {path}\ndata {}\n{content}\n", content.len()),
            None => format!("D {path}\n"),
        };
    }
    text + "\n"
}

/// Commits of which each has the one before as its parent, the last one being the tip of `main`.
pub(super) fn linear(commits: &[&[File<'_>]]) -> String {
    let numbered = commits.iter().enumerate();
    let texts: Vec<String> =
        numbered.map(|(i, files)| commit(i + 1, if i == 0 { &[] } else { std::slice::from_ref(&i) }, files)).collect();
    texts.concat() + &main_at(commits.len())
}

/// Points `main` at a commit.
pub(super) fn main_at(number: usize) -> String {
    format!("reset refs/heads/main\nfrom :{number}\n\n")
}
