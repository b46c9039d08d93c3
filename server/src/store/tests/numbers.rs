//! Every count equals the total of the list it links to.
//! It must not compare a count with itself.
use crate::store::{
    Store,
    testing::{CAPABILITIES, fill, for_each_engine},
};
use shared::api::{
    CapabilityQuery, DependencyQuery, EntityQuery, FindingQuery, RelationQuery, RepositoryQuery, UsageQuery,
};

async fn entities(store: &Store, query: EntityQuery) -> u64 {
    let page = store.list_entities(&EntityQuery { limit: Some(200), ..query }).await.unwrap();
    if page.next.is_none() {
        assert_eq!(page.items.len() as u64, page.total);
    }
    page.total
}

fn of(capability: &str) -> EntityQuery {
    EntityQuery { capability: vec![capability.to_owned()], ..EntityQuery::default() }
}

#[tokio::test]
async fn capability_counts_are_totals_of_lists() {
    for_each_engine(async |store| {
        let estate = fill(&store, 600).await;
        let listed = store.list_capabilities(&CapabilityQuery::default()).await.unwrap();
        assert_eq!(listed.total, CAPABILITIES.len() as u64);
        for summary in listed.items {
            let (c, counts) = (summary.name.as_str(), &summary.counts);
            let path = |p: &str| EntityQuery { path: vec![p.into()], ..of(c) };
            let state = |s: &str| EntityQuery { state: vec![s.into()], ..of(c) };
            assert_eq!(counts.components, entities(&store, of(c)).await);
            assert_eq!(counts.golden, entities(&store, path("golden")).await);
            assert_eq!(counts.tolerated, entities(&store, path("tolerated")).await);
            assert_eq!(counts.vendor, entities(&store, path("vendor")).await);
            assert_eq!(counts.homegrown, entities(&store, path("homegrown")).await);
            assert_eq!(counts.migrating, entities(&store, state("migrating")).await);
            assert_eq!(counts.off_path, entities(&store, state("off_path")).await);
            assert_eq!(counts.none, entities(&store, state("none")).await);
            assert_eq!(counts.exempt, entities(&store, state("exempt")).await);
            let eligible = EntityQuery { eligible: Some("true".into()), ..of(c) };
            assert_eq!(counts.eligible, entities(&store, eligible.clone()).await);
            assert!(counts.golden > 0 && counts.homegrown > 0 && counts.vendor > 0);
            let golden_eligible = entities(&store, EntityQuery { path: vec!["golden".into()], ..eligible }).await;
            assert_eq!(summary.adoption, Some(golden_eligible as f64 / counts.eligible as f64));
            let sets = estate.iter().flat_map(|b| &b.0.standings).filter(|s| s.capability == c);
            let golden_only = sets.filter(|s| s.state.as_str() == "golden").count();
            assert_eq!(summary.reuse_rate, Some(golden_only as f64 / counts.golden as f64));
            let detail = store.find_capability(c).await.unwrap().unwrap();
            for offer in detail.offers {
                let listed = entities(&store, EntityQuery { offer: vec![offer.name.clone()], ..of(c) }).await;
                assert_eq!(offer.components, listed, "{c} {}", offer.name);
            }
        }
    })
    .await;
}

#[tokio::test]
async fn the_overview_counts_the_lists() {
    for_each_engine(async |store| {
        fill(&store, 300).await;
        let o = store.overview(true).await.unwrap();
        let component = EntityQuery { kind: vec!["component".into()], ..EntityQuery::default() };
        assert_eq!(o.entities, entities(&store, EntityQuery::default()).await);
        assert_eq!(o.components, entities(&store, component.clone()).await);
        assert_eq!(o.unowned, entities(&store, EntityQuery { owner: vec![String::new()], ..component }).await);
        let usages = async |path: Vec<String>| {
            store.list_usages(&UsageQuery { path, ..UsageQuery::default() }).await.unwrap().total
        };
        assert_eq!(o.usages, usages(vec![]).await);
        for (count, path) in
            [(o.golden, "golden"), (o.vendor, "vendor"), (o.homegrown, "homegrown"), (o.tolerated, "tolerated")]
        {
            assert_eq!(count, usages(vec![path.to_owned()]).await);
        }
        assert_eq!(o.usages, o.golden + o.vendor + o.homegrown + o.tolerated);
        assert_eq!(o.findings, store.list_findings(&FindingQuery::default()).await.unwrap().total);
        let errors = FindingQuery { severity: vec!["error".into()], ..FindingQuery::default() };
        assert_eq!(o.errors, store.list_findings(&errors).await.unwrap().total);
        assert_eq!(o.repositories, store.list_repositories(&RepositoryQuery::default()).await.unwrap().total);
        assert_eq!(o.capabilities, store.list_capabilities(&CapabilityQuery::default()).await.unwrap().total);
        let used = CapabilityQuery { used: Some("true".into()), ..CapabilityQuery::default() };
        assert_eq!(o.capabilities_used, store.list_capabilities(&used).await.unwrap().items.len() as u64);
        for (area, count) in &o.areas {
            let of_area = CapabilityQuery { area: vec![area.to_string()], ..CapabilityQuery::default() };
            assert_eq!(*count, store.list_capabilities(&of_area).await.unwrap().items.len() as u64);
        }
        assert!(o.demo && o.unowned > 0 && o.errors > 0);
        let counts = store.load_scan_counts().await.unwrap();
        assert_eq!((counts.entities, counts.usages, counts.findings), (o.entities, o.usages, o.findings));
    })
    .await;
}

#[tokio::test]
async fn rows_count_what_their_lists_hold() {
    for_each_engine(async |store| {
        fill(&store, 200).await;
        for item in store.list_repositories(&RepositoryQuery::default()).await.unwrap().items {
            let repository = vec![item.name.to_string()];
            let here = EntityQuery { repository: repository.clone(), ..EntityQuery::default() };
            assert_eq!(item.entities, entities(&store, here.clone()).await);
            assert_eq!(item.components, entities(&store, EntityQuery { kind: vec!["component".into()], ..here }).await);
            let findings = FindingQuery { repository, ..FindingQuery::default() };
            assert_eq!(item.findings, store.list_findings(&findings).await.unwrap().total);
        }
        let source = &store.list_sources().await.unwrap()[0];
        for named in [source.id.to_string(), source.location.clone()] {
            let of_source = RepositoryQuery { source: vec![named], ..RepositoryQuery::default() };
            assert_eq!(source.repositories, store.list_repositories(&of_source).await.unwrap().total);
        }
        let mut with_findings = 0;
        for summary in store.list_entities(&EntityQuery { limit: Some(200), ..Default::default() }).await.unwrap().items
        {
            let own = summary.entity.to_string();
            let detail = store.find_entity(&summary.entity).await.unwrap().unwrap();
            assert_eq!(detail.summary, summary);
            assert_eq!(detail.findings_list.len() as u64, summary.findings);
            let dependencies = DependencyQuery { component: vec![own.clone()], ..Default::default() };
            assert_eq!(detail.dependencies, store.list_dependencies(&dependencies).await.unwrap().total);
            let to = RelationQuery { to: vec![own.clone()], r#type: vec!["dependsOn".into()], ..Default::default() };
            assert_eq!(detail.dependents, store.list_relations(&to).await.unwrap().total);
            let touching = RelationQuery { entity: vec![own.clone()], limit: Some(200), ..Default::default() };
            assert_eq!(detail.relations, store.list_relations(&touching).await.unwrap().items);
            let usages = UsageQuery { component: vec![own], ..Default::default() };
            let offers: usize = detail.standings.iter().map(|s| s.offers.len()).sum();
            assert_eq!(offers as u64, store.list_usages(&usages).await.unwrap().total);
            let golden =
                detail.standings.iter().filter(|s| s.offers.iter().any(|o| o.path.as_str() == "golden")).count();
            assert_eq!(golden as u64, summary.golden);
            with_findings += u64::from(summary.findings > 0);
        }
        assert!(with_findings > 5);
    })
    .await;
}
