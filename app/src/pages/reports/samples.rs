//! A made-up report for the tests of pages, of the size of the demo.
//! It must hold no real organisation's data.
use crate::pages::shadow::samples::{at, item, items, team};
use shared::{
    Area, ShadowClaim,
    api::{
        DarkMatter, Decision, MatrixCell, MatrixColumn, MatrixRow, PlatformGap, ReportBody, ReportChange, ReportFigure,
        ReportSummary, ShadowReport, TeamMatrix,
    },
};

fn figure(key: &str, label: &str, text: &str, href: &str) -> ReportFigure {
    ReportFigure {
        key: key.into(),
        label: label.into(),
        value: Some(1.0),
        text: text.into(),
        href: (!href.is_empty()).then(|| href.into()),
    }
}

fn matrix() -> TeamMatrix {
    let titles = [
        "Feature flags",
        "Build tool",
        "Structured logging",
        "Message queue",
        "Secret storage",
        "Tracing",
        "HTTP client",
        "Job scheduling",
        "Object storage",
        "API gateway",
    ];
    let teams = [
        "billing",
        "catalogue",
        "checkout",
        "data-platform",
        "delivery",
        "growth",
        "identity",
        "logistics",
        "mobile",
        "pay",
        "search",
        "support",
    ];
    let column = |title: &str| MatrixColumn {
        name: title.to_lowercase().replace(' ', "-"),
        title: title.into(),
        area: Area::DeveloperPlatform,
    };
    let cell = |t: usize, c: usize| {
        let off = ((t * 5 + c * 3) % 7).saturating_sub(2) as u64 * u64::from(!(t + c).is_multiple_of(3));
        MatrixCell {
            eligible: 8,
            golden: 3,
            golden_eligible: 3,
            vendor: off / 2,
            homegrown: off.div_ceil(2),
            off_path: off,
        }
    };
    let row = |t: usize, name: Option<&str>| MatrixRow {
        team: name.map(team),
        components: 9 + t as u64,
        cells: (0..titles.len()).map(|c| cell(t, c)).collect(),
    };
    let mut rows: Vec<_> = teams.iter().enumerate().map(|(t, name)| row(t, Some(name))).collect();
    rows.push(row(13, None));
    TeamMatrix { at: at("2026-11-21"), capabilities: titles.map(column).into(), teams: rows }
}

fn gap(capability: &str, title: &str, reasons: &[&str]) -> PlatformGap {
    PlatformGap {
        capability: capability.into(),
        title: title.into(),
        owner: Some(team("delivery")),
        reasons: reasons.iter().map(|text| (*text).to_owned()).collect(),
        off_path: 9,
        teams: 4,
    }
}

fn change(kind: &str, text: &str, href: Option<&str>) -> ReportChange {
    ReportChange {
        kind: kind.into(),
        text: text.into(),
        before: Some(3.0),
        after: Some(4.0),
        href: href.map(str::to_owned),
    }
}

fn shadows() -> Vec<shared::api::ShadowItem> {
    let mut all = items();
    all.extend((4..11).map(|i| {
        item(
            &format!("s-{i}"),
            &format!("homegrown-kit-{i}"),
            if i < 6 { ShadowClaim::Shadow } else { ShadowClaim::PossibleDuplicate },
        )
    }));
    all
}

fn body() -> ReportBody {
    ReportBody {
        headline: "4 shadow platforms of 6 teams cost EUR 96,000 to 205,000 in the last year; togglekit beside Feature flags grows fastest, by 3 consumers in 90 days.".into(),
        confidence: "Probable: built on declared packages and imports of 44 repositories; 9 further candidates are only possible and are not counted.".into(),
        figures: vec![
            figure("shadow_platforms", "shadow platforms", "4", "/shadow?claim=shadow"),
            figure("possible", "possible duplicates", "9", "/shadow?claim=possible_duplicate"),
            figure("author_days", "author-days in the last year", "171", "/shadow?claim=shadow&sort=-author_days"),
            figure("cost", "cost of the last year", "EUR 96,000 to 205,000", "/shadow?sort=-cost"),
            figure("duplicated", "duplicated lines", "12,480", "/clusters"),
            figure("ownership_truth", "of owners confirmed by the work", "63%", "/ownership?verdict=confirmed"),
        ],
        gaps: vec![
            gap("feature-flags", "Feature flags", &["No golden offer for Python, which 6 of the 9 homegrown users are written in.", "The quick start was last changed 14 months ago."]),
            gap("messaging", "Message queue", &["No quick start is written down.", "The golden offer is beta."]),
            gap("logging", "Structured logging", &["The golden offer has no release in 12 months."]),
        ],
        matrix: matrix(),
        shadows: shadows(),
        n_shadows: 4,
        n_possible: 9,
        dark: DarkMatter { repositories: 5, repositories_share: Some(0.11), lines: 48_200, lines_share: Some(0.07), author_days: 96, author_days_share: None, examples: vec!["acme/legacy-batch".into(), "acme/old-site".into()] },
        changes: vec![
            change("new_shadow", "pay-queue is new: 2 teams, 41 author-days.", Some("/shadow/s-2")),
            change("grown", "togglekit grew by 3 consumers.", Some("/shadow/s-1")),
            change("figure", "Author-days of the last year rose from 140 to 171.", None),
        ],
        since: Some(summary("r-2026-08", "2026-08-20")),
        assumptions: vec![
            "An author-day is one person who changed the code on one day.".into(),
            "Squash merges hide branch time: the upper end is 1.5 times the count.".into(),
            "Pair work undercounts.".into(),
            "A day costs EUR 800, as configured.".into(),
        ],
    }
}

pub(crate) fn summary(id: &str, day: &str) -> ReportSummary {
    ReportSummary {
        id: id.into(),
        at: at(day),
        digest: "9f".repeat(32),
        headline: "4 shadow platforms of 6 teams cost EUR 96,000 to 205,000 in the last year.".into(),
    }
}

pub(crate) fn report(id: Option<&str>) -> ShadowReport {
    let decision = |text: &str, owner: &str, due: Option<&str>| Decision {
        text: text.into(),
        owner: owner.into(),
        due: due.map(str::to_owned),
    };
    ShadowReport {
        id: id.map(str::to_owned),
        at: at("2026-11-21"),
        rules_version: "3f2a9b0c11d2e4f5".into(),
        digest: "9f".repeat(32),
        body: body(),
        decisions: vec![
            decision(
                "Give Feature flags a Python client, so that 6 components can leave togglekit.",
                "group:default/delivery",
                Some("2027-01-31"),
            ),
            decision("Stop new uses of pay-queue.", "Head of platform", Some("2027-02-28")),
        ],
    }
}
