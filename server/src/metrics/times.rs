//! How a capability came to be used: cohorts, durations, survival and what it did to the pace of work, in one answer.
//! It must not compute any of them itself.
use super::{
    cohorts::cohorts,
    defection::survival,
    lives::Lives,
    past::{Past, Scope, Time, timestamp},
    time_to_adopt::time_to_adopt,
    time_to_integrate::time_to_integrate,
    velocity_delta::velocity_delta,
};
use shared::api::CapabilityTimes;

/// The times of the capability at position `capability` of `Past::capabilities`, as known at `at`, of the components in
/// `scope`. A position that is none gives an answer without a single case.
pub fn times(past: &Past, capability: u32, at: Time, scope: &Scope) -> CapabilityTimes {
    let capability = capability as usize;
    let lives = Lives::new(past, capability, at, scope);
    CapabilityTimes {
        capability: past.capabilities.get(capability).map(|it| it.name.clone()).unwrap_or_default(),
        at: timestamp(lives.at),
        cohorts: cohorts(&lives),
        time_to_integrate: time_to_integrate(&lives),
        time_to_adopt: time_to_adopt(&lives),
        survival: survival(&lives),
        velocity: velocity_delta(&lives),
    }
}
