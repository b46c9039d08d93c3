//! How a component stood towards each capability at one time, as rows of standings would say it.
//! It must not judge: the metrics room says what a standing is.
use crate::metrics::{
    Is, Pair, StandingAt,
    past::{PastComponent, Time},
};
use shared::{OfferPath, State};

/// The standings of a component at a time, by position of the capability: of those that it used, could use or was exempt
/// from. `only` names the capabilities that are asked about; all, when absent.
pub(in crate::store) fn standings(component: &PastComponent, at: Time, only: Option<&[u32]>) -> Vec<(u32, StandingAt)> {
    let mut capabilities: Vec<u32> = match only {
        Some(only) => only.to_vec(),
        None => {
            let used = component.uses.iter().filter(|used| used.holds(at)).map(|used| used.capability);
            let exempt = component.exempt.iter().map(|(capability, _)| *capability);
            component.eligible.iter().copied().chain(used).chain(exempt).collect()
        }
    };
    capabilities.sort_unstable();
    capabilities.dedup();
    let standing = |capability: u32| (capability, Pair::new(component, capability as usize).at(at));
    let is_row =
        |(_, standing): &(u32, StandingAt)| [Is::Using, Is::Eligible, Is::Exempt].iter().any(|is| standing.is(*is));
    capabilities.into_iter().map(standing).filter(is_row).collect()
}

/// The state that a row of this standing would have.
pub(in crate::store) fn state(standing: StandingAt) -> State {
    let states = [
        (Is::Migrating, State::Migrating),
        (Is::Golden, State::Golden),
        (Is::OffPath, State::OffPath),
        (Is::Exempt, State::Exempt),
    ];
    states.into_iter().find(|(is, _)| standing.is(*is)).map_or(State::None, |(_, state)| state)
}

/// Whether an offer of the path was used.
pub(in crate::store) fn uses(standing: StandingAt, path: OfferPath) -> bool {
    standing.is(match path {
        OfferPath::Golden => Is::Golden,
        OfferPath::Tolerated => Is::Tolerated,
        OfferPath::Vendor => Is::Vendor,
        OfferPath::Homegrown => Is::Homegrown,
    })
}
