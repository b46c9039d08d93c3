//! The ranked platforms as a table.
//! It must not sort them.
use super::{
    SMALL, heading,
    page::{Look, MARGIN, Page, ROOM, WIDTH},
    text::Face,
};
use crate::metrics::report::{
    MAX_RANKED,
    markdown::{capability, cost},
    words::{number, signed},
};
use shared::{
    ShadowClaim,
    api::{ReportBody, ShadowItem},
};

const ROW: f32 = 14.0;

/// A column: its heading, its left edge from the margin, and whether it holds numbers.
const COLUMNS: [(&str, f32, bool); 7] = [
    ("Platform", 0.0, false),
    ("Capability", 152.0, false),
    ("Teams", 268.0, true),
    ("Consumers", 298.0, true),
    ("90 days", 346.0, true),
    ("Days, year", 384.0, true),
    ("Cost, year", 428.0, true),
];

pub(super) fn draw(page: &mut Page, body: &ReportBody) {
    heading(page, "Homegrown platforms, the most work in the last year first");
    if body.shadows.is_empty() {
        page.paragraph("None was found.", SMALL.grey(0.35), (MARGIN, ROOM), 1);
        return;
    }
    let names = COLUMNS.map(|(name, _, _)| name.to_owned());
    row(page, &names, Look::new(Face::Bold, 7.0).grey(0.3));
    page.rule(page.y, 0.3);
    for item in body.shadows.iter().take(MAX_RANKED) {
        row(page, &cells(item), Look::new(Face::Regular, 7.5));
        page.rule(page.y, 0.85);
    }
    let listed = body.shadows.len().min(MAX_RANKED) as u64;
    let rest = (body.n_shadows + body.n_possible).saturating_sub(listed);
    if rest > 0 {
        page.paragraph(&format!("+{} more", number(rest)), SMALL.grey(0.35), (MARGIN, ROOM), 1);
    }
}

fn row(page: &mut Page, cells: &[String; 7], look: Look) {
    for (at, (cell, (_, left, is_number))) in cells.iter().zip(COLUMNS).enumerate() {
        let end = COLUMNS.get(at + 1).map_or(ROOM, |next| next.1);
        let (x, room, y) = (MARGIN + left, end - left - 6.0, page.y + 9.8);
        if is_number {
            // The last column ends at the margin.
            let x = if end == ROOM { WIDTH - MARGIN } else { MARGIN + end - 6.0 };
            page.right(cell, look, (x, y), room + 6.0);
        } else {
            page.text(cell, look, (x, y), room);
        }
    }
    page.y += ROW;
}

fn cells(item: &ShadowItem) -> [String; 7] {
    let sure = item.claim == ShadowClaim::Shadow;
    [
        if sure { item.name.clone() } else { format!("Possible: {}", item.name) },
        capability(item),
        item.teams.len().to_string(),
        number(item.consumers),
        signed(item.growth_90d),
        number(item.author_days_year),
        cost(item),
    ]
}
