//! Who stands above and below the line of a number, by name.
//! It must not put it into words.
use super::{
    explain::ExplainQuestion,
    lives::{Counted, Lives},
    new_component_share::{is_new, started_golden},
    past::Past,
    standing_at::{Pair, StandingAt},
    units::{Members, units},
};
use shared::Unit;
use std::collections::BTreeSet;

/// Members of a number by name, and the repositories they lie in.
#[derive(Debug, Default)]
pub(super) struct Sets {
    pub(super) numerator: Vec<String>,
    pub(super) denominator: Vec<String>,
    /// Positions in `Past::repositories`.
    pub(super) repositories: BTreeSet<usize>,
}

/// Capabilities asked about.
fn capabilities(past: &Past, question: &ExplainQuestion) -> Vec<usize> {
    let golden = (0..past.capabilities.len()).filter(|at| past.capabilities[*at].has_golden());
    question.capability.map_or_else(|| golden.collect(), |one| vec![one])
}

pub(super) fn by_standing(past: &Past, question: &ExplainQuestion, of: fn(StandingAt) -> (bool, bool)) -> Sets {
    let mut sets = Sets::default();
    let capabilities = capabilities(past, question);
    for members in units(past, question.unit, question.scope) {
        for capability in &capabilities {
            sets.add(past, question, (&members, *capability), of(members.at(*capability, question.at)));
        }
    }
    sets
}

pub(super) fn new_components(past: &Past, question: &ExplainQuestion) -> Sets {
    let mut sets = Sets::default();
    let capabilities = capabilities(past, question);
    for members in units(past, Unit::Component, question.scope) {
        if !is_new(past, members.0[0], question.at) {
            continue;
        }
        for capability in &capabilities {
            if let Some(golden) = started_golden(&Pair::new(members.0[0], *capability), question.at) {
                sets.add(past, question, (&members, *capability), (golden, true));
            }
        }
    }
    sets
}

pub(super) fn counted(past: &Past, question: &ExplainQuestion, of: for<'a> fn(&Lives<'a>) -> Counted<'a>) -> Sets {
    let mut sets = Sets::default();
    for capability in capabilities(past, question) {
        let counted = of(&Lives::new(past, capability, question.at, question.scope));
        let part: BTreeSet<_> = counted.part.iter().map(|component| &component.reference).collect();
        for component in counted.whole {
            let numerator = part.contains(&component.reference);
            sets.add(past, question, (&Members(vec![component]), capability), (numerator, true));
        }
    }
    sets
}

impl Sets {
    fn add(
        &mut self,
        past: &Past,
        question: &ExplainQuestion,
        (members, capability): (&Members, usize),
        (numerator, denominator): (bool, bool),
    ) {
        if !numerator && !denominator {
            return;
        }
        let mut name = members.name(past, question.unit);
        if question.capability.is_none() {
            name = format!("{name} {}", past.capabilities[capability].name);
        }
        // One component is counted wherever it is or was; of a group only those that are there speak for it.
        let there = members.0.iter().filter(|held| question.unit == Unit::Component || held.exists_at(question.at));
        self.repositories.extend(there.map(|component| component.repository));
        if numerator {
            self.numerator.push(name.clone());
        }
        if denominator {
            self.denominator.push(name);
        }
    }
}
