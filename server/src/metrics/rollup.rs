//! Adoption over many capabilities: pairs of a unit and a capability with a golden offer are counted, not shares averaged.
//! It must not count a capability without a golden path.
use super::{
    adoption_list::{AdoptionFilter, Counted, Table},
    marks::marks,
    past::{Past, timestamp},
    series::first_commit,
    standing_at::Is,
};
use shared::{
    Area,
    api::{AdoptionItem, AdoptionSummary, RollupItem},
};
use std::collections::BTreeSet;

/// All that the adoption page shows.
#[derive(Debug, Clone, PartialEq)]
pub struct AdoptionPage {
    pub summary: AdoptionSummary,
    pub items: Vec<AdoptionItem>,
}

/// Items and summary of one filter, counted once.
pub fn adoption_page(past: &Past, filter: &AdoptionFilter) -> AdoptionPage {
    let table = Table::new(past, filter);
    let shown = table.shown(past, &filter.areas);
    let golden: Vec<usize> = shown.iter().copied().filter(|at| past.capabilities[*at].has_golden()).collect();
    let areas: BTreeSet<Area> = golden.iter().map(|at| past.capabilities[*at].area).collect();
    let of_area = |area: Area| golden.iter().copied().filter(move |at| past.capabilities[*at].area == area);
    let inside = past.components.iter().filter(|component| filter.scope.holds(past, component));
    let repositories: BTreeSet<usize> = inside.map(|component| component.repository).collect();
    let incomplete = repositories.iter().map(|at| &past.repositories[*at]);
    let summary = AdoptionSummary {
        at: timestamp(filter.at.min(past.now)),
        rules_version: past.rules_version.clone(),
        organisation: rollup(&table, None, golden.iter().copied()),
        areas: areas.into_iter().map(|area| rollup(&table, Some(area), of_area(area))).collect(),
        since: first_commit(past, &filter.scope).map(timestamp),
        repositories: repositories.len() as u64,
        incomplete: incomplete.filter(|held| held.cut_off.is_some() || !held.gaps.is_empty()).count() as u64,
        marks: marks(past, None, &filter.scope),
    };
    AdoptionPage { summary, items: shown.into_iter().map(|at| table.item(past, at)).collect() }
}

fn rollup(table: &Table, area: Option<Area>, capabilities: impl Iterator<Item = usize>) -> RollupItem {
    let mut all = Counted::none(table.times.len());
    let mut n = 0;
    for row in capabilities.map(|at| &table.rows[at]) {
        n += u64::from(row.now.of(Is::Eligible) > 0);
        all.add(row);
    }
    RollupItem {
        area,
        capabilities: n,
        eligible: all.now.of(Is::Eligible),
        golden_eligible: all.now.of(Is::GoldenEligible),
        adoption: all.adoption(),
        conformance: all.conformance(),
        delta_90d: all.delta(),
        reuse_rate: all.reuse_rate(),
        new_component_share: all.new_component_share(),
        golden: all.now.of(Is::Golden),
        homegrown: all.now.of(Is::Homegrown),
        spark: all.spark(&table.times),
    }
}
