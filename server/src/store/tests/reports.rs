//! Frozen reports on both engines: what is frozen stays, whatever is scanned afterwards.
//! It must not look into how a report is composed.
use crate::{
    metrics::report::digest,
    store::{
        Store, StoreError, summary_of,
        testing::{CatalogBuilder, HistoryBuilder, at, capability, component, for_each_engine, group, name, path},
    },
};
use shared::{
    Area, Confidence, EntityKind, OfferPath, RuleSource, ShadowClaim, ShadowKind, State, Timestamp, WorkPhase,
    api::{CostRange, DarkMatter, Decision, LedgerRow, Readiness, ReportQuery, ShadowDetail, ShadowItem, ShadowReport},
};

fn day(day: u32) -> Timestamp {
    Timestamp::new(format!("2026-12-{day:02}T09:00:00Z")).unwrap()
}

fn row(team: Option<&str>, author_days: u64) -> LedgerRow {
    LedgerRow {
        quarter: "2026-Q4".to_owned(),
        team: team.map(group),
        phase: WorkPhase::Build,
        author_days,
        lines_added: 10,
        lines_removed: 1,
        commits: 3,
    }
}

fn platform(name: &str, days: u64) -> ShadowDetail {
    let item = ShadowItem {
        id: format!("{name}-0000000000000000").chars().take(16).collect(),
        name: name.to_owned(),
        kind: ShadowKind::Offer,
        claim: ShadowClaim::Shadow,
        capability: Some("flags".to_owned()),
        capability_title: Some("The flags".to_owned()),
        proposed: None,
        why: "A rule recognises it.".to_owned(),
        teams: vec![group("pay"), group("web")],
        consumers: 4,
        repositories: 2,
        growth_90d: 1,
        author_days: days,
        author_days_year: days,
        cost: Some(CostRange {
            low: 400.0 * days as f64,
            likely: 800.0 * days as f64,
            high: 1_200.0 * days as f64,
            currency: "EUR".to_owned(),
            day_rate: 800.0,
        }),
        lines: 900,
        last_change: None,
        confidence: Confidence::Probable,
        retire_order: Some(1),
    };
    ShadowDetail {
        item,
        parts: vec![],
        users: vec![],
        ledger: vec![row(Some("pay"), 3), row(None, 1)],
        readiness: Readiness::default(),
        partners: vec![],
        champions: vec![],
        clusters: vec![],
        assumptions: vec![],
    }
}

/// One component on its own flags, whose capability names a start document that is not there.
async fn fill(store: &Store, platforms: &[ShadowDetail]) {
    let mut flags = capability("flags", Area::DeveloperPlatform, RuleSource::Organisation);
    (flags.repository, flags.start) = (Some(name("acme/api")), Some(path("docs/none.md")));
    store.save_capabilities(&[flags]).await.unwrap();
    let source = store.upsert_source("folder", "/srv/git").await.unwrap();
    let mut catalog = CatalogBuilder::new("acme/api");
    catalog.entity(EntityKind::Component, "api").owner = Some(group("pay"));
    catalog.usage("api", "flags", "own", OfferPath::Homegrown);
    catalog.standing("api", "flags", State::OffPath, true);
    catalog.save(store, source).await;
    let mut history = HistoryBuilder::new("acme/api");
    history.span(&component("api"), 1, None).owner = Some(group("pay"));
    history.uses("api", "flags", "own", (2, None));
    history.save(store).await;
    store.save_shadows(platforms, &[], "rules", &at(2)).await.unwrap();
}

#[tokio::test]
async fn a_report_is_composed_of_what_is_stored() {
    for_each_engine(async |store| {
        fill(&store, &[platform("own", 12)]).await;
        let dark = DarkMatter { repositories: 1, repositories_share: Some(0.5), ..DarkMatter::default() };
        store.save_dark_matter(&DarkMatter::default(), &at(2)).await.unwrap();
        store.save_dark_matter(&dark, &at(3)).await.unwrap();
        let report = store.shadow_report(&day(1)).await.unwrap();
        assert_eq!((report.id.as_deref(), report.at.as_str()), (None, "2026-11-21T10:00:01Z"));
        assert!(report.body.headline.starts_with("1 homegrown platform beside 1 golden path has 4 consumers"));
        assert_eq!(report.body.dark, dark);
        let gap = &report.body.gaps[0];
        assert_eq!((gap.capability.as_str(), gap.off_path, gap.owner.as_ref()), ("flags", 1, Some(&group("platform"))));
        assert_eq!(gap.reasons, ["The start document that it names does not exist."]);
        assert_eq!(report.body.matrix.teams[0].cells[0].off_path, 1);
        assert_eq!(report.decisions.len(), 3);
        assert_eq!(report.digest, digest(&report.body));
    })
    .await;
}

#[tokio::test]
async fn a_frozen_report_outlives_every_scan() {
    for_each_engine(async |store| {
        fill(&store, &[platform("own", 12)]).await;
        let generation = store.generation().await;
        let frozen = store.freeze_shadow_report(&day(1)).await.unwrap();
        let id = frozen.id.clone().unwrap();
        assert_eq!(id, format!("2026-12-01-{}", &frozen.digest[..8]));
        assert_eq!(store.freeze_shadow_report(&day(1)).await.unwrap(), frozen, "twice on a day is one report");
        assert_eq!(store.generation().await, generation, "no list depends on a report");

        fill(&store, &[platform("own", 30), platform("second", 9)]).await;
        assert_eq!(store.find_report(&id).await.unwrap(), Some(frozen.clone()));
        let live = store.shadow_report(&day(2)).await.unwrap();
        assert_ne!(live.digest, frozen.digest);
        assert_eq!(live.body.since, Some(summary_of(&frozen)));
        let kinds: Vec<_> = live.body.changes.iter().map(|change| change.kind.as_str()).collect();
        assert!(kinds.contains(&"new_shadow") && kinds.contains(&"grown"), "{kinds:?}");
        let next = store.freeze_shadow_report(&day(2)).await.unwrap();

        let page = |cursor, limit| ReportQuery { cursor, limit: Some(limit), ..ReportQuery::default() };
        let first = store.list_reports(&page(None, 1)).await.unwrap();
        assert_eq!((first.total, &first.items), (2, &vec![summary_of(&next)]));
        let second = store.list_reports(&page(first.next, 1)).await.unwrap();
        assert_eq!((&second.items, second.next), (&vec![summary_of(&frozen)], None));
        let wrong = store.list_reports(&page(Some("nonsense".to_owned()), 1)).await;
        assert!(matches!(wrong, Err(StoreError::BadCursor)));
        let sought = ReportQuery { q: Some("2026-12-01".to_owned()), ..ReportQuery::default() };
        assert_eq!(store.list_reports(&sought).await.unwrap().items, [summary_of(&frozen)]);
    })
    .await;
}

#[tokio::test]
async fn decisions_change_and_nothing_else_does() {
    for_each_engine(async |store| {
        fill(&store, &[platform("own", 12)]).await;
        let frozen = store.freeze_shadow_report(&day(1)).await.unwrap();
        let id = frozen.id.clone().unwrap();
        let decided = vec![Decision {
            text: "Retire own\0".to_owned(),
            owner: "platform".to_owned(),
            due: Some("2027-01-29".to_owned()),
        }];
        assert!(store.save_decisions(&id, &decided).await.unwrap());
        assert!(!store.save_decisions("2026-12-01-00000000", &decided).await.unwrap());
        let kept = store.find_report(&id).await.unwrap().unwrap();
        assert_eq!(kept, ShadowReport { decisions: decided, ..frozen });
        // Freezing the same again keeps what people decided.
        assert_eq!(store.freeze_shadow_report(&day(1)).await.unwrap(), kept);
        assert_eq!(store.find_report("nothing\0").await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn an_empty_catalog_has_a_report_that_says_so() {
    for_each_engine(async |store| {
        let report = store.shadow_report(&day(1)).await.unwrap();
        assert_eq!(report.body.headline, "No homegrown platform was found beside what the platform offers.");
        assert_eq!(report.at, day(1));
        assert!(report.body.gaps.is_empty() && report.body.shadows.is_empty());
    })
    .await;
}
