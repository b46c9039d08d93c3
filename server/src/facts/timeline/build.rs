//! Grows a timeline by one step of the line at a time.
//! It must not read contents: what they hold is asked of the caller, who knows.
use super::{BranchAuthor, Digest, FileSpan, LineCommit, LineGap, Timeline, UnreadFile};
use crate::scan::{Change, PastCommit, Step};
use shared::{BlobId, RepoPath};
use std::{collections::HashMap, sync::Arc};

/// What the caller knows of one content.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Content {
    /// What was read of it.
    Facts(Digest),
    /// Nothing is read of it: the file's content is not followed, or is too large.
    Presence,
    Unreadable,
}

/// A timeline while it grows.
#[derive(Debug)]
pub struct Builder {
    timeline: Timeline,
    open: HashMap<Arc<RepoPath>, Open>,
    last_readable: Option<u32>,
    /// The reason why the positions since the last readable one cannot be read.
    gap: Option<String>,
}

/// The span of a file that is there.
#[derive(Debug)]
struct Open {
    span: usize,
    /// Of its first content. Unknown for a span that was stored.
    content: Option<Content>,
}

impl Builder {
    /// Continues a timeline behind its last commit.
    pub fn new(mut timeline: Timeline) -> Self {
        let n = position(timeline.commits.len());
        let trailing = timeline.gaps.pop_if(|gap| gap.before >= n);
        let open = timeline.files.iter().enumerate().filter(|(_, span)| span.to.is_none());
        let open = open.map(|(span, file)| (Arc::clone(&file.path), Open { span, content: None })).collect();
        let (last_readable, gap) = match trailing {
            Some(gap) => (gap.after, Some(gap.reason)),
            None => (n.checked_sub(1), None),
        };
        Self { timeline, open, last_readable, gap }
    }

    /// The position whose tree the next step is compared with; absent when there is none yet.
    pub fn base(&self) -> Option<u32> {
        self.last_readable
    }

    /// Commits so far.
    pub fn len(&self) -> usize {
        self.timeline.commits.len()
    }

    /// Whether no commit was added yet.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The content that a change to a file is compared with, where it is not known what was read of it.
    pub fn unknown(&self, path: &RepoPath) -> Option<&BlobId> {
        let open = self.open.get(path).filter(|open| open.content.is_none())?;
        self.timeline.files.get(open.span)?.blob.as_ref()
    }

    /// Adds the next commit of the line, with who worked on what it merged, and what it did to the files.
    pub fn add(&mut self, step: &Step, branch: &[PastCommit], content: &mut dyn FnMut(&RepoPath, &BlobId) -> Content) {
        let at = position(self.timeline.commits.len());
        self.commit(at, &step.commit, branch);
        if let Some(reason) = &step.unreadable {
            self.gap.get_or_insert_with(|| reason.clone());
            return;
        }
        self.close_gap(at);
        self.last_readable = Some(at);
        for change in &step.changes {
            self.change(at, change, content);
        }
    }

    fn commit(&mut self, at: u32, commit: &PastCommit, branch: &[PastCommit]) {
        let first_work = branch.iter().map(|work| work.authored).chain([commit.authored]).min();
        self.timeline.commits.push(LineCommit {
            committed: commit.committed,
            authored: commit.authored,
            author: commit.author,
            first_work: first_work.unwrap_or(commit.authored),
            merge: commit.parents.len() > 1,
        });
        let others = branch.iter().map(|work| work.author).filter(|author| *author != commit.author);
        let mut others: Vec<BranchAuthor> = others.map(|author| BranchAuthor { position: at, author }).collect();
        others.sort_unstable();
        others.dedup();
        self.timeline.branch_authors.append(&mut others);
    }

    fn close_gap(&mut self, before: u32) {
        if let Some(reason) = self.gap.take() {
            self.timeline.gaps.push(LineGap { after: self.last_readable, before, reason });
        }
    }

    fn change(&mut self, at: u32, change: &Change, content: &mut dyn FnMut(&RepoPath, &BlobId) -> Content) {
        let Some(blob) = &change.blob else {
            self.close(at, &change.path);
            return;
        };
        let now = content(&change.path, blob);
        if now == Content::Unreadable {
            let path = self.name(&change.path);
            self.timeline.unread.push(UnreadFile { position: at, path });
        }
        let Some(open) = self.open.get(&change.path) else {
            self.begin(at, &change.path, blob, now);
            return;
        };
        let former = self.former(open, content);
        if now == Content::Unreadable || now == former {
            if let Some(open) = self.open.get_mut(&change.path) {
                open.content = Some(former);
            }
        } else {
            self.close(at, &change.path);
            self.begin(at, &change.path, blob, now);
        }
    }

    /// What the span's first content gave. One that was unreadable or too large left no blob.
    fn former(&self, open: &Open, content: &mut dyn FnMut(&RepoPath, &BlobId) -> Content) -> Content {
        open.content.unwrap_or_else(|| {
            let span = self.timeline.files.get(open.span);
            let blob = span.and_then(|span| Some((&*span.path, span.blob.as_ref()?)));
            blob.map_or(Content::Presence, |(path, blob)| content(path, blob))
        })
    }

    fn begin(&mut self, at: u32, path: &RepoPath, blob: &BlobId, now: Content) {
        let path = self.name(path);
        let (blob, content) = match now {
            Content::Facts(_) => (Some(blob.clone()), now),
            Content::Presence | Content::Unreadable => (None, Content::Presence),
        };
        let span = self.timeline.files.len();
        self.timeline.files.push(FileSpan { path: Arc::clone(&path), from: at, to: None, blob });
        self.open.insert(path, Open { span, content: Some(content) });
    }

    fn close(&mut self, at: u32, path: &RepoPath) {
        let Some(open) = self.open.remove(path) else { return };
        if let Some(span) = self.timeline.files.get_mut(open.span) {
            span.to = Some(at);
        }
    }

    /// A path, kept once while it is there.
    fn name(&self, path: &RepoPath) -> Arc<RepoPath> {
        self.open.get_key_value(path).map_or_else(|| Arc::new(path.clone()), |(known, _)| Arc::clone(known))
    }

    /// The timeline of all commits that were added.
    pub fn finish(mut self) -> Timeline {
        self.close_gap(position(self.timeline.commits.len()));
        self.timeline.files.sort_by(|a, b| (&a.path, a.from).cmp(&(&b.path, b.from)));
        self.timeline
    }
}

/// Lines are shorter than 2^32 commits: git itself could not hold more in memory.
fn position(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
