//! The files that live at each position, and the positions at which anything that matters changed.
//! It must not judge what it finds there.
use super::{
    clock::Clock,
    reading::{Reading, hash},
};
use crate::{
    catalog::model::RepositoryCatalog,
    facts::model::{FileFacts, RepositoryFiles, SourceFacts},
    scan::{Tip, TreeEntry},
};
use shared::{BlobId, RepoPath};
use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::Arc,
};

/// The files that live at one position. Spans are numbered in path order.
#[derive(Default, Clone)]
struct Live {
    /// Files whose content or path matters for itself.
    single: BTreeSet<usize>,
    /// Source files by their sort.
    sorts: HashMap<u64, BTreeSet<usize>>,
    /// Files whose content is followed.
    followed: BTreeSet<usize>,
    /// How many live spans give each part of the signature.
    parts: HashMap<u64, u32>,
    /// The sum of the parts that are there.
    signature: u64,
}

/// Walks the positions of a timeline, oldest first.
pub(super) struct Sweep<'a> {
    reading: &'a Reading<'a>,
    /// (position, whether it begins, span): ends before beginnings.
    events: Vec<(u32, bool, usize)>,
    next_event: usize,
    live: Live,
    /// The followed files when a position was last judged.
    before: BTreeSet<usize>,
    judged: Option<u64>,
    last: Option<u32>,
    is_done: bool,
}

impl<'a> Sweep<'a> {
    pub(super) fn new(reading: &'a Reading<'a>) -> Self {
        let mut events = vec![];
        for (at, (span, read)) in reading.timeline.files.iter().zip(&reading.spans).enumerate() {
            if read.matters() || span.blob.is_some() {
                events.push((span.from, true, at));
                events.extend(span.to.map(|to| (to, false, at)));
            }
        }
        events.sort_unstable();
        let last = u32::try_from(reading.timeline.line.len()).ok().and_then(|n| n.checked_sub(1));
        Self {
            reading,
            events,
            next_event: 0,
            live: Live::default(),
            before: BTreeSet::new(),
            judged: None,
            last,
            is_done: false,
        }
    }

    /// The next position that must be judged: the first, the last, and each at which the signature changed.
    pub(super) fn next(&mut self) -> Option<u32> {
        let last = self.last.filter(|_| !self.is_done)?;
        loop {
            let first = if self.judged.is_none() { Some(0) } else { None };
            let position = first.or_else(|| self.events.get(self.next_event).map(|event| event.0)).unwrap_or(last);
            let position = position.min(last);
            self.advance_to(position);
            let changed = self.judged != Some(self.live.signature);
            if position == last {
                self.is_done = true;
            }
            if changed || self.is_done {
                return Some(position);
            }
        }
    }

    /// Keeps what lives now as what was judged last.
    pub(super) fn judged(&mut self) {
        self.judged = Some(self.live.signature);
        self.before = self.live.followed.clone();
    }

    fn advance_to(&mut self, position: u32) {
        while let Some((at, begins, span)) = self.events.get(self.next_event).copied() {
            if at > position {
                break;
            }
            self.live.apply(self.reading, span, begins);
            self.next_event += 1;
        }
    }

    /// The files of the position reached, as the tip's scan would hand them over: those that matter, and one source file
    /// of each sort.
    pub(super) fn files(&self, position: u32, clock: &Clock<'_>, tip: &RepositoryCatalog) -> RepositoryFiles {
        let sources = self.live.sorts.values().filter_map(|files| files.first().copied());
        let shown: BTreeSet<usize> = self.live.single.iter().copied().chain(sources).collect();
        let none = BlobId::new("0".repeat(tip.tip.commit.as_str().len())).expect("as many zeros as an id has digits");
        let mut files = RepositoryFiles {
            repository: tip.repository.clone(),
            tip: Tip { commit: clock.moment(position).commit, ..tip.tip.clone() },
            entries: Vec::with_capacity(shown.len()),
            parsed: BTreeMap::new(),
        };
        for at in shown {
            let (span, read) = (&self.reading.timeline.files[at], &self.reading.spans[at]);
            let path: &RepoPath = &span.path;
            let blob = span.blob.clone().unwrap_or_else(|| none.clone());
            files.entries.push(TreeEntry { path: path.clone(), blob, executable: false });
            for (parser, facts) in &read.parsed {
                files.parsed.insert((path.clone(), (*parser).to_owned()), Arc::clone(facts));
            }
            if let Some((_, language)) = read.source {
                let stand_in = || Arc::new(only_language(language));
                files.parsed.entry((path.clone(), "source".to_owned())).or_insert_with(stand_in);
            }
        }
        files
    }

    /// Whether most of the followed contents that lay below one folder when it was last judged lie below another now.
    pub(super) fn moved(&self, from: &RepoPath, to: &RepoPath) -> bool {
        let contents = |spans: &BTreeSet<usize>, folder: &RepoPath| -> BTreeSet<&'a BlobId> {
            let files = &self.reading.timeline.files;
            let below = spans.iter().map(|at| &files[*at]).filter(|span| span.path.starts_with(folder));
            below.filter_map(|span| span.blob.as_ref()).collect()
        };
        let (before, now) = (contents(&self.before, from), contents(&self.live.followed, to));
        let n_kept = before.intersection(&now).count();
        n_kept > 0 && n_kept * 2 > before.len()
    }
}

/// A source file whose content was not read.
fn only_language(language: &str) -> FileFacts {
    let source = SourceFacts { language: Some(language.to_owned()), code: 1, generated: None, imports: vec![] };
    FileFacts { source: Some(source), ..FileFacts::default() }
}

impl Live {
    fn apply(&mut self, reading: &Reading<'_>, at: usize, begins: bool) {
        let read = &reading.spans[at];
        let set = |files: &mut BTreeSet<usize>| if begins { files.insert(at) } else { files.remove(&at) };
        if reading.timeline.files[at].blob.is_some() {
            set(&mut self.followed);
        }
        if read.content.is_some() || read.globs.is_some() {
            set(&mut self.single);
        }
        if let Some((sort, _)) = read.source {
            set(self.sorts.entry(sort).or_default());
        }
        let parts = [read.content, read.globs, read.source.map(|(sort, _)| sort)];
        for part in parts.into_iter().flatten() {
            self.count(part, begins);
        }
    }

    fn count(&mut self, part: u64, begins: bool) {
        let n = self.parts.entry(part).or_default();
        let was_there = *n > 0;
        *n = if begins { *n + 1 } else { n.saturating_sub(1) };
        let is_there = *n > 0;
        if !is_there {
            self.parts.remove(&part);
        }
        // Parts are hashed once more, so that sums of unlike parts are unlikely to be equal.
        match (was_there, is_there) {
            (false, true) => self.signature = self.signature.wrapping_add(hash(&part)),
            (true, false) => self.signature = self.signature.wrapping_sub(hash(&part)),
            _ => {}
        }
    }
}
