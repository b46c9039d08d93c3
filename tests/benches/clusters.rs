//! How long it takes to find equal code over many repositories: cold, and after one of them changed. Prints figures;
//! asserts nothing.
//! It must not measure the database: fingerprints are kept in memory.
//!
//! `BENCH_REPOS=FOLDER` names a folder of real repositories; 200 generated ones of 5,000 lines are taken otherwise.
use anyhow::Result;
use server::{
    catalog::clones::{self, model::CodeFile},
    facts::prints::CodePrint,
    jobs::{CodeInput, CodeOutput, PrintCache, read_code},
    scan::{self, Limits},
};
use shared::BlobId;
use std::{
    collections::HashMap,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
    thread,
    time::Instant,
};
use tests::generated_code::CodePlan;

/// What the cold search may take. Seconds.
const LIMIT: f64 = 60.0;
const N_REPOSITORIES: u64 = 200;
const N_THREADS: usize = 2;

type Known = HashMap<(BlobId, String), Vec<u8>>;

/// Fingerprints that were taken before.
#[derive(Default)]
struct Memory(Known);

impl PrintCache for Memory {
    fn known(&self, keys: &[(BlobId, String)]) -> Known {
        keys.iter().filter_map(|key| Some((key.clone(), self.0.get(key)?.clone()))).collect()
    }
}

fn main() -> Result<()> {
    let work = tempfile::tempdir()?;
    let folder = match std::env::var_os("BENCH_REPOS") {
        Some(folder) => folder.into(),
        None => generate(work.path())?,
    };
    let mut dirs: Vec<PathBuf> = scan::locate(&folder)?.repositories.into_iter().map(|found| found.git_dir).collect();
    dirs.sort();
    let mut memory = Memory::default();
    let cold = round("cold", &dirs, &mut memory)?;
    println!("of the limit of {LIMIT} s: {:.2}", cold / LIMIT);
    if std::env::var_os("BENCH_REPOS").is_none() {
        let changed = folder.join("repository-7");
        std::fs::remove_dir_all(&changed)?;
        plan(7).with_one_file_more().write(&changed)?;
    }
    round("again, one changed", &dirs, &mut memory)?;
    Ok(())
}

fn plan(seed: u64) -> CodePlan {
    CodePlan { seed, files: 50, functions: 10, shared_file_every: 40, shared_function_every: 12 }
}

fn generate(work: &Path) -> Result<PathBuf> {
    let folder = work.join("code");
    let mut n_lines = 0;
    for seed in 0..N_REPOSITORIES {
        n_lines += plan(seed).write(&folder.join(format!("repository-{seed}")))?;
    }
    println!("{N_REPOSITORIES} repositories, {n_lines} lines");
    Ok(folder)
}

/// Reads and compares everything; tells how long it took in seconds.
fn round(name: &str, dirs: &[PathBuf], memory: &mut Memory) -> Result<f64> {
    let started = Instant::now();
    let read = read_all(dirs, memory)?;
    let (n_fresh, n_bytes) =
        read.iter().flat_map(|code| &code.fresh).fold((0, 0), |(n, bytes), fresh| (n + 1, bytes + fresh.2.len()));
    for (blob, variant, bytes) in read.iter().flat_map(|code| &code.fresh) {
        memory.0.insert((blob.clone(), variant.clone()), bytes.clone());
    }
    let read_s = started.elapsed().as_secs_f64();
    let files = files(&read, memory)?;
    let n_lines: u64 = files.iter().map(|file| u64::from(file.print.n_lines)).sum();
    let found = clones::clusters(&files);
    let all_s = started.elapsed().as_secs_f64();
    println!(
        "{name}: {} files compared with {n_lines} lines, {n_fresh} fingerprinted now ({n_bytes} bytes), {} clusters: {all_s:.2} s, of which reading {read_s:.2} s",
        files.len(),
        found.clusters.len(),
    );
    Ok(all_s)
}

fn read_all(dirs: &[PathBuf], memory: &Memory) -> Result<Vec<CodeOutput>> {
    let next = Mutex::new(dirs.iter().enumerate());
    let done = Mutex::new(vec![]);
    thread::scope(|scope| {
        let workers: Vec<_> = (0..N_THREADS)
            .map(|_| {
                scope.spawn(|| -> Result<()> {
                    loop {
                        let taken = next.lock().unwrap_or_else(PoisonError::into_inner).next();
                        let Some((at, dir)) = taken else { return Ok(()) };
                        let input = CodeInput { git_dir: dir.clone(), limits: Limits::default() };
                        // A repository without a commit has no code.
                        if let Ok(code) = read_code(&input, memory) {
                            done.lock().unwrap_or_else(PoisonError::into_inner).push((at, code));
                        }
                    }
                })
            })
            .collect();
        workers.into_iter().try_for_each(|worker| worker.join().expect("a worker does not panic"))
    })?;
    let mut done = done.into_inner().unwrap_or_else(PoisonError::into_inner);
    done.sort_by_key(|(at, _)| *at);
    Ok(done.into_iter().map(|(_, code)| code).collect())
}

fn files(read: &[CodeOutput], memory: &Memory) -> Result<Vec<CodeFile>> {
    let mut prints: HashMap<(BlobId, String), Arc<CodePrint>> = HashMap::new();
    let mut files = vec![];
    for (repository, code) in (0_u32..).zip(read) {
        for (path, blob) in &code.listing.files {
            let key = (blob.clone(), server::facts::prints::variant(path).to_owned());
            let Some(bytes) = memory.0.get(&key) else { continue };
            let print = match prints.get(&key) {
                Some(print) => Arc::clone(print),
                None => {
                    let print = Arc::new(CodePrint::from_bytes(bytes)?);
                    prints.insert(key, Arc::clone(&print));
                    print
                }
            };
            if print.left_out.is_none() {
                files.push(CodeFile { repository, path: path.clone(), blob: blob.clone(), print });
            }
        }
    }
    Ok(files)
}
