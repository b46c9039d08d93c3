//! Clusters of files that are equal but for a little, and of stretches of files.
//! It must not look at bytes: what is shared is told by fingerprints.
use super::{
    documents::{Document, position},
    matches::Match,
    model::{Cluster, CodeFile, Copied},
    runs::{self, Run},
    spans::{Groups, jaccard},
};
use shared::CloneKind;
use std::collections::{BTreeMap, HashMap, HashSet};

/// A stretch is shorter by fingerprints than by tokens: on either side the next one that is not shared may begin just
/// outside, up to a window away. So many tokens by fingerprints are 50 in the file, on average.
const MIN_TOKENS: u32 = 40;
const MIN_LINES: u32 = 5;
/// Two files are near-clones when their stretches hold so much of the smaller and of the larger, in hundredths.
const OF_SMALLER: usize = 80;
const OF_LARGER: usize = 60;
/// Stretches of a file are one when they share so much of what they cover.
const SAME_STRETCH: u32 = 60;
/// Stretches after one that are compared with it.
const LOOK_AHEAD: usize = 64;

/// A stretch of a document's fingerprints, both inclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Stretch {
    document: u32,
    from: u32,
    to: u32,
}

/// What pairs of documents share.
#[derive(Default)]
struct Pairs {
    /// Near-clones.
    whole: Vec<(u32, u32)>,
    parts: Vec<(Stretch, Stretch)>,
}

pub(super) fn clusters(files: &[CodeFile], documents: &[Document<'_>], matches: &[Match]) -> Vec<Cluster> {
    let pairs = pairs(documents, matches);
    let mut groups = Groups::new(documents.len());
    pairs.whole.iter().for_each(|(a, b)| groups.join(*a, *b));
    let maker = Maker { files, documents };
    let mut wholes: BTreeMap<u32, Vec<Stretch>> = BTreeMap::new();
    for document in pairs.whole.iter().flat_map(|(a, b)| [*a, *b]).collect::<std::collections::BTreeSet<_>>() {
        wholes.entry(groups.of(document)).or_default().push(maker.whole(document));
    }
    let mut out: Vec<Cluster> = wholes.values().filter_map(|stretches| maker.cluster(stretches, true)).collect();
    let mut parts = pairs.parts;
    parts.retain(|(a, b)| groups.of(a.document) != groups.of(b.document));
    out.extend(together(&parts).iter().filter_map(|stretches| maker.cluster(stretches, false)));
    out
}

fn pairs(documents: &[Document<'_>], matches: &[Match]) -> Pairs {
    let mut out = Pairs::default();
    for of_pair in matches.chunk_by(|a, b| a.pair == b.pair) {
        let (a, b) = ((of_pair[0].pair >> 32) as u32, of_pair[0].pair as u32);
        let (left, right) = (&documents[a as usize], &documents[b as usize]);
        let runs = runs::of(left, right, of_pair);
        if is_near_clone(left, right, &runs) {
            out.whole.push((a, b));
            continue;
        }
        for run in runs.iter().filter(|run| is_long(left, run.a) && is_long(right, run.b)) {
            let stretch = |document, (from, to)| Stretch { document, from, to };
            out.parts.push((stretch(a, run.a), stretch(b, run.b)));
        }
    }
    out
}

fn is_near_clone(a: &Document<'_>, b: &Document<'_>, runs: &[Run]) -> bool {
    let (a, b) = (a.print.prints.len(), b.print.prints.len());
    let shared: usize = runs.iter().map(|run| run.shared as usize).sum();
    a.min(b) > 2 && shared * 100 >= a.min(b) * OF_SMALLER && shared * 100 >= a.max(b) * OF_LARGER
}

fn is_long(document: &Document<'_>, stretch: (u32, u32)) -> bool {
    let prints = &document.print.prints;
    let n_lines = prints[stretch.1 as usize].to_line.saturating_sub(prints[stretch.0 as usize].from_line) + 1;
    n_lines >= MIN_LINES && runs::tokens(prints, stretch) >= MIN_TOKENS
}

/// Stretches that hold the same code: the two of a pair, and those of one document that mostly cover each other.
fn together(parts: &[(Stretch, Stretch)]) -> Vec<Vec<Stretch>> {
    let stretches: Vec<Stretch> = parts.iter().flat_map(|(a, b)| [*a, *b]).collect();
    let mut groups = Groups::new(stretches.len());
    for at in (0..stretches.len()).step_by(2) {
        groups.join(position(at), position(at + 1));
    }
    let mut order: Vec<u32> = (0..position(stretches.len())).collect();
    order.sort_by_key(|at| stretches[*at as usize]);
    for (at, one) in order.iter().enumerate() {
        let stretch = stretches[*one as usize];
        for other in order[at + 1..].iter().take(LOOK_AHEAD) {
            let next = stretches[*other as usize];
            if next.document != stretch.document || next.from > stretch.to {
                break;
            }
            if jaccard((stretch.from, stretch.to), (next.from, next.to)) >= SAME_STRETCH {
                groups.join(*one, *other);
            }
        }
    }
    let mut out: BTreeMap<u32, Vec<Stretch>> = BTreeMap::new();
    for (at, stretch) in stretches.iter().enumerate() {
        out.entry(groups.of(position(at))).or_default().push(*stretch);
    }
    out.into_values().map(hulls).collect()
}

/// Overlapping stretches of a document become one.
fn hulls(mut stretches: Vec<Stretch>) -> Vec<Stretch> {
    stretches.sort_unstable();
    let mut out: Vec<Stretch> = Vec::new();
    for stretch in stretches {
        match out.last_mut() {
            Some(last) if last.document == stretch.document && stretch.from <= last.to => {
                last.to = last.to.max(stretch.to)
            }
            _ => out.push(stretch),
        }
    }
    out
}

struct Maker<'a> {
    files: &'a [CodeFile],
    documents: &'a [Document<'a>],
}

impl Maker<'_> {
    fn whole(&self, document: u32) -> Stretch {
        let n = self.documents[document as usize].print.prints.len();
        Stretch { document, from: 0, to: position(n.saturating_sub(1)) }
    }

    fn hashes(&self, stretch: &Stretch) -> HashSet<u64> {
        let prints = &self.documents[stretch.document as usize].print.prints;
        prints[stretch.from as usize..=stretch.to as usize].iter().map(|print| print.hash).collect()
    }

    /// Nothing when the stretches turn out to lie in one repository.
    fn cluster(&self, stretches: &[Stretch], whole: bool) -> Option<Cluster> {
        let hashes: Vec<HashSet<u64>> = stretches.iter().map(|stretch| self.hashes(stretch)).collect();
        let common = Common::of(&hashes);
        let mut copies: Vec<Copied> = Vec::new();
        for (stretch, hashes) in stretches.iter().zip(&hashes) {
            let similarity = common.share(hashes);
            let files = &self.documents[stretch.document as usize].files;
            copies.extend(files.iter().map(|file| self.copy(*file, stretch, whole, similarity)));
        }
        copies.sort_by_key(|c| {
            let file = &self.files[c.file as usize];
            (file.repository, file.path.clone(), c.from_line)
        });
        let first = &stretches[0];
        let repository = |c: &Copied| self.files[c.file as usize].repository;
        if copies.iter().all(|c| repository(c) == repository(&copies[0])) {
            return None;
        }
        let print = self.documents[first.document as usize].print;
        let n_tokens = if whole { print.n_tokens } else { runs::tokens(&print.prints, (first.from, first.to)) };
        Some(Cluster {
            id: format!("{:016x}", common.id),
            kind: CloneKind::Region,
            language: print.language.clone(),
            n_lines: copies[0].to_line - copies[0].from_line + 1,
            copies,
            n_tokens,
        })
    }

    /// Files of one document have the same fingerprints, each on lines of its own.
    fn copy(&self, file: u32, stretch: &Stretch, whole: bool, similarity: u16) -> Copied {
        let print = &self.files[file as usize].print;
        let places = (print.prints.get(stretch.from as usize), print.prints.get(stretch.to as usize));
        match places {
            (Some(from), Some(to)) if !whole => {
                Copied { file, from_line: from.from_line, to_line: to.to_line.max(from.from_line), similarity }
            }
            _ => super::identity::whole(self.files, file, similarity),
        }
    }
}

/// The code that copies have in common.
struct Common {
    hashes: HashSet<u64>,
    /// Follows from the code that most copies share, so that another copy does not change it.
    id: u64,
}

impl Common {
    fn of(copies: &[HashSet<u64>]) -> Self {
        let mut counts: HashMap<u64, u32> = HashMap::new();
        for hash in copies.iter().flatten() {
            *counts.entry(*hash).or_default() += 1;
        }
        let id = counts.iter().map(|(hash, n)| (std::cmp::Reverse(*n), *hash)).min().map_or(0, |(_, hash)| hash);
        let hashes = counts.into_iter().filter(|(_, n)| *n > 1).map(|(hash, _)| hash).collect();
        Self { hashes, id }
    }

    /// How much of it a copy holds, in thousandths.
    fn share(&self, copy: &HashSet<u64>) -> u16 {
        let held = copy.iter().filter(|hash| self.hashes.contains(hash)).count();
        u16::try_from(held * 1_000 / self.hashes.len().max(1)).unwrap_or(1_000)
    }
}
