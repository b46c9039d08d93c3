//! The code of the listed commits: fingerprints as a scan takes them, and the same files as a folder.
//! It must not compare. The tip may have moved on: the listed commit is read, not the tip.
use anyhow::{Context, Result, ensure};
use server::{
    catalog::clones::CodeFile,
    facts::prints,
    scan::{BlobRead, Limits, Repository, Tip, TreeEntry},
};
use shared::CommitId;
use std::{
    fs,
    path::Path,
    sync::{Arc, Mutex, PoisonError},
    thread,
};
use tests::quality::checkouts::Found;

/// Larger files are not read by a scan (`server::jobs::read_code`) either. Bytes.
const MAX_BYTES: u64 = 1 << 20;
/// As many as the other tool is given.
pub(crate) const N_THREADS: usize = 2;

/// Everything that was read.
#[derive(Default)]
pub(crate) struct Code {
    /// Numbered by the position in the list of repositories.
    pub files: Vec<CodeFile>,
    /// Of files that are compared, as is the next.
    pub n_lines: u64,
    pub n_compared: usize,
    /// Of everything that was read.
    pub n_bytes: u64,
    /// Files of the commits whose bytes the copies lack.
    pub n_absent: usize,
    /// Repositories that could not be read, with the reason in words that may be published: no path of this machine.
    pub unread: Vec<String>,
}

/// What one repository gave.
#[derive(Default)]
struct OfOne {
    files: Vec<CodeFile>,
    n_bytes: u64,
    n_absent: usize,
}

/// Takes the fingerprints of all code at the listed commits. Files without code to compare are among them, as in a scan.
pub(crate) fn read(repositories: &[Found]) -> Code {
    let mut all = in_threads(repositories);
    all.sort_by_key(|(at, _)| *at);
    let mut code = Code::default();
    for (at, one) in all {
        match one {
            Ok(one) => {
                let compared = || one.files.iter().filter(|file| file.print.left_out.is_none());
                code.n_lines += compared().map(|file| u64::from(file.print.n_lines)).sum::<u64>();
                code.n_compared += compared().count();
                code.n_bytes += one.n_bytes;
                code.n_absent += one.n_absent;
                code.files.extend(one.files);
            }
            Err(reason) => {
                eprintln!("quality: {}: {reason:#}", repositories[at].name);
                code.unread.push(format!("{}: {reason}", repositories[at].name));
            }
        }
    }
    code
}

fn in_threads(repositories: &[Found]) -> Vec<(usize, Result<OfOne>)> {
    let next = Mutex::new(repositories.iter().enumerate());
    let done = Mutex::new(vec![]);
    thread::scope(|scope| {
        for _ in 0..N_THREADS {
            scope.spawn(|| {
                loop {
                    let taken = next.lock().unwrap_or_else(PoisonError::into_inner).next();
                    let Some((at, found)) = taken else { return };
                    let one = read_one(at, found);
                    done.lock().unwrap_or_else(PoisonError::into_inner).push((at, one));
                }
            });
        }
    });
    done.into_inner().unwrap_or_else(PoisonError::into_inner)
}

fn read_one(at: usize, found: &Found) -> Result<OfOne> {
    let repository = Repository::open(&found.located.git_dir, &Limits::default()).context("it cannot be opened")?;
    let mut blobs = repository.blobs();
    let mut out = OfOne::default();
    for entry in entries(&repository, found)? {
        let bytes = match blobs.read(&entry.blob, MAX_BYTES) {
            BlobRead::Read(bytes) => bytes,
            BlobRead::TooLarge { .. } => continue,
            BlobRead::Unreadable { .. } => {
                out.n_absent += 1;
                continue;
            }
        };
        out.n_bytes += bytes.len() as u64;
        let print = Arc::new(prints::print_of(entry.path.file_name(), &bytes));
        out.files.push(CodeFile { repository: u32::try_from(at)?, path: entry.path, blob: entry.blob, print });
    }
    Ok(out)
}

/// What is code by its path.
fn entries(repository: &Repository, found: &Found) -> Result<Vec<TreeEntry>> {
    let commit = CommitId::new(found.commit.clone())?;
    let committed_at = repository.committed_at(&commit).context("it lacks the listed commit")?;
    if let Some(tip) = repository.tip().context("its tip cannot be read")?.filter(|tip| tip.commit != commit) {
        eprintln!("quality: {}: its tip is {}, read at {commit} as listed", found.name, tip.commit);
    }
    let walked = repository.walk(&Tip { branch: String::new(), commit, committed_at, shallow: false });
    ensure!(!walked.partial, "its tree cannot be walked to the end");
    Ok(walked.entries.into_iter().filter(|entry| prints::left_out(&entry.path).is_none()).collect())
}

/// Writes what [`read`] reads below `place`, a folder `owner+name` each.
pub(crate) fn write(repositories: &[Found], code: &Code, place: &Path) -> Result<()> {
    for of_one in code.files.chunk_by(|a, b| a.repository == b.repository) {
        let found = &repositories[of_one[0].repository as usize];
        let repository = Repository::open(&found.located.git_dir, &Limits::default())?;
        let mut blobs = repository.blobs();
        let folder = place.join(found.name.replace('/', "+"));
        for file in of_one {
            let BlobRead::Read(bytes) = blobs.read(&file.blob, MAX_BYTES) else { continue };
            let path = folder.join(file.path.as_str());
            fs::create_dir_all(path.parent().context("a file lies in a folder")?)?;
            fs::write(path, bytes)?;
        }
    }
    Ok(())
}
