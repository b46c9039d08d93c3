//! How a component stood towards each capability at one time, as the standings of the tip judge it.
//! It must not count.
use crate::metrics::past::{PastComponent, Time};
use shared::{OfferPath, State};
use std::collections::BTreeMap;

/// A component's standing towards one capability.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(in crate::store) struct PastStanding {
    pub(in crate::store) golden: bool,
    pub(in crate::store) tolerated: bool,
    pub(in crate::store) vendor: bool,
    pub(in crate::store) homegrown: bool,
    pub(in crate::store) eligible: bool,
    exempt: bool,
}

impl PastStanding {
    /// Whether an offer of the path was used.
    pub(in crate::store) fn has(&self, path: OfferPath) -> bool {
        match path {
            OfferPath::Golden => self.golden,
            OfferPath::Tolerated => self.tolerated,
            OfferPath::Vendor => self.vendor,
            OfferPath::Homegrown => self.homegrown,
        }
    }

    /// Whether any offer was used.
    pub(in crate::store) fn any(&self) -> bool {
        self.golden || self.tolerated || self.vendor || self.homegrown
    }

    /// Golden evidence outranks an exemption; an exemption outranks everything off the path.
    pub(in crate::store) fn state(&self) -> State {
        let off_path = self.vendor || self.homegrown;
        match (self.golden, off_path) {
            (true, false) => State::Golden,
            (true, true) => State::Migrating,
            (false, _) if self.exempt => State::Exempt,
            (false, true) => State::OffPath,
            (false, false) if self.tolerated => State::Exempt,
            (false, false) => State::None,
        }
    }
}

/// The standings of a component at a time when it existed, by position of the capability: of those that it used, could
/// use or was exempt from.
pub(in crate::store) fn standings(component: &PastComponent, at: Time) -> BTreeMap<u32, PastStanding> {
    let mut out: BTreeMap<u32, PastStanding> = BTreeMap::new();
    for used in &component.uses {
        if used.from.at <= at && used.to.as_ref().is_none_or(|to| at < to.at) {
            let standing = out.entry(used.capability).or_default();
            match used.path {
                OfferPath::Golden => standing.golden = true,
                OfferPath::Tolerated => standing.tolerated = true,
                OfferPath::Vendor => standing.vendor = true,
                OfferPath::Homegrown => standing.homegrown = true,
            }
        }
    }
    for capability in &component.eligible {
        out.entry(*capability).or_default().eligible = true;
    }
    for (capability, until) in &component.exempt {
        if until.is_none_or(|until| at <= until) {
            out.entry(*capability).or_default().exempt = true;
        }
    }
    // Whoever need not use it does not count among those who could; whoever uses it all the same does.
    for standing in out.values_mut() {
        standing.eligible &= !standing.exempt || standing.state() != State::Exempt;
    }
    out
}
