//! The rules in force: capabilities of the organisation over the starter ruleset, compiled for matching.
//! It must not look at any repository's facts; what it reads are rule documents only.

mod capability;
mod check;
mod compose;
mod document;
mod draft;
mod examples;
mod index;
mod matcher;
mod offer;
mod reader;
mod starter;

pub use check::{FileReport, Unproven, check_file};
pub(crate) use index::{Index, file_glob};
pub(crate) use matcher::{Matcher, MatcherKind, normalise};
pub(crate) use reader::place_of;

use super::model::{Capability, LinkPackage, Offer};
use crate::{
    facts::model::{Descriptor, Needle},
    scan::Finding,
};
use sha2::{Digest, Sha256};
use shared::{RepoName, RuleSource};
use std::collections::BTreeSet;

/// Raised whenever the same rules and facts would give other usages or standings.
const DETECTION_VERSION: u32 = 2;

/// The rules in force, by capability name.
#[derive(Debug, Clone)]
pub struct Ruleset {
    pub capabilities: Vec<Capability>,
    /// SHA-256, in hexadecimal, over everything in the rules that can change what is found; prose and places do not count.
    pub hash: String,
    /// Capability and offer names that come from the starter ruleset.
    inherited: BTreeSet<(String, String)>,
    index: Index,
}

impl Ruleset {
    /// Lays the organisation's capabilities over the starter ruleset, by name: files named by configuration (name of the
    /// file and its YAML text) over the starter, documents of scanned repositories over both. Of two repositories that
    /// write the same capability the smaller name wins. Findings carry the repository that can mend them.
    pub fn compose(
        files: &[(String, String)],
        scanned: &[(RepoName, Descriptor)],
    ) -> (Self, Vec<(Option<RepoName>, Finding)>) {
        let (capabilities, inherited, findings) = compose::compose(files, scanned);
        (Self::new(capabilities, inherited), findings)
    }

    /// No rules at all: what a scan costs without them.
    pub fn empty() -> Self {
        Self::new(vec![], BTreeSet::new())
    }

    /// How many matchers the rules hold.
    pub fn n_matchers(&self) -> usize {
        self.index.all().len()
    }

    fn new(mut capabilities: Vec<Capability>, inherited: BTreeSet<(String, String)>) -> Self {
        capabilities.sort_by(|a, b| a.reference.cmp(&b.reference));
        let hash = hash(&capabilities, &inherited);
        let index = Index::new(&capabilities);
        Self { capabilities, hash, inherited, index }
    }

    /// Every symbol that a rule wants looked for in source, sorted, each once. Imports need no looking for: they are facts.
    pub fn needles(&self) -> Vec<Needle> {
        let needle = |matcher: &Matcher| match matcher.kind {
            MatcherKind::Symbol => Some(Needle::Symbol(matcher.text.clone())),
            _ => None,
        };
        self.index.all().iter().filter_map(needle).collect::<BTreeSet<_>>().into_iter().collect()
    }

    /// The same rules with the packages that each offer's component publishes as matchers of that offer. The hash changes
    /// only when a matcher is added.
    #[must_use]
    pub fn with_published(&self, packages: &[LinkPackage]) -> Self {
        let mut capabilities = self.capabilities.clone();
        for offer in capabilities.iter_mut().flat_map(|capability| &mut capability.offers) {
            add_published(offer, packages);
        }
        Self::new(capabilities, self.inherited.clone())
    }

    /// The compiled matchers.
    pub(crate) fn index(&self) -> &Index {
        &self.index
    }

    /// The capability and offer that a matcher belongs to.
    pub(crate) fn offer_of(&self, matcher: &Matcher) -> (&Capability, &Offer) {
        let capability = &self.capabilities[matcher.capability];
        (capability, &capability.offers[matcher.offer])
    }

    /// Whether the offer comes from the starter ruleset rather than from the organisation.
    pub(crate) fn is_starter(&self, capability: &Capability, offer: &Offer) -> bool {
        let key = (capability.reference.name().to_owned(), offer.name.clone());
        capability.source == RuleSource::Starter || self.inherited.contains(&key)
    }
}

fn add_published(offer: &mut Offer, packages: &[LinkPackage]) {
    let Some(component) = &offer.component else { return };
    let own = packages.iter().filter(|package| package.component == *component);
    let names = own.filter(|package| MatcherKind::of_ecosystem(&package.ecosystem) == MatcherKind::Package);
    let texts: BTreeSet<String> = names.map(|package| format!("{}:{}", package.ecosystem, package.name)).collect();
    let known = Index::of_offer(offer);
    offer.detect.packages.extend(texts.into_iter().filter(|text| known.matches(MatcherKind::Package, text).is_empty()));
}

/// The hash of what can change a verdict, independent of the order in which rules were read.
fn hash(capabilities: &[Capability], inherited: &BTreeSet<(String, String)>) -> String {
    let rules: Vec<_> = capabilities
        .iter()
        .map(|c| {
            let offers: Vec<_> = c.offers.iter().map(|o| (&o.name, o.path, &o.component, &o.detect)).collect();
            (&c.reference, c.source, c.reach, &c.eligible, &c.exempt, offers)
        })
        .collect();
    let text = serde_json::to_string(&(DETECTION_VERSION, rules, inherited))
        .expect("names, lists and words always serialise to JSON");
    Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod schema_tests;
#[cfg(test)]
mod tests;
