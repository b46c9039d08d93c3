//! Walks a line from the oldest commit to the newest and says who changed which lines of which file.
//! It must not keep steps beyond a block of bounded size.
use super::{
    Change, FileWork, Follow, Repository, ScanError, Step, Stretch, WorkFile, WorkHead, WorkStep, Worked,
    work_contents::{Contents, Text},
    work_heads::Heads,
    work_lines::{Counted, Lines, n_lines},
    work_renames::{Moved, renames},
};
use shared::{BlobId, RepoPath};
use std::ops::ControlFlow;

/// Commits and changes whose contents are compared together, newest first: git stores an older content as the difference
/// to a newer one, so that reading in that order costs one difference a content instead of a chain of them.
const MAX_BLOCK_STEPS: usize = 8_192;
const MAX_BLOCK_CHANGES: usize = 50_000;

/// A walk on its way.
struct WorkWalk<'a> {
    heads: Heads<'a>,
    contents: Contents<'a>,
    lines: Lines,
    block: Vec<Step>,
    n_changes: usize,
    each: &'a mut dyn FnMut(WorkStep) -> ControlFlow<()>,
}

impl Repository {
    /// Calls `each` for every commit of the stretch, oldest first, with who worked on it and the lines that it added and
    /// removed. `follow` is asked as [`Repository::walk_line`] asks it; files that are binary, larger than 1 MiB or have
    /// a line of more than 20,000 bytes are not there. `on_line` tells by the bytes of its id whether a commit is on the
    /// line.
    ///
    /// # Errors
    /// `RepositoryBroken` when what the first step is compared with cannot be read.
    pub fn walk_work(
        &self,
        stretch: Stretch<'_>,
        follow: &dyn Fn(&str, bool) -> Follow,
        on_line: &dyn Fn(&[u8]) -> bool,
        each: &mut dyn FnMut(WorkStep) -> ControlFlow<()>,
    ) -> Result<(), ScanError> {
        let mut walk = WorkWalk {
            heads: Heads::of(self, stretch.line, on_line),
            contents: Contents::of(self),
            lines: Lines::default(),
            block: vec![],
            n_changes: 0,
            each,
        };
        let mut stopped = ControlFlow::Continue(());
        self.walk_line(stretch, follow, &mut |step| {
            stopped = walk.push(step);
            stopped
        })?;
        if stopped.is_continue() {
            // Whether a walk was stopped is known to who stopped it.
            let _ = walk.settle();
        }
        Ok(())
    }
}

impl WorkWalk<'_> {
    fn push(&mut self, step: Step) -> ControlFlow<()> {
        let n = step.changes.len();
        if !self.block.is_empty() && (self.n_changes + n > MAX_BLOCK_CHANGES || self.block.len() == MAX_BLOCK_STEPS) {
            self.settle()?;
        }
        self.n_changes += n;
        self.block.push(step);
        ControlFlow::Continue(())
    }

    /// Compares the contents of the block, newest first, and hands its steps out, oldest first.
    fn settle(&mut self) -> ControlFlow<()> {
        let mut block = std::mem::take(&mut self.block);
        self.n_changes = 0;
        let mut newest_first = Vec::with_capacity(block.len());
        for step in block.iter_mut().rev() {
            let changes = std::mem::take(&mut step.changes);
            newest_first.push(Compared::of(changes, &mut self.contents, &mut self.lines));
        }
        for (step, compared) in block.into_iter().zip(newest_first.into_iter().rev()) {
            let unknown = || step.unreadable.clone().or(Some(format!("commit {} cannot be read", step.commit.commit)));
            let (head, unreadable) = match self.heads.at(step.position as usize) {
                Some(head) => (head, step.unreadable.clone()),
                None => (nobody(&step), unknown()),
            };
            (self.each)(WorkStep { head, files: compared.files, unreadable, unread: compared.unread })?;
        }
        ControlFlow::Continue(())
    }
}

fn nobody(step: &Step) -> WorkHead {
    WorkHead {
        commit: step.commit.commit.clone(),
        committed: step.commit.committed,
        committer: Default::default(),
        own: Worked { authored: step.commit.authored, ..Worked::default() },
        merge: step.commit.parents.len() > 1,
        branch: vec![],
    }
}

/// What became of the files of one step.
#[derive(Default)]
struct Compared {
    files: Vec<WorkFile>,
    unread: Vec<RepoPath>,
}

/// A file that came or went, with its text.
struct Whole {
    path: RepoPath,
    blob: BlobId,
    text: Text,
}

impl Compared {
    fn of(changes: Vec<Change>, contents: &mut Contents<'_>, lines: &mut Lines) -> Self {
        let mut out = Self::default();
        let (mut came, mut went): (Vec<Whole>, Vec<Whole>) = (vec![], vec![]);
        for Change { path, blob, before } in changes {
            let mut read = |blob: BlobId| {
                let text = contents.text(&blob);
                if text == Text::Unreadable {
                    out.unread.push(path.clone());
                }
                Some((blob, text)).filter(|(_, text)| *text != Text::Other)
            };
            match (before, blob.and_then(&mut read)) {
                (None, None) => {}
                (None, Some((blob, text))) => came.push(Whole { path, blob, text }),
                (Some(before), now) => match (read(before), now) {
                    (Some((_, old)), Some((_, new))) => {
                        let counted = compare(lines, &old, &new);
                        out.files.push(counted.file(path, FileWork::Changed));
                    }
                    (Some((blob, text)), None) => went.push(Whole { path, blob, text }),
                    (None, Some((blob, text))) => came.push(Whole { path, blob, text }),
                    (None, None) => {}
                },
            }
        }
        out.pair(came, went, lines);
        out.files.sort_by(|a, b| a.path.cmp(&b.path));
        out.unread.dedup();
        out
    }

    /// Tells renames from files that came and went.
    fn pair(&mut self, came: Vec<Whole>, went: Vec<Whole>, lines: &mut Lines) {
        let of_came = renames(&moved(&went), &moved(&came));
        let mut went: Vec<Option<Whole>> = went.into_iter().map(Some).collect();
        for (new, from) in came.into_iter().zip(of_came) {
            let old = from.and_then(|from| went.get_mut(from)?.take());
            self.files.push(match old {
                Some(old) => {
                    let counted = compare(lines, &old.text, &new.text);
                    counted.file(new.path, FileWork::Renamed { from: old.path })
                }
                None => {
                    Counted { added: n_lines(bytes(&new.text)), ..Counted::default() }.file(new.path, FileWork::Came)
                }
            });
        }
        for old in went.into_iter().flatten() {
            let counted = Counted { removed: n_lines(bytes(&old.text)), ..Counted::default() };
            self.files.push(counted.file(old.path, FileWork::Went));
        }
    }
}

/// Nothing is said of lines when one of the two cannot be read.
fn compare(lines: &mut Lines, old: &Text, new: &Text) -> Counted {
    match (old, new) {
        (Text::Read(old), Text::Read(new)) => lines.compare(old, new),
        _ => Counted::default(),
    }
}

fn bytes(text: &Text) -> &[u8] {
    match text {
        Text::Read(bytes) => bytes,
        Text::Other | Text::Unreadable => &[],
    }
}

fn moved(files: &[Whole]) -> Vec<Moved<'_>> {
    files.iter().map(|file| Moved { path: &file.path, blob: &file.blob, text: bytes(&file.text) }).collect()
}

impl Counted {
    fn file(self, path: RepoPath, what: FileWork) -> WorkFile {
        WorkFile { path, what, added: self.added, removed: self.removed, formatting: self.formatting }
    }
}
