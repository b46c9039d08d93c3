//! Verdicts, clusters and homegrown platforms for tests, made by hand.
//! It must not use a clock or real randomness.
use super::{at, blob, commit, component, group, name, path};
use crate::store::Store;
use shared::{
    CloneKind, Confidence, EntityRef, OwnedPart, ShadowClaim, ShadowKind, Verdict, WorkPhase,
    api::{
        ClusterFile, ClusterFirst, ClusterItem, CostRange, LedgerRow, LeftOut, Moment, ObservedTeam, OwnerClaim,
        OwnershipCommit, OwnershipItem, Readiness, ScoreParts, ShadowDetail, ShadowItem, ShadowPart, ShadowUser,
    },
};

/// A verdict on a component of `acme/shop`, declared to be `owner`'s and worked on by `worker`.
pub(crate) fn verdict(of: &str, verdict: Verdict, owner: Option<&str>, worker: Option<&str>) -> OwnershipItem {
    let declared = owner.map(group);
    OwnershipItem {
        entity: component(of),
        title: Some(format!("The {of}")),
        repository: name("acme/shop"),
        part: OwnedPart::Component,
        path: of.to_owned(),
        claim: declared.as_ref().map(|owner| OwnerClaim {
            path: path(&format!("{of}/catalog-info.yaml")),
            line: Some(7),
            text: format!("owner: {}", owner.name()),
            permalink: None,
        }),
        guess: worker.map(group).filter(|worker| Some(worker) != declared.as_ref()),
        declared,
        verdict,
        score: worker.map(|worker| 1.0 / worker.len() as f64),
        reason: "=because".to_owned(),
        observed: vec![ObservedTeam { team: worker.map(group), share: 0.75, parts: ScoreParts::default() }],
        evidence: vec![OwnershipCommit {
            commit: commit(),
            at: at(5),
            team: worker.map(group),
            lines: 12,
            permalink: None,
        }],
        knowledge: worker.map(|worker| worker.len() as u32),
        last_work: Some(Moment { commit: commit(), at: at(5), permalink: None }),
        patch: None,
        judged_at: at(9),
    }
}

/// Copies of one file in `acme/shop` and `acme/bank`.
pub(crate) fn cluster(id: &str, kind: CloneKind, lines: u64) -> ClusterItem {
    let first =
        |repository: &str| ClusterFirst { repository: name(repository), commit: commit(), at: at(3), permalink: None };
    let copy = |repository: &str| ClusterFile {
        repository: name(repository),
        path: path(&format!("src/{id} flags.go")),
        blob: blob(),
        from_line: 1,
        to_line: 40,
        component: Some(component("shop")),
        owner: Some(group("red")),
        added: Some(first(repository)),
        added_by: None,
        changes: 2,
        similarity: 1.0,
        permalink: None,
    };
    ClusterItem {
        id: id.to_owned(),
        kind,
        name: format!("{id} flags.go"),
        language: "Go".to_owned(),
        files: vec![copy("acme/shop"), copy("acme/bank")],
        n_files: 2,
        repositories: 2,
        teams: vec![group("red"), group("blue")],
        lines: lines / 2,
        duplicated_lines: lines,
        first: Some(first("acme/shop")),
        capability: (kind == CloneKind::Blob).then(|| "feature-flags".to_owned()),
        capability_reason: None,
        shadow: None,
        claim: ShadowClaim::Shadow,
    }
}

/// A homegrown platform of the teams, with one row of work by the first of them.
#[expect(clippy::too_many_lines, reason = "one sample of a large shape, field by field")]
pub(crate) fn shadow(id: &str, capability: Option<&str>, teams: &[&str], author_days: u64) -> ShadowDetail {
    let teams: Vec<EntityRef> = teams.iter().copied().map(group).collect();
    ShadowDetail {
        parts: vec![ShadowPart {
            repository: name("acme/shop"),
            path: path("flags"),
            component: Some(component("shop")),
            owner: teams.first().cloned(),
            permalink: None,
        }],
        users: vec![ShadowUser {
            component: component("shop"),
            repository: name("acme/shop"),
            owner: teams.first().cloned(),
            since: None,
            migrating: false,
            path: Some(path("go.mod")),
            line: Some(4),
            permalink: None,
        }],
        ledger: vec![LedgerRow {
            quarter: "2026-Q3".to_owned(),
            team: teams.first().cloned(),
            phase: WorkPhase::Upkeep,
            author_days,
            lines_added: 10,
            lines_removed: 2,
            commits: 3,
        }],
        readiness: Readiness::default(),
        partners: vec![],
        champions: vec![],
        clusters: vec![cluster("c1", CloneKind::Blob, 40)],
        assumptions: vec![],
        item: ShadowItem {
            id: id.to_owned(),
            name: format!("{id}-toggles"),
            kind: ShadowKind::Offer,
            claim: ShadowClaim::Shadow,
            capability: capability.map(str::to_owned),
            capability_title: capability.map(str::to_owned),
            proposed: capability.is_none().then(|| "retries".to_owned()),
            why: "three teams read toggles from it".to_owned(),
            consumers: teams.len() as u64,
            teams,
            repositories: 2,
            growth_90d: -1,
            author_days,
            author_days_year: author_days,
            cost: capability.map(|_| CostRange {
                low: 1.0,
                likely: author_days as f64,
                high: 9.0,
                currency: "EUR".to_owned(),
                day_rate: 800.0,
            }),
            lines: 100,
            last_change: Some(Moment { commit: commit(), at: at(4), permalink: None }),
            confidence: Confidence::Probable,
            retire_order: capability.map(|_| 1),
        },
    }
}

/// Four verdicts, two clusters and two homegrown platforms, saved.
pub(crate) async fn fill_judged(store: &Store) {
    let mut rule = verdict("shop", Verdict::Disputed, Some("red"), Some("blue"));
    (rule.part, rule.path) = (OwnedPart::Path, "/pay/ @acme/red".to_owned());
    let items = [
        verdict("shop", Verdict::Confirmed, Some("red"), Some("red")),
        verdict("till", Verdict::Disputed, Some("red"), Some("green")),
        verdict("cart", Verdict::Undeclared, None, Some("blue")),
        verdict("gone", Verdict::Unknown, Some("ghosts"), None),
        rule,
    ];
    store.save_ownership(&items, &[], "m1", &at(9)).await.unwrap();
    let clusters = [cluster("c1", CloneKind::Blob, 40), cluster("c2", CloneKind::Region, 90)];
    let left_out = LeftOut { reason: "vendored".into(), files: 7, example: Some("acme/shop vendor/a.go".into()) };
    store.save_clusters(&clusters, &[left_out], "m2", &at(9)).await.unwrap();
    let shadows = [shadow("s1", Some("feature-flags"), &["red", "blue"], 30), shadow("s2", None, &["blue"], 50)];
    store.save_shadows(&shadows, &[], "m3", &at(9)).await.unwrap();
}
