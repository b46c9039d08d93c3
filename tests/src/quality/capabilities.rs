//! Compares the offers that the scanner sees in a repository with a person's labels.
//! It must not scan.
use super::tables::Label;
use std::collections::{BTreeMap, BTreeSet};

/// The offers seen in a repository, by capability; homegrown ones marked.
pub type Seen = BTreeMap<String, BTreeMap<String, bool>>;

/// What came of one label.
#[derive(Debug, Clone)]
pub struct Outcome {
    pub label: Label,
    pub seen: BTreeSet<String>,
    /// Seen and not expected.
    pub extra: Vec<String>,
    /// Expected and not seen.
    pub missed: Vec<String>,
    /// Whether a homegrown offer was seen.
    pub homegrown_seen: bool,
}

/// The counts over all labels.
#[derive(Debug, Clone, Copy, Default)]
pub struct Tally {
    pub pairs: usize,
    /// Pairs in which exactly the expected offers are seen.
    pub exact: usize,
    /// Offers seen rightly, seen wrongly, missed.
    pub right: usize,
    pub extra: usize,
    pub missed: usize,
    /// Pairs that use something: seen as using something, or not.
    pub used_and_seen: usize,
    pub used_not_seen: usize,
    /// Pairs that use nothing: seen as using something.
    pub unused_but_seen: usize,
    /// Pairs in which homegrown is judged: seen rightly, seen wrongly, missed.
    pub homegrown_judged: usize,
    pub homegrown_right: usize,
    pub homegrown_wrong: usize,
    pub homegrown_missed: usize,
}

/// One outcome for each label of a repository that was scanned, in the order of the table.
pub fn judge(labels: &[Label], seen: &BTreeMap<String, Seen>) -> Vec<Outcome> {
    let none = BTreeMap::new();
    let judged = labels.iter().filter_map(|label| {
        let offers = seen.get(&label.repository)?.get(&label.capability).unwrap_or(&none);
        let names: BTreeSet<String> = offers.keys().cloned().collect();
        let expected: BTreeSet<String> = label.expected.iter().cloned().collect();
        Some(Outcome {
            extra: names.difference(&expected).cloned().collect(),
            missed: expected.difference(&names).cloned().collect(),
            homegrown_seen: offers.values().any(|homegrown| *homegrown),
            seen: names,
            label: label.clone(),
        })
    });
    judged.collect()
}

/// Counts outcomes.
pub fn tally(outcomes: &[Outcome]) -> Tally {
    let mut tally = Tally::default();
    for outcome in outcomes {
        let used = !outcome.label.expected.is_empty();
        let any = !outcome.seen.is_empty();
        tally.pairs += 1;
        tally.exact += usize::from(outcome.extra.is_empty() && outcome.missed.is_empty());
        tally.right += outcome.seen.len() - outcome.extra.len();
        tally.extra += outcome.extra.len();
        tally.missed += outcome.missed.len();
        tally.used_and_seen += usize::from(used && any);
        tally.used_not_seen += usize::from(used && !any);
        tally.unused_but_seen += usize::from(!used && any);
        let Some(homegrown) = outcome.label.homegrown else { continue };
        tally.homegrown_judged += 1;
        tally.homegrown_right += usize::from(homegrown && outcome.homegrown_seen);
        tally.homegrown_wrong += usize::from(!homegrown && outcome.homegrown_seen);
        tally.homegrown_missed += usize::from(homegrown && !outcome.homegrown_seen);
    }
    tally
}
