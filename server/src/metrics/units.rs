//! What is counted: components, or the repositories or teams that they belong to.
//! It must not look at time, save to join what the members of one unit show at one time.
use super::{
    past::{Past, PastComponent, Scope, Time},
    standing_at::{Pair, StandingAt},
};
use shared::{EntityRef, RepoName, Unit};
use std::collections::BTreeMap;

/// One unit: its components in the scope, at least one.
#[derive(Debug, Clone)]
pub(super) struct Members<'a>(pub(super) Vec<&'a PastComponent>);

/// The units of the scope, by name. Components of nobody belong to no team.
pub(super) fn units<'a>(past: &'a Past, unit: Unit, scope: &Scope) -> Vec<Members<'a>> {
    let inside = past.components.iter().filter(|component| scope.holds(past, component));
    match unit {
        Unit::Component => inside.map(|component| Members(vec![component])).collect(),
        Unit::Repository => {
            let mut out: BTreeMap<&RepoName, Vec<_>> = BTreeMap::new();
            inside.for_each(|held| out.entry(&past.repositories[held.repository].name).or_default().push(held));
            out.into_values().map(Members).collect()
        }
        Unit::Team => {
            let mut out: BTreeMap<&EntityRef, Vec<_>> = BTreeMap::new();
            for (owner, held) in inside.filter_map(|held| held.owner.as_ref().map(|owner| (owner, held))) {
                out.entry(owner).or_default().push(held);
            }
            out.into_values().map(Members).collect()
        }
    }
}

impl Members<'_> {
    /// How lists name the unit: `component:default/api`, `acme/api`, `group:default/pay`.
    pub(super) fn name(&self, past: &Past, unit: Unit) -> String {
        let one = self.0[0];
        match unit {
            Unit::Component => one.reference.to_string(),
            Unit::Repository => past.repositories[one.repository].name.to_string(),
            Unit::Team => one.owner.as_ref().map(ToString::to_string).unwrap_or_default(),
        }
    }

    /// What any member shows.
    pub(super) fn at(&self, capability: usize, at: Time) -> StandingAt {
        let bits = self.0.iter().map(|component| Pair::new(component, capability).at(at).bits());
        StandingAt::settled(bits.fold(0, |all, one| all | one))
    }

    /// Whether any member is there.
    pub(super) fn exist_at(&self, at: Time) -> bool {
        self.0.iter().any(|component| component.exists_at(at))
    }
}
