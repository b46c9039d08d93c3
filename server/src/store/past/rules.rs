//! The ruleset in force as metrics over time look at it, and who could use or need not use a capability.
//! It must not look at what anybody uses.
use crate::{
    catalog::{
        history::model::Traits,
        is_eligible,
        model::{Capability, Offer},
    },
    metrics::past::{PastCapability, PastOffer, PastRuleChange, Time},
    store::{
        at::{first_second, last_second},
        capabilities::matchers,
    },
};
use shared::EntityRef;
use std::collections::HashMap;

/// The capabilities in the order of the ruleset, each with the changes of its rules.
pub(super) fn capabilities(
    ruleset: &[(i64, Capability)],
    changes: Vec<(String, PastRuleChange)>,
) -> Vec<PastCapability> {
    let mut by_name: HashMap<String, Vec<PastRuleChange>> = HashMap::new();
    for (capability, change) in changes {
        by_name.entry(capability).or_default().push(change);
    }
    let capability = |(_, capability): &(i64, Capability)| PastCapability {
        name: capability.reference.name().to_owned(),
        title: capability.title.clone(),
        area: capability.area,
        owner: capability.owner.clone(),
        target: capability.target.clone(),
        eligible: capability.eligible.clone(),
        offers: capability.offers.iter().map(offer).collect(),
        rule_changes: by_name.remove(capability.reference.name()).unwrap_or_default(),
    };
    ruleset.iter().map(capability).collect()
}

fn offer(offer: &Offer) -> PastOffer {
    PastOffer {
        name: offer.name.clone(),
        path: offer.path,
        confidence: offer.confidence,
        since: offer.since.as_deref().and_then(first_second),
        detect: matchers(&offer.detect),
    }
}

/// Positions of the capabilities that a component of such traits could use.
pub(super) fn eligible(capabilities: &[PastCapability], traits: &Traits) -> Vec<u32> {
    let could = |(_, capability): &(u32, &PastCapability)| {
        capability.eligible.as_ref().is_some_and(|selector| is_eligible(traits, selector))
    };
    (0..).zip(capabilities).filter(could).map(|(position, _)| position).collect()
}

/// Who need not use which capability, and until when.
pub(super) fn exemptions(ruleset: &[(i64, Capability)]) -> HashMap<EntityRef, Vec<(u32, Option<Time>)>> {
    let mut out: HashMap<EntityRef, Vec<(u32, Option<Time>)>> = HashMap::new();
    for (position, (_, capability)) in (0..).zip(ruleset) {
        for exemption in &capability.exempt {
            let until = exemption.until.as_deref().and_then(last_second);
            out.entry(exemption.component.clone()).or_default().push((position, until));
        }
    }
    out
}
