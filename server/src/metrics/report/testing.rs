//! Invented reports for tests: an ordinary one, and one that is as full as a report can be.
//! It must not be used outside tests.
use super::{
    compose::compose,
    decide::decide,
    digest::{digest, id},
    model::{GoldenOffer, OffPath, Previous, ReportCapability, ReportInput, StartPage},
};
use crate::metrics::rate::Rate;
use shared::{
    Area, Confidence, EntityKind, EntityRef, ShadowClaim, ShadowKind, Timestamp,
    api::{
        CostRange, DarkMatter, MatrixCell, MatrixColumn, MatrixRow, ReportSummary, ShadowItem, ShadowReport,
        TeamMatrix, VerdictCounts,
    },
};

pub(super) fn at() -> Timestamp {
    Timestamp::new("2026-11-21T10:00:00Z").unwrap()
}

pub(super) fn group(name: &str) -> EntityRef {
    EntityRef::new(EntityKind::Group, "default", name).unwrap()
}

/// A platform that took `days` in the last year.
pub(super) fn item(name: &str, kind: ShadowKind, days: u64, teams: &[&str]) -> ShadowItem {
    let cost = |share: f64| days as f64 * 800.0 * share;
    ShadowItem {
        id: format!("{name:0<16}").chars().take(16).collect(),
        name: name.to_owned(),
        kind,
        claim: ShadowClaim::Shadow,
        capability: Some("feature-flags".to_owned()),
        capability_title: Some("Feature flags".to_owned()),
        proposed: None,
        why: format!("{name} is imported by components of several teams."),
        teams: teams.iter().map(|name| group(name)).collect(),
        consumers: 3 * teams.len() as u64,
        repositories: teams.len() as u64,
        growth_90d: 2,
        author_days: days * 3,
        author_days_year: days,
        cost: Some(CostRange {
            low: cost(0.5),
            likely: cost(1.0),
            high: cost(1.5),
            currency: "EUR".to_owned(),
            day_rate: 800.0,
        }),
        lines: 4_200,
        last_change: None,
        confidence: Confidence::Probable,
        retire_order: None,
    }
}

pub(super) fn off(language: &str, owner: &str, homegrown: bool) -> OffPath {
    OffPath { language: Some(language.to_owned()), owner: Some(group(owner)), homegrown }
}

pub(super) fn capability() -> ReportCapability {
    ReportCapability {
        name: "feature-flags".to_owned(),
        title: "Feature flags".to_owned(),
        owner: Some(group("delivery")),
        lifecycle: "beta".to_owned(),
        golden: vec![GoldenOffer {
            name: "flagship".to_owned(),
            ecosystems: ["go".to_owned(), "npm".to_owned()].into(),
            language: Some("Go".to_owned()),
            any_language: false,
            last_commit: Some(Timestamp::new("2026-02-01T00:00:00Z").unwrap()),
        }],
        start: StartPage::Unnamed,
        off_path: vec![
            off("Python", "ledger", true),
            off("Python", "billing", true),
            off("Go", "search", true),
            off("TypeScript", "search", false),
        ],
    }
}

pub(super) fn matrix(capabilities: usize, teams: usize) -> TeamMatrix {
    let column = |at: usize| MatrixColumn {
        name: format!("capability-{at}"),
        title: ["Feature flags", "Authentication and sessions", "Model registry", "Queues"][at % 4].to_owned(),
        area: Area::DeveloperPlatform,
    };
    let cell = |n: u64| MatrixCell { homegrown: n, off_path: n, ..MatrixCell::default() };
    let row = |at: usize| MatrixRow {
        team: (at > 0).then(|| group(&format!("team-{at}"))),
        components: 20,
        cells: (0..capabilities).map(|column| cell(((at * 7 + column * 5) % 11) as u64)).collect(),
    };
    TeamMatrix { at: at(), capabilities: (0..capabilities).map(column).collect(), teams: (0..teams).map(row).collect() }
}

/// An organisation with two platforms and a possible one.
pub(super) fn input() -> ReportInput {
    let mut own = item("own-flags", ShadowKind::Offer, 210, &["ledger", "billing", "search", "web", "mobile"]);
    own.retire_order = Some(1);
    let mut copied = item("retry-helpers", ShadowKind::Cluster, 102, &["ledger", "search"]);
    (copied.capability, copied.capability_title) = (None, None);
    copied.proposed = Some("Retries".to_owned());
    let mut maybe = item("mailer", ShadowKind::Cluster, 900, &["web", "search"]);
    maybe.claim = ShadowClaim::PossibleDuplicate;
    ReportInput {
        at: at(),
        today: "2026-11-21".to_owned(),
        shadows: vec![maybe, copied, own],
        known_work: Some(0.86),
        has_work: true,
        verdicts: VerdictCounts { confirmed: 30, disputed: 6, stale: 4, undeclared: 10, ..VerdictCounts::default() },
        matrix: matrix(5, 6),
        dark: DarkMatter {
            repositories: 4,
            repositories_share: Some(0.1),
            lines: 20_000,
            lines_share: Some(0.055),
            author_days: 31,
            author_days_share: Some(0.02),
            examples: vec!["acme/attic".to_owned(), "acme/scratch".to_owned()],
        },
        capabilities: vec![capability()],
        previous: None,
        rate: Some(Rate { day: 800.0, currency: "EUR".to_owned() }),
    }
}

/// The report of an input, as it is frozen.
pub(super) fn report(input: &ReportInput) -> ShadowReport {
    let body = compose(input);
    let digest = digest(&body);
    ShadowReport {
        id: Some(id(&input.at, &digest)),
        at: input.at.clone(),
        rules_version: "5f2d9a1c7be04410".to_owned(),
        decisions: decide(input, &body),
        digest,
        body,
    }
}

pub(super) fn summary(report: &ShadowReport) -> ReportSummary {
    ReportSummary {
        id: report.id.clone().unwrap_or_default(),
        at: report.at.clone(),
        digest: report.digest.clone(),
        headline: report.body.headline.clone(),
    }
}

/// More of everything than two pages hold, with long and hostile names.
pub(super) fn full_input() -> ReportInput {
    let long = "a-rather-long-name-of-a-platform-that-somebody-chose <script>alert(1)</script> | x";
    let mut input = input();
    input.previous = Some(Previous { summary: summary(&report(&input)), body: compose(&input) });
    input.shadows = (0..30)
        .map(|at| {
            let mut item = item(&format!("{at}-{long}"), ShadowKind::Package, 4_000 - at, &["ledger", "web", "search"]);
            item.capability_title = Some(format!("{long} {long}"));
            item
        })
        .collect();
    input.matrix = matrix(30, 40);
    input.matrix.capabilities.iter_mut().for_each(|column| column.title = format!("{} {long}", column.title));
    input.capabilities = (0..20)
        .map(|at| ReportCapability { name: format!("c-{at}"), title: format!("{at} {long}"), ..capability() })
        .collect();
    input.dark.examples = (0..40).map(|at| format!("acme/{at}-{}", "long-name-".repeat(6))).collect();
    input
}
