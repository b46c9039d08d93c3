//! Stretches that two documents share: matches along a diagonal, joined over small differences.
//! It must not look at more than two documents.
use super::{documents::Document, matches::Match};
use crate::facts::prints::{GRAM, Print};

/// Fingerprints within a run that only one side has: winnowing chose another one, or it was too common to be paired.
const SKIP: u32 = 2;
/// Tokens between two runs that are joined, on either side.
const GAP: u32 = 80;
/// What joined runs must share of the fingerprints of their stretch, in hundredths; of a run alone, likewise.
const SHARED_JOINED: usize = 60;
const SHARED_ALONE: usize = 90;
/// Runs of one pair that are looked at, longest first.
const MOST_RUNS: usize = 400;

/// A stretch in two documents: positions in their fingerprints, both inclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Run {
    pub(super) a: (u32, u32),
    pub(super) b: (u32, u32),
    pub(super) shared: u32,
}

impl Run {
    fn fingerprints(&self) -> u32 {
        (self.a.1 - self.a.0).max(self.b.1 - self.b.0) + 1
    }

    fn holds(&self, hundredths: usize) -> bool {
        self.shared as usize * 100 >= self.fingerprints() as usize * hundredths
    }

    fn overlaps(&self, other: &Self) -> bool {
        let apart = |a: (u32, u32), b: (u32, u32)| a.1 < b.0 || b.1 < a.0;
        !apart(self.a, other.a) || !apart(self.b, other.b)
    }
}

/// The runs of one pair, in the order of the first document. `matches` are all of one pair.
pub(super) fn of(a: &Document<'_>, b: &Document<'_>, matches: &[Match]) -> Vec<Run> {
    let (a, b) = (&a.print.prints, &b.print.prints);
    let mut runs = join(&disjoint(diagonals(a, b, matches)), a, b);
    runs.retain(|run| run.holds(SHARED_JOINED));
    runs
}

/// Tokens from the first to the last of a stretch of fingerprints.
pub(super) fn tokens(prints: &[Print], (from, to): (u32, u32)) -> u32 {
    prints[to as usize].token - prints[from as usize].token + GRAM as u32
}

fn diagonals(a: &[Print], b: &[Print], matches: &[Match]) -> Vec<Run> {
    let diagonal = |m: &Match| i64::from(b[m.b as usize].token) - i64::from(a[m.a as usize].token);
    let mut ordered: Vec<(i64, &Match)> = matches.iter().map(|m| (diagonal(m), m)).collect();
    ordered.sort_unstable();
    let mut runs: Vec<(i64, Run)> = Vec::new();
    for (diagonal, m) in ordered {
        match runs.last_mut() {
            Some((known, run)) if *known == diagonal && m.a - run.a.1 <= SKIP && m.b - run.b.1 <= SKIP => {
                run.shared += u32::from(m.a > run.a.1);
                (run.a.1, run.b.1) = (m.a, m.b);
            }
            _ => runs.push((diagonal, Run { a: (m.a, m.a), b: (m.b, m.b), shared: 1 })),
        }
    }
    runs.into_iter().map(|(_, run)| run).filter(|run| run.holds(SHARED_ALONE) || run.shared >= 4).collect()
}

/// The longest runs of which no two claim the same place.
fn disjoint(mut runs: Vec<Run>) -> Vec<Run> {
    runs.sort_by_key(|run| (std::cmp::Reverse(run.shared), run.a, run.b));
    runs.truncate(MOST_RUNS);
    let mut taken: Vec<Run> = Vec::new();
    for run in runs {
        if !taken.iter().any(|other| other.overlaps(&run)) {
            taken.push(run);
        }
    }
    taken.sort_by_key(|run| run.a);
    taken
}

/// Joins runs that follow each other closely in both documents: a few tokens were changed or put in between.
fn join(runs: &[Run], a: &[Print], b: &[Print]) -> Vec<Run> {
    let mut out: Vec<Run> = Vec::new();
    for run in runs {
        if let Some(last) = out.last_mut() {
            let joined = Run { a: (last.a.0, run.a.1), b: (last.b.0, run.b.1), shared: last.shared + run.shared };
            let near = run.b.0 > last.b.1 && gap(a, last.a.1, run.a.0) <= GAP && gap(b, last.b.1, run.b.0) <= GAP;
            if near && joined.holds(SHARED_JOINED) {
                *last = joined;
                continue;
            }
        }
        out.push(*run);
    }
    out
}

/// Tokens between two fingerprints.
fn gap(prints: &[Print], before: u32, after: u32) -> u32 {
    prints[after as usize].token.saturating_sub(prints[before as usize].token + GRAM as u32)
}
