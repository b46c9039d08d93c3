//! The past on a capability's page by what it says of made-up answers.
//! It must not reach for the API.
use super::past::{Past, PastSections};
use crate::{api::ApiError, url::PageUrl};
use leptos::prelude::*;
use shared::{
    End, MarkKind, OfferPath, Timestamp, Unit,
    api::{
        CapabilityHistory, CapabilitySummary, CapabilityTimes, Cohort, DurationBin, DurationCase, Durations, Estimate,
        Facet, FacetValue, Flow, FlowEnd, Gap, HistoryPoint, Mark, Moment, MoveItem, Page, Problem, Substitution,
        Survival, SurvivalPoint, Target, Velocity,
    },
};

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn moment(day: &str) -> Moment {
    let commit = "0123456789abcdef0123456789abcdef01234567".parse().unwrap();
    let permalink = Some("https://git.acme.dev/acme/api/commit/0123456789".to_owned());
    Moment { commit, at: at(&format!("{day}T10:00:00Z")), permalink }
}

pub(crate) fn summary() -> CapabilitySummary {
    serde_json::from_value(serde_json::json!({
        "name": "feature-flags", "ref": "capability:default/feature-flags", "title": "Feature flags",
        "description": "Turn behaviour on per customer without a deploy", "area": "developer-platform",
        "owner": "group:default/delivery", "lifecycle": "ga", "source": "organisation",
        "counts": {"components": 40, "golden": 28, "tolerated": 0, "vendor": 6, "homegrown": 9, "migrating": 2,
            "off_path": 12, "none": 3, "exempt": 1, "eligible": 44},
        "homegrown_confidence": "probable", "adoption": 0.61, "reuse_rate": 0.7,
        "target": {"adoption": 0.8, "by": "2027-06-30"}
    }))
    .unwrap()
}

fn history() -> CapabilityHistory {
    let point = |i: u64| HistoryPoint {
        at: at(&format!("{}-{:02}-28T23:59:59Z", 2023 + i / 12, i % 12 + 1)),
        eligible: 20 + i / 2,
        golden: i * 3 / 4,
        tolerated: i / 20,
        vendor: 6,
        homegrown: 16 - i / 4,
        migrating: i / 15,
        golden_eligible: i * 3 / 4,
        adoption: Some(i as f64 * 0.75 / (20 + i / 2) as f64),
    };
    let mark = |kind, day: &str, text: &str| Mark {
        at: at(&format!("{day}T00:00:00Z")),
        kind,
        text: text.into(),
        repository: None,
        commit: None,
        permalink: None,
    };
    CapabilityHistory {
        capability: "feature-flags".into(),
        interval: "month".into(),
        scope: Unit::Component,
        rules_version: "3f2a9b0c11d2e4f5".into(),
        points: (0..36).map(point).collect(),
        marks: vec![
            mark(MarkKind::Launch, "2023-09-01", "flagship is offered"),
            mark(MarkKind::HistoryStart, "2024-05-11", "history of acme/api starts here (shallow)"),
        ],
        gaps: vec![Gap {
            repository: "acme/web".parse().unwrap(),
            from: at("2024-09-01T00:00:00Z"),
            to: at("2024-12-01T00:00:00Z"),
            reason: "objects are missing".into(),
        }],
        target: Some(Target { adoption: 0.8, by: Some("2027-06-30".into()) }),
    }
}

fn substitution() -> Substitution {
    let end = |name: &str, path| FlowEnd { name: name.into(), path };
    let (flagship, darkly) = (end("flagship", Some(OfferPath::Golden)), end("launchdarkly", Some(OfferPath::Vendor)));
    let (own, none, absent) = (end("own-flags", Some(OfferPath::Homegrown)), end("none", None), end("absent", None));
    let flow = |from: &FlowEnd, to: &FlowEnd, n: u64| Flow {
        from: from.clone(),
        to: to.clone(),
        n,
        members: (0..n).map(|i| format!("component:default/app-{i}")).collect(),
    };
    Substitution {
        capability: "feature-flags".into(),
        from: at("2025-01-01T23:59:59Z"),
        to: at("2026-01-01T23:59:59Z"),
        scope: Unit::Component,
        flows: vec![
            flow(&flagship, &flagship, 12),
            flow(&own, &flagship, 7),
            flow(&own, &own, 6),
            flow(&darkly, &darkly, 4),
            flow(&none, &flagship, 4),
            flow(&absent, &flagship, 3),
            flow(&absent, &darkly, 1),
            flow(&darkly, &flagship, 2),
        ],
    }
}

fn durations(n: u64, censored: u64) -> Durations {
    let case = |to: Option<Moment>| DurationCase {
        component: "component:default/api".parse().unwrap(),
        repository: "acme/api".parse().unwrap(),
        offer: if to.is_some() { "flagship".into() } else { String::new() },
        from: moment("2025-03-01"),
        counted_from: to.is_none().then(|| at("2025-04-01T00:00:00Z")),
        to,
        days: 12.0,
        author_days: Some(5),
    };
    let bin = |from_days, to_days, ended, censored| DurationBin { from_days, to_days, ended, censored };
    Durations {
        n,
        censored,
        p50_days: (n > 3).then_some(9.0),
        p75_days: (n > 3).then_some(31.5),
        p90_days: None,
        with_branch: n / 2,
        left_out: 2,
        bins: vec![
            bin(0, Some(1), n / 3, 0),
            bin(1, Some(7), n / 3, 0),
            bin(7, Some(30), n / 3, 1),
            bin(30, None, 1, censored),
        ],
        members: vec![case(Some(moment("2025-03-13"))), case(None)],
    }
}

fn times() -> CapabilityTimes {
    let cohort = |i: u64| Cohort {
        quarter: format!("{}-Q{}", 2023 + i / 4, i % 4 + 1),
        created: 3 + i % 4,
        chose: if i == 3 { 0 } else { 2 + i % 3 },
        started_golden: if i == 3 { 0 } else { (i / 3).min(2 + i % 3) },
        golden_now: 2,
        share: (i != 3).then(|| (i / 3).min(2 + i % 3) as f64 / (2 + i % 3) as f64),
    };
    let step = |days: f64, share, at_risk, left| SurvivalPoint { days, share, at_risk, left };
    CapabilityTimes {
        capability: "feature-flags".into(),
        at: at("2026-11-21T10:00:00Z"),
        cohorts: (0..12).map(cohort).collect(),
        time_to_integrate: durations(18, 2),
        time_to_adopt: durations(27, 17),
        survival: Survival {
            adopters: 30,
            leavers: 2,
            stickiness: Some(0.93),
            curve: vec![step(40.0, 0.97, 30, 1), step(400.0, 0.92, 19, 1)],
        },
        velocity: Velocity {
            pairs: 14,
            least: 10,
            merges: Some(Estimate { value: 0.124, low: -0.03, high: 0.27 }),
            lead_time: None,
            refused: Some(
                "No figure for lead time: it takes 10 pairs in which both show how long changes took.".into(),
            ),
        },
    }
}

fn moves() -> Page<MoveItem> {
    let item = |to: Option<Moment>, ended, path| MoveItem {
        component: "component:default/api".parse().unwrap(),
        repository: "acme/api".parse().unwrap(),
        owner: "group:default/pay".parse().ok(),
        capability: "feature-flags".into(),
        offer: "flagship".into(),
        path,
        from: moment("2025-03-01"),
        to,
        ended,
        replaced: vec!["own-flags".into()],
        replaced_by: vec![],
        days: 412.2,
        evidence_path: None,
        evidence_rule: None,
    };
    let items = vec![
        item(None, End::Open, OfferPath::Golden),
        item(Some(moment("2026-04-17")), End::Left, OfferPath::Vendor),
        item(Some(moment("2026-04-17")), End::Removed, OfferPath::Homegrown),
    ];
    Page { items, total: 57, next: None }
}

pub(crate) fn past() -> Past {
    let value = |value: &str, count| FacetValue { value: value.into(), label: value.into(), count, selected: false };
    let facet = |name: &str, title: &str, values| Facet { name: name.into(), title: title.into(), values };
    Past {
        history: Ok(history()),
        substitution: Ok(substitution()),
        times: Ok(times()),
        moves: Ok(moves()),
        facets: vec![
            facet("owner", "Owner", vec![value("group:default/pay", 7)]),
            facet("language", "Language", vec![value("Go", 20), value("TypeScript", 9)]),
        ],
    }
}

pub(crate) fn html(url: &str, past: Past) -> String {
    let url = PageUrl::parse(url);
    Owner::new().with(|| view! { <PastSections url capability=summary() past/> }.to_html())
}

#[test]
fn the_share_opens_what_it_is_made_of_and_each_point_its_list() {
    let page = html("/capabilities/feature-flags?language=Go", past());
    assert!(page.contains("/explain?metric=adoption&amp;capability=feature-flags&amp;language=Go\""), "{page}");
    let then =
        "/catalog?capability=feature-flags&amp;path=golden&amp;eligible=true&amp;language=Go&amp;at=2023-05-28\"";
    assert!(page.contains(then), "{page}");
    let now = "/catalog?capability=feature-flags&amp;path=golden&amp;eligible=true&amp;language=Go\"";
    assert!(page.contains(now), "{page}");
}

#[test]
fn forms_keep_what_they_do_not_ask() {
    let page = html("/capabilities/feature-flags?language=Go&between=2025-01-01&scope=team", past());
    assert!(page.contains("action=\"/capabilities/feature-flags#over-time\""), "{page}");
    assert!(page.contains("<input type=\"hidden\" name=\"between\" value=\"2025-01-01\""), "{page}");
    assert!(page.contains("<input type=\"hidden\" name=\"scope\" value=\"team\""), "{page}");
    assert!(page.contains("/capabilities/feature-flags/moves?language=Go\""), "{page}");
}

#[test]
fn a_part_that_failed_says_so_and_leaves_the_rest() {
    let problem = Problem {
        kind: "about:blank".into(),
        title: "Bad query".into(),
        status: 400,
        detail: "from is no day".into(),
        instance: None,
    };
    let failed = Past { substitution: Err(ApiError::Problem(problem)), ..past() };
    let page = html("/capabilities/feature-flags", failed);
    assert!(page.contains("Bad query: from is no day"), "{page}");
    assert!(page.contains("id=\"over-time\"") && page.contains("id=\"movers\""), "{page}");
}

#[test]
fn a_past_that_was_not_read_is_one_sentence() {
    let none = CapabilityHistory { points: vec![], ..history() };
    let nobody = Page { items: vec![], total: 0, next: None };
    let unread = Past { history: Ok(none), moves: Ok(nobody), ..past() };
    let page = html("/capabilities/feature-flags", unread.clone());
    assert!(page.contains("have not been read yet") && !page.contains("id=\"substitution\""), "{page}");
    // Under a filter it may be the filter that leaves nothing.
    let filtered = html("/capabilities/feature-flags?owner=group:default/pay", unread);
    assert!(!filtered.contains("have not been read yet"), "{filtered}");
}

#[test]
fn cases_under_way_and_refusals_are_said() {
    let page = html("/capabilities/feature-flags", past());
    assert!(page.contains("27 done, 17 still under way"), "{page}");
    assert!(page.contains("No figure for lead time") && page.contains("+12%"), "{page}");
    assert!(page.contains("(−3% to +27%)"), "{page}");
    assert!(page.contains("gone or moved"), "{page}");
}
