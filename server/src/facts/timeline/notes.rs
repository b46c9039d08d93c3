//! What a person should know about a repository's past: findings made from a timeline alone.
//! It must not read a repository.
use super::{Dates, Timeline};
use crate::scan::{Finding, HistoryStart};
use shared::{CommitId, Severity};

/// Findings of this rule tell of an event and outlive the reading that met it.
const REWRITTEN: &str = "history-rewritten";
/// Rewrites that are remembered; the newest.
const MAX_REWRITES: usize = 5;

impl Timeline {
    /// The dates of the line, monotonic: see [`Dates::of`].
    pub fn dates(&self, now: i64) -> Vec<i64> {
        Dates::of(&self.commits, now).at
    }

    /// Says anew what is to be said of this past. What was said of rewrites stays.
    pub fn note(&mut self, now: i64) {
        let mut findings: Vec<Finding> = self.findings.drain(..).filter(|known| known.rule == REWRITTEN).collect();
        findings.drain(..findings.len().saturating_sub(MAX_REWRITES));
        findings.extend(self.beginning());
        findings.extend(self.lost_trees());
        findings.extend(self.lost_contents());
        findings.extend(self.wrong_dates(now));
        findings.extend(self.nobody());
        self.findings = findings;
    }

    /// Remembers that the branch no longer holds a commit that it held.
    pub fn rewritten(&mut self, former: &CommitId, common: Option<&CommitId>) {
        let from = match common {
            Some(common) => format!("its past is read anew after {common}, the last commit that is still there"),
            None => "no commit that was known is still there, so its past is read anew".to_owned(),
        };
        self.findings.push(finding(
            REWRITTEN,
            Severity::Info,
            format!(
                "the default branch was rewritten: {former} is no longer on it; {from}; links to commits before may be dead"
            ),
        ));
    }

    fn commit(&self, position: u32) -> String {
        self.line.id(position as usize).map_or_else(|| "no commit".to_owned(), |id| id.to_string())
    }

    fn beginning(&self) -> Option<Finding> {
        let (why, remedy) = match self.line.start {
            HistoryStart::Root => return None,
            HistoryStart::Shallow => ("the clone is shallow", "run `git fetch --unshallow`"),
            HistoryStart::Missing => ("its parent cannot be read", "run `git fsck`, and fetch the repository again"),
        };
        let first = self.commit(0);
        let message =
            format!("its history starts at {first} here, because {why}; what was before is not known; {remedy}");
        Some(finding("history-starts-here", Severity::Info, message))
    }

    fn lost_trees(&self) -> impl Iterator<Item = Finding> {
        self.gaps.iter().map(|gap| {
            let n = gap.before.saturating_sub(gap.start());
            let (first, reason) = (self.commit(gap.start()), &gap.reason);
            let message = format!(
                "the files of {n} commits from {first} on cannot be read: {reason}; what happened in them is seen at the next readable commit; run `git fsck`, and fetch the repository again"
            );
            finding("history-gap", Severity::Error, message)
        })
    }

    fn lost_contents(&self) -> Option<Finding> {
        let first = self.unread.first()?;
        let message = format!(
            "{} past contents of files cannot be read, and what was known of them before stands; the first is {} at {}; run `git fsck`, and fetch the repository again",
            self.unread.len(),
            first.path,
            self.commit(first.position)
        );
        Some(finding("history-blob-unreadable", Severity::Warning, message))
    }

    fn wrong_dates(&self, now: i64) -> Vec<Finding> {
        let dates = Dates::of(&self.commits, now);
        let mut findings = vec![];
        if let Some(first) = dates.implausible.first() {
            let message = format!(
                "{} commits claim a date before 1990 or in the future, the first is {}; each takes the date of the commit before it; check the clocks of the machines that commit",
                dates.implausible.len(),
                self.commit(*first)
            );
            findings.push(finding("commit-date-implausible", Severity::Warning, message));
        }
        if let Some(first) = dates.skewed.first() {
            let message = format!(
                "{} commits claim a date more than a day away from those around them, the first is {}; each takes the date of the commit before it; check the clocks of the machines that commit",
                dates.skewed.len(),
                self.commit(*first)
            );
            findings.push(finding("commit-date-skewed", Severity::Info, message));
        }
        findings
    }

    fn nobody(&self) -> Option<Finding> {
        let mut unnamed = (0..).zip(&self.commits).filter(|(_, commit)| commit.author == 0);
        let (first, _) = unnamed.next()?;
        let message = format!(
            "{} commits name no author, the first is {}; they count as one author; set user.name and user.email where they are made",
            unnamed.count() + 1,
            self.commit(first)
        );
        Some(finding("commit-author-unnamed", Severity::Info, message))
    }
}

fn finding(rule: &str, severity: Severity, message: String) -> Finding {
    Finding { rule: rule.to_owned(), severity, path: None, line: None, column: None, message }
}
