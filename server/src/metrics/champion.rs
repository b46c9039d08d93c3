//! Champions: teams that have kept a capability's golden offer in several repositories for a while.
//! It must not name a person.
use super::{
    past::{Past, PastUse},
    standing_at::DAY,
};
use shared::{EntityRef, OfferPath};
use std::collections::{BTreeMap, BTreeSet};

/// How long an offer must have been in use, without a break.
const KEPT_DAYS: i64 = 90;
/// In how many repositories.
const MIN_REPOSITORIES: usize = 2;

/// The names of the capabilities whose golden offer the team has kept in two or more repositories for 90 days.
pub fn champion_of(past: &Past, team: &EntityRef) -> Vec<String> {
    let kept = |used: &&PastUse| {
        used.path == OfferPath::Golden && used.to.is_none() && used.from.at <= past.now - KEPT_DAYS * DAY
    };
    let mut repositories: BTreeMap<u32, BTreeSet<usize>> = BTreeMap::new();
    for component in past.components.iter().filter(|component| component.owner.as_ref() == Some(team)) {
        for used in component.uses.iter().filter(kept) {
            repositories.entry(used.capability).or_default().insert(component.repository);
        }
    }
    let several = repositories.into_iter().filter(|(_, of)| of.len() >= MIN_REPOSITORIES);
    several.filter_map(|(capability, _)| Some(past.capabilities.get(capability as usize)?.name.clone())).collect()
}
