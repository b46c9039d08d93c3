//! The first page: headline, figures, heat map, gaps.
//! It must not go beyond its page.
use super::{
    SMALL, SMALL_BOLD, heading, heat, more,
    page::{Look, MARGIN, Page, ROOM, WIDTH},
    text::Face,
};
use crate::metrics::report::words::{counted, day, number};
use shared::api::{PlatformGap, ReportFigure, ShadowReport};

const COLUMNS: usize = 4;
const MAX_FIGURES: usize = 8;
/// Height of one row of figures. Points.
const FIGURE: f32 = 33.0;
/// Lines of one gap.
const GAP_LINES: usize = 3;

pub(super) fn page(report: &ShadowReport) -> Page {
    let mut page = Page::new();
    let body = &report.body;
    let kicker = Look::new(Face::Bold, 8.0).grey(0.35);
    page.text("SHADOW PLATFORM REPORT", kicker, (MARGIN, page.y), ROOM);
    page.right(day(&report.at), kicker, (WIDTH - MARGIN, page.y), 80.0);
    page.y += 6.0;
    page.rule(page.y, 0.0);
    page.y += 5.0;
    page.paragraph(&body.headline, Look::new(Face::Bold, 15.0), (MARGIN, ROOM), 4);
    page.y += 3.0;
    page.paragraph(&body.confidence, Look::new(Face::Regular, 8.5).grey(0.25), (MARGIN, ROOM), 4);
    page.y += 8.0;
    figures(&mut page, &body.figures);
    heat::draw(&mut page, &body.matrix);
    gaps(&mut page, &body.gaps);
    page
}

fn figures(page: &mut Page, figures: &[ReportFigure]) {
    let wide = ROOM / COLUMNS as f32;
    for row in figures[..figures.len().min(MAX_FIGURES)].chunks(COLUMNS) {
        page.rule(page.y, 0.8);
        for (at, figure) in row.iter().enumerate() {
            let x = MARGIN + wide * at as f32;
            page.shrunk(&figure.text, Look::new(Face::Bold, 11.0), (x, page.y + 14.5), wide - 8.0);
            page.text(&figure.label, Look::new(Face::Regular, 7.0).grey(0.3), (x, page.y + 25.0), wide - 8.0);
        }
        page.y += FIGURE;
    }
    page.rule(page.y, 0.8);
}

fn gaps(page: &mut Page, gaps: &[PlatformGap]) {
    heading(page, "Why teams build: gaps of the platform");
    if gaps.is_empty() {
        page.paragraph("No gap of the platform shows as a reason.", SMALL.grey(0.35), (MARGIN, ROOM), 1);
    }
    for (at, gap) in gaps.iter().enumerate() {
        let text = gap.reasons.join(" ");
        let lines = Page::lines(&text, SMALL, ROOM - 10.0, GAP_LINES);
        // Room for the heading, its reasons, and a last line that says how many more there are.
        if page.left() < (lines as f32 + 2.0) * 10.3 + 3.0 {
            more(page, gaps.len() - at);
            return;
        }
        let reach = format!("{} off the path in {}", number(gap.off_path), counted(gap.teams, "team"));
        page.paragraph(&format!("{} – {reach}", gap.title), SMALL_BOLD, (MARGIN, ROOM), 1);
        page.paragraph(&text, SMALL, (MARGIN + 10.0, ROOM - 10.0), GAP_LINES);
        page.y += 3.0;
    }
}
