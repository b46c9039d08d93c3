//! Repositories made by `git fast-import`, with any people, dates, parents, contents and damage.
//! It must not read the user's or the system's git configuration.
use std::{
    fs,
    io::Write as _,
    path::PathBuf,
    process::{Command, Stdio},
};

/// A bare repository in a temporary folder.
pub(super) struct Fixture {
    dir: tempfile::TempDir,
}

/// One commit to import.
#[derive(Debug, Clone)]
pub(super) struct Made {
    /// The places of its parents among the commits of the same import; the first is the first parent.
    pub parents: Vec<usize>,
    /// `Name <mail>`, in any bytes.
    pub author: Vec<u8>,
    pub committer: Vec<u8>,
    pub authored: i64,
    pub committed: i64,
    pub message: String,
    /// Path and content; no content when it goes.
    pub files: Vec<(String, Option<Vec<u8>>)>,
}

/// Days to seconds, from 2020-01-01.
pub(super) fn at(day: i64) -> i64 {
    1_577_836_800 + day * 86_400
}

impl Made {
    /// A commit at so many days after 2020-01-01, by one author.
    pub(super) fn on(day: i64, files: &[(&str, Option<&str>)]) -> Self {
        let files = files.iter().map(|(path, text)| (path.to_string(), text.map(|text| text.into()))).collect();
        let who = b"One <one@acme.example>".to_vec();
        let (authored, committed) = (at(day), at(day));
        Self { parents: vec![], author: who.clone(), committer: who, authored, committed, message: "x".into(), files }
    }

    pub(super) fn with_parents(self, parents: &[usize]) -> Self {
        Self { parents: parents.to_vec(), ..self }
    }

    /// Author and committer alike.
    pub(super) fn by(self, who: &str) -> Self {
        Self { author: who.into(), committer: who.into(), ..self }
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

    /// Imports commits, one file an object, and gives their ids; the last one becomes `main`.
    pub(super) fn import(&self, commits: &[Made]) -> Vec<String> {
        let mut stream = vec![];
        for (i, made) in commits.iter().enumerate() {
            commit(&mut stream, i, made).unwrap();
        }
        let marks = self.git_dir().join("marks");
        let export = format!("--export-marks={}", marks.display());
        let options = ["--quiet", "--force", "--date-format=raw-permissive", &export];
        self.git(&[&["-c", "fastimport.unpackLimit=100000", "fast-import"][..], &options].concat(), &stream);
        let mut ids = vec![String::new(); commits.len()];
        for line in fs::read_to_string(marks).unwrap().lines() {
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
        let mut child = Command::new("git")
            .args(["-c", "gc.auto=0"])
            .args(args)
            .current_dir(self.dir.path())
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap())
            .env("HOME", self.dir.path())
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
}

fn commit(out: &mut Vec<u8>, i: usize, made: &Made) -> std::io::Result<()> {
    // Without this a commit without parents would continue the branch.
    if made.parents.is_empty() {
        out.write_all(b"reset refs/heads/made\n\n")?;
    }
    write!(out, "commit refs/heads/made\nmark :{}\n", i + 1)?;
    for (word, who, when) in [("author", &made.author, made.authored), ("committer", &made.committer, made.committed)] {
        write!(out, "{word} ")?;
        out.write_all(who)?;
        writeln!(out, " {when} +0000")?;
    }
    write!(out, "data {}\n{}\n", made.message.len(), made.message)?;
    for (n, parent) in made.parents.iter().enumerate() {
        writeln!(out, "{} :{}", if n == 0 { "from" } else { "merge" }, parent + 1)?;
    }
    for (path, content) in &made.files {
        match content {
            Some(content) => {
                write!(out, "M 100644 inline {path}\ndata {}\n", content.len())?;
                out.write_all(content)?;
                out.write_all(b"\n")?;
            }
            None => writeln!(out, "D {path}")?,
        }
    }
    out.write_all(b"\n")
}
