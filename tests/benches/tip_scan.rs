//! Tip scan against plain git, and the rescan of 1,000 unchanged repositories. Prints ratios; asserts nothing.
//! It must not warm a cache of ours: every repository is read as if for the first time.
//!
//! `BENCH_REPOS=FOLDER` names a folder of real repositories; the demo estate is taken otherwise.
use anyhow::{Context, Result};
use server::{
    catalog::{self, Ruleset},
    demo,
    facts::{self, FACTS, PARSERS},
    jobs::{Jobs, NoCache, ReadInput, ReadOutput, ScanSettings, Silent, Source, read_mirror},
    scan::{self, Limits, Located, Repository, TreeEntry},
    store::Store,
};
use std::{
    collections::BTreeSet,
    io::{Read, Write},
    path::Path,
    process::{Command, Stdio},
    sync::Arc,
    time::{Duration, Instant},
};

const ROUNDS: usize = 5;
const UNCHANGED: usize = 1_000;

fn main() -> Result<()> {
    let work = tempfile::tempdir()?;
    let folder = match std::env::var_os("BENCH_REPOS") {
        Some(folder) => folder.into(),
        None => {
            let estate = work.path().join("estate");
            demo::build_estate(&estate)?;
            estate
        }
    };
    let found = scan::locate(&folder)?;
    println!("{} repositories under {}", found.repositories.len(), folder.display());
    against_git(&found.repositories)?;
    unchanged(work.path())
}

/// The fastest of some rounds of each, in turn, so that both meet the same machine.
fn against_git(repositories: &[Located]) -> Result<()> {
    let plans = repositories.iter().map(Plan::of).collect::<Result<Vec<_>>>()?;
    let (rules, none) = (Ruleset::compose(&[], &[]).0, Ruleset::empty());
    let (mut ours, mut without) = (Duration::MAX, Duration::MAX);
    let (mut git_manifests, mut git_all) = (Duration::MAX, Duration::MAX);
    for _ in 0..ROUNDS {
        ours = ours.min(time(|| plans.iter().try_for_each(|p| p.ours(&rules)))?);
        without = without.min(time(|| plans.iter().try_for_each(|p| p.ours(&none)))?);
        git_manifests = git_manifests.min(time(|| plans.iter().try_for_each(|p| p.git(&p.manifests)))?);
        git_all = git_all.min(time(|| plans.iter().try_for_each(|p| p.git(&p.all)))?);
    }
    let count = |f: fn(&Plan) -> usize| plans.iter().map(f).sum::<usize>();
    println!("tip scan and judging, no cache        {ours:>10.1?}  one thread");
    println!(
        "the same without rules                {without:>10.1?}  {:>7} matchers cost {:.1} % of the scan",
        rules.n_matchers(),
        100.0 * ours.saturating_sub(without).as_secs_f64() / ours.as_secs_f64()
    );
    println!(
        "git ls-tree + cat-file, manifests     {git_manifests:>10.1?}  {:>7} blobs  ours/git {:.2}",
        count(|p| p.manifests.len()),
        ratio(ours, git_manifests)
    );
    println!(
        "git ls-tree + cat-file, all we read   {git_all:>10.1?}  {:>7} blobs  ours/git {:.2}",
        count(|p| p.all.len()),
        ratio(ours, git_all)
    );
    Ok(())
}

/// One repository and the blobs that the scan reads of it.
struct Plan {
    located: Located,
    manifests: Vec<String>,
    all: Vec<String>,
}

impl Plan {
    fn of(located: &Located) -> Result<Self> {
        let repository = Repository::open(&located.git_dir, &Limits::default())?;
        let entries = match repository.tip()? {
            Some(tip) => repository.walk(&tip).entries,
            None => Vec::new(),
        };
        let wanted = |entry: &TreeEntry, with_source: bool| {
            let mut parsers = PARSERS.iter().chain(FACTS).filter(|parser| with_source || parser.key() != "source");
            parsers.any(|parser| parser.wants(&entry.path)) && facts::exclusion_of(&entry.path).is_none()
        };
        let blobs = |with_source: bool| {
            let wanted = entries.iter().filter(|e| wanted(e, with_source)).map(|e| e.blob.to_string());
            wanted.collect::<BTreeSet<_>>().into_iter().collect()
        };
        Ok(Self { located: located.clone(), manifests: blobs(false), all: blobs(true) })
    }

    /// Reads the repository and judges it by the rules.
    fn ours(&self, rules: &Ruleset) -> Result<()> {
        let input = ReadInput {
            repository: self.located.name.clone(),
            git_dir: self.located.git_dir.clone(),
            limits: Limits::default(),
            needles: rules.needles(),
            unchanged_at: None,
        };
        match read_mirror(&input, &NoCache) {
            ReadOutput::Read(read) => drop(std::hint::black_box(catalog::build(&read.facts, rules, "2026-01-01"))),
            ReadOutput::Stopped { .. } => {}
            ReadOutput::Unchanged => anyhow::bail!("nothing was read"),
        }
        Ok(())
    }

    fn git(&self, blobs: &[String]) -> Result<()> {
        let git_dir = &self.located.git_dir;
        let listed = Command::new("git")
            .arg("--git-dir")
            .arg(git_dir)
            .args(["ls-tree", "-r", "HEAD"])
            .stderr(Stdio::null())
            .output()?;
        std::hint::black_box(listed.stdout.len());
        let mut cat = Command::new("git")
            .arg("--git-dir")
            .arg(git_dir)
            .args(["cat-file", "--batch"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let mut stdin = cat.stdin.take().context("stdin of git")?;
        let ids = blobs.join("\n") + "\n";
        let writer = std::thread::spawn(move || stdin.write_all(ids.as_bytes()));
        let mut sink = vec![0; 1 << 16];
        let mut stdout = cat.stdout.take().context("stdout of git")?;
        while stdout.read(&mut sink)? > 0 {}
        writer.join().map_err(|_| anyhow::anyhow!("the writer stopped"))??;
        cat.wait()?;
        Ok(())
    }
}

/// Scans 1,000 small repositories, then again with nothing changed.
fn unchanged(work: &Path) -> Result<()> {
    let folder = work.join("thousand");
    let seed = folder.join("seed");
    let git = |args: &[&str]| -> Result<()> {
        let who = ["-c", "user.name=Bench", "-c", "user.email=bench@bench.example"];
        anyhow::ensure!(
            Command::new("git").arg("-C").arg(&seed).args(who).args(args).output()?.status.success(),
            "git {args:?}"
        );
        Ok(())
    };
    std::fs::create_dir_all(&seed)?;
    git(&["init", "-q", "-b", "main"])?;
    std::fs::write(seed.join("package.json"), r#"{"name":"seed","dependencies":{"left-pad":"1"}}"#)?;
    git(&["add", "."])?;
    git(&["commit", "-q", "-m", "Start"])?;
    for n in 1..UNCHANGED {
        copy(&seed.join(".git"), &folder.join(format!("r{n:04}.git")))?;
    }
    tokio::runtime::Runtime::new()?.block_on(async {
        let data = work.join("data");
        std::fs::create_dir_all(&data)?;
        let store = Store::open_sqlite(&data.join("waymark.db")).await?;
        let settings = ScanSettings {
            data,
            capabilities: vec![],
            workers: 4,
            history: false,
            team_map: None,
            rate: None,
            limits: Limits::default(),
        };
        let jobs = Jobs::new(store, settings);
        let source = [Source::parse(&folder.display().to_string())?];
        let first = jobs.run(&source, Arc::new(Silent)).await?;
        let again = jobs.run(&source, Arc::new(Silent)).await?;
        anyhow::ensure!(again.unchanged == UNCHANGED as u64, "{} of {UNCHANGED} were unchanged", again.unchanged);
        let ms = |scan: &shared::api::ScanItem| scan.duration_ms.unwrap_or_default();
        println!("first scan of {UNCHANGED} repositories      {:>7} ms", ms(&first));
        println!(
            "rescan, nothing changed               {:>7} ms  of the limit of 1,000 ms: {:.2}",
            ms(&again),
            ms(&again) as f64 / 1000.0
        );
        Ok(())
    })
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    std::fs::create_dir_all(to)?;
    for entry in std::fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            std::fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}

fn time(work: impl FnOnce() -> Result<()>) -> Result<Duration> {
    let start = Instant::now();
    work()?;
    Ok(start.elapsed())
}

fn ratio(a: Duration, b: Duration) -> f64 {
    a.as_secs_f64() / b.as_secs_f64()
}
