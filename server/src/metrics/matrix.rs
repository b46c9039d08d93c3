//! Teams by capabilities at one time.
//! It must not show persons: a row is what a declared owner holds.
use super::{
    past::{Past, PastComponent, Scope, Time, timestamp},
    standing_at::{Is, Pair},
};
use shared::{
    Area, EntityRef,
    api::{MatrixCell, MatrixColumn, MatrixRow, TeamMatrix},
};
use std::collections::BTreeMap;

/// More columns do not fit on a page.
const MAX_COLUMNS: usize = 40;

/// Components of each team that are there at `at`, by capability with a golden offer or any use. The most used first.
pub fn matrix(past: &Past, at: Time, areas: &[Area], scope: &Scope) -> TeamMatrix {
    let at = at.min(past.now);
    let there: Vec<&PastComponent> =
        past.components.iter().filter(|held| held.exists_at(at) && scope.holds(past, held)).collect();
    let columns = columns(past, at, areas, &there);
    let mut rows: BTreeMap<(bool, String), MatrixRow> = BTreeMap::new();
    for component in there {
        let owner = component.owner.as_ref();
        let key = (owner.is_none(), owner.map(EntityRef::short).unwrap_or_default());
        let row = rows.entry(key).or_insert_with(|| MatrixRow {
            team: owner.cloned(),
            components: 0,
            cells: vec![MatrixCell::default(); columns.len()],
        });
        row.components += 1;
        row.cells
            .iter_mut()
            .zip(&columns)
            .for_each(|(cell, at_column)| add(cell, &Pair::new(component, *at_column), at));
    }
    TeamMatrix {
        at: timestamp(at),
        capabilities: columns.iter().map(|column| heading(past, *column)).collect(),
        teams: rows.into_values().collect(),
    }
}

fn heading(past: &Past, column: usize) -> MatrixColumn {
    let capability = &past.capabilities[column];
    MatrixColumn { name: capability.name.clone(), title: capability.title.clone(), area: capability.area }
}

fn columns(past: &Past, at: Time, areas: &[Area], there: &[&PastComponent]) -> Vec<usize> {
    let mut users = vec![0_u64; past.capabilities.len()];
    for component in there {
        for of_one in component.uses.chunk_by(|a, b| a.capability == b.capability) {
            users[of_one[0].capability as usize] += u64::from(of_one.iter().any(|held| held.holds(at)));
        }
    }
    let shown = |at: &usize| {
        let capability = &past.capabilities[*at];
        (areas.is_empty() || areas.contains(&capability.area)) && (capability.has_golden() || users[*at] > 0)
    };
    let mut out: Vec<usize> = (0..past.capabilities.len()).filter(shown).collect();
    out.sort_by(|a, b| {
        users[*b].cmp(&users[*a]).then_with(|| past.capabilities[*a].name.cmp(&past.capabilities[*b].name))
    });
    out.truncate(MAX_COLUMNS);
    out
}

fn add(cell: &mut MatrixCell, pair: &Pair, at: Time) {
    let standing = pair.at(at);
    cell.eligible += u64::from(standing.is(Is::Eligible));
    cell.golden += u64::from(standing.is(Is::Golden));
    cell.golden_eligible += u64::from(standing.is(Is::GoldenEligible));
    cell.vendor += u64::from(standing.is(Is::Vendor));
    cell.homegrown += u64::from(standing.is(Is::Homegrown));
    cell.off_path += u64::from(standing.is(Is::Vendor) || standing.is(Is::Homegrown));
}
