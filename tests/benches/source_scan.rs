//! How fast the `source` parser reads on one core, against a plain count of line ends. Prints figures; asserts nothing.
//! It must not measure git: every blob lies in memory before the clock starts.
//!
//! `BENCH_REPOS=FOLDER` names a folder of real repositories; the demo estate is taken otherwise.
use anyhow::Result;
use server::{
    demo,
    facts::{self, Parser, SourceParser},
    scan::{self, BlobRead, Limits, Repository},
};
use std::{
    collections::{BTreeMap, HashSet},
    hint::black_box,
    path::Path,
    time::{Duration, Instant},
};

const ROUNDS: usize = 5;

/// What one core must read in a second. Megabytes.
const LIMIT: f64 = 150.0;

/// Languages with less than this say nothing about speed. Bytes.
const LEAST: usize = 100_000;

/// File names and contents by extension.
type Blobs = BTreeMap<String, Vec<(String, Vec<u8>)>>;

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
    let mut all = Figures::default();
    for (extension, files) in &load(&folder)? {
        let figures = Figures::of(files);
        if figures.bytes >= LEAST {
            figures.print(extension, files.len());
        }
        all.add(&figures);
    }
    all.print("all", 0);
    println!("of the limit of {LIMIT} MB/s a core: {:.2}", all.speed() / LIMIT);
    Ok(())
}

/// Every source blob that a scan would read, once.
fn load(folder: &Path) -> Result<Blobs> {
    let (mut blobs, mut seen) = (Blobs::new(), HashSet::new());
    for located in scan::locate(folder)?.repositories {
        let repository = Repository::open(&located.git_dir, &Limits::default())?;
        let Some(tip) = repository.tip()? else { continue };
        for entry in repository.walk(&tip).entries {
            let wanted = SourceParser.wants(&entry.path) && facts::exclusion_of(&entry.path).is_none();
            if !wanted || !seen.insert(entry.blob.clone()) {
                continue;
            }
            if let BlobRead::Read(bytes) = repository.read(&entry.blob, SourceParser.max_bytes()) {
                let name = entry.path.file_name().to_owned();
                let extension = name.rsplit('.').next().unwrap_or_default().to_owned();
                blobs.entry(extension).or_default().push((name, bytes));
            }
        }
    }
    Ok(blobs)
}

/// The fastest of some rounds.
#[derive(Default)]
struct Figures {
    bytes: usize,
    parse: Duration,
    count: Duration,
}

impl Figures {
    fn of(files: &[(String, Vec<u8>)]) -> Self {
        let bytes = files.iter().map(|(_, bytes)| bytes.len()).sum();
        let (mut parse, mut count) = (Duration::MAX, Duration::MAX);
        for _ in 0..ROUNDS {
            let start = Instant::now();
            files.iter().for_each(|(name, bytes)| drop(black_box(SourceParser.parse(name, bytes))));
            parse = parse.min(start.elapsed());
            let start = Instant::now();
            files.iter().for_each(|(_, bytes)| {
                black_box(bytes.iter().filter(|byte| **byte == b'\n').count());
            });
            count = count.min(start.elapsed());
        }
        Self { bytes, parse, count }
    }

    fn add(&mut self, other: &Self) {
        self.bytes += other.bytes;
        self.parse += other.parse;
        self.count += other.count;
    }

    /// Megabytes a second.
    fn speed(&self) -> f64 {
        self.bytes as f64 / 1e6 / self.parse.as_secs_f64().max(1e-9)
    }

    fn print(&self, name: &str, n_files: usize) {
        println!(
            "{name:>12} {n_files:>7} files {:>9.1} MB {:>8.0} MB/s  of counting lines {:.3}",
            self.bytes as f64 / 1e6,
            self.speed(),
            self.count.as_secs_f64() / self.parse.as_secs_f64().max(1e-9)
        );
    }
}
