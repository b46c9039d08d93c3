//! The heat map in grey steps with the number printed in each cell.
//! It must not rely on the shade: the number says the same.
use super::{
    heading,
    page::{Look, MARGIN, Page, ROOM},
    text::Face,
};
use crate::metrics::report::{
    heat::{Shown, shown},
    markdown::team_or_nobody,
    words::number,
};
use shared::api::TeamMatrix;

const MAX_CAPABILITIES: usize = 12;
const MAX_TEAMS: usize = 14;
/// Heights of a row and of the slanted headings, and the width of the teams' names. Points.
const ROW: f32 = 13.0;
const HEAD: f32 = 62.0;
const NAMES: f32 = 116.0;
/// Room to the right for the last slanted heading.
const OVERHANG: f32 = 40.0;
/// The widest that a cell gets.
const WIDEST: f32 = 40.0;
/// How light a cell is, by step: 0 nobody, 4 the most.
const GREYS: [f32; 5] = [0.97, 0.86, 0.72, 0.5, 0.25];

pub(super) fn draw(page: &mut Page, matrix: &TeamMatrix) {
    heading(page, "Components off the golden path, team by capability");
    let shown = shown(matrix, MAX_CAPABILITIES, MAX_TEAMS);
    let quiet = Look::new(Face::Regular, 8.0).grey(0.35);
    if shown.teams.is_empty() {
        page.paragraph("No component is off a golden path.", quiet, (MARGIN, ROOM), 1);
        return;
    }
    let wide = ((ROOM - NAMES - OVERHANG) / shown.capabilities.len() as f32).min(WIDEST);
    page.y += HEAD;
    for (at, column) in shown.capabilities.iter().enumerate() {
        let x = MARGIN + NAMES + wide * (at as f32 + 0.5);
        page.aslant(&column.title, Look::new(Face::Regular, 7.0), (x, page.y - 3.0), HEAD * 1.12);
    }
    for row in shown.teams {
        let name = team_or_nobody(row.team.as_ref());
        page.text(&name, Look::new(Face::Regular, 7.5), (MARGIN, page.y + 9.0), NAMES - 6.0);
        for (at, cell) in row.cells.iter().take(shown.capabilities.len()).enumerate() {
            draw_cell(page, &shown, MARGIN + NAMES + wide * at as f32, (wide, cell.off_path));
        }
        page.y += ROW;
    }
    if !shown.more().is_empty() {
        page.paragraph(&shown.more(), quiet, (MARGIN, ROOM), 1);
    }
}

fn draw_cell(page: &mut Page, shown: &Shown<'_>, x: f32, (wide, n): (f32, u64)) {
    let step = shown.step(n);
    let y = page.y;
    page.filled((x, y), (wide - 1.0, ROW - 1.0), GREYS[usize::from(step)]);
    if n > 0 {
        let ink = if step >= 3 { 1.0 } else { 0.0 };
        page.centred(&number(n), Look::new(Face::Bold, 7.5).grey(ink), (x + (wide - 1.0) / 2.0, y + 8.8));
    }
}
