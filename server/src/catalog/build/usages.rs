//! Observations to usages: who uses which offer, with the strongest evidence first.
//! It must not look at eligibility.
use super::{observe::Observation, place::Places};
use crate::{
    catalog::{
        model::{Capability, Evidence, Offer, Usage},
        rules::{MatcherKind, Ruleset},
    },
    facts::{components::is_tooling, model::RepositoryFacts},
};
use shared::{EntityRef, OfferPath, RepoPath};
use std::collections::{BTreeMap, BTreeSet};

/// Evidence kept per usage.
const MOST_EVIDENCE: usize = 20;

/// Component, position of the capability in the ruleset and of the offer in the capability.
pub(super) type Key<'a> = (&'a EntityRef, usize, usize);

/// The usages by component, capability and offer.
pub(super) fn usages<'a>(
    facts: &RepositoryFacts,
    rules: &Ruleset,
    places: &Places<'a>,
    observed: &[Observation<'a>],
) -> Vec<Usage> {
    let judge = Judge::new(facts, rules, places, observed);
    let mut grouped: BTreeMap<Key<'a>, Vec<&Evidence>> = BTreeMap::new();
    for seen in observed.iter().filter(|seen| judge.why_not(&key_of(seen), &seen.evidence.path).is_none()) {
        grouped.entry(key_of(seen)).or_default().push(&seen.evidence);
    }
    let mut usages = Vec::new();
    for (key, evidence) in &grouped {
        let (capability, offer) = parts(rules, key);
        usages.push(Usage {
            component: key.0.clone(),
            capability: capability.reference.name().to_owned(),
            offer: offer.name.clone(),
            path: offer.path,
            evidence: strongest(evidence),
        });
    }
    usages
}

fn key_of<'a>(seen: &Observation<'a>) -> Key<'a> {
    (seen.component, seen.capability, seen.offer)
}

fn parts<'r>(rules: &'r Ruleset, key: &Key<'_>) -> (&'r Capability, &'r Offer) {
    let capability = &rules.capabilities[key.1];
    (capability, &capability.offers[key.2])
}

/// What a component makes itself: whoever publishes a package that an offer's matchers name is no user of that offer.
fn made<'a>(facts: &RepositoryFacts, rules: &Ruleset, places: &Places<'a>) -> BTreeSet<Key<'a>> {
    let mut made = BTreeSet::new();
    for package in facts.packages.iter().filter(|package| package.decl.published) {
        let Some(component) = places.component_of(&package.path) else { continue };
        let name = format!("{}:{}", package.decl.ecosystem, package.decl.name);
        let matchers = rules.index().matches(MatcherKind::Package, &name);
        made.extend(matchers.iter().map(|matcher| (component, matcher.capability, matcher.offer)));
    }
    made
}

/// Why an offer that a component's files show is no usage of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum WhyNot {
    /// The component publishes a package that the offer's matchers name.
    Maker,
    /// The component is the offer.
    Itself,
    /// A homegrown heuristic beside another offer of the capability.
    Wrapper,
    /// A homegrown heuristic in the maker of an offer of the same capability.
    MakerOfAnother,
}

/// Decides which observations count.
pub(super) struct Judge<'a, 'r> {
    rules: &'r Ruleset,
    made: BTreeSet<Key<'a>>,
    held: BTreeSet<Key<'a>>,
}

impl<'a, 'r> Judge<'a, 'r> {
    pub(super) fn new(
        facts: &RepositoryFacts,
        rules: &'r Ruleset,
        places: &Places<'a>,
        observed: &[Observation<'a>],
    ) -> Self {
        let mut judge = Self { rules, made: made(facts, rules, places), held: BTreeSet::new() };
        let counted = observed.iter().filter(|seen| judge.why_no_user(&key_of(seen), &seen.evidence.path).is_none());
        judge.held = counted.map(key_of).collect();
        judge
    }

    /// Why what a file shows of an offer in a component does not count; `None` when it does.
    pub(super) fn why_not(&self, key: &Key<'_>, file: &RepoPath) -> Option<WhyNot> {
        self.why_no_user(key, file).or_else(|| self.why_doubtful(key))
    }

    /// Makers are no users, but a maker whose own tooling is built with its product uses it as everybody else does.
    fn why_no_user(&self, key: &Key<'_>, file: &RepoPath) -> Option<WhyNot> {
        if is_tooling(file) {
            return None;
        }
        if self.made.contains(key) {
            return Some(WhyNot::Maker);
        }
        (parts(self.rules, key).1.component.as_ref() == Some(key.0)).then_some(WhyNot::Itself)
    }

    /// A homegrown heuristic of the starter ruleset speaks only when nothing else of the capability is found: a class named
    /// `FeatureFlagService` around a vendor's client is a wrapper, not a platform of one's own. It never speaks for the
    /// maker of an offer of the same capability.
    fn why_doubtful(&self, key: &Key<'_>) -> Option<WhyNot> {
        let (capability, offer) = parts(self.rules, key);
        if offer.path != OfferPath::Homegrown || !self.rules.is_starter(capability, offer) {
            return None;
        }
        if self.held.iter().any(|other| other.0 == key.0 && other.1 == key.1 && other.2 != key.2) {
            return Some(WhyNot::Wrapper);
        }
        let is_maker = capability.offers.iter().any(|offer| offer.component.as_ref() == Some(key.0));
        is_maker.then_some(WhyNot::MakerOfAnother)
    }
}

/// Strongest first, then by place; each place once per rule.
fn strongest(evidence: &[&Evidence]) -> Vec<Evidence> {
    let mut sorted = evidence.to_vec();
    sorted.sort_by_key(|e| (e.rung, &e.path, e.line, &e.rule));
    sorted.dedup_by_key(|e| (e.rung, &e.path, e.line, &e.rule));
    sorted.into_iter().take(MOST_EVIDENCE).cloned().collect()
}
