//! Looks for the first sign of an attempt on a merged branch.
//! It must not decide what a sign is: the caller says so of the facts of one content.
use super::MAX_BRANCH;
use crate::{
    facts::{
        Parser,
        model::FileFacts,
        timeline::{Followed, LineIndex},
    },
    scan::{BlobRead, Change, Follow, HistoryStart, Line, PastCommit, Repository, Stretch},
};
use shared::{BlobId, CommitId, RepoPath};
use std::{
    collections::{BTreeSet, HashMap},
    ops::ControlFlow,
    rc::Rc,
};

const DAY: i64 = 86_400;

/// Whether a file of this path shows what is looked for, given what each parser (by `Parser::key`) read of it.
pub type Shows<'s> = &'s dyn Fn(&RepoPath, &[(&str, &FileFacts)]) -> bool;

/// What each parser read of one content.
type ByParser = Vec<(&'static str, FileFacts)>;

/// Searches the merged branches of one repository. Contents are parsed once, whatever is looked for in them.
pub struct Attempts<'a> {
    repository: &'a Repository,
    followed: &'a Followed<'a>,
    line: &'a Line,
    index: LineIndex,
    read: HashMap<(RepoPath, BlobId), Rc<ByParser>>,
}

/// The earliest commit of a branch that shows what is looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FirstSign {
    pub commit: PastCommit,
    /// Distinct authors and days (UTC, by the author's date) from that commit to the end of the branch; at least 1.
    pub author_days: u32,
}

impl<'a> Attempts<'a> {
    pub fn new(repository: &'a Repository, followed: &'a Followed<'a>, line: &'a Line) -> Self {
        Self { repository, followed, line, index: LineIndex::new(line), read: HashMap::new() }
    }

    /// The first commit of what a merge brought at which `path`, or a followed file of the same name elsewhere, holds
    /// contents that `shows` accepts. At most the newest 200 commits of the branch are looked at. `None` when it is no
    /// merge, cannot be read, or shows nothing before the merge itself.
    pub fn first_sign(&mut self, merge: &CommitId, path: &RepoPath, shows: Shows<'_>) -> Option<FirstSign> {
        let on_line = |id: &[u8]| self.index.position(self.line, id).is_some();
        let branch = self.repository.branch_of(merge, &on_line, MAX_BRANCH);
        let first = self.first(&branch, path, shows)?;
        let rest = branch.get(first..)?;
        let days: BTreeSet<(u64, i64)> =
            rest.iter().map(|commit| (commit.author, commit.authored.div_euclid(DAY))).collect();
        let commit = rest.first()?.clone();
        Some(FirstSign { commit, author_days: u32::try_from(days.len()).unwrap_or(u32::MAX) })
    }

    /// The position in the branch.
    fn first(&mut self, branch: &[PastCommit], path: &RepoPath, shows: Shows<'_>) -> Option<usize> {
        let line = line_of(branch)?;
        // The files of the commit from which the branch went off are no work of the branch.
        let base = branch.first()?.parents.first();
        let stretch = Stretch { line: &line, from: 0, base };
        let name = path.file_name().to_owned();
        let (repository, followed) = (self.repository, self.followed);
        let follow = |other: &str, is_folder: bool| {
            let same = is_folder || other.rsplit('/').next() == Some(&name);
            if same { followed.follow(other, is_folder) } else { Follow::Nothing }
        };
        let mut found = None;
        let walked = repository.walk_line(stretch, &follow, &mut |step| {
            if step.changes.iter().any(|change| self.is_sign(change, shows)) {
                found = Some(step.position as usize);
                return ControlFlow::Break(());
            }
            ControlFlow::Continue(())
        });
        walked.ok()?;
        found
    }

    fn is_sign(&mut self, change: &Change, shows: Shows<'_>) -> bool {
        let Some(blob) = &change.blob else { return false };
        let key = (change.path.clone(), blob.clone());
        let facts = match self.read.get(&key) {
            Some(facts) => Rc::clone(facts),
            None => {
                let facts = Rc::new(self.parse(&change.path, blob));
                self.read.insert(key, Rc::clone(&facts));
                facts
            }
        };
        let facts: Vec<(&str, &FileFacts)> = facts.iter().map(|(parser, facts)| (*parser, facts)).collect();
        shows(&change.path, &facts)
    }

    fn parse(&self, path: &RepoPath, blob: &BlobId) -> ByParser {
        let parsers: Vec<&dyn Parser> = self.followed.parsers_of(path).map(|(_, parser)| parser).collect();
        let max = parsers.iter().map(|parser| parser.max_bytes()).max().unwrap_or_default();
        let BlobRead::Read(bytes) = self.repository.read(blob, max) else { return vec![] };
        let fits = parsers.into_iter().filter(|parser| bytes.len() as u64 <= parser.max_bytes());
        fits.map(|parser| (parser.key(), parser.parse(path.file_name(), &bytes))).collect()
    }
}

/// The commits of a branch as a line of their own.
fn line_of(branch: &[PastCommit]) -> Option<Line> {
    let width = branch.first()?.commit.as_str().len() / 2;
    let mut ids = Vec::with_capacity(width * branch.len());
    for commit in branch {
        let hex = commit.commit.as_str();
        let digit = |at: usize| hex.get(at..at + 2).and_then(|pair| u8::from_str_radix(pair, 16).ok());
        ids.extend((0..hex.len()).step_by(2).filter_map(digit));
    }
    Some(Line::new(width, ids, HistoryStart::Root))
}
