//! Rolling hashes over so many tokens in a row, and the choice of those that are kept (winnowing: Schleimer, Wilkerson,
//! Aiken, "Winnowing: local algorithms for document fingerprinting", 2003).
//! It must not know a language: what a token weighs is told with it.
use super::model::Print;

/// Tokens of one fingerprint. Equal stretches of `GRAM + WINDOW - 1` tokens, 36, always share one.
pub const GRAM: usize = 25;
const WINDOW: usize = 12;
/// A stretch of fewer different tokens is a pattern that repeats itself: literal tables, chains of equal calls.
const MIN_DISTINCT: u32 = 9;
/// A stretch needs so many different words of its author; keywords and the words of everybody's idioms (error handling,
/// null checks, loops) are equal by chance.
const MIN_OWN: u32 = 3;
/// The base of the polynomial; any odd number will do, as token hashes are mixed well.
const BASE: u64 = 0x9e37_79b9_7f4a_7c15;
/// Slots in which the last position of a token is kept; words of the author use the upper half.
const SLOTS: usize = 2_048;

/// What a token says of the code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Weight {
    /// Punctuation, literals, keywords and words that everybody uses.
    Common,
    /// A name that somebody gave.
    Own,
}

#[derive(Clone, Copy, Default)]
struct Token {
    hash: u64,
    line: u32,
    slot: u16,
}

#[derive(Clone, Copy)]
struct Candidate {
    hash: u64,
    at: u32,
    from_line: u32,
    to_line: u32,
}

/// `hash` of a stretch that is not to be kept.
const NONE: Candidate = Candidate { hash: u64::MAX, at: 0, from_line: 0, to_line: 0 };

/// Takes tokens, gives fingerprints.
pub(super) struct Grams {
    ring: [Token; GRAM],
    n: u32,
    rolling: u64,
    /// 1-based position of the last token of a slot.
    last: Box<[u32; SLOTS]>,
    distinct: u32,
    own: u32,
    window: [Candidate; WINDOW],
    least: Candidate,
    prints: Vec<Print>,
}

impl Grams {
    pub(super) fn new() -> Self {
        Self {
            ring: [Token::default(); GRAM],
            n: 0,
            rolling: 0,
            last: Box::new([0; SLOTS]),
            distinct: 0,
            own: 0,
            window: [NONE; WINDOW],
            least: NONE,
            prints: Vec::new(),
        }
    }

    /// Takes the next token. Hashes are well mixed.
    #[inline]
    pub(super) fn push(&mut self, hash: u64, line: u32, weight: Weight) {
        let at = self.n as usize % GRAM;
        if self.n as usize >= GRAM {
            let old = self.ring[at];
            self.rolling = self.rolling.wrapping_sub(old.hash.wrapping_mul(TOP));
            self.forget(old.slot);
        }
        self.rolling = self.rolling.wrapping_mul(BASE).wrapping_add(hash);
        let slot = (hash >> 54) as u16 | if weight == Weight::Own { 1_024 } else { 0 };
        self.ring[at] = Token { hash, line, slot };
        self.note(slot);
        self.n = self.n.saturating_add(1);
        if self.n as usize >= GRAM {
            let from_line = self.ring[self.n as usize % GRAM].line;
            let keep = self.distinct >= MIN_DISTINCT && self.own >= MIN_OWN;
            let hash = if keep { mix(self.rolling).min(u64::MAX - 1) } else { u64::MAX };
            self.offer(Candidate { hash, at: self.n - GRAM as u32, from_line, to_line: line });
        }
    }

    /// Takes the oldest token out of the counts, unless it stands in the stretch again.
    fn forget(&mut self, slot: u16) {
        if self.last[usize::from(slot)] == self.n - GRAM as u32 + 1 {
            self.distinct -= 1;
            self.own -= u32::from(slot >= 1_024);
        }
    }

    fn note(&mut self, slot: u16) {
        let last = &mut self.last[usize::from(slot)];
        // The position of the token that was forgotten just now, or one before it.
        if *last == 0 || *last + (GRAM as u32) <= self.n + 1 {
            self.distinct += 1;
            self.own += u32::from(slot >= 1_024);
        }
        *last = self.n + 1;
    }

    /// Keeps the least of each window, the rightmost of equals, once.
    fn offer(&mut self, new: Candidate) {
        self.window[new.at as usize % WINDOW] = new;
        let fresh = if new.hash <= self.least.hash {
            self.least = new;
            true
        } else if self.least.at + WINDOW as u32 <= new.at {
            self.least = self.least_of_window(new.at);
            true
        } else {
            new.at + 1 == WINDOW as u32
        };
        if fresh && new.at + 1 >= WINDOW as u32 {
            self.keep();
        }
    }

    fn least_of_window(&self, newest: u32) -> Candidate {
        let mut least = NONE;
        for back in (0..WINDOW as u32).rev() {
            let candidate = self.window[(newest - back) as usize % WINDOW];
            if candidate.hash <= least.hash {
                least = candidate;
            }
        }
        least
    }

    fn keep(&mut self) {
        let Candidate { hash, at, from_line, to_line } = self.least;
        if hash != u64::MAX {
            self.prints.push(Print { hash, token: at, from_line, to_line });
        }
    }

    /// The fingerprints in the order of the file. A file shorter than a window keeps its least.
    pub(super) fn finish(mut self) -> Vec<Print> {
        if (self.n as usize) < GRAM + WINDOW - 1 {
            self.keep();
        }
        self.prints
    }
}

/// `BASE` to the power of `GRAM - 1`: the factor of the oldest token.
const TOP: u64 = {
    let (mut power, mut i) = (1_u64, 1);
    while i < GRAM {
        power = power.wrapping_mul(BASE);
        i += 1;
    }
    power
};

/// Spreads all bits (the finaliser of MurmurHash3, by Austin Appleby, public domain).
#[inline]
pub(super) const fn mix(mut hash: u64) -> u64 {
    hash ^= hash >> 33;
    hash = hash.wrapping_mul(0xff51_afd7_ed55_8ccd);
    hash ^= hash >> 33;
    hash = hash.wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    hash ^ (hash >> 33)
}
