//! Who came to which offer of a capability, who left it, and what replaced what.
//! It must not judge a move.
use super::{
    link::moment,
    past::{Past, PastComponent, PastUse, Scope, Time},
    standing_at::DAY,
};
use shared::{End, api::MoveItem};
use std::collections::BTreeSet;

/// A new offer may come this long after the old one left and still be its replacement.
const APART: Time = 90 * DAY;

/// One item for each stretch of use in scope, by component, then by start.
pub fn moves(past: &Past, capability: usize, scope: &Scope) -> Vec<MoveItem> {
    let inside = past.components.iter().filter(|component| scope.holds(past, component));
    let all = inside.flat_map(|component| component.uses_of(capability).iter().map(move |held| (component, held)));
    let mut out: Vec<(&PastComponent, &PastUse)> = all.collect();
    out.sort_by(|a, b| a.0.reference.cmp(&b.0.reference).then(a.1.from.at.cmp(&b.1.from.at)));
    out.into_iter().map(|(component, held)| item(past, component, held)).collect()
}

/// Whether `new` came in place of `old`, both of one component and capability: another offer, that came after it, at most
/// 90 days after it had left, and outlived it, while the component went on. However long both were used together: a slow
/// migration is one too.
pub(super) fn replaces(new: &PastUse, old: &PastUse) -> bool {
    let Some(left) = old.to.as_ref().filter(|_| old.end == End::Left) else { return false };
    let outlived = new.to.as_ref().is_none_or(|to| to.at > left.at);
    new.offer != old.offer && new.from.at > old.from.at && new.from.at <= left.at + APART && outlived
}

fn item(past: &Past, component: &PastComponent, held: &PastUse) -> MoveItem {
    let capability = &past.capabilities[held.capability as usize];
    let repository = &past.repositories[component.repository];
    let names = |wanted: &dyn Fn(&PastUse) -> bool| -> Vec<String> {
        let others = component.uses_of(held.capability as usize).iter().filter(|other| wanted(other));
        let names: BTreeSet<&String> = others.map(|other| &capability.offers[other.offer as usize].name).collect();
        names.into_iter().cloned().collect()
    };
    let to = held.to.as_ref();
    MoveItem {
        component: component.reference.clone(),
        repository: repository.name.clone(),
        owner: component.owner.clone(),
        capability: capability.name.clone(),
        offer: capability.offers[held.offer as usize].name.clone(),
        path: held.path,
        from: moment(repository, &held.from),
        to: to.map(|to| moment(repository, to)),
        ended: held.end,
        replaced: names(&|other| replaces(held, other)),
        replaced_by: names(&|other| replaces(other, held)),
        days: (to.map_or(past.now, |to| to.at) - held.from.at) as f64 / DAY as f64,
        evidence_path: held.evidence.as_ref().map(|(_, path)| path.clone()),
        evidence_rule: held.evidence.as_ref().map(|(rule, _)| rule.clone()),
    }
}
