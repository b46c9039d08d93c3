//! Histories with many people, told in days before today and written by `git fast-import`.
//! It must not be random: the same story gives the same files, authors and order.
use std::{
    collections::BTreeMap,
    fmt::Write as _,
    io::Write as _,
    path::Path,
    process::{Command, Stdio},
};

const SECONDS_A_DAY: i64 = 86_400;

/// Whom a commit names: name and address.
pub type Who = (&'static str, &'static str);

/// A repository on its way, on the branch `main`.
pub struct Story {
    name: String,
    /// Seconds since 1970 of the last second that may be told of.
    now: i64,
    files: BTreeMap<String, String>,
    stream: String,
    mark: usize,
    /// The commit that `main` is at.
    main: Option<usize>,
    n_lines: usize,
}

/// Regular work: so many commits between two days before today, each with some new lines in one of three files.
#[derive(Debug, Clone, Copy)]
pub struct Work {
    pub who: &'static [Who],
    /// Days before today, the first one larger.
    pub days: (i64, i64),
    pub commits: i64,
    pub lines: usize,
    /// The folder of the files.
    pub folder: &'static str,
}

impl Story {
    /// An empty repository; its path below a folder may hold slashes.
    #[must_use]
    pub fn new(name: &str, now: i64) -> Self {
        let (files, stream) = (BTreeMap::new(), String::new());
        Self { name: name.to_owned(), now, files, stream, mark: 0, main: None, n_lines: 0 }
    }

    /// One commit of files with their whole text; an absent text removes the file.
    #[must_use]
    pub fn commit(self, day: i64, who: Who, files: &[(&str, Option<&str>)]) -> Self {
        self.signed(day, (who, who), "Change", files)
    }

    /// The same with an author, a committer and a message.
    #[must_use]
    pub fn signed(mut self, day: i64, signed: (Who, Who), message: &str, files: &[(&str, Option<&str>)]) -> Self {
        let parent = self.main;
        self.main = Some(self.write("main", (parent, None), (day, signed, message), files));
        self
    }

    /// Commits as [`Work`] says, its people taking turns.
    #[must_use]
    pub fn work(mut self, work: Work) -> Self {
        for n in 0..work.commits {
            let (day, who, path, text) = self.next(work, n);
            self = self.commit(day, who, &[(&path, Some(&text))]);
        }
        self
    }

    /// The same, each commit on a branch of its own that `by` merges an hour later.
    #[must_use]
    pub fn merged_work(mut self, work: Work, by: Who) -> Self {
        for n in 0..work.commits {
            let (day, who, path, text) = self.next(work, n);
            let base = self.main;
            let files = [(path.as_str(), Some(text.as_str()))];
            let side = self.write("topic", (base, None), (day, (who, who), "Change"), &files);
            self.main = Some(self.write("main", (base, Some(side)), (day, (by, by), "Merge"), &files));
        }
        self
    }

    /// The same, each squashed by a forge, with a co-author named in the message.
    #[must_use]
    pub fn squashed_work(mut self, work: Work, co_author: Who) -> Self {
        for n in 0..work.commits {
            let (day, who, path, text) = self.next(work, n);
            let forge = ("GitHub", "noreply@github.com");
            let message = format!("Change (#{n})\n\nCo-authored-by: {} <{}>", co_author.0, co_author.1);
            self = self.signed(day, (who, forge), &message, &[(&path, Some(&text))]);
        }
        self
    }

    /// One commit that changes every file of a folder by `change`.
    #[must_use]
    pub fn all_files(self, day: i64, who: Who, folder: &str, change: impl Fn(&str) -> String) -> Self {
        let of: Vec<(String, String)> = self
            .files
            .iter()
            .filter(|(path, _)| path.starts_with(folder))
            .map(|(path, text)| (path.clone(), change(text)))
            .collect();
        let files: Vec<(&str, Option<&str>)> = of.iter().map(|(p, t)| (p.as_str(), Some(t.as_str()))).collect();
        self.commit(day, who, &files)
    }

    /// One commit that moves a folder.
    #[must_use]
    pub fn moved(self, day: i64, who: Who, from: &str, to: &str) -> Self {
        let of: Vec<(String, String, String)> = self
            .files
            .iter()
            .filter(|(path, _)| path.starts_with(from))
            .map(|(path, text)| (path.clone(), format!("{to}{}", &path[from.len()..]), text.clone()))
            .collect();
        let gone = of.iter().map(|(path, _, _)| (path.as_str(), None));
        let come = of.iter().map(|(_, path, text)| (path.as_str(), Some(text.as_str())));
        let files: Vec<(&str, Option<&str>)> = gone.chain(come).collect();
        self.commit(day, who, &files)
    }

    /// The id of the commit that `main` will be at is known only once it is written: the stream is given to git twice.
    ///
    /// # Panics
    /// When git refuses the stream.
    #[must_use]
    pub fn tip_id(&self) -> String {
        let folder = tempfile::tempdir().expect("the temporary folder can be written");
        self.write_to(folder.path());
        let path = folder.path().join(&self.name);
        let out = Command::new("git").arg("--git-dir").arg(path).args(["rev-parse", "main"]).output();
        String::from_utf8(out.expect("git runs").stdout).expect("git prints hexadecimal digits").trim().to_owned()
    }

    /// Makes the bare repository in a folder.
    ///
    /// # Panics
    /// When git refuses the stream.
    pub fn write_to(&self, folder: &Path) {
        let dir = folder.join(&self.name);
        std::fs::create_dir_all(&dir).expect("the folder can be made");
        let init = Command::new("git").args(["init", "--quiet", "--bare", "--initial-branch=main"]).arg(&dir).status();
        assert!(init.expect("git runs").success());
        let mut import = Command::new("git")
            .arg("--git-dir")
            .arg(&dir)
            .args(["fast-import", "--quiet", "--force"])
            .stdin(Stdio::piped())
            .spawn()
            .expect("git runs");
        let mut stdin = import.stdin.take().expect("it was asked for");
        stdin.write_all(self.stream.as_bytes()).expect("git reads the stream");
        drop(stdin);
        assert!(import.wait().expect("git ends").success(), "{}", self.name);
    }

    /// Day, author, file and its whole text of the n-th commit of some work.
    fn next(&mut self, work: Work, n: i64) -> (i64, Who, String, String) {
        let span = work.days.0 - work.days.1;
        let day = work.days.0 - span * n / work.commits.max(1);
        let turn = usize::try_from(n).unwrap_or_default();
        let path = format!("{}/part{}.go", work.folder, turn % 3);
        let mut text = self.files.get(&path).cloned().unwrap_or_else(|| "package part\n".to_owned());
        for _ in 0..work.lines {
            self.n_lines += 1;
            let _ = writeln!(text, "var value{0} = compute({0}, \"{1}\")", self.n_lines, self.name);
        }
        (day, work.who[turn % work.who.len()], path, text)
    }

    fn write(
        &mut self,
        branch: &str,
        (parent, merged): (Option<usize>, Option<usize>),
        (day, (author, committer), message): (i64, (Who, Who), &str),
        files: &[(&str, Option<&str>)],
    ) -> usize {
        self.mark += 1;
        // A second for each commit, so that commits of one day have an order.
        let at = self.now - day * SECONDS_A_DAY + i64::try_from(self.mark).unwrap_or_default();
        let out = &mut self.stream;
        let _ = writeln!(out, "commit refs/heads/{branch}\nmark :{}", self.mark);
        let _ = writeln!(out, "author {} <{}> {at} +0000", author.0, author.1);
        let _ = writeln!(out, "committer {} <{}> {at} +0000", committer.0, committer.1);
        let _ = writeln!(out, "data {}\n{message}", message.len());
        if let Some(parent) = parent {
            let _ = writeln!(out, "from :{parent}");
        }
        if let Some(merged) = merged {
            let _ = writeln!(out, "merge :{merged}");
        }
        for (path, text) in files {
            match text {
                Some(text) => {
                    let _ = writeln!(out, "M 100644 inline {path}\ndata {}\n{text}", text.len());
                    self.files.insert((*path).to_owned(), (*text).to_owned());
                }
                None => {
                    let _ = writeln!(out, "D {path}");
                    self.files.remove(*path);
                }
            }
        }
        self.mark
    }
}
