//! Each component's standing towards each capability that it uses, could use or is exempt from.
//! Eligibility looks at the component only, never at evidence of the capability.
use super::traits::{self, is_eligible};
use crate::catalog::{
    history::model::Traits,
    model::{Capability, Entity, Exemption, Standing, Usage},
    rules::Ruleset,
};
use shared::{EntityKind, EntityRef, OfferPath, State};
use std::collections::{BTreeMap, BTreeSet};

/// Standings by component and capability.
pub(super) fn standings(entities: &[Entity], usages: &[Usage], rules: &Ruleset, today: &str) -> Vec<Standing> {
    let mut used: BTreeMap<(&EntityRef, &str), BTreeSet<OfferPath>> = BTreeMap::new();
    for usage in usages {
        used.entry((&usage.component, &usage.capability)).or_default().insert(usage.path);
    }
    let mut out = Vec::new();
    for entity in entities.iter().filter(|entity| entity.reference.kind() == EntityKind::Component) {
        let traits = traits::of(entity);
        for capability in &rules.capabilities {
            let paths = used.get(&(&entity.reference, capability.reference.name()));
            out.extend(standing((&entity.reference, &traits), capability, paths, today));
        }
    }
    out
}

fn standing(
    (component, traits): (&EntityRef, &Traits),
    capability: &Capability,
    paths: Option<&BTreeSet<OfferPath>>,
    today: &str,
) -> Option<Standing> {
    let exemption = exemption(component, capability, today);
    let can = capability.eligible.as_ref().is_some_and(|selector| is_eligible(traits, selector));
    if paths.is_none() && !can && exemption.is_none() {
        return None;
    }
    let state = state(paths, exemption.is_some());
    // Whoever need not use it does not count among those who could; whoever uses it all the same does.
    let eligible = can && (exemption.is_none() || state != State::Exempt);
    let text = match (state, exemption) {
        (State::Exempt, Some(exemption)) => Some(describe(exemption)),
        (State::Exempt, None) => Some("uses an offer that the platform tolerates".to_owned()),
        _ => None,
    };
    Some(Standing {
        component: component.clone(),
        capability: capability.reference.name().to_owned(),
        state,
        eligible,
        exemption: text,
    })
}

/// Golden evidence outranks an exemption; an exemption outranks everything off the path. Tolerated offers alone are exempt:
/// the platform accepts them, so that they are neither golden nor something to move away from.
fn state(paths: Option<&BTreeSet<OfferPath>>, exempt: bool) -> State {
    let has = |path| paths.is_some_and(|paths| paths.contains(&path));
    let off_path = has(OfferPath::Vendor) || has(OfferPath::Homegrown);
    match (has(OfferPath::Golden), off_path) {
        (true, false) => State::Golden,
        (true, true) => State::Migrating,
        (false, _) if exempt => State::Exempt,
        (false, true) => State::OffPath,
        (false, false) if has(OfferPath::Tolerated) => State::Exempt,
        (false, false) => State::None,
    }
}

fn exemption<'a>(component: &EntityRef, capability: &'a Capability, today: &str) -> Option<&'a Exemption> {
    let holds = |exemption: &&Exemption| {
        // Days written as YYYY-MM-DD compare as text.
        exemption.component == *component && exemption.until.as_deref().is_none_or(|until| until >= today)
    };
    capability.exempt.iter().find(holds)
}

fn describe(exemption: &Exemption) -> String {
    match &exemption.until {
        Some(until) => format!("{} (until {until})", exemption.reason),
        None => exemption.reason.clone(),
    }
}
