//! Counts which lines of a text were added and removed, as `git diff --numstat` does.
//! It must not read a repository, and keeps no text.
use gix::diff::blob::{Algorithm, Diff, Token};
use std::{
    collections::HashMap,
    hash::{BuildHasherDefault, Hasher},
};

/// How two texts differ.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Counted {
    pub added: u32,
    pub removed: u32,
    /// Whether they have the same letters and digits (and bytes of no ASCII) in the same order.
    pub formatting: bool,
}

/// Compares texts, one pair after the other.
#[derive(Default)]
pub(super) struct Lines {
    diff: Diff,
    before: Vec<Token>,
    after: Vec<Token>,
    numbers: HashMap<u64, Token, BuildHasherDefault<AsItIs>>,
}

impl Lines {
    /// Compares two texts by git's default algorithm. Lines are told apart by a hash of 64 bits.
    pub(super) fn compare(&mut self, before: &[u8], after: &[u8]) -> Counted {
        let (front, back) = common_ends(before, after);
        let (old, new) = (&before[front..before.len() - back], &after[front..after.len() - back]);
        let formatting = same_words(old, new);
        if old.is_empty() || new.is_empty() {
            return Counted { added: n_lines(new), removed: n_lines(old), formatting };
        }
        self.numbers.clear();
        self.before.clear();
        self.after.clear();
        number(&mut self.numbers, old, &mut self.before);
        let n_old = self.numbers.len();
        number(&mut self.numbers, new, &mut self.after);
        let shared = self.after.iter().any(|token| (token.0 as usize) < n_old);
        if !shared {
            return Counted { added: count(self.after.len()), removed: count(self.before.len()), formatting };
        }
        // What the algorithm takes for a match depends on how often a line occurs in the whole text.
        self.surround(&before[..front], &before[before.len() - back..]);
        self.diff.compute_with(Algorithm::Myers, &self.before, &self.after, count(self.numbers.len()));
        Counted { added: self.diff.count_additions(), removed: self.diff.count_removals(), formatting }
    }

    /// Puts the lines that both texts begin and end with around those that differ.
    fn surround(&mut self, front: &[u8], back: &[u8]) {
        let (mut first, mut last) = (vec![], vec![]);
        number(&mut self.numbers, front, &mut first);
        number(&mut self.numbers, back, &mut last);
        for side in [&mut self.before, &mut self.after] {
            side.splice(0..0, first.iter().copied());
            side.extend_from_slice(&last);
        }
    }
}

/// Lines of a text; a last one without its end counts.
pub(super) fn n_lines(text: &[u8]) -> u32 {
    let ends = memchr::memchr_iter(b'\n', text).count();
    count(ends + usize::from(text.last().is_some_and(|last| *last != b'\n')))
}

/// Hashes of the lines that hold a letter or digit, sorted.
pub(super) fn telling_lines(text: &[u8]) -> Vec<u64> {
    let mut hashes: Vec<u64> = lines(text).filter(|line| line.iter().any(|byte| tells(*byte))).map(hash).collect();
    hashes.sort_unstable();
    hashes
}

/// How many of two sorted lists of hashes are equal, each once.
pub(super) fn n_equal(a: &[u64], b: &[u64]) -> usize {
    let (mut i, mut j, mut n) = (0, 0, 0);
    while let (Some(one), Some(other)) = (a.get(i), b.get(j)) {
        n += usize::from(one == other);
        (i, j) = (i + usize::from(one <= other), j + usize::from(other <= one));
    }
    n
}

fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

fn number(numbers: &mut HashMap<u64, Token, BuildHasherDefault<AsItIs>>, text: &[u8], out: &mut Vec<Token>) {
    for line in lines(text) {
        let next = Token(count(numbers.len()));
        out.push(*numbers.entry(hash(line)).or_insert(next));
    }
}

/// Lines with their ends.
fn lines(text: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut start = 0;
    let ends = memchr::memchr_iter(b'\n', text).map(|at| at + 1);
    let ends = ends.chain(text.last().filter(|last| **last != b'\n').map(|_| text.len()));
    ends.map(move |end| &text[std::mem::replace(&mut start, end)..end])
}

/// Bytes of whole lines at the front and at the back that are the same.
fn common_ends(a: &[u8], b: &[u8]) -> (usize, usize) {
    let front = common_front(a, b);
    let front = memchr::memrchr(b'\n', &a[..front]).map_or(0, |end| end + 1);
    let (a, b) = (&a[front..], &b[front..]);
    let back = common_back(a, b);
    // Where the equal bytes begin, a line begins in both texts only behind the end of another one.
    let begins = |text: &[u8]| text.len() == back || text[text.len() - back - 1] == b'\n';
    if begins(a) && begins(b) {
        return (front, back);
    }
    let tail = &a[a.len() - back..];
    (front, memchr::memchr(b'\n', tail).map_or(0, |end| back - end - 1))
}

/// Bytes that are compared at once, which the compiler turns into wide instructions.
const STRIDE: usize = 64;

fn common_front(a: &[u8], b: &[u8]) -> usize {
    let n_strides = a.as_chunks::<STRIDE>().0.iter().zip(b.as_chunks::<STRIDE>().0).take_while(|(a, b)| a == b).count();
    let start = n_strides * STRIDE;
    start + a[start..].iter().zip(&b[start..]).take_while(|(a, b)| a == b).count()
}

fn common_back(a: &[u8], b: &[u8]) -> usize {
    let (wide_a, wide_b) = (a.as_rchunks::<STRIDE>().1, b.as_rchunks::<STRIDE>().1);
    let n = wide_a.iter().rev().zip(wide_b.iter().rev()).take_while(|(a, b)| a == b).count() * STRIDE;
    let (a, b) = (&a[..a.len() - n], &b[..b.len() - n]);
    n + a.iter().rev().zip(b.iter().rev()).take_while(|(a, b)| a == b).count()
}

fn same_words(a: &[u8], b: &[u8]) -> bool {
    let words = |text: &'_ [u8]| text.iter().copied().filter(|byte| tells(*byte)).collect::<Vec<u8>>();
    let first = |text: &[u8]| text.iter().copied().find(|byte| tells(*byte));
    first(a) == first(b) && words(a) == words(b)
}

fn tells(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte >= 0x80
}

/// A hash of 64 bits by wide multiplication; quick, and good enough to tell lines of text apart.
fn hash(line: &[u8]) -> u64 {
    const FIRST: u64 = 0x9e37_79b9_7f4a_7c15;
    const SECOND: u64 = 0xd1b5_4a32_d192_ed03;
    let mix = |a: u64, b: u64| {
        let wide = u128::from(a) * u128::from(b);
        (wide as u64) ^ ((wide >> 64) as u64)
    };
    let (words, rest) = line.as_chunks::<8>();
    let mut last = [0; 8];
    last[..rest.len()].copy_from_slice(rest);
    let start = FIRST ^ line.len() as u64;
    let state = words.iter().fold(start, |state, word| mix(state ^ u64::from_le_bytes(*word), SECOND) ^ FIRST);
    mix(state ^ u64::from_le_bytes(last), SECOND) ^ state.rotate_left(29)
}

/// Takes a number that is a hash already.
#[derive(Default)]
struct AsItIs(u64);

impl Hasher for AsItIs {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        self.0 = hash(bytes);
    }

    fn write_u64(&mut self, number: u64) {
        self.0 = number;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use gix::diff::blob::InternedInput;
    use proptest::prelude::*;

    fn of(before: &str, after: &str) -> (u32, u32, bool) {
        let counted = Lines::default().compare(before.as_bytes(), after.as_bytes());
        (counted.added, counted.removed, counted.formatting)
    }

    #[test]
    fn lines_are_counted_with_and_without_their_last_end() {
        for (before, after, expected) in [
            ("a\nb\n", "a\nb\nc\n", (1, 0, false)),
            ("a\nb", "a\nb\n", (1, 1, true)),
            ("a\nb", "a\nb\nc", (2, 1, false)),
            ("a\n", "a\r\n", (1, 1, true)),
            ("x\na\n", "a\n", (0, 1, false)),
            ("{\n  a;\n}\n", "{ a; }\n", (1, 3, true)),
            ("a\nb\nc\n", "a\nx\nc\n", (1, 1, false)),
            ("é\n", "è\n", (1, 1, false)),
            ("", "\n", (1, 0, true)),
        ] {
            assert_eq!(of(before, after), expected, "{before:?} {after:?}");
        }
    }

    fn text() -> impl Strategy<Value = String> {
        let line = prop::sample::select(vec!["a", "b", "}", "", "  a", "call(x)", "call(y)", "longer than a word"]);
        (prop::collection::vec(line, 0..60), any::<bool>())
            .prop_map(|(lines, end)| lines.join("\n") + if end { "\n" } else { "" })
    }

    proptest! {
        #[test]
        fn what_is_skipped_changes_no_count(front in text(), old in text(), new in text(), back in text()) {
            let (before, after) = (format!("{front}{old}{back}"), format!("{front}{new}{back}"));
            let input = InternedInput::new(before.as_bytes(), after.as_bytes());
            let diff = Diff::compute(Algorithm::Myers, &input);
            let (added, removed, formatting) = of(&before, &after);
            prop_assert_eq!((added, removed), (diff.count_additions(), diff.count_removals()));
            let words = |text: &str| text.bytes().filter(|byte| tells(*byte)).collect::<Vec<u8>>();
            prop_assert_eq!(formatting, words(&before) == words(&after));
        }
    }
}
