//! A made-up homegrown platform for the tests of pages.
//! It must hold no real organisation's data.
use shared::{
    CloneKind, Confidence, EntityRef, ShadowClaim, ShadowKind, Timestamp, WorkPhase,
    api::{
        ClusterFile, ClusterFirst, ClusterItem, CostRange, Facet, FacetValue, LedgerRow, Moment, Partner, Readiness,
        ShadowDetail, ShadowItem, ShadowPart, ShadowUser,
    },
};

const COMMIT: &str = "0123456789abcdef0123456789abcdef01234567";

pub(crate) fn at(day: &str) -> Timestamp {
    format!("{day}T10:00:00Z").parse().unwrap()
}

pub(crate) fn team(name: &str) -> EntityRef {
    format!("group:default/{name}").parse().unwrap()
}

fn component(name: &str) -> EntityRef {
    format!("component:default/{name}").parse().unwrap()
}

fn link(repository: &str, rest: &str) -> Option<String> {
    Some(format!("https://git.acme.example/{repository}/{rest}"))
}

pub(crate) fn cost(days: u64) -> CostRange {
    let likely = days as f64 * 800.0;
    CostRange { low: likely * 0.7, likely, high: likely * 1.5, currency: "EUR".into(), day_rate: 800.0 }
}

pub(crate) fn item(id: &str, name: &str, claim: ShadowClaim) -> ShadowItem {
    let confidence = if claim == ShadowClaim::Shadow { Confidence::Probable } else { Confidence::Possible };
    ShadowItem {
        id: id.into(),
        name: name.into(),
        kind: ShadowKind::Package,
        claim,
        capability: Some("feature-flags".into()),
        capability_title: Some("Feature flags".into()),
        proposed: None,
        why: "The package @acme/togglekit is used by components of 4 teams and is no golden offer of Feature flags."
            .into(),
        teams: ["checkout", "growth", "pay", "search"].map(team).into(),
        consumers: 9,
        repositories: 6,
        growth_90d: 3,
        author_days: 412,
        author_days_year: 78,
        cost: Some(cost(78)),
        lines: 4_210,
        last_change: Some(Moment {
            commit: COMMIT.parse().unwrap(),
            at: at("2026-11-02"),
            permalink: link("acme/toggles", "commit/0123"),
        }),
        confidence,
        retire_order: Some(2),
    }
}

pub(crate) fn items() -> Vec<ShadowItem> {
    let shadow = |id, name| item(id, name, ShadowClaim::Shadow);
    let mut retry = item("s-3", "retry helpers", ShadowClaim::PossibleDuplicate);
    retry.kind = ShadowKind::Cluster;
    (retry.capability, retry.capability_title, retry.proposed) = (None, None, Some("retries-and-backoff".into()));
    (retry.cost, retry.growth_90d) = (None, -1);
    let mut queue = shadow("s-2", "pay-queue");
    queue.kind = ShadowKind::Offer;
    (queue.capability, queue.capability_title) = (Some("messaging".into()), Some("Message queue".into()));
    (queue.growth_90d, queue.author_days_year, queue.cost) = (0, 41, Some(cost(41)));
    vec![shadow("s-1", "togglekit"), queue, retry]
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
            name: "claim".into(),
            title: "Claim".into(),
            values: vec![value("shadow", "shadow platform", 4), value("possible_duplicate", "possible duplicate", 9)],
        },
        Facet {
            name: "kind".into(),
            title: "Kind".into(),
            values: vec![
                value("offer", "homegrown offer", 2),
                value("package", "internal package", 5),
                value("cluster", "copied code", 6),
            ],
        },
        Facet {
            name: "capability".into(),
            title: "Rivals".into(),
            values: vec![
                value("feature-flags", "Feature flags", 3),
                value("messaging", "Message queue", 2),
                value("", "unknown", 1),
            ],
        },
    ]
}

fn file(repository: &str, owner: &str, day: &str, similarity: f64) -> ClusterFile {
    ClusterFile {
        repository: repository.parse().unwrap(),
        path: "src/util/backoff.ts".parse().unwrap(),
        blob: COMMIT.parse().unwrap(),
        from_line: 12,
        to_line: 96,
        component: Some(component("api")),
        owner: Some(team(owner)),
        added: Some(first(repository, day)),
        added_by: Some(team(owner)),
        changes: 7,
        similarity,
        permalink: link(repository, "blob/0123/src/util/backoff.ts#L12-L96"),
    }
}

fn first(repository: &str, day: &str) -> ClusterFirst {
    ClusterFirst {
        repository: repository.parse().unwrap(),
        commit: COMMIT.parse().unwrap(),
        at: at(day),
        permalink: link(repository, "commit/0123"),
    }
}

pub(crate) fn cluster(id: &str, claim: ShadowClaim) -> ClusterItem {
    ClusterItem {
        id: id.into(),
        kind: CloneKind::Region,
        name: "backoff.ts".into(),
        language: "TypeScript".into(),
        files: vec![
            file("acme/pay", "pay", "2025-03-02", 1.0),
            file("acme/search", "search", "2025-06-11", 0.94),
            file("acme/web", "growth", "2026-01-20", 0.71),
            file("acme/checkout", "checkout", "2026-08-03", 0.66),
        ],
        n_files: 4,
        repositories: 4,
        teams: ["checkout", "growth", "pay", "search"].map(team).into(),
        lines: 85,
        duplicated_lines: 255,
        first: Some(first("acme/pay", "2025-03-02")),
        capability: Some("resilience".into()),
        capability_reason: Some("its name and its imports are those of this capability".into()),
        shadow: Some("s-3".into()),
        claim,
    }
}

fn ledger() -> Vec<LedgerRow> {
    let row = |quarter: String, team, phase, author_days| LedgerRow {
        quarter,
        team,
        phase,
        author_days,
        lines_added: author_days * 40,
        lines_removed: author_days * 13,
        commits: author_days + 4,
    };
    let mut rows = Vec::new();
    for i in 0..14_u64 {
        let quarter = format!("{}-Q{}", 2023 + (i + 2) / 4, (i + 2) % 4 + 1);
        if i < 2 {
            rows.push(row(quarter.clone(), Some(team("pay")), WorkPhase::Build, 61 - i * 20));
        }
        rows.push(row(quarter.clone(), Some(team("search")), WorkPhase::Upkeep, 12 + (i * 7) % 11));
        if i > 10 {
            rows.push(row(quarter, None, WorkPhase::Migration, i - 7));
        }
    }
    rows
}

pub(crate) fn detail(claim: ShadowClaim) -> ShadowDetail {
    let part = |repository: &str, path: &str| ShadowPart {
        repository: repository.parse().unwrap(),
        path: path.parse().unwrap(),
        component: Some(component("togglekit")),
        owner: Some(team("pay")),
        permalink: link(repository, "tree/0123/packages/togglekit"),
    };
    let user = |name: &str, owner: &str, migrating, since: Option<&str>| ShadowUser {
        component: component(name),
        repository: format!("acme/{name}").parse().unwrap(),
        owner: Some(team(owner)),
        since: since.map(at),
        migrating,
        path: "package.json".parse().ok(),
        line: Some(31),
        permalink: link("acme/web", "blob/0123/package.json#L31"),
    };
    ShadowDetail {
        item: item("s-1", "togglekit", claim),
        parts: vec![part("acme/toggles", "packages/togglekit"), part("acme/web", "src/flags")],
        users: vec![
            user("web", "growth", true, Some("2024-02-01")),
            user("checkout-ui", "checkout", false, Some("2025-09-12")),
            user("search-api", "search", false, None),
        ],
        ledger: ledger(),
        readiness: Readiness {
            remaining: 7,
            migrating: 2,
            last_change: Some(Moment {
                commit: COMMIT.parse().unwrap(),
                at: at("2026-11-02"),
                permalink: link("acme/toggles", "commit/0123"),
            }),
            successor: Some(component("flagship")),
            covered: 11,
            missing: ["evaluateAll", "onChange", "withOverrides"].map(String::from).into(),
            n_missing: 3,
            blockers: vec![
                "3 public names have no counterpart in flagship.".into(),
                "It still grows: 3 consumers more in 90 days.".into(),
            ],
        },
        partners: vec![
            Partner { team: team("growth"), author_days_year: 31, consumers: 4, growth_90d: 2 },
            Partner { team: team("pay"), author_days_year: 22, consumers: 2, growth_90d: 0 },
        ],
        champions: vec![team("delivery")],
        clusters: vec![cluster("c-1", claim)],
        assumptions: vec![
            "Squash merges hide days of work on branches; the upper end allows for that.".into(),
            "Pair work counts once: it undercounts.".into(),
        ],
    }
}
