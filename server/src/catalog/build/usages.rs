//! Observations to usages: who uses which offer, with the strongest evidence first.
//! It must not look at eligibility.
use super::{observe::Observation, place::Places};
use crate::{
    catalog::{
        model::{Capability, Evidence, Offer, Usage},
        rules::{MatcherKind, Ruleset},
    },
    facts::model::RepositoryFacts,
};
use shared::{EntityRef, OfferPath};
use std::collections::{BTreeMap, BTreeSet};

/// Evidence kept per usage.
const MOST_EVIDENCE: usize = 20;

type Key<'a> = (&'a EntityRef, usize, usize);

/// The usages by component, capability and offer.
pub(super) fn usages<'a>(
    facts: &RepositoryFacts,
    rules: &Ruleset,
    places: &Places<'a>,
    observed: &[Observation<'a>],
) -> Vec<Usage> {
    let made = made(facts, rules, places);
    let mut grouped: BTreeMap<Key<'a>, Vec<&Evidence>> = BTreeMap::new();
    for seen in observed {
        grouped.entry((seen.component, seen.capability, seen.offer)).or_default().push(&seen.evidence);
    }
    grouped.retain(|key, _| !made.contains(key) && parts(rules, key).1.component.as_ref() != Some(key.0));
    let held: BTreeSet<Key<'_>> = grouped.keys().copied().collect();
    let mut usages = Vec::new();
    for (key, evidence) in grouped.iter().filter(|(key, _)| !is_doubtful(rules, key, &held)) {
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

/// A homegrown heuristic of the starter ruleset speaks only when nothing else of the capability is found: a class named
/// `FeatureFlagService` around a vendor's client is a wrapper, not a platform of one's own. It never speaks for the maker
/// of an offer of the same capability.
fn is_doubtful(rules: &Ruleset, key: &Key<'_>, held: &BTreeSet<Key<'_>>) -> bool {
    let (capability, offer) = parts(rules, key);
    if offer.path != OfferPath::Homegrown || !rules.is_starter(capability, offer) {
        return false;
    }
    let has_other = held.iter().any(|other| other.0 == key.0 && other.1 == key.1 && other.2 != key.2);
    has_other || capability.offers.iter().any(|offer| offer.component.as_ref() == Some(key.0))
}

/// Strongest first, then by place; each place once per rule.
fn strongest(evidence: &[&Evidence]) -> Vec<Evidence> {
    let mut sorted = evidence.to_vec();
    sorted.sort_by_key(|e| (e.rung, &e.path, e.line, &e.rule));
    sorted.dedup_by_key(|e| (e.rung, &e.path, e.line, &e.rule));
    sorted.into_iter().take(MOST_EVIDENCE).cloned().collect()
}
