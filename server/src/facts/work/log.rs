//! What can be asked of a work log, and how it is cut where a branch was rewritten.
//! It must not judge.
use super::{Touch, WorkLog};
use crate::scan::HistoryStart;
use shared::{CommitId, RepoPath};

impl WorkLog {
    /// A log in which nothing has happened yet.
    pub fn new(reading: String, tip: CommitId, start: HistoryStart) -> Self {
        Self {
            reading,
            tip,
            start,
            people: vec![],
            commits: vec![],
            lineages: vec![],
            touches: vec![],
            findings: vec![],
        }
    }

    /// The file that has a path at the tip. Lineages are in the order of their last paths, so that this is a search by
    /// halves.
    pub fn lineage_of(&self, path: &RepoPath) -> Option<u32> {
        let start = self.lineages.partition_point(|lineage| lineage.path < *path);
        let same = self.lineages[start..].iter().take_while(|lineage| lineage.path == *path);
        let open = same.zip(start..).find(|(lineage, _)| lineage.to.is_none());
        open.and_then(|(_, number)| u32::try_from(number).ok())
    }

    /// What happened to one file, oldest first. Looks at every touch; for many files see [`TouchIndex`].
    pub fn touches_of(&self, lineage: u32) -> impl Iterator<Item = &Touch> {
        self.touches.iter().filter(move |touch| touch.lineage == lineage)
    }

    /// What a file was called right after a commit.
    pub fn path_at(&self, lineage: u32, commit: u32) -> Option<&RepoPath> {
        let lineage = self.lineages.get(lineage as usize)?;
        let earlier = lineage.earlier.iter().find(|(until, _)| *until > commit);
        Some(earlier.map_or(&lineage.path, |(_, path)| path))
    }

    /// Forgets everything but the oldest `n` commits. Dates and mass changes stay as they were judged with what came
    /// later, until the log is continued.
    pub fn cut(&mut self, n: usize) {
        let Some(end) = u32::try_from(n).ok().filter(|_| n < self.commits.len()) else { return };
        self.commits.truncate(n);
        let mut kept = vec![None; self.lineages.len()];
        let mut n_kept = 0;
        for (lineage, kept) in self.lineages.iter_mut().zip(&mut kept).filter(|(lineage, _)| lineage.from < end) {
            if let Some(at) = lineage.earlier.iter().position(|(until, _)| *until >= end) {
                lineage.path = lineage.earlier[at].1.clone();
                lineage.earlier.truncate(at);
            }
            lineage.to = lineage.to.filter(|to| *to < end);
            (*kept, n_kept) = (Some(n_kept), n_kept + 1);
        }
        self.lineages.retain(|lineage| lineage.from < end);
        self.touches.retain_mut(|touch| {
            let number = kept.get(touch.lineage as usize).copied().flatten().filter(|_| touch.commit < end);
            touch.lineage = number.unwrap_or_default();
            number.is_some()
        });
        let named =
            self.commits.iter().flat_map(|commit| commit.hands.iter().map(|hand| hand.person).chain(commit.merger));
        // People are numbered in the order of the commits that name them.
        self.people.truncate(named.max().map_or(0, |last| last as usize + 1));
        self.sort();
    }

    /// Puts lineages in the order of their last paths and touches in the order of commits and lineages.
    pub(super) fn sort(&mut self) {
        let mut order: Vec<u32> = (0..).take(self.lineages.len()).collect();
        let key = |number: &u32| self.lineages.get(*number as usize).map(|lineage| (&lineage.path, lineage.from));
        if !order.is_sorted_by_key(key) {
            order.sort_by_key(key);
            let mut numbers = vec![0; order.len()];
            (0..).zip(&order).for_each(|(new, old): (u32, &u32)| numbers[*old as usize] = new);
            let mut lineages: Vec<_> = std::mem::take(&mut self.lineages).into_iter().map(Some).collect();
            self.lineages = order.iter().filter_map(|old| lineages[*old as usize].take()).collect();
            self.touches.iter_mut().for_each(|touch| touch.lineage = numbers[touch.lineage as usize]);
        }
        self.touches.sort_by_key(|touch| (touch.commit, touch.lineage));
    }
}

/// The touches of every file, found at once.
#[derive(Debug, Clone)]
pub struct TouchIndex {
    /// Positions of touches by lineage, then by commit.
    positions: Vec<u32>,
    /// Where the positions of each lineage begin, and the end of the last.
    starts: Vec<usize>,
}

impl TouchIndex {
    pub fn new(log: &WorkLog) -> Self {
        let mut starts = vec![0; log.lineages.len() + 1];
        for touch in &log.touches {
            starts[touch.lineage as usize + 1] += 1;
        }
        for i in 1..starts.len() {
            starts[i] += starts[i - 1];
        }
        let (mut next, mut positions) = (starts.clone(), vec![0; log.touches.len()]);
        for (position, touch) in (0..).zip(&log.touches) {
            let slot = &mut next[touch.lineage as usize];
            positions[*slot] = position;
            *slot += 1;
        }
        Self { positions, starts }
    }

    /// What happened to one file of the log that the index was made of, oldest first.
    pub fn touches_of<'l>(&self, log: &'l WorkLog, lineage: u32) -> impl Iterator<Item = &'l Touch> {
        let at = |n: usize| self.starts.get(n).copied().unwrap_or(self.positions.len());
        let positions = &self.positions[at(lineage as usize)..at(lineage as usize + 1)];
        positions.iter().filter_map(|position| log.touches.get(*position as usize))
    }
}
