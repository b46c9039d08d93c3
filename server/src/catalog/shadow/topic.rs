//! What capabilities are about: the phrases of their names and of the rules of their homegrown offers.
//! It must not look at any candidate.
use super::words::{is_role, stem, words};
use crate::catalog::model::Capability;
use shared::OfferPath;

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
    /// As a person reads it.
    pub(super) text: String,
    /// Whether it says too little alone.
    pub(super) vague: bool,
}

/// The phrases of a capability: of its name, its title and, where they have two words or more, its homegrown offers'
/// symbols and folders.
pub(super) fn phrases(capability: &Capability) -> Vec<Phrase> {
    let mut found: Vec<Phrase> =
        [capability.reference.name(), &capability.title].iter().filter_map(|name| own(name)).collect();
    for offer in capability.offers.iter().filter(|offer| offer.path == OfferPath::Homegrown) {
        let symbols = offer.detect.symbols.iter().map(String::as_str);
        let folders = offer.detect.files.iter().flat_map(|glob| segments(glob));
        found.extend(symbols.chain(folders).filter_map(derived));
    }
    found.sort();
    found.dedup_by(|a, b| a.stems == b.stems);
    found
}

fn own(name: &str) -> Option<Phrase> {
    let stems: Vec<String> = words(name).iter().filter(|word| *word != "and").map(|word| stem(word)).collect();
    // Every repository has its own `unit_test.go`.
    let vague = stems.len() == 1 && VAGUE.contains(&stems[0].as_str()) || stems.iter().any(|stem| stem == "test");
    (!stems.is_empty()).then(|| Phrase { stems, text: name.to_owned(), vague })
}

/// What is left of a class's or folder's name when what it is has been taken off.
fn derived(name: &str) -> Option<Phrase> {
    let stems: Vec<String> = words(name).iter().filter(|word| !is_role(word)).map(|word| stem(word)).collect();
    (stems.len() >= 2).then(|| Phrase { stems, text: name.to_owned(), vague: false })
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
