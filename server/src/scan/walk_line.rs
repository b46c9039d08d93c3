//! Walks a line from the oldest commit to the newest and says what each did to the files.
//! It must not keep steps beyond a block of bounded size.
use super::{
    Change, Follow, PastCommit, Repository, ScanError, Step, Stretch, error,
    objects::Objects,
    repository::{commit_id, object_id},
    tree_diff::TreeDiff,
};
use gix::ObjectId;
use std::ops::{ControlFlow, Range};

/// Commits that are compared together, newest first: git stores an older tree as the difference to a newer one, so that
/// reading in that order costs one difference a tree instead of a chain of them.
const BLOCK: usize = 1_024;
/// Changes that a block may hold before it is cut in two.
const MAX_BLOCK_CHANGES: usize = 50_000;

/// A walk on its way.
struct LineWalk<'a> {
    stretch: Stretch<'a>,
    diff: TreeDiff<'a>,
    /// The root tree of the last commit that was readable.
    last: Option<ObjectId>,
    each: &'a mut dyn FnMut(Step) -> ControlFlow<()>,
}

impl Repository {
    /// Calls `each` for every commit of the stretch, oldest first, with the files that came, changed and went since the
    /// commit before, as far as `follow` wants them: it is asked with a path and whether it is a folder. A rename is one
    /// file that went and one that came; a change of mode alone is none. Names that no file may have are left out, and
    /// so is what lies deeper than the limits allow: the walk of the tip reports them.
    ///
    /// # Errors
    /// `RepositoryBroken` when what the first step is compared with cannot be read.
    pub fn walk_line(
        &self,
        stretch: Stretch<'_>,
        follow: &dyn Fn(&str, bool) -> Follow,
        each: &mut dyn FnMut(Step) -> ControlFlow<()>,
    ) -> Result<(), ScanError> {
        let before = stretch.from.checked_sub(1).and_then(|position| stretch.line.id(position));
        let base = stretch.base.cloned().or(before);
        let mut objects = Objects::of(&self.inner, &self.limits);
        let base = base.map(|base| object_id(base.as_str()).and_then(|id| objects.header(id)));
        let last = base.transpose().map_err(|e| self.broken(&e))?.map(|header| header.tree);
        let diff = TreeDiff::new(objects, &self.limits, follow);
        // Whether a walk was stopped is known to who stopped it.
        let _ = LineWalk { stretch, diff, last, each }.run();
        Ok(())
    }
}

impl LineWalk<'_> {
    fn run(&mut self) -> ControlFlow<()> {
        let (mut at, end) = (self.stretch.from, self.stretch.line.len());
        if self.last.is_none() && at < end {
            // The first commit brings all its files at once: it would fill a block.
            self.single(at)?;
            at += 1;
        }
        while at < end {
            let next = end.min(at + BLOCK);
            self.block(at..next)?;
            at = next;
        }
        ControlFlow::Continue(())
    }

    /// Hands out the steps of some positions. A block that is too large or holds something unreadable is cut in two.
    fn block(&mut self, positions: Range<usize>) -> ControlFlow<()> {
        // Halves still to do, the next one last.
        let mut todo = vec![positions];
        while let Some(positions) = todo.pop() {
            if positions.len() == 1 {
                self.single(positions.start)?;
            } else if let Some(newest_first) = self.steps(positions.clone()) {
                for step in newest_first.into_iter().rev() {
                    (self.each)(step)?;
                }
            } else {
                let middle = positions.start + positions.len() / 2;
                todo.extend([middle..positions.end, positions.start..middle]);
            }
        }
        ControlFlow::Continue(())
    }

    /// The steps of some positions, newest first; `None` when one is unreadable or they hold too many changes.
    fn steps(&mut self, positions: Range<usize>) -> Option<Vec<Step>> {
        let mut headers = Vec::with_capacity(positions.len());
        for position in positions.clone().rev() {
            let id = self.id(position)?;
            headers.push((id, self.diff.objects.header(id).ok()?));
        }
        let (mut steps, mut n_changes) = (Vec::with_capacity(headers.len()), 0);
        for (i, position) in positions.rev().enumerate() {
            let (id, header) = &headers[i];
            let older = headers.get(i + 1).map(|(_, older)| older.tree).or(self.last);
            let changes = self.diff.changes(older, header.tree).ok()?;
            n_changes += changes.len();
            if n_changes > MAX_BLOCK_CHANGES {
                return None;
            }
            steps.push(step(position, header.past(*id), Ok(changes)));
        }
        self.last = headers.first().map(|(_, newest)| newest.tree);
        Some(steps)
    }

    /// Hands out the step of one position, readable or not.
    fn single(&mut self, position: usize) -> ControlFlow<()> {
        let Some(id) = self.id(position) else { return ControlFlow::Continue(()) };
        let header = self.diff.objects.header(id);
        let (commit, changes) = match &header {
            Ok(header) => (header.past(id), self.diff.changes(self.last, header.tree)),
            Err(e) => (unreadable(id), Err(format!("commit {id} cannot be read ({})", error::reason(e)))),
        };
        if let (Ok(header), Ok(_)) = (&header, &changes) {
            self.last = Some(header.tree);
        }
        (self.each)(step(position, commit, changes))
    }

    fn id(&self, position: usize) -> Option<ObjectId> {
        self.stretch.line.bytes().nth(position).and_then(|bytes| ObjectId::try_from(bytes).ok())
    }
}

fn step(position: usize, commit: PastCommit, changes: Result<Vec<Change>, String>) -> Step {
    let position = u32::try_from(position).unwrap_or(u32::MAX);
    match changes {
        Ok(changes) => Step { position, commit, changes, unreadable: None },
        Err(reason) => Step { position, commit, changes: vec![], unreadable: Some(reason) },
    }
}

fn unreadable(id: ObjectId) -> PastCommit {
    PastCommit { commit: commit_id(id), committed: 0, authored: 0, author: 0, parents: vec![] }
}
