//! Mirror and stored work log in, work log out: who touched which lines of which file, as one function of plain data.
//! It must not reach the database or the network, and judges nothing.
#[cfg(test)]
mod tests;

use crate::{
    facts::{
        timeline::LineIndex,
        work::{self, Builder, LOOK_AHEAD, Listed, WorkLog},
    },
    scan::{BlobRead, Finding, HistoryStart, Limits, Line, Repository, ScanError, Stretch},
};
use serde::{Deserialize, Serialize};
use shared::{CommitId, RepoPath};
use std::{
    cell::{Cell, OnceCell},
    ops::ControlFlow,
    path::PathBuf,
};

/// The file in which people list commits that say nothing of who wrote a line: `git blame --ignore-revs-file`.
const IGNORED_COMMITS: &str = ".git-blame-ignore-revs";
const MAX_IGNORED_BYTES: u64 = 1 << 20;

/// Whose work to read, and how far.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct WorkInput {
    pub git_dir: PathBuf,
    pub limits: Limits,
    /// The newest commit of the line: the tip that was scanned.
    pub tip: CommitId,
    /// Seconds since 1970. Commits that claim a later date are not believed.
    pub now: i64,
}

/// What came of it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub enum WorkOutput {
    /// The stored log ends at the tip: nothing was read.
    Unchanged(Box<WorkLog>),
    /// The log up to the tip, and how many commits were read for it.
    Read { log: Box<WorkLog>, n_read: usize },
    /// Nothing could be read; what is stored stands.
    Stopped(Finding),
}

/// Reads the work on the first-parent line of a repository, or what is new of it. Never fails: what cannot be read is a
/// finding.
///
/// A stored log of the same reading is continued; one of a branch that was rewritten is cut back to the newest commit
/// that both share.
pub fn read_work(input: &WorkInput, stored: Option<WorkLog>) -> WorkOutput {
    let continued = stored.map(|stored| read(input, Some(stored)));
    match continued {
        Some(Ok(output)) => output,
        // What the stored log builds on may be gone: the work is then read from its beginning.
        Some(Err(_)) | None => read(input, None).unwrap_or_else(|error| WorkOutput::Stopped((&error).into())),
    }
}

fn read(input: &WorkInput, stored: Option<WorkLog>) -> Result<WorkOutput, ScanError> {
    let repository = Repository::open(&input.git_dir, &input.limits)?;
    let stored = stored.filter(|stored| stored.reading == work::READING && !has_deepened(stored, &repository));
    let (log, line) = match stored {
        Some(stored) if stored.tip == input.tip => return Ok(WorkOutput::Unchanged(Box::new(stored))),
        Some(stored) => extended(stored, &repository, &input.tip)?,
        None => anew(&repository, &input.tip)?,
    };
    let from = log.commits.len();
    let builder = grown(log, &repository, &line)?;
    let log = builder.finish(input.tip.clone(), &listed(&repository, &input.tip), input.now);
    Ok(WorkOutput::Read { log: Box::new(log), n_read: line.len() - from })
}

fn anew(repository: &Repository, tip: &CommitId) -> Result<(WorkLog, Line), ScanError> {
    let line = repository.first_parents(tip, &|_| false)?;
    Ok((WorkLog::new(work::READING.to_owned(), tip.clone(), line.start), line))
}

/// Whether a line that was cut off goes further back by now.
fn has_deepened(stored: &WorkLog, repository: &Repository) -> bool {
    let oldest = stored.commits.first().filter(|_| stored.start != HistoryStart::Root);
    let line = oldest.and_then(|oldest| repository.first_parents(&oldest.commit, &|_| false).ok());
    line.is_some_and(|line| line.len() > 1 || line.start != stored.start)
}

/// What of a stored log still stands, and the line of its commits and those that are new.
fn extended(mut stored: WorkLog, repository: &Repository, tip: &CommitId) -> Result<(WorkLog, Line), ScanError> {
    let mut line = line_of(&stored);
    let index = LineIndex::new(&line);
    let met = Cell::new(None);
    let newer = repository.first_parents(tip, &|id| {
        met.set(index.position(&line, id));
        met.get().is_some()
    })?;
    let keep = met.get().map_or(0, |position| position as usize + 1);
    // Findings tell of commits that may be gone with the branch.
    if keep == 0 || (keep < stored.commits.len() && !stored.findings.is_empty()) {
        return anew(repository, tip);
    }
    stored.cut(keep);
    line.continue_with(keep, &newer);
    Ok((stored, line))
}

/// The commits of a log as a line: of those that were read.
fn line_of(log: &WorkLog) -> Line {
    let width = log.tip.as_str().len() / 2;
    let digit = |byte: u8| char::from(byte).to_digit(16).unwrap_or_default() as u8;
    let pairs = log.commits.iter().flat_map(|commit| commit.commit.as_str().as_bytes().as_chunks::<2>().0);
    Line::new(width, pairs.map(|[high, low]| digit(*high) << 4 | digit(*low)).collect(), log.start)
}

/// A log with what the line has beyond it.
fn grown(log: WorkLog, repository: &Repository, line: &Line) -> Result<Builder, ScanError> {
    let index = OnceCell::new();
    let on_line = |id: &[u8]| index.get_or_init(|| LineIndex::new(line)).position(line, id).is_some();
    let from = log.commits.len();
    let base = log.commits.last().map(|last| last.commit.clone());
    let heads = repository.work_heads(line, from.saturating_sub(LOOK_AHEAD)..from, &on_line)?;
    let mut builder = Builder::new(log, &heads);
    repository.walk_work(Stretch { line, from, base: base.as_ref() }, &work::follow, &on_line, &mut |step| {
        builder.add(step);
        ControlFlow::Continue(())
    })?;
    Ok(builder)
}

fn listed(repository: &Repository, tip: &CommitId) -> Listed {
    let path = RepoPath::new(IGNORED_COMMITS).ok();
    let blob = path.and_then(|path| repository.blob_at(tip, &path).ok().flatten());
    match blob.map(|blob| repository.read(&blob, MAX_IGNORED_BYTES)) {
        Some(BlobRead::Read(bytes)) => Listed::parse(&String::from_utf8_lossy(&bytes)),
        _ => Listed::default(),
    }
}
