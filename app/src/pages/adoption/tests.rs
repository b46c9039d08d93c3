//! The adoption page by what it says of made-up answers.
//! It must not reach for the API.
use super::*;
use shared::{
    Area,
    api::{CapabilityCounts, FacetValue, RollupItem, SparkPoint, Target},
};

pub(crate) fn rollup(area: Option<Area>, share: Option<f64>, delta: Option<f64>) -> RollupItem {
    RollupItem {
        area,
        capabilities: 3,
        eligible: 200,
        golden_eligible: share.map_or(0, |share| (share * 200.0) as u64),
        adoption: share,
        conformance: share,
        delta_90d: delta,
        reuse_rate: Some(0.7),
        new_component_share: Some(0.8),
        golden: 122,
        homegrown: 31,
        spark: spark(share.unwrap_or_default()),
    }
}

fn spark(end: f64) -> Vec<SparkPoint> {
    let point = |i: u32| SparkPoint {
        at: format!("20{}-{:02}-28T23:59:59Z", 25 + i / 12, i % 12 + 1).parse().unwrap(),
        adoption: (i > 4).then(|| end * f64::from(i) / 23.0),
        eligible: 40 + u64::from(i),
    };
    (0..24).map(point).collect()
}

pub(crate) fn item(name: &str, title: &str, share: Option<f64>, target: Option<f64>) -> AdoptionItem {
    AdoptionItem {
        has_golden: true,
        name: name.into(),
        title: title.into(),
        area: Area::DeveloperPlatform,
        owner: "group:default/delivery".parse().ok(),
        counts: CapabilityCounts {
            components: 40,
            golden: 28,
            tolerated: 0,
            vendor: 6,
            homegrown: 9,
            migrating: 2,
            off_path: 12,
            none: 3,
            exempt: 1,
            eligible: 44,
        },
        golden_eligible: 27,
        adoption: share,
        conformance: share,
        delta_90d: share.map(|share| share / 10.0 - 0.03),
        reuse_rate: share,
        new_component_share: Some(0.75),
        new_components: 8,
        target: target.map(|adoption| Target { adoption, by: Some("2027-06-30".into()) }),
        spark: spark(share.unwrap_or_default()),
    }
}

pub(crate) fn items() -> Vec<AdoptionItem> {
    vec![
        item("feature-flags", "Feature flags", Some(0.41), Some(0.8)),
        item("build", "Build tool", Some(0.84), Some(0.9)),
        item("logging", "Structured logging", Some(0.93), Some(0.7)),
        item("secrets", "Secret storage", Some(0.22), None),
        item("batch", "Batch jobs", None, None),
    ]
}

pub(crate) fn summary() -> AdoptionSummary {
    AdoptionSummary {
        at: "2026-11-21T10:00:00Z".parse().unwrap(),
        rules_version: "3f2a9b0c11d2e4f5".into(),
        organisation: rollup(None, Some(0.61), Some(0.04)),
        areas: vec![
            rollup(Some(Area::DeveloperPlatform), Some(0.72), Some(0.051)),
            rollup(Some(Area::Data), Some(0.35), Some(-0.01)),
            rollup(Some(Area::Identity), None, None),
        ],
        since: "2017-03-02T08:00:00Z".parse().ok(),
        repositories: 44,
        incomplete: 2,
        marks: vec![],
    }
}

pub(crate) fn facets() -> Vec<Facet> {
    let value = |value: &str, label: &str, count| FacetValue {
        value: value.into(),
        label: label.into(),
        count,
        selected: false,
    };
    vec![
        Facet {
            name: "area".into(),
            title: "Area".into(),
            values: vec![value("developer-platform", "Developer platform", 3), value("data", "Data", 2)],
        },
        Facet {
            name: "owner".into(),
            title: "Team".into(),
            values: vec![value("group:default/pay", "pay", 4), value("", "unknown", 1)],
        },
        Facet {
            name: "language".into(),
            title: "Language".into(),
            values: vec![value("Go", "Go", 5), value("Rust", "Rust", 0)],
        },
    ]
}

pub(crate) fn html(url: &str, items: Vec<AdoptionItem>, summary: AdoptionSummary) -> String {
    let list = Page { total: items.len() as u64, items, next: None };
    let url = PageUrl::parse(url);
    Owner::new().with(|| view! { <Adoption url list facets=facets() summary/> }.to_html())
}

#[test]
fn the_headline_says_share_change_and_the_largest_gap() {
    let page = html("/adoption", items(), summary());
    let text = words_of(&page);
    let said = "Golden paths serve 61% of who could use them, up 4 points in 90 days; Feature flags is furthest below its target (41% of 80%).";
    assert!(text.contains(said), "{text}");
    let mut met = summary();
    met.organisation.delta_90d = Some(-0.012);
    let page = html("/adoption?at=2025-03-01", vec![item("build", "Build", Some(0.9), Some(0.8))], met);
    let text = words_of(&page);
    assert!(text.contains("On 1 March 2025 golden paths served 61% of who could use them, down 1 point in 90 days; every target is met."), "{text}");
}

#[test]
fn every_number_opens_the_list_it_counts_under_the_same_filters() {
    let page = html("/adoption?owner=group:default/pay&at=2025-03-01", items(), summary());
    let of = "owner=group:default/pay&amp;at=2025-03-01";
    for link in [
        format!("/catalog?capability=feature-flags&amp;path=golden&amp;eligible=true&amp;{of}"),
        format!("/catalog?capability=feature-flags&amp;eligible=true&amp;{of}"),
        format!("/catalog?capability=feature-flags&amp;path=homegrown&amp;{of}"),
        format!("/catalog?capability=feature-flags&amp;path=vendor&amp;{of}"),
        format!("/explain?metric=adoption&amp;capability=feature-flags&amp;{of}"),
        "/capabilities/feature-flags?owner=group:default/pay&amp;to=2025-03-01#over-time".to_owned(),
        format!("/adoption/teams?{of}"),
        format!("/api/v1/adoption?{of}&amp;format=csv"),
    ] {
        assert!(page.contains(&format!("href=\"{link}\"")), "{link}\n{page}");
    }
}

#[test]
fn repositories_and_teams_are_no_list_of_components() {
    let page = html("/adoption?scope=team", items(), summary());
    assert!(!page.contains("href=\"/catalog?capability=feature-flags"), "{page}");
    assert!(page.contains("/explain?metric=adoption&amp;capability=feature-flags&amp;scope=team"), "{page}");
}

#[test]
fn the_unknown_is_not_zero() {
    let nobody = |has_golden| {
        let mut item = item("batch", "Batch jobs", None, None);
        item.has_golden = has_golden;
        html("/adoption", vec![item], summary())
    };
    assert!(nobody(true).contains("nobody eligible") && !nobody(true).contains(">0%<"), "{}", nobody(true));
    assert!(nobody(false).contains("no golden path"), "{}", nobody(false));
    let mut unread = summary();
    unread.since = None;
    assert!(html("/adoption", items(), unread).contains("has not been read yet"));
}

#[test]
fn no_golden_path_says_how_to_make_one() {
    let mut none = summary();
    none.organisation = RollupItem { capabilities: 0, ..rollup(None, None, None) };
    let page = html("/adoption", vec![], none.clone());
    assert!(page.contains("No golden path yet") && page.contains("docs/capabilities.md"), "{page}");
    // What is used without a golden path is still listed.
    let used = html("/adoption", vec![item("batch", "Batch jobs", None, None)], none.clone());
    assert!(used.contains("No golden path yet") && used.contains("Batch jobs"), "{used}");
    let narrowed = html("/adoption?owner=group:default/pay", vec![], none);
    assert!(narrowed.contains("Clear all filters") && !narrowed.contains("No golden path yet"), "{narrowed}");
}

/// The text of a page, without its tags.
fn words_of(html: &str) -> String {
    let mut out = String::new();
    let mut inside = false;
    for c in html.chars() {
        match c {
            '<' => inside = true,
            '>' => inside = false,
            c if !inside => out.push(c),
            _ => {}
        }
    }
    out
}
