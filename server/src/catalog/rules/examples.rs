//! Examples beside an offer: what its matchers must recognise, and what they must not.
//! It must not change what is matched.
use super::{draft::DraftOffer, index::Index, matcher::ECOSYSTEMS, matcher::MatcherKind};

/// One observed name, as `npm:left-pad`, `image:redis:7`, `action:actions/checkout@v4`, `file:tools/rules.mk`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Example {
    pub(crate) kind: MatcherKind,
    pub(crate) observed: String,
}

/// What examples show of one offer.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Verdict {
    /// Dotted paths of examples that nothing matches.
    pub(crate) unmatched: Vec<String>,
    /// Dotted paths of counterexamples that something matches.
    pub(crate) mistaken: Vec<String>,
    /// Matchers that no example proves.
    pub(crate) unproven: Vec<String>,
}

impl Example {
    /// Reads an example; `None` when its first word is neither an ecosystem nor a kind of matcher.
    pub(crate) fn new(text: &str) -> Option<Self> {
        let (word, rest) = text.split_once(':')?;
        if ECOSYSTEMS.contains(&word) {
            return Some(Self { kind: MatcherKind::Package, observed: text.to_owned() });
        }
        let kind = MatcherKind::ALL.into_iter().skip(1).find(|kind| kind.example_word() == word)?;
        Some(Self { kind, observed: rest.to_owned() })
    }
}

/// Tries every example and counterexample of an offer.
pub(crate) fn verify(draft: &DraftOffer) -> Verdict {
    let index = Index::of_offer(&draft.offer);
    let met = |example: &Example| index.matches(example.kind, &example.observed);
    let mut unproven: Vec<String> = index.all().iter().map(ToString::to_string).collect();
    let mut verdict = Verdict::default();
    for (at, example) in &draft.examples {
        let matchers = met(example);
        if matchers.is_empty() {
            verdict.unmatched.push(at.clone());
        }
        unproven.retain(|text| !matchers.iter().any(|matcher| matcher.to_string() == *text));
    }
    let mistaken = draft.counterexamples.iter().filter(|(_, example)| !met(example).is_empty());
    verdict.mistaken = mistaken.map(|(at, _)| at.clone()).collect();
    verdict.unproven = unproven;
    verdict
}
