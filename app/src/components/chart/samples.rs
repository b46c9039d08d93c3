//! A made-up organisation's past for the tests of charts, of the shape that real ones have.
//! It must hold no real organisation's data.
use super::{ChartWords, LinePoint, ShareSeries};
use shared::{
    Area, MarkKind, OfferPath, Timestamp,
    api::{
        Durations, Flow, FlowEnd, Gap, HistoryPoint, Mark, MatrixCell, MatrixColumn, MatrixRow, Survival, Target,
        TeamMatrix,
    },
};

pub(super) fn at(day: &str) -> Timestamp {
    Timestamp::new(format!("{day}T00:00:00Z")).unwrap()
}

pub(super) fn words(title: &str) -> ChartWords {
    let sentence = "Golden adoption stands at 82%: 36 of 44 components.".to_owned();
    ChartWords { title: title.into(), sentence, why: Some("/explain?metric=adoption".into()) }
}

/// Sixty months of a switch from a copied kit to a golden tool that is offered from 2022-01-26 on.
pub(super) fn months() -> Vec<HistoryPoint> {
    (0..60_u64).map(|i| month(2021 + i / 12, i % 12 + 1, i)).collect()
}

fn month(year: u64, month: u64, i: u64) -> HistoryPoint {
    let eligible = 30 + i / 4;
    let golden = if i < 12 { 0 } else { (17 + (i - 12)).min(36) };
    let homegrown = if i < 12 { 20 + i / 2 } else { 26_u64.saturating_sub(2 * (i - 12)).max(2) };
    HistoryPoint {
        at: at(&format!("{year}-{month:02}-28")),
        eligible,
        golden,
        tolerated: u64::from(i > 20),
        vendor: i / 20,
        homegrown,
        migrating: if (12..24).contains(&i) { 5 } else { 0 },
        golden_eligible: golden.min(eligible),
        adoption: Some(golden.min(eligible) as f64 / eligible as f64),
    }
}

pub(super) fn series() -> ShareSeries {
    let point = |point: HistoryPoint| LinePoint {
        href: format!("/catalog?path=golden&at={}", &point.at.as_str()[..10]),
        label: format!("{} of {}", point.golden_eligible, point.eligible),
        value: point.adoption,
        at: point.at,
    };
    let target = Target { adoption: 0.9, by: Some("2027-06-30".into()) };
    ShareSeries {
        points: months().into_iter().map(point).collect(),
        target: Some(target),
        marks: marks(),
        gaps: gaps(),
        delta: Some(0.023),
    }
}

pub(super) fn marks() -> Vec<Mark> {
    let mark = |day, kind, text: &str| Mark {
        at: at(day),
        kind,
        text: text.into(),
        repository: None,
        commit: None,
        permalink: None,
    };
    vec![
        mark("2021-03-04", MarkKind::HistoryStart, "history of acme/api starts here (shallow)"),
        mark("2022-01-26", MarkKind::Launch, "sage is offered"),
        mark("2022-03-10", MarkKind::Campaign, "make kit sunset"),
        mark("2025-11-20", MarkKind::Rules, "make-kit matches tools/**/rules.mk"),
    ]
}

pub(super) fn gaps() -> Vec<Gap> {
    let gap = |from, to| Gap {
        repository: "acme/api".parse().unwrap(),
        from: at(from),
        to: at(to),
        reason: "objects are missing".into(),
    };
    vec![gap("2023-06-01", "2024-01-15")]
}

pub(super) fn flow(from: (&str, Option<OfferPath>), to: (&str, Option<OfferPath>), n: u64) -> Flow {
    let end = |(name, path): (&str, _)| FlowEnd { name: name.to_owned(), path };
    let members = (0..n).map(|i| format!("component:default/c{i}")).collect();
    Flow { from: end(from), to: end(to), n, members }
}

pub(super) fn flows() -> Vec<Flow> {
    use OfferPath::{Golden, Homegrown, Tolerated, Vendor};
    let (sage, kit, none, absent) =
        (("sage", Some(Golden)), ("make-kit", Some(Homegrown)), ("none", None), ("absent", None));
    vec![
        flow(kit, sage, 25),
        flow(absent, sage, 7),
        flow(none, sage, 3),
        flow(none, none, 4),
        flow(kit, ("make-kit + sage", None), 2),
        flow(sage, sage, 2),
        flow(("bazel-cloud-enterprise", Some(Vendor)), ("bazel-cloud-enterprise", Some(Vendor)), 2),
        flow(("just", Some(Tolerated)), sage, 1),
        flow(kit, absent, 1),
        flow(none, ("just", Some(Tolerated)), 1),
    ]
}

pub(super) fn matrix() -> TeamMatrix {
    let names = [
        "CI pipeline",
        "Feature flags",
        "Observability and tracing",
        "Secrets",
        "Auth",
        "Message queue",
        "Data warehouse",
        "Model registry",
    ];
    let capabilities = names.map(|title| MatrixColumn {
        name: title.to_lowercase().replace(' ', "-"),
        title: title.into(),
        area: Area::DeveloperPlatform,
    });
    let cell = |t: u64, c: u64| {
        let eligible = (t * 7 + c * 3) % 12;
        let golden_eligible = eligible * ((t + 2 * c) % 5) / 4;
        let homegrown = (t * c) % 7 * u64::from(eligible > 0);
        MatrixCell { eligible, golden: golden_eligible, golden_eligible, vendor: 0, homegrown, off_path: homegrown }
    };
    let row = |t: u64| MatrixRow {
        team: (t < 7).then(|| {
            format!(
                "group:default/team-{}",
                ["alpha", "billing", "checkout", "data-platform", "edge", "growth", "identity-and-access"][t as usize]
            )
            .parse()
            .unwrap()
        }),
        components: 3 + t * 4,
        cells: (0..8).map(|c| cell(t, c)).collect(),
    };
    TeamMatrix { at: at("2026-11-21"), capabilities: capabilities.into(), teams: (0..8).map(row).collect() }
}

pub(super) fn cohorts() -> Vec<shared::api::Cohort> {
    let cohort = |i: u64| {
        let created = [9, 12, 4, 2, 7, 3, 1, 0, 5, 6, 2, 1][i as usize];
        let chose = created * 3 / 4;
        let started_golden = chose * i.min(10) / 11;
        shared::api::Cohort {
            quarter: format!("{}-Q{}", 2021 + i / 4, i % 4 + 1),
            created,
            chose,
            started_golden,
            golden_now: started_golden,
            share: (chose > 0).then(|| started_golden as f64 / chose as f64),
        }
    };
    (0..12).map(cohort).collect()
}

/// Read as the API gives it, so that a field that is added with a default need not be named here.
pub(super) fn durations() -> Durations {
    let bins = [
        (0, Some(7), 5, 0),
        (7, Some(30), 9, 1),
        (30, Some(90), 6, 2),
        (90, Some(180), 3, 1),
        (180, Some(365), 2, 2),
        (365, None, 1, 4),
    ];
    let bins = bins.map(|(from, to, ended, censored)| serde_json::json!({"from_days": from, "to_days": to, "ended": ended, "censored": censored}));
    let text = serde_json::json!({"n": 26, "censored": 10, "p50_days": 34.0, "p75_days": 120.0, "p90_days": 700.0, "bins": bins, "members": []});
    serde_json::from_value(text).unwrap()
}

pub(super) fn survival() -> Survival {
    let steps =
        [(40.0, 0.972, 36, 1), (210.0, 0.944, 35, 1), (400.0, 0.88, 30, 2), (900.0, 0.8, 22, 2), (1300.0, 0.74, 14, 1)];
    let curve = steps.map(|(days, share, at_risk, left)| shared::api::SurvivalPoint { days, share, at_risk, left });
    Survival { adopters: 36, leavers: 7, stickiness: Some(0.8), curve: curve.into() }
}
