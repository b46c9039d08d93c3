//! Orders: which shadow platform to retire first, which teams to build the golden path with, and who stayed with it.
//! It must not rank persons.
use super::{
    assemble::Assembly,
    growth::{Growth, NINETY_DAYS, covers, exists},
    ledger::Ledger,
};
use shared::{
    EntityRef, OfferPath,
    api::{Partner, ShadowDetail, ShadowUser},
};
use std::collections::{BTreeMap, BTreeSet};

/// Teams that are named.
const MOST_PARTNERS: usize = 10;
/// Missing public names that are as much work as one consumer.
const NAMES_PER_CONSUMER: f64 = 10.0;

/// Gives each candidate that has somewhere to go its place: freed author-days by work left, the largest first.
pub(super) fn retire_order(details: &mut [ShadowDetail]) {
    let mut places: Vec<usize> = (0..details.len()).filter(|at| details[*at].readiness.successor.is_some()).collect();
    places.sort_by(|a, b| {
        let (a, b) = (&details[*a], &details[*b]);
        let worth = |detail: &ShadowDetail| detail.item.author_days_year as f64 / left(detail);
        let first = worth(b).total_cmp(&worth(a)).then_with(|| left(a).total_cmp(&left(b)));
        first.then_with(|| a.item.id.cmp(&b.item.id))
    });
    for (order, at) in (1..).zip(places) {
        details[at].item.retire_order = Some(order);
    }
}

/// The work left, in consumers.
fn left(detail: &ShadowDetail) -> f64 {
    1.0 + detail.readiness.remaining as f64 + detail.readiness.n_missing as f64 / NAMES_PER_CONSUMER
}

/// Teams by work of the last year, then growth, then consumers.
pub(super) fn partners(ledger: &Ledger, growth: &Growth, users: &[ShadowUser]) -> Vec<Partner> {
    let mut teams: BTreeMap<&EntityRef, Partner> = BTreeMap::new();
    let empty = |team: &EntityRef| Partner { team: team.clone(), author_days_year: 0, consumers: 0, growth_90d: 0 };
    for (team, days) in &ledger.year_by_team {
        teams.entry(team).or_insert_with(|| empty(team)).author_days_year = *days;
    }
    for team in users.iter().filter_map(|user| user.owner.as_ref()) {
        teams.entry(team).or_insert_with(|| empty(team)).consumers += 1;
    }
    for (team, change) in &growth.by_team {
        teams.entry(team).or_insert_with(|| empty(team)).growth_90d = *change;
    }
    let mut ranked: Vec<Partner> = teams.into_values().collect();
    ranked.sort_by(|a, b| {
        let key = |partner: &Partner| (partner.author_days_year, partner.growth_90d, partner.consumers);
        key(b).cmp(&key(a)).then_with(|| a.team.cmp(&b.team))
    });
    ranked.truncate(MOST_PARTNERS);
    ranked
}

/// Teams whose components have kept a golden offer for 90 days, in two or more repositories.
pub(super) fn champions(input: &Assembly<'_>, capability: Option<&str>) -> Vec<EntityRef> {
    let past = input.past;
    let Some(at) = capability.and_then(|name| past.capabilities.iter().position(|held| held.name == name)) else {
        return vec![];
    };
    let mut held: BTreeMap<&EntityRef, BTreeSet<usize>> = BTreeMap::new();
    for component in past.components.iter().filter(|component| exists(component)) {
        let kept = component.uses.iter().any(|usage| {
            usage.capability as usize == at
                && usage.path == OfferPath::Golden
                && covers(usage, input.now)
                && usage.from.at <= input.now - NINETY_DAYS
        });
        if let Some(owner) = component.owner.as_ref().filter(|_| kept) {
            held.entry(owner).or_default().insert(component.repository);
        }
    }
    held.into_iter().filter(|(_, repositories)| repositories.len() >= 2).map(|(team, _)| team.clone()).collect()
}
