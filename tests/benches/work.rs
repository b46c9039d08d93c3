//! Who worked on which lines: reading all work of a repository against `git log --first-parent --numstat` on it in the same
//! run, and a repository of a million commits. Prints ratios and shares of limits; asserts nothing.
//! It must not warm a cache of ours: every history is read as if for the first time.
//!
//! `BENCH_PASTS=DIR:DIR…` names git directories with long histories for the comparison. `BENCH_PARTS` names the parts to
//! run, of `git,million`.
use anyhow::{Context, Result};
use server::{
    facts::work::WorkLog,
    jobs::{WorkInput, WorkOutput, read_work},
    scan::{Limits, Repository},
};
use std::{
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::{Duration, Instant},
};
use tests::generated::Plan;

#[path = "work/edited.rs"]
mod edited;

const ROUNDS: usize = 3;
/// Two years after the first generated commit.
const NOW: i64 = 1_793_491_200;
/// Memory that a history of a million commits may take.
const MEMORY_MIB: f64 = 600.0;

fn main() -> Result<()> {
    // A child of this program that reads one history and says how much memory that took.
    if let Some(dir) = std::env::var_os("BENCH_ONE_PAST") {
        return one_past(Path::new(&dir));
    }
    let parts = std::env::var("BENCH_PARTS").unwrap_or_else(|_| "git,million".to_owned());
    let work = tempfile::tempdir()?;
    for part in parts.split(',') {
        match part {
            "git" => against_git(work.path())?,
            "million" => million(work.path())?,
            other => anyhow::bail!("there is no part \"{other}\""),
        }
    }
    Ok(())
}

fn against_git(work: &Path) -> Result<()> {
    let generated = work.join("twenty-thousand.git");
    edited::write(&generated, 20_000)?;
    let named = std::env::var("BENCH_PASTS").unwrap_or_default();
    let dirs = named.split(':').filter(|dir| !dir.is_empty()).map(PathBuf::from).chain([generated]);
    println!("work log, one thread, nothing known, limit 2 of git log --first-parent --numstat");
    for dir in dirs {
        let (mut ours, mut git, mut log) = (Duration::MAX, Duration::MAX, None);
        for _ in 0..ROUNDS {
            git = git.min(time(|| git_log(&dir))?);
            ours = ours.min(time(|| {
                log = Some(read(&dir)?);
                Ok(())
            })?);
        }
        let log = log.context("a log")?;
        println!(
            "  {:>7} commits  ours {ours:>9.2?}  git log {git:>9.2?}  ours/git {:.2}  {} touches, {} KiB stored  {}",
            log.commits.len(),
            ours.as_secs_f64() / git.as_secs_f64(),
            log.touches.len(),
            log.to_bytes().len() / 1024,
            dir.parent().and_then(Path::file_name).unwrap_or_default().display()
        );
    }
    Ok(())
}

fn git_log(dir: &Path) -> Result<()> {
    let args = ["log", "--first-parent", "--numstat", "HEAD"];
    let status = Command::new("git").arg("--git-dir").arg(dir).args(args).stdout(Stdio::null()).status()?;
    anyhow::ensure!(status.success(), "git log in {}", dir.display());
    Ok(())
}

/// Reads the work on a repository with nothing known.
fn read(dir: &Path) -> Result<WorkLog> {
    let tip = Repository::open(dir, &Limits::default())?.tip()?.context("a tip")?;
    let input = WorkInput { git_dir: dir.to_owned(), limits: Limits::default(), tip: tip.commit, now: NOW };
    match read_work(&input, None) {
        WorkOutput::Read { log, .. } => Ok(*log),
        WorkOutput::Stopped(finding) => anyhow::bail!("{}", finding.message),
        WorkOutput::Unchanged(_) => anyhow::bail!("nothing was read"),
    }
}

fn one_past(dir: &Path) -> Result<()> {
    let mut sizes = (0, 0);
    let took = time(|| {
        let log = read(dir)?;
        sizes = (log.commits.len(), log.to_bytes().len());
        Ok(())
    })?;
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find(|line| line.starts_with("VmHWM"));
    let peak = peak.and_then(|line| line.split_whitespace().nth(1)?.parse::<f64>().ok()).unwrap_or_default() / 1024.0;
    println!(
        "  {} commits in {took:.1?}, {} KiB stored, peak {peak:.0} MiB; of the limit of {MEMORY_MIB:.0} MiB: {:.2}",
        sizes.0,
        sizes.1 / 1024,
        peak / MEMORY_MIB
    );
    Ok(())
}

fn million(work: &Path) -> Result<()> {
    let dir = work.join("million.git");
    let plan =
        Plan { commits: 1_000_000, pace: 60, folders: 40, files: 50, manifest_every: 20, package_every: 500, seed: 1 };
    plan.write(&dir)?;
    println!("the work on a repository of a million commits, read by a process of its own");
    let status = Command::new(std::env::current_exe()?).env("BENCH_ONE_PAST", &dir).status()?;
    anyhow::ensure!(status.success(), "the reader of a million commits");
    std::fs::remove_dir_all(dir)?;
    Ok(())
}

fn time(work: impl FnOnce() -> Result<()>) -> Result<Duration> {
    let start = Instant::now();
    work()?;
    Ok(start.elapsed())
}
