//! Grows a work log by one commit of the line at a time.
//! It must not read a repository.
use super::{
    Lineage, Listed, Touch, WorkCommit, WorkLog, dates, mass,
    people::{People, day},
};
use crate::scan::{FileWork, Finding, WorkFile, WorkHead, WorkStep};
use shared::{CommitId, RepoPath, Severity};
use std::collections::HashMap;

/// Findings of one rule that a log keeps.
const MAX_OF_RULE: usize = 20;

/// A log while it grows.
#[derive(Debug)]
pub struct Builder {
    log: WorkLog,
    people: People,
    open: HashMap<RepoPath, u32>,
    /// Dates as committers and authors claim them, of the last commits.
    claimed: Vec<(i64, i64)>,
}

impl Builder {
    /// Continues a log behind its last commit. `heads` are its last commits, read anew: the newest
    /// [`super::LOOK_AHEAD`] or all, so that their dates can be judged with those behind them.
    pub fn new(mut log: WorkLog, heads: &[WorkHead]) -> Self {
        let people = People::new(std::mem::take(&mut log.people));
        let open = (0..).zip(&log.lineages).filter(|(_, lineage)| lineage.to.is_none());
        let open = open.map(|(number, lineage)| (lineage.path.clone(), number)).collect();
        log.commits.truncate(log.commits.len().saturating_sub(heads.len()));
        let mut builder = Self { log, people, open, claimed: vec![] };
        heads.iter().for_each(|head| builder.commit(head));
        builder
    }

    /// Adds the next commit of the line. One that could not be read is a finding.
    pub fn add(&mut self, step: WorkStep) {
        if let Some(reason) = step.unreadable {
            let id = &step.head.commit;
            let message = format!(
                "what commit {id} did to the files cannot be read: {reason}; it counts with the next readable commit; run `git fsck`, and fetch the repository again"
            );
            self.note("work-commit-unreadable", Severity::Error, None, message);
            return;
        }
        for path in step.unread {
            let message = format!(
                "its content at or before commit {} cannot be read, so its lines are not counted there; run `git fsck`, and fetch the repository again",
                step.head.commit
            );
            self.note("work-content-unreadable", Severity::Warning, Some(path), message);
        }
        self.commit(&step.head);
        self.files(number(self.log.commits.len() - 1), step.files);
    }

    fn commit(&mut self, head: &WorkHead) {
        let hands = self.people.hands(head);
        let merger = self.people.merger(head);
        self.claimed.push((head.committed, head.own.authored));
        let commit = head.commit.clone();
        self.log.commits.push(WorkCommit { commit, at: 0, authored: 0, hands, merger, mass: None });
    }

    /// What goes or is renamed makes room first: two files may change their names.
    fn files(&mut self, at: u32, files: Vec<WorkFile>) {
        let former: Vec<Option<u32>> = files.iter().map(|file| self.former(file)).collect();
        for (file, former) in files.into_iter().zip(former) {
            let lineage = match (&file.what, former) {
                (FileWork::Went, None) => continue,
                (FileWork::Went, Some(lineage)) => {
                    self.log.lineages[lineage as usize].to = Some(at);
                    lineage
                }
                (FileWork::Renamed { from }, Some(lineage)) => {
                    let known = &mut self.log.lineages[lineage as usize];
                    known.earlier.push((at, from.clone()));
                    known.path = file.path.clone();
                    self.open.insert(file.path.clone(), lineage);
                    lineage
                }
                (FileWork::Changed, Some(lineage)) => lineage,
                (FileWork::Came | FileWork::Changed | FileWork::Renamed { .. }, _) => self.begin(at, &file.path),
            };
            let WorkFile { added, removed, formatting, .. } = file;
            self.log.touches.push(Touch { commit: at, lineage, added, removed, formatting });
        }
    }

    fn former(&mut self, file: &WorkFile) -> Option<u32> {
        match &file.what {
            FileWork::Came => None,
            FileWork::Changed => self.open.get(&file.path).copied(),
            FileWork::Renamed { from } => self.open.remove(from),
            FileWork::Went => self.open.remove(&file.path),
        }
    }

    fn begin(&mut self, at: u32, path: &RepoPath) -> u32 {
        let lineage = number(self.log.lineages.len());
        self.log.lineages.push(Lineage { path: path.clone(), earlier: vec![], from: at, to: None });
        if let Some(replaced) = self.open.insert(path.clone(), lineage) {
            // Only a damaged tree brings a file that is there.
            self.log.lineages[replaced as usize].to = Some(at);
        }
        lineage
    }

    fn note(&mut self, rule: &str, severity: Severity, path: Option<RepoPath>, message: String) {
        let finding = Finding { rule: rule.to_owned(), severity, path, line: None, column: None, message };
        let n = self.log.findings.iter().filter(|known| known.rule == rule).count();
        if n < MAX_OF_RULE && !self.log.findings.contains(&finding) {
            self.log.findings.push(finding);
        }
    }

    /// The log of all commits that were added, up to a tip.
    pub fn finish(mut self, tip: CommitId, listed: &Listed, now: i64) -> WorkLog {
        self.date(now);
        self.log.tip = tip;
        self.log.people = self.people.list;
        self.log.sort();
        mass::judge(&mut self.log, listed);
        self.log
    }

    fn date(&mut self, now: i64) {
        let start = self.log.commits.len().saturating_sub(self.claimed.len());
        let last = start.checked_sub(1).and_then(|before| self.log.commits.get(before)).map(|commit| commit.at);
        let committed: Vec<i64> = self.claimed.iter().map(|(committed, _)| *committed).collect();
        let dates = dates::monotonic(&committed, last, now);
        for (commit, (at, (_, authored))) in
            self.log.commits[start..].iter_mut().zip(dates.into_iter().zip(&self.claimed))
        {
            commit.at = at;
            commit.authored = (*authored).min(at);
            for hand in &mut commit.hands {
                hand.first_day = hand.first_day.min(day(at));
                hand.last_day = hand.last_day.min(day(at));
            }
        }
    }
}

/// Commits, people and files are fewer than 2^32: git itself could not hold more in memory.
fn number(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
