//! Saving, saving again, failing, vanishing and joining.
//! It must not depend on row ids.
use crate::{
    catalog::model::{Links, Relation},
    facts::model::{BlobKey, FileFacts},
    store::Visit,
    store::{
        Store,
        testing::{
            CatalogBuilder, at, blob, capability, component, estate, finding, for_each_engine, group, key, located,
            name, path,
        },
    },
};
use shared::{
    Area, DependencyKind, EntityKind, EntityRef, OfferPath, RepositoryStatus, RuleSource, ScanStatus, State,
    api::{DependencyQuery, EntityQuery, FindingQuery, RelationQuery, RepositoryQuery, UsageQuery},
};

/// Everything the lists say, as one value.
async fn everything(store: &Store) -> Vec<String> {
    let entities = store.list_entities(&EntityQuery { limit: Some(200), ..Default::default() }).await.unwrap();
    let mut out = vec![
        format!("{:?}", entities.items),
        format!("{:?}", store.list_usages(&UsageQuery::default()).await.unwrap().items),
        format!("{:?}", store.list_findings(&FindingQuery::default()).await.unwrap().items),
        format!("{:?}", store.list_dependencies(&DependencyQuery::default()).await.unwrap().items),
        format!("{:?}", store.list_relations(&RelationQuery::default()).await.unwrap().items),
        format!("{:?}", store.list_repositories(&RepositoryQuery::default()).await.unwrap().items),
        format!("{:?}", store.overview(false).await.unwrap()),
    ];
    for entity in entities.items.iter().take(20) {
        out.push(format!("{:?}", store.find_entity(&entity.entity).await.unwrap()));
    }
    out
}

#[tokio::test]
async fn saving_again_changes_nothing_and_a_smaller_catalog_takes_away() {
    for_each_engine(async |store| {
        let source = store.upsert_source("folder", "/srv/git").await.unwrap();
        assert_eq!(store.upsert_source("folder", "/srv/git").await.unwrap(), source);
        let mut builders = estate(100);
        for builder in &builders {
            builder.save(&store, source).await;
        }
        let (before, generation) = (everything(&store).await, store.generation().await);
        for builder in &builders {
            builder.save(&store, source).await;
        }
        assert_eq!(everything(&store).await, before);
        assert!(store.generation().await > generation);
        assert_eq!(store.find_scan_keys().await.unwrap().get(&name("acme/repo-0")), Some(&key()));
        let catalog = &mut builders[0].0;
        catalog.entities.truncate(1);
        catalog.findings.clear();
        catalog.texts.clear();
        builders[0].save(&store, source).await;
        let item = store.find_repository(&name("acme/repo-0")).await.unwrap().unwrap();
        assert_eq!((item.entities, item.findings), (1, 0));
        assert_eq!(store.find_text(&name("acme/repo-0"), &path("README.md")).await.unwrap(), None);
        assert!(store.find_text(&name("acme/repo-1"), &path("README.md")).await.unwrap().unwrap().contains("repo-1"));
    })
    .await;
}

#[tokio::test]
async fn hostile_text_is_kept_and_stops_nothing() {
    for_each_engine(async |store| {
        let source = store.upsert_source("folder", "/srv/git").await.unwrap();
        let mut builder = CatalogBuilder::new("acme/hostile");
        let long = "\u{1F600}".repeat(5_000);
        let entity = builder.entity(EntityKind::Component, "pay");
        entity.title = Some("a\0b'; DROP TABLE entity; --".into());
        entity.description = Some(long.clone());
        entity.subtype = Some(long.clone());
        entity.tags = vec![long.clone(), "a\nb".into(), String::new()];
        entity.document = serde_json::json!({"metadata": {"name": "pay", "note": "nul \u{0}"}});
        builder.dependency(Some("pay"), &long, DependencyKind::Declared).package("pay", &long);
        builder.dependency(Some("pay"), "nul\0name", DependencyKind::Declared);
        builder.0.findings.push(finding(&long, Some(&"d/".repeat(2_000)[..3_999]), Some(u32::MAX)));
        // A double of the same reference, and a usage of a component that is not there.
        builder.entity(EntityKind::Component, "pay");
        builder.usage("absent", "ci", "own", OfferPath::Homegrown);
        builder.save(&store, source).await;
        let detail = store.find_entity(&component("pay")).await.unwrap().unwrap();
        assert_eq!(detail.document["metadata"]["note"], "nul \u{0}");
        assert_eq!(detail.summary.description, Some(long));
        assert_eq!(detail.summary.tags.len(), 2);
        assert_eq!(store.overview(false).await.unwrap().usages, 0);
        assert_eq!(store.search("drop table", 5).await.unwrap().len(), 1);
    })
    .await;
}

#[tokio::test]
async fn failures_keep_the_last_good_state() {
    for_each_engine(async |store| {
        let source = store.upsert_source("folder", "/srv/git").await.unwrap();
        let builders = estate(40);
        for builder in &builders {
            builder.save(&store, source).await;
        }
        let item = async || store.find_repository(&name("acme/repo-1")).await.unwrap().unwrap();
        let before = item().await;
        let broken = finding("repository-invalid-pack", None, None);
        for second in [2, 3] {
            let failed = RepositoryStatus::Failed;
            store
                .save_failure(&Visit { source, located: &located("acme/repo-1"), at: &at(second) }, failed, &broken)
                .await
                .unwrap();
        }
        let failed = item().await;
        assert_eq!((failed.status, failed.entities), (RepositoryStatus::Failed, before.entities));
        assert_eq!((failed.message, failed.findings), (Some(broken.message.clone()), before.findings + 1));
        store.touch_repository(source, &located("acme/repo-1"), &at(4)).await.unwrap();
        let mended = item().await;
        assert_eq!((mended.status, mended.message, mended.findings), (RepositoryStatus::Ok, None, before.findings));
        assert_eq!(mended.scanned_at, Some(at(4)));
        store.mark_missing(source, &[name("acme/repo-0")], &at(5)).await.unwrap();
        let missing = item().await;
        assert_eq!((missing.status, missing.entities), (RepositoryStatus::Missing, before.entities));
        let generation = store.generation().await;
        store.mark_missing(source, &[name("acme/repo-0")], &at(6)).await.unwrap();
        assert_eq!(store.generation().await, generation);
        let never_read = located("acme/new");
        store
            .save_failure(&Visit { source, located: &never_read, at: &at(6) }, RepositoryStatus::Empty, &broken)
            .await
            .unwrap();
        assert_eq!(store.find_repository(&never_read.name).await.unwrap().unwrap().commit, None);
        assert!(!store.find_scan_keys().await.unwrap().contains_key(&never_read.name));
    })
    .await;
}

#[tokio::test]
async fn a_partial_state_stays_partial_when_unchanged() {
    for_each_engine(async |store| {
        let source = store.upsert_source("folder", "/srv/git").await.unwrap();
        let mut builder = CatalogBuilder::new("acme/huge");
        builder.0.partial = true;
        builder.save(&store, source).await;
        store.touch_repository(source, &located("acme/huge"), &at(9)).await.unwrap();
        let item = store.find_repository(&name("acme/huge")).await.unwrap().unwrap();
        assert_eq!(item.status, RepositoryStatus::Partial);
        assert!(item.message.unwrap().contains("limit"));
    })
    .await;
}

fn two_repositories() -> (CatalogBuilder, CatalogBuilder) {
    let mut first = CatalogBuilder::new("acme/flags");
    first.entity(EntityKind::Component, "flags").owner = Some(group("platform"));
    first.package("flags", "@acme/flags");
    let mut second = CatalogBuilder::new("acme/shop");
    second.entity(EntityKind::Component, "shop");
    second.entity(EntityKind::Component, "flags");
    second.usage("flags", "ci", "own", OfferPath::Homegrown).standing("flags", "ci", State::OffPath, true);
    second.dependency(Some("shop"), "@acme/flags", DependencyKind::Resolved);
    second.dependency(Some("shop"), "@acme/flags", DependencyKind::Declared);
    second.dependency(Some("shop"), "left-pad", DependencyKind::Declared);
    second.relation(&component("shop"), "dependsOn", &component("flags"));
    second.relation(&component("flags"), "partOf", &EntityRef::new(EntityKind::System, "default", "shop").unwrap());
    (first, second)
}

#[tokio::test]
async fn what_a_repository_shows_of_itself_outlives_links() {
    for_each_engine(async |store| {
        let source = store.upsert_source("folder", "/srv/git").await.unwrap();
        let (mut first, _) = two_repositories();
        let api = EntityRef::new(EntityKind::Api, "default", "flags").unwrap();
        first.relation(&component("shop"), "providesApi", &api);
        first.last_relation().observed = true;
        first.save(&store, source).await;
        store.save_links(&Links::default()).await.unwrap();
        let observed = RelationQuery { origin: vec!["observed".into()], ..Default::default() };
        assert_eq!(store.list_relations(&observed).await.unwrap().items[0].to, api);
        first.save(&store, source).await;
        assert_eq!(store.list_relations(&observed).await.unwrap().total, 1);
    })
    .await;
}

#[tokio::test]
async fn links_join_repositories_and_outlive_a_rescan() {
    for_each_engine(async |store| {
        let source = store.upsert_source("folder", "/srv/git").await.unwrap();
        let (first, second) = two_repositories();
        first.save(&store, source).await;
        second.save(&store, source).await;
        assert_eq!(store.load_link_entities().await.unwrap().len(), 3);
        assert_eq!(store.load_link_packages().await.unwrap()[0].name, "@acme/flags");
        let wanted = store.load_link_dependencies().await.unwrap();
        assert_eq!(wanted.len(), 1);
        assert_eq!((wanted[0].component.name(), wanted[0].line), ("shop", Some(9)));
        let seen = Relation {
            from: component("shop"),
            kind: "dependsOn".into(),
            to: component("flags"),
            observed: true,
            path: Some(path("package.json")),
            line: Some(9),
        };
        let links = Links {
            relations: vec![(name("acme/shop"), seen)],
            shadowed: vec![(component("flags"), name("acme/shop"))],
            findings: vec![(name("acme/shop"), finding("entity-doubled", Some("shop/catalog-info.yaml"), Some(1)))],
        };
        store.save_links(&links).await.unwrap();
        let check = async || {
            let entities = store.list_entities(&EntityQuery::default()).await.unwrap();
            assert_eq!(entities.total, 2);
            assert_eq!(store.find_repository(&name("acme/shop")).await.unwrap().unwrap().entities, 1);
            assert_eq!(store.overview(false).await.unwrap().usages, 0);
            let using = EntityQuery { capability: vec!["ci".into()], ..Default::default() };
            assert_eq!(store.list_entities(&using).await.unwrap().total, 0);
            let relations = store.list_relations(&RelationQuery::default()).await.unwrap();
            assert_eq!((relations.total, relations.items[0].origin.as_str()), (1, "both"));
            let both = RelationQuery { origin: vec!["both".into()], ..Default::default() };
            assert_eq!(store.list_relations(&both).await.unwrap().total, 1);
            let flags = store.find_entity(&component("flags")).await.unwrap().unwrap();
            assert_eq!((flags.dependents, flags.summary.repository.unwrap().to_string()), (1, "acme/flags".into()));
            let shop = store.find_entity(&component("shop")).await.unwrap().unwrap();
            assert_eq!((shop.summary.findings, shop.findings_list.len()), (1, 1));
        };
        check().await;
        second.save(&store, source).await;
        check().await;
        store.save_links(&links).await.unwrap();
        check().await;
        store.save_links(&Links::default()).await.unwrap();
        assert_eq!(store.overview(false).await.unwrap().usages, 1);
        let observed = RelationQuery { origin: vec!["observed".into(), "both".into()], ..Default::default() };
        assert_eq!(store.list_relations(&observed).await.unwrap().total, 0);
        assert_eq!(store.list_findings(&FindingQuery::default()).await.unwrap().total, 0);
    })
    .await;
}

#[tokio::test]
async fn the_ruleset_is_replaced_and_its_documents_come_back() {
    for_each_engine(async |store| {
        let source = store.upsert_source("folder", "/srv/git").await.unwrap();
        let mut builder = CatalogBuilder::new("acme/repo-0");
        builder.entity(EntityKind::Capability, "flags").descriptor = Some((path("caps.yaml"), 12));
        builder.save(&store, source).await;
        let documents = store.load_capability_documents().await.unwrap();
        assert_eq!(documents.len(), 1);
        assert_eq!((documents[0].1.path.as_str(), documents[0].1.doc.line), ("caps.yaml", 12));
        let old = [capability("a", Area::Data, RuleSource::Starter), capability("b", Area::MlAi, RuleSource::Starter)];
        store.save_capabilities(&old).await.unwrap();
        store.save_capabilities(&[capability("b", Area::MlAi, RuleSource::Organisation)]).await.unwrap();
        assert_eq!(store.overview(false).await.unwrap().capabilities, 1);
        assert!(store.find_capability("a").await.unwrap().is_none());
        let b = store.find_capability("b").await.unwrap().unwrap();
        assert_eq!((b.summary.source, b.summary.adoption), (RuleSource::Organisation, None));
        assert_eq!(b.start.unwrap().committed_at, Some(at(0)));
        assert!(b.permalink.unwrap().ends_with("/caps.yaml#L1"));
        let facets = store.facet_capabilities(&Default::default()).await.unwrap();
        assert_eq!((facets[0].values[0].label.as_str(), facets[0].values[0].count), ("ML and AI", 1));
    })
    .await;
}

#[tokio::test]
async fn parsed_blobs_come_back() {
    for_each_engine(async |store| {
        let key = |version| BlobKey { blob: blob(), parser: "npm".into(), version };
        let facts = FileFacts { text: Some("hello \0".into()), ..FileFacts::default() };
        let generation = store.generation().await;
        let twice = [(key(1), FileFacts::default()), (key(1), facts.clone())];
        store.save_facts(&twice).await.unwrap();
        store.save_facts(&[(key(1), facts.clone())]).await.unwrap();
        assert_eq!(store.list_cached_keys().await.unwrap().len(), 1);
        let loaded = store.load_facts(&[key(1), key(2)]).await.unwrap();
        assert_eq!((loaded.len(), loaded.get(&key(1))), (1, Some(&facts)));
        assert_eq!(store.generation().await, generation);
    })
    .await;
}

#[tokio::test]
async fn scans_are_listed_and_interrupted_ones_fail() {
    for_each_engine(async |store| {
        let mut ids = Vec::new();
        for second in 0..5 {
            ids.push(store.insert_scan(&at(second)).await.unwrap());
        }
        let mut scan = store.find_scan(ids[4]).await.unwrap().unwrap();
        assert_eq!(scan.status, ScanStatus::Queued);
        scan.status = ScanStatus::Done;
        scan.finished_at = Some(at(59));
        // A run that ended has read the past of each.
        (scan.repositories, scan.past) = (7, 7);
        scan.duration_ms = Some(1_234);
        store.update_scan(&scan).await.unwrap();
        assert_eq!(store.find_scan(ids[4]).await.unwrap().unwrap(), scan);
        store.fail_interrupted_scans().await.unwrap();
        let first = store.list_scans(3, None).await.unwrap();
        let rest = store.list_scans(3, first.next.as_deref()).await.unwrap();
        let listed: Vec<_> = first.items.iter().chain(&rest.items).map(|s| (s.id, s.status)).collect();
        let expected: Vec<_> = ids.iter().rev().map(|id| (*id, ScanStatus::Failed)).collect();
        assert_eq!(listed[1..], expected[1..]);
        assert_eq!((listed[0], first.total, rest.next), ((ids[4], ScanStatus::Done), 5, None));
        assert!(rest.items[0].message.as_deref().unwrap().contains("start it again"));
    })
    .await;
}
