//! The second page: ranked platforms, decisions, dark matter, changes, assumptions.
//! It must not go beyond its page: what comes last is cut first.
use super::{
    SMALL, SMALL_BOLD, heading, more,
    page::{Look, MARGIN, Page, ROOM, WIDTH},
    table,
    text::Face,
};
use crate::metrics::report::{
    MAX_DECISIONS,
    markdown::dark_text,
    words::{cut, day},
};
use shared::api::{Decision, ReportBody, ShadowReport};

/// What is kept free for the assumptions. Points.
const ASSUMPTIONS: f32 = 110.0;
/// Where the owner and the day of a decision stand, from the right margin.
const OWNER: f32 = 170.0;
const DUE: f32 = 50.0;

pub(super) fn page(report: &ShadowReport) -> Page {
    let mut page = Page::new();
    // The first heading stands at the upper margin.
    page.y -= 12.0;
    table::draw(&mut page, &report.body);
    decisions(&mut page, &report.decisions);
    if let Some(text) = dark_text(&report.body.dark) {
        heading(&mut page, "Dark matter");
        page.paragraph(&text, SMALL, (MARGIN, ROOM), 3);
    }
    changes(&mut page, &report.body);
    assumptions(&mut page, &report.body.assumptions);
    page
}

fn decisions(page: &mut Page, decisions: &[Decision]) {
    if decisions.is_empty() {
        return;
    }
    heading(page, "To decide");
    for (at, decision) in decisions.iter().take(MAX_DECISIONS).enumerate() {
        let y = page.y;
        page.text(&format!("{}.", at + 1), SMALL_BOLD, (MARGIN, y + 8.0), 12.0);
        page.text(&decision.owner, SMALL_BOLD, (WIDTH - MARGIN - OWNER, y + 8.0), OWNER - DUE - 6.0);
        page.right(decision.due.as_deref().unwrap_or("–"), SMALL_BOLD, (WIDTH - MARGIN, y + 8.0), DUE);
        page.paragraph(&decision.text, SMALL, (MARGIN + 12.0, ROOM - 12.0 - OWNER - 10.0), 4);
        page.y += 4.0;
    }
}

fn changes(page: &mut Page, body: &ReportBody) {
    let Some(since) = &body.since else { return };
    heading(page, &format!("Since the report of {} ({})", day(&since.at), since.id));
    if body.changes.is_empty() {
        page.paragraph("Nothing changed.", SMALL.grey(0.35), (MARGIN, ROOM), 1);
    }
    for (at, change) in body.changes.iter().enumerate() {
        if page.left() < ASSUMPTIONS {
            more(page, body.changes.len() - at);
            return;
        }
        page.paragraph(&format!("• {}", cut(&change.text, 300)), SMALL, (MARGIN, ROOM), 1);
    }
}

fn assumptions(page: &mut Page, assumptions: &[String]) {
    heading(page, "What the figures rest on");
    for text in assumptions {
        page.paragraph(&format!("• {text}"), Look::new(Face::Regular, 7.0).grey(0.25), (MARGIN, ROOM), 2);
    }
}
