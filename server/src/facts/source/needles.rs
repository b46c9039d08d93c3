//! Finds the ruleset's symbols and module paths in a source file by one pass of an automaton.
//! It must not know why a needle is looked for.
use super::{import, lines::Line};
use crate::facts::model::{Needle, SourceHit};
use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use tokei::LanguageType;

/// Up to so many bytes of needles the fastest automaton is built; above, a smaller one. Chosen so that it stays under
/// some 20 MiB.
const DFA_BYTES: usize = 32 << 10;

/// All needles of a ruleset, ready to be looked for together.
pub(super) struct Needles {
    needles: Vec<Needle>,
    automaton: Option<AhoCorasick>,
}

impl Needles {
    pub(super) fn new(mut needles: Vec<Needle>) -> Self {
        needles.retain(|needle| !text(needle).is_empty());
        let total: usize = needles.iter().map(|needle| text(needle).len()).sum();
        let kind = if total <= DFA_BYTES { AhoCorasickKind::DFA } else { AhoCorasickKind::ContiguousNFA };
        let automaton = AhoCorasick::builder()
            .match_kind(MatchKind::Standard)
            .kind(Some(kind))
            .build(needles.iter().map(text))
            .ok()
            .filter(|_| !needles.is_empty());
        Self { needles, automaton }
    }

    /// The first place of each needle that is found, in the needles' order.
    pub(super) fn find(&self, language: LanguageType, bytes: &[u8], lines: &[Line]) -> Vec<SourceHit> {
        let Some(automaton) = &self.automaton else { return vec![] };
        let mut found: Vec<(usize, u32)> = vec![];
        for hit in automaton.find_overlapping_iter(bytes) {
            let (needle, span) = (hit.pattern().as_usize(), (hit.start(), hit.end()));
            if found.iter().any(|(known, _)| *known == needle) {
                continue;
            }
            let line = lines.partition_point(|line| line.start <= span.0) - 1;
            let holds = match &self.needles[needle] {
                Needle::Symbol(_) => is_whole_identifier(bytes, span),
                Needle::Import(_) => import::is_import(language, bytes, lines, line, span),
            };
            if lines[line].holds_code && holds {
                found.push((needle, u32::try_from(line + 1).unwrap_or(u32::MAX)));
            }
        }
        found.sort_unstable();
        found.into_iter().map(|(at, line)| SourceHit { needle: self.needles[at].clone(), line }).collect()
    }
}

fn text(needle: &Needle) -> &str {
    match needle {
        Needle::Symbol(text) | Needle::Import(text) => text,
    }
}

/// Neither end cuts an identifier in two.
fn is_whole_identifier(bytes: &[u8], (start, end): (usize, usize)) -> bool {
    let part = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'$') || *b >= 0x80;
    let cut = |left: Option<&u8>, right: Option<&u8>| left.is_some_and(part) && right.is_some_and(part);
    let before = start.checked_sub(1).and_then(|at| bytes.get(at));
    !cut(before, bytes.get(start)) && !cut(bytes.get(end - 1), bytes.get(end))
}
