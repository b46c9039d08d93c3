//! The heat map: components off the golden path, team by capability.
//! It must not show a row or column in which nobody is off the path.
use super::words::{day, is_person};
use shared::{
    Timestamp,
    api::{MatrixRow, TeamMatrix},
};
use std::cmp::Reverse;

/// Rows and columns kept; a printed page shows fewer and says how many more there are.
const MAX_TEAMS: usize = 60;
const MAX_CAPABILITIES: usize = 40;

/// The matrix with the most off path first, in both directions. Where there is no path to be off, only what teams built
/// themselves makes a column: everybody buys something.
pub(super) fn off_path(matrix: &TeamMatrix, has_golden: &dyn Fn(&str) -> bool) -> TeamMatrix {
    let of_column = |at: usize| matrix.teams.iter().map(|row| cell(row, at)).sum::<u64>();
    let homegrown = |at: usize| matrix.teams.iter().any(|row| row.cells.get(at).is_some_and(|cell| cell.homegrown > 0));
    let shown = |at: &usize| of_column(*at) > 0 && (has_golden(&matrix.capabilities[*at].name) || homegrown(*at));
    let mut columns: Vec<usize> = (0..matrix.capabilities.len()).filter(shown).collect();
    columns.sort_by_key(|at| (Reverse(of_column(*at)), &matrix.capabilities[*at].name));
    columns.truncate(MAX_CAPABILITIES);
    let of_row = |row: &MatrixRow| row.cells.iter().map(|cell| cell.off_path).sum::<u64>();
    let mut rows = of_teams(matrix, &columns);
    rows.retain(|row| of_row(row) > 0);
    // What no team owns comes last, as in every list of teams.
    rows.sort_by_key(|row| (row.team.is_none(), Reverse(of_row(row)), row.team.clone()));
    rows.truncate(MAX_TEAMS);
    TeamMatrix {
        at: start_of_day(&matrix.at),
        capabilities: columns.iter().map(|at| matrix.capabilities[*at].clone()).collect(),
        teams: rows,
    }
}

fn cell(row: &MatrixRow, at: usize) -> u64 {
    row.cells.get(at).map_or(0, |cell| cell.off_path)
}

/// The rows with these columns. What persons own is added to what nobody does: no team has it.
fn of_teams(matrix: &TeamMatrix, columns: &[usize]) -> Vec<MatrixRow> {
    let (teams, others): (Vec<&MatrixRow>, Vec<&MatrixRow>) =
        matrix.teams.iter().partition(|row| row.team.as_ref().is_some_and(|team| !is_person(team)));
    let mut rows: Vec<MatrixRow> = teams.into_iter().map(|row| picked(row, columns)).collect();
    rows.extend(others.into_iter().map(|row| picked(row, columns)).reduce(added));
    rows
}

fn picked(row: &MatrixRow, columns: &[usize]) -> MatrixRow {
    let cells = columns.iter().map(|at| row.cells.get(*at).copied().unwrap_or_default()).collect();
    MatrixRow { team: row.team.clone().filter(|team| !is_person(team)), components: row.components, cells }
}

fn added(mut to: MatrixRow, row: MatrixRow) -> MatrixRow {
    to.components += row.components;
    for (cell, more) in to.cells.iter_mut().zip(row.cells) {
        cell.eligible += more.eligible;
        cell.golden += more.golden;
        cell.golden_eligible += more.golden_eligible;
        cell.vendor += more.vendor;
        cell.homegrown += more.homegrown;
        cell.off_path += more.off_path;
    }
    to
}

/// A report speaks of a day: a scan that finds nothing new must not change its digest.
fn start_of_day(at: &Timestamp) -> Timestamp {
    Timestamp::new(format!("{}T00:00:00Z", day(at))).unwrap_or_else(|_| at.clone())
}

/// What is printed of a heat map.
pub(super) struct Shown<'m> {
    pub(super) capabilities: &'m [shared::api::MatrixColumn],
    pub(super) teams: &'m [MatrixRow],
    pub(super) more_capabilities: usize,
    pub(super) more_teams: usize,
    /// The largest number in a cell.
    pub(super) most: u64,
}

/// The part of the matrix that fits on a page.
pub(super) fn shown(matrix: &TeamMatrix, capabilities: usize, teams: usize) -> Shown<'_> {
    let columns = matrix.capabilities.len().min(capabilities);
    let rows = matrix.teams.len().min(teams);
    let kept = &matrix.teams[..rows];
    let most = kept.iter().flat_map(|row| row.cells.iter().take(columns)).map(|cell| cell.off_path).max();
    Shown {
        capabilities: &matrix.capabilities[..columns],
        teams: kept,
        more_capabilities: matrix.capabilities.len() - columns,
        more_teams: matrix.teams.len() - rows,
        most: most.unwrap_or(0),
    }
}

impl Shown<'_> {
    /// How dark a cell is: 0 for nobody, then 1 to 4 by quarters of the largest.
    pub(super) fn step(&self, n: u64) -> u8 {
        if n == 0 { 0 } else { ((n * 4).div_ceil(self.most.max(1))).clamp(1, 4) as u8 }
    }

    /// `+3 more capabilities, +5 more teams`; empty when everything is shown.
    pub(super) fn more(&self) -> String {
        let part = |n: usize, noun: &str| match n {
            0 => None,
            1 => Some(format!("+1 more {noun}")),
            n => Some(format!("+{n} more {}", super::words::plural(noun))),
        };
        let parts = [part(self.more_capabilities, "capability"), part(self.more_teams, "team")];
        parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
    }
}
