//! The past: the walk with fact extraction against `git log`, a repository of a million commits, a thousand repositories of
//! two years, and the adoption page over HTTP. Prints ratios and shares of limits; asserts nothing.
//! It must not warm a cache of ours: every past is read as if for the first time.
//!
//! `BENCH_PASTS=DIR:DIR…` names git directories with long histories for the comparison with git. `BENCH_PARTS` names the
//! parts to run, of `git,million,thousand,adoption`.
use anyhow::{Context, Result};
use server::{
    jobs::{HistoryInput, HistoryOutput, Jobs, NoCache, ScanSettings, Silent, Source, read_history},
    scan::{Limits, Repository},
    store::Store,
};
use std::{
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::Arc,
    time::{Duration, Instant},
};
use tests::generated::Plan;

#[path = "history/adoption.rs"]
mod adoption;

const ROUNDS: usize = 3;
/// Two years after the first generated commit.
const NOW: i64 = 1_793_491_200;
const THOUSAND: u64 = 1_000;

fn main() -> Result<()> {
    // A child of this program that reads one past and says how much memory that took.
    if let Some(dir) = std::env::var_os("BENCH_ONE_PAST") {
        return one_past(Path::new(&dir));
    }
    let parts = std::env::var("BENCH_PARTS").unwrap_or_else(|_| "git,million,thousand,adoption".to_owned());
    let work = tempfile::tempdir()?;
    for part in parts.split(',') {
        match part {
            "git" => against_git(work.path())?,
            "million" => million(work.path())?,
            "thousand" => thousand(work.path())?,
            "adoption" => adoption::adoption(work.path())?,
            other => anyhow::bail!("there is no part \"{other}\""),
        }
    }
    Ok(())
}

fn against_git(work: &Path) -> Result<()> {
    let generated = work.join("hundred-thousand.git");
    let plan =
        Plan { commits: 100_000, pace: 600, folders: 40, files: 50, manifest_every: 20, package_every: 50, seed: 1 };
    plan.write(&generated)?;
    let named = std::env::var("BENCH_PASTS").unwrap_or_default();
    let dirs = named.split(':').filter(|dir| !dir.is_empty()).map(PathBuf::from).chain([generated]);
    println!("history walk and fact extraction, one thread, no cache, limit 1.5 of git log");
    for dir in dirs {
        let (mut ours, mut git, mut n) = (Duration::MAX, Duration::MAX, 0);
        for _ in 0..ROUNDS {
            git = git.min(time(|| git_log(&dir))?);
            ours = ours.min(time(|| {
                n = read(&dir)?;
                Ok(())
            })?);
        }
        println!(
            "  {n:>7} commits  ours {ours:>9.2?}  git log {git:>9.2?}  ours/git {:.2}  {}",
            ours.as_secs_f64() / git.as_secs_f64(),
            dir.parent().and_then(Path::file_name).unwrap_or_default().display()
        );
    }
    Ok(())
}

fn git_log(dir: &Path) -> Result<()> {
    let args = ["log", "--first-parent", "-m", "--raw", "-z", "--no-renames", "--no-abbrev", "HEAD"];
    let status = Command::new("git").arg("--git-dir").arg(dir).args(args).stdout(Stdio::null()).status()?;
    anyhow::ensure!(status.success(), "git log in {}", dir.display());
    Ok(())
}

/// Reads a past with nothing known; how many commits it has.
fn read(dir: &Path) -> Result<usize> {
    let tip = Repository::open(dir, &Limits::default())?.tip()?.context("a tip")?;
    let input = HistoryInput {
        git_dir: dir.to_owned(),
        limits: Limits::default(),
        tip: tip.commit,
        needles: vec![],
        watched: vec![],
        now: NOW,
    };
    match read_history(&input, None, &NoCache, &mut |fresh| drop(std::hint::black_box(fresh))) {
        HistoryOutput::Read { timeline, .. } => Ok(timeline.line.len()),
        HistoryOutput::Stopped(finding) => anyhow::bail!("{}", finding.message),
        HistoryOutput::Unchanged(_) => anyhow::bail!("nothing was read"),
    }
}

fn one_past(dir: &Path) -> Result<()> {
    let mut n = 0;
    let took = time(|| {
        n = read(dir)?;
        Ok(())
    })?;
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let kib = |name: &str| {
        let line = status.lines().find(|line| line.starts_with(name))?;
        line.split_whitespace().nth(1)?.parse::<f64>().ok()
    };
    let peak = kib("VmHWM").unwrap_or_default() / 1024.0;
    println!(
        "  {n} commits in {took:.1?}, peak {peak:.0} MiB, of which files mapped now {:.0} MiB; of the limit of 512 MiB: {:.2}",
        kib("RssFile").unwrap_or_default() / 1024.0,
        peak / 512.0
    );
    Ok(())
}

fn million(work: &Path) -> Result<()> {
    let dir = work.join("million.git");
    let plan =
        Plan { commits: 1_000_000, pace: 60, folders: 40, files: 50, manifest_every: 20, package_every: 500, seed: 1 };
    plan.write(&dir)?;
    println!("a repository of a million commits, read by a process of its own");
    let status = Command::new(std::env::current_exe()?).env("BENCH_ONE_PAST", &dir).status()?;
    anyhow::ensure!(status.success(), "the reader of a million commits");
    std::fs::remove_dir_all(dir)?;
    Ok(())
}

fn thousand(work: &Path) -> Result<()> {
    let folder = work.join("thousand");
    for n in 0..THOUSAND {
        let plan = Plan {
            commits: 120,
            pace: 2 * 365 * 86_400 / 120,
            folders: 6,
            files: 10,
            manifest_every: 5,
            package_every: 3,
            seed: n,
        };
        plan.write(&folder.join(format!("repository-{n:04}.git")))?;
    }
    tokio::runtime::Runtime::new()?.block_on(async {
        let data = work.join("data");
        std::fs::create_dir_all(&data)?;
        let store = Store::open_sqlite(&data.join("waymark.db")).await?;
        let settings = ScanSettings {
            data,
            capabilities: vec![],
            workers: 4,
            history: true,
            team_map: None,
            rate: None,
            limits: Limits::default(),
        };
        let jobs = Jobs::new(store, settings);
        let source = [Source::parse(&folder.display().to_string())?];
        for (what, limit) in [("cold", 300.0), ("again, nothing changed", 5.0)] {
            let scan = jobs.run(&source, Arc::new(Silent)).await?;
            let seconds = scan.duration_ms.unwrap_or_default() as f64 / 1000.0;
            println!(
                "{THOUSAND} repositories of 24 months, {what}: {seconds:.1} s, of the limit {:.2}",
                seconds / limit
            );
        }
        anyhow::Ok(())
    })?;
    std::fs::remove_dir_all(folder)?;
    Ok(())
}

fn time(work: impl FnOnce() -> Result<()>) -> Result<Duration> {
    let start = Instant::now();
    work()?;
    Ok(start.elapsed())
}
