//! Who uses a shadow platform now, since when, and who did 90 days ago.
//! It must not guess: what no history tells is unknown, not new.
use super::assemble::Assembly;
use crate::{
    catalog::shadow::model::Candidate,
    metrics::past::{PastComponent, PastUse, Time},
};
use shared::{EntityRef, RepoName, ShadowKind, Timestamp, api::ClusterItem};
use std::collections::BTreeMap;

/// How far back growth looks, and how long a team must have stayed to be a champion.
pub(super) const NINETY_DAYS: Time = 90 * 86_400;

/// How the number of consumers changed.
#[derive(Debug, Default)]
pub(super) struct Growth {
    /// Now less 90 days ago; 0 where it is not known.
    pub(super) total: i64,
    pub(super) by_team: BTreeMap<EntityRef, i64>,
    /// When each consumer began, as far as history tells.
    pub(super) since: BTreeMap<EntityRef, Time>,
    pub(super) known: bool,
}

/// Of offers by the intervals of their usages, of copies by the dates when they were made.
pub(super) fn growth(input: &Assembly<'_>, candidate: &Candidate, clusters: &[&ClusterItem]) -> Growth {
    match candidate.kind {
        ShadowKind::Offer => of_offer(input, candidate),
        ShadowKind::Cluster => of_copies(input, clusters),
        ShadowKind::Package => Growth::default(),
    }
}

fn of_offer(input: &Assembly<'_>, candidate: &Candidate) -> Growth {
    let mut growth = Growth::default();
    let offers = offers_of(input, candidate);
    let then = input.now - NINETY_DAYS;
    for component in &input.past.components {
        let own = || component.uses.iter().filter(|usage| offers.contains(&(usage.capability, usage.offer)));
        growth.known |= own().next().is_some();
        let change =
            i64::from(own().any(|usage| covers(usage, input.now))) - i64::from(own().any(|usage| covers(usage, then)));
        growth.add(component.owner.as_ref(), change);
        let open = own().filter(|usage| covers(usage, input.now)).map(|usage| usage.from.at).min();
        growth.since.extend(open.map(|at| (component.reference.clone(), at)));
    }
    growth
}

/// The positions of the homegrown offer of this candidate. A candidate is one offer of one capability; its id tells which.
fn offers_of(input: &Assembly<'_>, candidate: &Candidate) -> Vec<(u32, u32)> {
    let named = candidate.capability.as_deref();
    let mut found = Vec::new();
    for (at, capability) in
        input.past.capabilities.iter().enumerate().filter(|(_, held)| Some(held.name.as_str()) == named)
    {
        let own = |name: &str| crate::catalog::shadow::offer_id(&capability.name, name) == candidate.id;
        let offers = capability.offers.iter().enumerate().filter(|(_, offer)| own(&offer.name));
        found.extend(offers.map(|(offer, _)| (at as u32, offer as u32)));
    }
    found
}

/// Whether the use was there at that time.
pub(super) fn covers(usage: &PastUse, at: Time) -> bool {
    usage.from.at <= at && usage.to.as_ref().is_none_or(|to| at < to.at)
}

/// Whether the component is there still.
pub(super) fn exists(component: &PastComponent) -> bool {
    component.spans.last().is_some_and(|(_, to)| to.is_none())
}

/// A component, or a repository where no component holds the copy.
type Place<'a> = (&'a RepoName, Option<&'a EntityRef>);

fn of_copies(input: &Assembly<'_>, clusters: &[&ClusterItem]) -> Growth {
    let mut first: BTreeMap<Place<'_>, (Option<Time>, Option<&EntityRef>)> = BTreeMap::new();
    for file in clusters.iter().flat_map(|cluster| &cluster.files) {
        let at = file.added.as_ref().and_then(|added| seconds(&added.at));
        let held = first.entry((&file.repository, file.component.as_ref())).or_insert((at, file.owner.as_ref()));
        // A copy of unknown age may be older than any.
        held.0 = held.0.zip(at).map(|(one, other)| one.min(other));
    }
    let mut growth = Growth { known: first.values().any(|(at, _)| at.is_some()), ..Growth::default() };
    for ((_, component), (at, owner)) in first {
        let Some(at) = at else { continue };
        growth.since.extend(component.map(|component| (component.clone(), at)));
        growth.add(owner, i64::from(at > input.now - NINETY_DAYS));
    }
    growth
}

/// Seconds since 1970.
fn seconds(at: &Timestamp) -> Option<Time> {
    chrono::DateTime::parse_from_rfc3339(at.as_str()).ok().map(|time| time.timestamp())
}

impl Growth {
    fn add(&mut self, owner: Option<&EntityRef>, change: i64) {
        self.total += change;
        if let Some(owner) = owner.filter(|_| change != 0) {
            *self.by_team.entry(owner.clone()).or_default() += change;
        }
    }
}
