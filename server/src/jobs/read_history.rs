//! Mirror and stored timeline in, timeline and fresh facts out: everything that touches a repository's past, as one
//! function of plain data. It must not reach the database or the network, and judges nothing.
mod contents;
mod first_sign;
#[cfg(test)]
mod tests;

use super::read_mirror::FactCache;
use crate::{
    facts::{
        SymbolParser,
        model::{BlobKey, FileFacts, Needle},
        timeline::{Builder, Followed, LineIndex, Timeline},
    },
    scan::{Finding, Follow, HistoryStart, Limits, Line, PastCommit, Repository, ScanError, Step, Stretch},
};
use contents::Contents;
use serde::{Deserialize, Serialize};
use shared::{CommitId, RepoPath};
use std::{
    cell::{Cell, OnceCell, RefCell},
    collections::HashMap,
    ops::ControlFlow,
    path::PathBuf,
};

pub use first_sign::{Attempts, FirstSign, Shows};

/// Commits of one merged branch that are looked at.
const MAX_BRANCH: usize = 200;
/// Contents and commits that are gathered before the cache is asked about them together.
const MAX_PENDING_CONTENTS: usize = 4_000;
const MAX_PENDING_STEPS: usize = 4_000;
/// Paths of which it is remembered whether they are followed.
const MAX_ANSWERS: usize = 50_000;

/// Whose past to read, and how far.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct HistoryInput {
    pub git_dir: PathBuf,
    pub limits: Limits,
    /// The newest commit of the line: the tip that was scanned.
    pub tip: CommitId,
    /// Symbols that the ruleset wants found in watched source files.
    pub needles: Vec<Needle>,
    /// Source files whose contents are followed.
    pub watched: Vec<RepoPath>,
    /// Seconds since 1970. Commits that claim a later date are not believed.
    pub now: i64,
}

/// What came of it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub enum HistoryOutput {
    /// The stored timeline ends at the tip: nothing was read.
    Unchanged(Box<Timeline>),
    /// The timeline up to the tip, and how many commits were read for it.
    Read { timeline: Box<Timeline>, n_read: usize },
    /// Nothing could be read; what is stored stands.
    Stopped(Finding),
}

/// Where the facts of contents go that no cache held: in chunks, so that they can be stored and dropped.
pub type FreshFacts<'a> = &'a mut dyn FnMut(Vec<(BlobKey, FileFacts)>);

/// Reads the first-parent line of a repository, or what is new of it. Never fails: what cannot be read is a finding.
///
/// The stored timeline is continued when it was read by the same parsers and watches what is wanted; a branch that was
/// rewritten is read from the newest commit that it shares with the stored line.
pub fn read_history(
    input: &HistoryInput,
    stored: Option<Timeline>,
    cache: &dyn FactCache,
    sink: FreshFacts<'_>,
) -> HistoryOutput {
    let continued = stored.map(|stored| read(input, Some(stored), cache, &mut *sink));
    match continued {
        Some(Ok(output)) => output,
        // What the stored timeline builds on may be gone: the past is then read from its beginning.
        Some(Err(_)) | None => {
            read(input, None, cache, sink).unwrap_or_else(|error| HistoryOutput::Stopped((&error).into()))
        }
    }
}

fn read(
    input: &HistoryInput,
    stored: Option<Timeline>,
    cache: &dyn FactCache,
    sink: FreshFacts<'_>,
) -> Result<HistoryOutput, ScanError> {
    let repository = Repository::open(&input.git_dir, &input.limits)?;
    let symbols = SymbolParser::new(&input.needles);
    let stored = stored.filter(|stored| is_wanted(stored, input, &symbols) && !has_deepened(stored, &repository));
    let watched = stored.as_ref().map_or(&input.watched, |stored| &stored.watched).clone();
    let followed = Followed::standard(&symbols, &watched);
    let mut timeline = match stored {
        Some(stored) if newest(&stored).as_ref() == Some(&input.tip) => {
            return Ok(HistoryOutput::Unchanged(Box::new(stored)));
        }
        Some(stored) => extend(stored, &repository, &input.tip)?,
        None => Timeline::new(followed.reading(), watched, repository.first_parents(&input.tip, &|_| false)?),
    };
    let line = std::mem::replace(&mut timeline.line, no_line());
    let n_read = line.len().saturating_sub(timeline.commits.len());
    let contents = Contents::new(&repository, &followed, cache, sink);
    let mut reading = Reading::new(Builder::new(timeline), contents, &line);
    reading.walk(&repository, &followed)?;
    timeline = reading.builder.finish();
    timeline.line = line;
    timeline.note(input.now);
    Ok(HistoryOutput::Read { timeline: Box::new(timeline), n_read })
}

/// Whether a stored timeline was read by today's parsers and watches at least what is wanted.
fn is_wanted(stored: &Timeline, input: &HistoryInput, symbols: &SymbolParser) -> bool {
    stored.reading == Followed::standard(symbols, &stored.watched).reading()
        && input.watched.iter().all(|path| stored.watched.contains(path))
}

/// Whether a line that was cut off goes further back by now.
fn has_deepened(stored: &Timeline, repository: &Repository) -> bool {
    let oldest = stored.line.id(0).filter(|_| stored.line.start != HistoryStart::Root);
    let line = oldest.and_then(|oldest| repository.first_parents(&oldest, &|_| false).ok());
    line.is_some_and(|line| line.len() > 1 || line.start != stored.line.start)
}

fn newest(timeline: &Timeline) -> Option<CommitId> {
    timeline.line.id(timeline.line.len().checked_sub(1)?)
}

/// Adds what the tip's line has beyond the stored one, after taking back what it no longer has.
fn extend(mut stored: Timeline, repository: &Repository, tip: &CommitId) -> Result<Timeline, ScanError> {
    let index = LineIndex::new(&stored.line);
    let met = Cell::new(None);
    let newer = repository.first_parents(tip, &|id| {
        met.set(index.position(&stored.line, id));
        met.get().is_some()
    })?;
    let keep = met.get().map_or(0, |position| position as usize + 1);
    if let Some(former) = newest(&stored).filter(|_| keep < stored.line.len()) {
        let common = keep.checked_sub(1).and_then(|position| stored.line.id(position));
        stored.rewritten(&former, common.as_ref());
    }
    stored.cut(keep);
    if keep == 0 {
        stored.line = newer;
    } else {
        stored.line.continue_with(keep, &newer);
    }
    Ok(stored)
}

fn no_line() -> Line {
    Line::new(0, vec![], HistoryStart::Root)
}

/// Which files and folders are followed, as far as that was asked: every parser is asked about a path once.
#[derive(Default)]
struct Answers {
    of_files: RefCell<HashMap<String, Follow>>,
    of_folders: RefCell<HashMap<String, Follow>>,
}

impl Answers {
    fn of(&self, followed: &Followed<'_>, path: &str, is_folder: bool) -> Follow {
        let mut answers = if is_folder { &self.of_folders } else { &self.of_files }.borrow_mut();
        if let Some(follow) = answers.get(path) {
            return *follow;
        }
        if answers.len() >= MAX_ANSWERS {
            answers.clear();
        }
        let follow = followed.follow(path, is_folder);
        answers.insert(path.to_owned(), follow);
        follow
    }
}

/// A walk on its way.
struct Reading<'a> {
    builder: Builder,
    contents: Contents<'a>,
    line: &'a Line,
    index: OnceCell<LineIndex>,
    /// Steps whose contents are not known yet, each with what it merged.
    pending: Vec<(Step, Vec<PastCommit>)>,
    n_pending: usize,
}

impl<'a> Reading<'a> {
    fn new(builder: Builder, contents: Contents<'a>, line: &'a Line) -> Self {
        Self { builder, contents, line, index: OnceCell::new(), pending: vec![], n_pending: 0 }
    }

    fn walk(&mut self, repository: &Repository, followed: &Followed<'_>) -> Result<(), ScanError> {
        let base = self.builder.base().and_then(|position| self.line.id(position as usize));
        let stretch = Stretch { line: self.line, from: self.builder.len(), base: base.as_ref() };
        let answers = Answers::default();
        repository.walk_line(stretch, &|path, is_folder| answers.of(followed, path, is_folder), &mut |step| {
            let branch = self.branch_of(repository, &step);
            self.n_pending += step.changes.len();
            self.pending.push((step, branch));
            if self.n_pending >= MAX_PENDING_CONTENTS || self.pending.len() >= MAX_PENDING_STEPS {
                self.settle();
            }
            ControlFlow::Continue(())
        })?;
        self.settle();
        Ok(())
    }

    fn branch_of(&self, repository: &Repository, step: &Step) -> Vec<PastCommit> {
        if step.commit.parents.len() < 2 {
            return vec![];
        }
        let index = self.index.get_or_init(|| LineIndex::new(self.line));
        repository.branch_of(&step.commit.commit, &|id| index.position(self.line, id).is_some(), MAX_BRANCH)
    }

    /// Learns what the pending steps hold, and adds them.
    fn settle(&mut self) {
        let pending = std::mem::take(&mut self.pending);
        self.n_pending = 0;
        let changes = || pending.iter().flat_map(|(step, _)| &step.changes);
        let now = changes().filter_map(|change| Some((&change.path, change.blob.as_ref()?)));
        let former = changes().filter_map(|change| Some((&change.path, self.builder.unknown(&change.path)?)));
        self.contents.learn(now.chain(former));
        for (step, branch) in &pending {
            self.builder.add(step, branch, &mut |path, blob| self.contents.of(path, blob));
        }
    }
}
