//! Where the users of a capability's offers went between two dates.
//! It must not say why; `moves` tells of each.
use super::{
    past::{Past, Scope, Time, timestamp},
    units::{Members, units},
};
use shared::{
    Unit,
    api::{Flow, FlowEnd, Substitution},
};
use std::collections::{BTreeMap, BTreeSet};

/// What is asked: from when to when, what is counted, of whom.
#[derive(Debug, Clone)]
pub struct SubstitutionQuestion<'a> {
    /// Position in `Past::capabilities`.
    pub capability: usize,
    pub from: Time,
    pub to: Time,
    pub unit: Unit,
    pub scope: &'a Scope,
}

/// Each unit that is there at either time, from the offers it used at the first to those at the second. Who used nothing is
/// `none` when it could have, or when it used something at the other time; who used nothing at both is left out.
pub fn substitution(past: &Past, question: &SubstitutionQuestion) -> Substitution {
    let mut flows: BTreeMap<(FlowEnd, FlowEnd), Vec<String>> = BTreeMap::new();
    for members in units(past, question.unit, question.scope) {
        let (from, to) = (side(&members, question, question.from), side(&members, question, question.to));
        if from.uses() || to.uses() {
            let (from, to) = (from.named(past, question), to.named(past, question));
            flows.entry((from, to)).or_default().push(members.name(past, question.unit));
        }
    }
    let flow = |((from, to), members): (_, Vec<String>)| Flow { from, to, n: members.len() as u64, members };
    let mut flows: Vec<Flow> = flows.into_iter().map(flow).collect();
    flows.sort_by_key(|flow| std::cmp::Reverse(flow.n));
    Substitution {
        capability: past.capabilities[question.capability].name.clone(),
        from: timestamp(question.from),
        to: timestamp(question.to),
        scope: question.unit,
        flows,
    }
}

/// A unit at one of the two times: not there, or there with offers (by position).
enum Side {
    Absent,
    There(BTreeSet<u32>),
}

fn side(members: &Members, question: &SubstitutionQuestion, at: Time) -> Side {
    if !members.exist_at(at) {
        return Side::Absent;
    }
    let there = members.0.iter().filter(|component| component.exists_at(at));
    let uses = there.flat_map(|component| component.uses_of(question.capability)).filter(|held| held.holds(at));
    Side::There(uses.map(|held| held.offer).collect())
}

impl Side {
    fn uses(&self) -> bool {
        matches!(self, Self::There(offers) if !offers.is_empty())
    }

    fn named(&self, past: &Past, question: &SubstitutionQuestion) -> FlowEnd {
        let offers = match self {
            Self::Absent => return FlowEnd { name: "absent".to_owned(), path: None },
            Self::There(offers) if offers.is_empty() => return FlowEnd { name: "none".to_owned(), path: None },
            Self::There(offers) => offers,
        };
        let all = &past.capabilities[question.capability].offers;
        let mut offers: Vec<_> = offers.iter().map(|at| &all[*at as usize]).collect();
        offers.sort_by(|a, b| a.name.cmp(&b.name));
        let path = offers[0].path;
        FlowEnd {
            name: offers.iter().map(|offer| offer.name.as_str()).collect::<Vec<_>>().join(" + "),
            path: offers.iter().all(|offer| offer.path == path).then_some(path),
        }
    }
}
