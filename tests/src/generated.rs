//! Repositories of many commits, written by `git fast-import`: fast enough for a million of them.
//! It must not be random: the same numbers give the same commits.
use anyhow::{Context, Result, ensure};
use std::{
    io::{BufWriter, Write},
    path::Path,
    process::{ChildStdin, Command, Stdio},
};

/// 2024-11-01T00:00:00Z in seconds, two years before the date the benches end at.
const BEGIN: u64 = 1_730_419_200;

/// A linear history with a package file that changes now and then.
#[derive(Debug, Clone, Copy)]
pub struct Plan {
    pub commits: u64,
    /// Seconds between two commits.
    pub pace: u64,
    /// Folders and files a folder among which the changes go round.
    pub folders: u64,
    pub files: u64,
    /// Every how many commits the package file changes, and every how many of those changes it gains or drops a package.
    pub manifest_every: u64,
    pub package_every: u64,
    /// Makes two repositories differ.
    pub seed: u64,
}

/// Makes a bare repository of the stream that `tell` gives to `git fast-import`, and gives what it gave.
///
/// # Errors
/// When git is missing or refuses the stream, or the folder cannot be written.
pub(crate) fn import<T>(dir: &Path, tell: impl FnOnce(&mut BufWriter<ChildStdin>) -> Result<T>) -> Result<T> {
    std::fs::create_dir_all(dir)?;
    let init = Command::new("git").args(["init", "--quiet", "--bare", "--initial-branch=main"]).arg(dir).status()?;
    ensure!(init.success(), "git init {}", dir.display());
    let mut import = Command::new("git")
        .arg("--git-dir")
        .arg(dir)
        .args(["fast-import", "--quiet"])
        .stdin(Stdio::piped())
        .spawn()
        .context("git fast-import")?;
    let mut out = BufWriter::with_capacity(1 << 20, import.stdin.take().context("stdin of git")?);
    let told = tell(&mut out)?;
    out.flush()?;
    drop(out);
    ensure!(import.wait()?.success(), "git fast-import into {}", dir.display());
    Ok(told)
}

impl Plan {
    /// Makes a bare repository of it.
    ///
    /// # Errors
    /// When git is missing or refuses the stream, or the folder cannot be written.
    pub fn write(&self, dir: &Path) -> Result<()> {
        import(dir, |out| (0..self.commits).try_for_each(|n| self.commit(out, n)))
    }

    fn commit(&self, out: &mut impl Write, n: u64) -> Result<()> {
        let at = BEGIN + n * self.pace;
        writeln!(out, "commit refs/heads/main\ncommitter Author {0} <author-{0}@bench.example> {at} +0000", n % 7)?;
        writeln!(out, "data 6\nChange")?;
        if n == 0 {
            text(out, "README.md", &format!("# Repository {}\n", self.seed))?;
        }
        if n.is_multiple_of(self.manifest_every) {
            text(out, "package.json", &self.manifest(n / self.manifest_every))?;
        } else {
            let path = format!("src/f{}/m{}.ts", n % self.folders, (n / self.folders) % self.files);
            text(out, &path, &format!("export const n{} = {n};\n", self.seed))?;
        }
        Ok(())
    }

    /// The package file after its n-th change.
    fn manifest(&self, n: u64) -> String {
        let turn = n / self.package_every + self.seed;
        let flags =
            ["launchdarkly-node-server-sdk", "@acme/flags", "unleash-client", "@acme/flags"][(turn % 4) as usize];
        let log = ["winston", "@acme/log", "pino"][(turn % 3) as usize];
        format!(
            "{{\"name\": \"repository-{}\", \"version\": \"1.{n}.0\", \"dependencies\": {{\"{flags}\": \"^1.{n}.0\", \"{log}\": \"^3.0.0\", \"express\": \"^4.{n}.0\"}}}}\n",
            self.seed
        )
    }
}

fn text(out: &mut impl Write, path: &str, content: &str) -> Result<()> {
    write!(out, "M 100644 inline {path}\ndata {}\n{content}\n", content.len())?;
    Ok(())
}
