//! Reads who worked on the commits of a line, and on what their merges brought.
//! It must not read trees. A commit that cannot be read is absent.
use super::{
    Line, Repository, ScanError, WorkHead, Worked, generations::Generations, packs::Packs, repository::commit_id,
    work_head::NamedHeader,
};
use gix::{ObjectId, objs::Kind, odb::pack::data::entry::Header};
use std::{
    collections::{HashMap, HashSet},
    ops::Range,
    rc::Rc,
};

/// Commits of one merged branch that are looked at.
const MAX_BRANCH: usize = 200;
/// Commits of the line before a merge whose own merged branches are known to be merged already. A branch that lives for
/// years and is merged again and again brings each commit once, as long as it comes back in this many commits.
const MERGED_WINDOW: usize = 1_000;
/// Bytes of commits that others are stored as the difference to.
const MAX_BASE_BYTES: usize = 1 << 20;
/// Commits that are kept once they were read.
const MAX_KNOWN: usize = 8_192;

/// Whether a commit, given by the bytes of its id, is on the line.
pub(super) type OnLine<'a> = &'a dyn Fn(&[u8]) -> bool;

/// A reader of commits and the people they name.
pub(super) struct Heads<'a> {
    repository: &'a Repository,
    line: &'a Line,
    on_line: OnLine<'a>,
    packs: Packs,
    known: Generations<ObjectId, Option<Rc<NamedHeader>>>,
    /// The tips of merged branches, and the last position that merged each; of positions before `seen`.
    merged: HashMap<ObjectId, usize>,
    seen: Option<usize>,
}

impl<'a> Heads<'a> {
    pub(super) fn of(repository: &'a Repository, line: &'a Line, on_line: OnLine<'a>) -> Self {
        let packs = Packs::of(&repository.inner, &repository.limits, Header::Commit, MAX_BASE_BYTES);
        let known = Generations::new(MAX_KNOWN);
        Self { repository, line, on_line, packs, known, merged: HashMap::new(), seen: None }
    }

    /// The commit at a position of the line. Positions are asked for in rising order.
    pub(super) fn at(&mut self, position: usize) -> Option<WorkHead> {
        let id = self.id(position)?;
        let header = self.header(id)?;
        let others = header.parents.get(1..).unwrap_or_default();
        let branch = if others.is_empty() { vec![] } else { self.branch(position, others) };
        self.merged.extend(others.iter().map(|other| (*other, position)));
        Some(WorkHead {
            commit: commit_id(id),
            committed: header.committed,
            committer: header.committer.clone(),
            own: header.own.clone(),
            merge: !others.is_empty(),
            branch,
        })
    }

    /// For each parent of a merge but the first its first parents up to one that is on the line, or was merged before.
    fn branch(&mut self, position: usize, parents: &[ObjectId]) -> Vec<Worked> {
        self.look_back(position);
        let (mut taken, mut out) = (HashSet::new(), vec![]);
        for parent in parents {
            let mut branch = vec![];
            let mut next = Some(*parent);
            while let Some(id) = next.filter(|id| taken.len() < MAX_BRANCH && !(self.on_line)(id.as_bytes())) {
                if self.was_merged(&id, position) || !taken.insert(id) {
                    break;
                }
                let Some(header) = self.header(id) else { break };
                branch.push(header.own.clone());
                next = header.parents.first().copied();
            }
            out.extend(branch.into_iter().rev());
        }
        out
    }

    fn was_merged(&self, id: &ObjectId, position: usize) -> bool {
        self.merged.get(id).is_some_and(|at| at + MERGED_WINDOW >= position)
    }

    /// Learns what the commits just before the first merge merged, and forgets what is too long ago.
    fn look_back(&mut self, position: usize) {
        if self.seen.is_none() {
            for before in position.saturating_sub(MERGED_WINDOW)..position {
                let header = self.id(before).and_then(|id| self.header(id));
                let others = header.iter().flat_map(|header| header.parents.iter().skip(1));
                self.merged.extend(others.map(|other| (*other, before)));
            }
            self.seen = Some(position);
        }
        if self.merged.len() > 8 * MERGED_WINDOW {
            self.merged.retain(|_, at| *at + MERGED_WINDOW >= position);
        }
    }

    fn id(&self, position: usize) -> Option<ObjectId> {
        self.line.bytes().nth(position).and_then(|bytes| ObjectId::try_from(bytes).ok())
    }

    fn header(&mut self, id: ObjectId) -> Option<Rc<NamedHeader>> {
        if let Some(known) = self.known.get(&id) {
            return known.clone();
        }
        let header = match self.packs.object(&id, u64::MAX) {
            Some(bytes) => NamedHeader::parse(&bytes),
            None => self.stored(id),
        };
        let header = header.map(Rc::new);
        self.known.put(id, header.clone(), 1);
        header
    }

    fn stored(&self, id: ObjectId) -> Option<NamedHeader> {
        let object = self.repository.inner.find_object(id).ok().filter(|object| object.kind == Kind::Commit)?;
        NamedHeader::parse(&object.data)
    }
}

impl Repository {
    /// Who worked on some commits of a line and on what they merged.
    ///
    /// # Errors
    /// `RepositoryBroken` when one of them cannot be read.
    pub fn work_heads(
        &self,
        line: &Line,
        positions: Range<usize>,
        on_line: &dyn Fn(&[u8]) -> bool,
    ) -> Result<Vec<WorkHead>, ScanError> {
        let mut heads = Heads::of(self, line, on_line);
        let unreadable = || ScanError::broken(&self.git_dir, "a commit that was read before cannot be read");
        positions.map(|position| heads.at(position).ok_or_else(unreadable)).collect()
    }
}
