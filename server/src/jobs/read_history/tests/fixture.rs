//! Repositories made by `git fast-import`, with any dates, parents and damage.
//! It must not read the user's or the system's git configuration.
use std::{
    fmt::Write as _,
    fs,
    io::Write as _,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

/// A bare repository in a temporary folder.
pub(super) struct Fixture {
    dir: tempfile::TempDir,
}

/// One commit to import.
#[derive(Debug, Clone, Default)]
pub(super) struct Made<'a> {
    /// The places of its parents among the commits of the same import; the first is the first parent.
    pub parents: Vec<usize>,
    pub author: &'a str,
    pub authored: i64,
    pub committed: i64,
    /// Path and content; no content when it goes.
    pub files: Vec<(&'a str, Option<String>)>,
}

impl<'a> Made<'a> {
    /// A commit at so many days after 2020-01-01, by one author.
    pub(super) fn on(day: i64, parents: &[usize], files: &[(&'a str, Option<&str>)]) -> Self {
        let at = 1_577_836_800 + day * 86_400;
        let files = files.iter().map(|(path, text)| (*path, text.map(str::to_owned))).collect();
        Self { parents: parents.to_vec(), author: "One", authored: at, committed: at, files }
    }
}

impl Fixture {
    pub(super) fn new() -> Self {
        let fixture = Self { dir: tempfile::tempdir().unwrap() };
        fixture.git(&["init", "-q", "--bare", "-b", "main", "."], b"");
        fixture
    }

    pub(super) fn git_dir(&self) -> PathBuf {
        self.dir.path().canonicalize().unwrap()
    }

    /// Imports a stream as it is, into a pack.
    pub(super) fn stream(&self, stream: &[u8]) {
        self.git(&["-c", "fastimport.unpackLimit=0", "fast-import", "--quiet", "--force"], stream);
    }

    /// Imports commits, and gives their ids; the last one becomes `main`.
    pub(super) fn import(&self, commits: &[Made<'_>]) -> Vec<String> {
        let mut stream = String::new();
        for (at, made) in commits.iter().enumerate() {
            let mail = if made.author.is_empty() { "" } else { "dev@acme.example" };
            let (name, authored, committed) = (made.author, made.authored, made.committed);
            // Without this a commit without parents would continue the branch.
            if made.parents.is_empty() {
                stream.push_str("reset refs/heads/made\n\n");
            }
            writeln!(stream, "commit refs/heads/made\nmark :{}", at + 1).unwrap();
            writeln!(stream, "author {name} <{name}{mail}> {authored} +0000").unwrap();
            write!(stream, "committer {name} <{name}{mail}> {committed} +0000\ndata 2\n{}\n", at % 10).unwrap();
            match made.parents.split_first() {
                None => stream.push_str("deleteall\n"),
                Some((first, others)) => {
                    writeln!(stream, "from :{}", first + 1).unwrap();
                    others.iter().for_each(|other| writeln!(stream, "merge :{}", other + 1).unwrap());
                }
            }
            for (path, text) in &made.files {
                match text {
                    Some(text) => write!(stream, "M 100644 inline {path}\ndata {}\n{text}\n", text.len()).unwrap(),
                    None => writeln!(stream, "D {path}").unwrap(),
                }
            }
            stream.push('\n');
        }
        let marks = self.git_dir().join("marks");
        let export = format!("--export-marks={}", marks.display());
        self.git(
            &["-c", "fastimport.unpackLimit=100000", "fast-import", "--quiet", "--force", &export],
            stream.as_bytes(),
        );
        let text = fs::read_to_string(marks).unwrap();
        let mut ids = vec![String::new(); commits.len()];
        for line in text.lines() {
            let (mark, id) = line.trim_start_matches(':').split_once(' ').unwrap();
            ids[mark.parse::<usize>().unwrap() - 1] = id.to_owned();
        }
        self.git(&["update-ref", "refs/heads/main", ids.last().unwrap()], b"");
        ids
    }

    /// The id of what a revision names, e.g. `HEAD:go.mod`.
    pub(super) fn id(&self, revision: &str) -> String {
        self.git(&["rev-parse", revision], b"")
    }

    /// Takes an object away.
    pub(super) fn lose(&self, id: &str) {
        fs::remove_file(self.git_dir().join("objects").join(&id[..2]).join(&id[2..])).unwrap();
    }

    pub(super) fn git(&self, args: &[&str], input: &[u8]) -> String {
        git_in(self.dir.path(), args, input)
    }
}

fn git_in(folder: &Path, args: &[&str], input: &[u8]) -> String {
    let mut child = Command::new("git")
        .args(["-c", "gc.auto=0"])
        .args(args)
        .current_dir(folder)
        .env_clear()
        .env("PATH", std::env::var_os("PATH").unwrap())
        .env("HOME", folder)
        .env("GIT_CONFIG_NOSYSTEM", "1")
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
