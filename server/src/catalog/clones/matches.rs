//! Which fingerprints two documents share: an index from fingerprint to documents, and from it the pairs.
//! It must not judge what they share together.
use super::documents::{Document, position};

/// A fingerprint of more documents is pattern of a language or a framework, and tells nothing of two of them.
const MOST_DOCUMENTS: usize = 64;
/// Up to so many, all pairs are looked at; beyond, each with the first only, which keeps work near-linear.
const ALL_PAIRS: usize = 16;
/// A fingerprint that stands more often in one file is a pattern of that file.
const MOST_REPEATS: usize = 8;
/// Matches kept in memory; 16 bytes each.
const MOST_MATCHES: usize = 16_000_000;

/// A fingerprint that two documents share: its positions in the lists of both.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Match {
    /// The lower document in the upper half.
    pub(super) pair: u64,
    pub(super) a: u32,
    pub(super) b: u32,
}

/// All matches, by pair.
pub(super) struct Matched {
    pub(super) pairs: Vec<Match>,
    pub(super) n_common: u64,
    pub(super) n_unpaired: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Posting {
    hash: u64,
    document: u32,
    at: u32,
}

pub(super) fn of(documents: &[Document<'_>]) -> Matched {
    let mut postings: Vec<Posting> = Vec::with_capacity(documents.iter().map(|d| d.print.prints.len()).sum());
    for (document, prints) in documents.iter().map(|document| &document.print.prints).enumerate() {
        let document = position(document);
        postings.extend(prints.iter().enumerate().map(|(at, p)| Posting { hash: p.hash, document, at: position(at) }));
    }
    postings.sort_unstable();
    let mut out = Matched { pairs: Vec::new(), n_common: 0, n_unpaired: 0 };
    for same in postings.chunk_by(|a, b| a.hash == b.hash).filter(|same| same.len() > 1) {
        out.pair_up(documents, same);
    }
    out.pairs.sort_unstable();
    out
}

impl Matched {
    fn pair_up(&mut self, documents: &[Document<'_>], same: &[Posting]) {
        let places: Vec<&[Posting]> =
            same.chunk_by(|a, b| a.document == b.document).filter(|of_one| of_one.len() <= MOST_REPEATS).collect();
        if places.len() > MOST_DOCUMENTS {
            self.n_common += 1;
            return;
        }
        if places.len() > ALL_PAIRS || self.pairs.len() > MOST_MATCHES {
            self.n_unpaired += 1;
        }
        if self.pairs.len() > MOST_MATCHES {
            return;
        }
        let firsts = if places.len() > ALL_PAIRS { 1 } else { places.len() };
        for (at, left) in places.iter().take(firsts).enumerate() {
            for right in &places[at + 1..] {
                self.join(documents, left, right);
            }
        }
    }

    fn join(&mut self, documents: &[Document<'_>], left: &[Posting], right: &[Posting]) {
        let (a, b) = (left[0].document, right[0].document);
        if !documents[a as usize].spans_with(&documents[b as usize]) {
            return;
        }
        let pair = u64::from(a) << 32 | u64::from(b);
        for left in left {
            self.pairs.extend(right.iter().map(|right| Match { pair, a: left.at, b: right.at }));
        }
    }
}
