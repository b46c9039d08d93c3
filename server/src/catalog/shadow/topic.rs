//! What capabilities are about: the phrases of their names and of the rules of their homegrown offers.
//! It must not look at any candidate.
use super::words::{is_role, stem, words};
use crate::catalog::{
    model::{Capability, Offer},
    rules::Index,
};
use shared::OfferPath;
use std::{cell::OnceCell, collections::HashMap};

/// Words that code uses for many things: as the whole name of a capability they say too little alone.
const VAGUE: &[&str] = &[
    "api",
    "autoscal",
    "cach",
    "certificat",
    "commerc",
    "configuration",
    "dashboard",
    "deployment",
    "experimentation",
    "guardrail",
    "label",
    "lint",
    "log",
    "map",
    "mcp",
    "metric",
    "notebook",
    "payment",
    "profil",
    "resilienc",
    "scaffold",
    "search",
    "session",
    "token",
    "trac",
];

/// The stems of words that together name a capability.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Phrase {
    pub(super) stems: Vec<String>,
    /// The name of what is bought or tolerated: code called so may only be set up with it.
    pub(super) bought: bool,
    /// As a person reads it.
    pub(super) text: String,
    /// Whether it says too little alone.
    pub(super) vague: bool,
}

/// All capabilities, by what they are about.
pub(super) struct Topics<'a> {
    capabilities: &'a [Capability],
    /// With the position of the capability.
    phrases: Vec<(usize, Phrase)>,
    /// Positions in `phrases`, by first stem.
    by_first: HashMap<String, Vec<usize>>,
    /// The matchers of each capability's offers that are not homegrown, compiled when somebody asks.
    bought: Vec<OnceCell<Vec<(&'a Offer, Index)>>>,
}

impl<'a> Topics<'a> {
    pub(super) fn new(capabilities: &'a [Capability]) -> Self {
        let all = capabilities.iter().enumerate();
        let phrases: Vec<(usize, Phrase)> =
            all.flat_map(|(at, held)| phrases(held).into_iter().map(move |phrase| (at, phrase))).collect();
        let mut by_first: HashMap<String, Vec<usize>> = HashMap::new();
        for (at, (_, phrase)) in phrases.iter().enumerate() {
            by_first.entry(phrase.stems[0].clone()).or_default().push(at);
        }
        Self { capabilities, phrases, by_first, bought: capabilities.iter().map(|_| OnceCell::new()).collect() }
    }

    /// The phrase at a position, and the position of its capability.
    pub(super) fn phrase(&self, at: usize) -> (usize, &Phrase) {
        let (capability, phrase) = &self.phrases[at];
        (*capability, phrase)
    }

    pub(super) fn capability(&self, at: usize) -> &'a Capability {
        &self.capabilities[at]
    }

    /// Positions of the phrases whose words stand in a row in these stems.
    pub(super) fn heard(&self, stems: &[String]) -> Vec<usize> {
        let mut found = Vec::new();
        for (from, stem) in stems.iter().enumerate() {
            let begun = self.by_first.get(stem).into_iter().flatten();
            found.extend(begun.copied().filter(|at| stems[from..].starts_with(&self.phrases[*at].1.stems)));
        }
        found
    }

    /// Golden, tolerated and vendors' offers with their matchers.
    pub(super) fn bought(&self, at: usize) -> &[(&'a Offer, Index)] {
        let offers = || self.capabilities[at].offers.iter().filter(|offer| offer.path != OfferPath::Homegrown);
        self.bought[at].get_or_init(|| offers().map(|offer| (offer, Index::of_offer(offer))).collect())
    }
}

/// The phrases of a capability: of its name, its title, the names of bought offers and, where they have two words or more,
/// the symbols and folders of homegrown ones.
fn phrases(capability: &Capability) -> Vec<Phrase> {
    let mut found: Vec<Phrase> =
        [capability.reference.name(), &capability.title].iter().filter_map(|name| own(name)).collect();
    for offer in capability.offers.iter().filter(|offer| offer.path == OfferPath::Homegrown) {
        let symbols = offer.detect.symbols.iter().map(String::as_str);
        let folders = offer.detect.files.iter().flat_map(|glob| segments(glob));
        found.extend(symbols.chain(folders).filter_map(derived));
    }
    let bought = |offer: &&Offer| matches!(offer.path, OfferPath::Vendor | OfferPath::Tolerated);
    let names = capability.offers.iter().filter(bought).filter_map(|offer| own(&offer.name));
    found.extend(names.map(|phrase| Phrase { bought: true, ..phrase }));
    found.sort();
    found.dedup_by(|a, b| a.stems == b.stems);
    found
}

fn own(name: &str) -> Option<Phrase> {
    let stems: Vec<String> = words(name).iter().filter(|word| *word != "and").map(|word| stem(word)).collect();
    // Every repository has its own `unit_test.go`.
    let vague = stems.len() == 1 && VAGUE.contains(&stems[0].as_str()) || stems.iter().any(|stem| stem == "test");
    (!stems.is_empty()).then(|| Phrase { stems, bought: false, text: name.to_owned(), vague })
}

/// What is left of a class's or folder's name when what it is has been taken off.
fn derived(name: &str) -> Option<Phrase> {
    let stems: Vec<String> = words(name).iter().filter(|word| !is_role(word)).map(|word| stem(word)).collect();
    (stems.len() >= 2).then(|| Phrase { stems, bought: false, text: name.to_owned(), vague: false })
}

/// The folders and file names of a glob that are written out, without endings.
fn segments(glob: &str) -> Vec<&str> {
    let whole = glob.split(['/', '{', '}', ',']).map(|segment| segment.split('.').next().unwrap_or_default());
    whole.filter(|segment| !segment.is_empty() && !segment.contains(['*', '?', '['])).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_have_two_words_unless_the_name_itself_has_one() {
        assert_eq!(derived("FeatureToggleService").unwrap().stems, ["featur", "toggl"]);
        assert_eq!(derived("PolicyService"), None);
        assert!(own("metrics").unwrap().vague);
        assert!(!own("Feature flags").unwrap().vague);
        assert_eq!(
            segments("**/{feature_flags,featureflags}/**/*.{go,py}"),
            ["feature_flags", "featureflags", "go", "py"]
        );
    }
}
