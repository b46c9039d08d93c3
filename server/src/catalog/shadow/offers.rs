//! Homegrown offers by rule: who uses one, and the code that it consists of.
//! It must not look for code that no rule names.
use super::{
    ground::{Ground, Holder, n_teams, published_of, successor},
    identity::id,
    model::{Candidate, EstateUsage, Part, User},
    parts,
};
use crate::catalog::model::{Capability, Offer};
use shared::{Confidence, EntityRef, OfferPath, ShadowKind};
use std::collections::{BTreeMap, BTreeSet};

/// One candidate for each homegrown offer that two or more teams use or make: with fewer it is one team's own code.
pub(super) fn offers(ground: &Ground<'_>) -> Vec<Candidate> {
    let mut grouped: BTreeMap<(&str, &str), Vec<&EstateUsage>> = BTreeMap::new();
    for usage in ground.estate.usages.iter().filter(|usage| usage.path == OfferPath::Homegrown) {
        grouped.entry((usage.capability.as_str(), usage.offer.as_str())).or_default().push(usage);
    }
    grouped.into_iter().filter_map(|(key, usages)| candidate(ground, key, usages)).collect()
}

/// The id of the candidate that a homegrown offer of a capability is.
pub fn offer_id(capability: &str, offer: &str) -> String {
    id(&["offer", capability, offer])
}

fn candidate(ground: &Ground<'_>, key: (&str, &str), mut usages: Vec<&EstateUsage>) -> Option<Candidate> {
    usages.sort_by_key(|usage| &usage.component);
    usages.dedup_by_key(|usage| &usage.component);
    let capability = ground.capability(key.0)?;
    let offer = capability.offers.iter().find(|offer| offer.name == key.1)?;
    let makers = makers(ground, offer);
    let served = ground.holders(usages.iter().map(|usage| &usage.component).chain(&makers));
    if served.len() < 2 {
        return None;
    }
    Some(Candidate {
        id: offer_id(key.0, key.1),
        kind: ShadowKind::Offer,
        name: name(capability, offer),
        capability: Some(key.0.to_owned()),
        proposed: None,
        why: why(offer, &usages),
        confidence: confidence(&usages, &served),
        parts: code(ground, &usages, &makers),
        users: usages.iter().map(|usage| user(ground, usage)).collect(),
        clusters: vec![],
        successor: successor(ground.estate, capability),
    })
}

/// The components that publish what the offer's matchers name, or that are the offer.
fn makers(ground: &Ground<'_>, offer: &Offer) -> BTreeSet<EntityRef> {
    let published = published_of(&ground.estate.packages, offer);
    published.into_iter().map(|package| package.component.clone()).chain(offer.component.clone()).collect()
}

/// Starter rules call every homegrown offer alike: "own" says nothing without the capability.
fn name(capability: &Capability, offer: &Offer) -> String {
    let plain = ["homegrown", "own", "custom", "in-house"].contains(&offer.name.as_str());
    if plain { format!("Homegrown {}", lower_first(&capability.title)) } else { offer.name.clone() }
}

fn lower_first(title: &str) -> String {
    let mut letters = title.chars();
    let first: String = letters.next().map(|first| first.to_lowercase().collect()).unwrap_or_default();
    let rest = letters.as_str();
    // `API gateway` stays as it is.
    if rest.starts_with(char::is_uppercase) { title.to_owned() } else { first + rest }
}

fn why(offer: &Offer, usages: &[&EstateUsage]) -> String {
    let mut rules: BTreeMap<&str, usize> = BTreeMap::new();
    for usage in usages {
        let own: BTreeSet<&str> = usage.evidence.iter().map(|evidence| evidence.rule.as_str()).collect();
        own.into_iter().for_each(|rule| *rules.entry(rule).or_default() += 1);
    }
    let most = rules.iter().max_by_key(|(rule, n)| (**n, std::cmp::Reverse(**rule)));
    let shown = most.map(|(rule, _)| format!(", most often by \"{rule}\"")).unwrap_or_default();
    format!("The rule of the homegrown offer \"{}\" recognises it in {} components{shown}.", offer.name, usages.len())
}

/// As sure as the rule is; where nobody says whose the repositories are, two teams are only possible.
fn confidence(usages: &[&EstateUsage], served: &BTreeSet<Holder>) -> Confidence {
    let sure = usages.iter().all(|usage| usage.confidence == Confidence::Probable);
    if sure && n_teams(served) >= 2 { Confidence::Probable } else { Confidence::Possible }
}

fn code(ground: &Ground<'_>, usages: &[&EstateUsage], makers: &BTreeSet<EntityRef>) -> Vec<Part> {
    let made = makers.iter().filter_map(|maker| ground.component(maker));
    let mut found: Vec<Part> = made.map(|component| parts::of_component(ground, component)).collect();
    for usage in usages {
        let Some(component) = ground.component(&usage.component) else { continue };
        found.extend(usage.evidence.iter().filter_map(|evidence| parts::of_evidence(ground, component, evidence)));
    }
    parts::tidy(found)
}

fn user(ground: &Ground<'_>, usage: &EstateUsage) -> User {
    let first = usage.evidence.first();
    User {
        component: usage.component.clone(),
        path: first.map(|evidence| evidence.path.clone()),
        line: first.and_then(|evidence| evidence.line),
        migrating: ground.uses_golden(Some(&usage.capability), &usage.component),
    }
}
