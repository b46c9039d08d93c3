//! Judgements over all repositories: saved, replaced, listed, counted.
//! It must not depend on row ids.
use super::history;
use crate::store::{
    Judged, Store, StoreError,
    testing::{CatalogBuilder, at, cluster, component, fill_judged, finding, for_each_engine, group, name, verdict},
};
use shared::{
    CloneKind, EntityKind, State, Verdict,
    api::{ClusterQuery, Facet, FindingQuery, OwnershipQuery, ShadowQuery, TeamQuery},
};

async fn shop(store: &Store) {
    let source = store.upsert_source("folder", "/srv/git").await.unwrap();
    let mut builder = CatalogBuilder::new("acme/shop");
    builder.entity(EntityKind::Component, "shop").owner = Some(group("red"));
    builder.save(store, source).await;
}

fn counts(facets: &[Facet], name: &str) -> Vec<(String, u64)> {
    let found = facets.iter().find(|facet| facet.name == name).unwrap();
    found.values.iter().map(|value| (value.value.clone(), value.count)).collect()
}

fn words(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

#[tokio::test]
async fn judgements_are_replaced_whole_with_their_findings() {
    for_each_engine(async |store| {
        shop(&store).await;
        assert_eq!(store.judgement(Judged::Ownership).await.unwrap(), None);
        assert!(store.load_ownership().await.unwrap().is_empty());
        assert!(store.list_left_out().await.unwrap().is_empty());
        let items: Vec<_> = (0..1200).map(|n| verdict(&format!("c{n}"), Verdict::Stale, Some("red"), None)).collect();
        let found = [
            (name("acme/shop"), finding("owner-stale", Some("shop/main.go"), None)),
            (name("acme/none"), finding("owner-stale", None, None)),
        ];
        store.save_ownership(&items, &found, "m1\0", &at(9)).await.unwrap();
        assert_eq!(store.load_ownership().await.unwrap(), items);
        assert_eq!(store.judgement(Judged::Ownership).await.unwrap(), Some(("m1\u{fffd}".to_owned(), at(9))));
        assert_eq!(store.judgement(Judged::Shadows).await.unwrap(), None);
        assert_eq!(store.find_entity(&component("shop")).await.unwrap().unwrap().summary.findings, 1);
        let generation = store.generation().await;
        store.save_ownership(&items[..1], &[], "m2", &at(10)).await.unwrap();
        assert!(store.generation().await > generation);
        assert_eq!(store.list_ownership(&OwnershipQuery::default()).await.unwrap().total, 1);
        assert_eq!(store.list_findings(&FindingQuery::default()).await.unwrap().total, 0);
        fill_judged(&store).await;
        assert_eq!(store.load_clusters().await.unwrap()[1].id, "c2");
        assert_eq!(store.load_shadows().await.unwrap()[1].item.id, "s2");
        assert_eq!(store.list_left_out().await.unwrap()[0].files, 7);
        // Two of one id are refused, and what was there stays.
        let doubled = [cluster("c9", CloneKind::Blob, 1), cluster("c9", CloneKind::Blob, 1)];
        assert!(store.save_clusters(&doubled, &[], "m4", &at(11)).await.is_err());
        assert_eq!(store.load_clusters().await.unwrap().len(), 2);
        assert_eq!(store.judgement(Judged::Clusters).await.unwrap(), Some(("m2".to_owned(), at(9))));
    })
    .await;
}

#[tokio::test]
async fn verdicts_are_listed_worst_first_with_links() {
    for_each_engine(async |store| {
        shop(&store).await;
        fill_judged(&store).await;
        let list = async |query: OwnershipQuery| {
            let page = store.list_ownership(&query).await.unwrap();
            page.items.iter().map(|item| item.entity.name().to_owned()).collect::<Vec<_>>()
        };
        let all = OwnershipQuery::default();
        assert_eq!(list(all.clone()).await, ["till", "cart", "gone", "shop"]);
        assert_eq!(
            list(OwnershipQuery { sort: Some("-entity".into()), ..all.clone() }).await,
            ["till", "shop", "gone", "cart"]
        );
        // Unknown scores come last either way round.
        for (sort, last) in [("score", "gone"), ("-score", "gone"), ("-knowledge", "gone")] {
            let sorted = list(OwnershipQuery { sort: Some(sort.into()), ..all.clone() }).await;
            assert_eq!(sorted.last().map(String::as_str), Some(last), "{sort}");
        }
        assert_eq!(list(OwnershipQuery { owner: words(&["red"]), ..all.clone() }).await, ["till", "shop"]);
        assert_eq!(list(OwnershipQuery { owner: words(&[""]), ..all.clone() }).await, ["cart"]);
        assert_eq!(list(OwnershipQuery { q: Some("CART the".into()), ..all.clone() }).await, ["cart"]);
        assert_eq!(list(OwnershipQuery { part: words(&["path"]), ..all.clone() }).await, ["shop"]);
        let both = OwnershipQuery { part: words(&["path", "component"]), entity: words(&["shop"]), ..all.clone() };
        assert_eq!(list(both).await, ["shop", "shop"]);
        let page = store.list_ownership(&all).await.unwrap();
        let till = &page.items[0];
        let commit = format!("https://github.com/acme/shop/commit/{}", "c".repeat(40));
        assert_eq!(till.evidence[0].permalink.as_ref(), Some(&commit));
        assert!(till.claim.as_ref().unwrap().permalink.as_ref().unwrap().ends_with("till/catalog-info.yaml#L7"));
        for bad in [
            OwnershipQuery { verdict: words(&["wrong"]), ..all.clone() },
            OwnershipQuery { part: words(&["half"]), ..all.clone() },
        ] {
            let refused = store.list_ownership(&bad).await.unwrap_err();
            assert!(matches!(refused, StoreError::BadFilter { .. }), "{refused}");
        }
        let refused = store.list_ownership(&OwnershipQuery { sort: Some("colour".into()), ..all }).await.unwrap_err();
        assert!(matches!(refused, StoreError::BadSort { .. }), "{refused}");
    })
    .await;
}

#[tokio::test]
async fn facets_count_under_all_other_filters() {
    for_each_engine(async |store| {
        shop(&store).await;
        fill_judged(&store).await;
        let query = OwnershipQuery { verdict: words(&["confirmed"]), ..OwnershipQuery::default() };
        let facets = store.facet_ownership(&query).await.unwrap();
        // The part is a component unless told, the verdict is looked away from, the owner is counted of the confirmed.
        let one = |word: &str| (word.to_owned(), 1);
        assert_eq!(counts(&facets, "verdict"), ["confirmed", "disputed", "undeclared", "unknown"].map(one));
        assert_eq!(counts(&facets, "owner"), [("group:default/red".to_owned(), 1)]);
        assert_eq!(counts(&facets, "part"), [one("component")]);
        assert_eq!(facets.iter().find(|facet| facet.name == "owner").unwrap().values[0].label, group("red").short());
        let summary = store.ownership_summary(&OwnershipQuery::default()).await.unwrap();
        assert_eq!((summary.verdicts.total(), summary.truth), (4, Some(1.0 / 3.0)));
        let teams: Vec<_> = summary.teams.iter().map(|row| (row.title.as_str(), row.truth)).collect();
        assert_eq!(teams, [("ghosts", Some(0.0)), ("red", Some(0.5)), ("No owner", None)]);
        assert_eq!((summary.repositories.len(), summary.judged_at), (1, Some(at(9))));

        let facets = store.facet_clusters(&ClusterQuery::default()).await.unwrap();
        assert_eq!(counts(&facets, "repository"), [("acme/bank".to_owned(), 2), ("acme/shop".to_owned(), 2)]);
        assert_eq!(counts(&facets, "capability"), [one(""), one("feature-flags")]);
        let facets = store.facet_shadows(&ShadowQuery::default()).await.unwrap();
        assert_eq!(
            counts(&facets, "team"),
            [("group:default/blue".to_owned(), 2), ("group:default/red".to_owned(), 1)]
        );
    })
    .await;
}

#[tokio::test]
async fn clusters_and_shadow_platforms_are_found_by_what_they_say() {
    for_each_engine(async |store| {
        shop(&store).await;
        fill_judged(&store).await;
        let clusters = async |query: ClusterQuery| {
            let page = store.list_clusters(&query).await.unwrap();
            page.items.into_iter().map(|item| item.id).collect::<Vec<_>>()
        };
        let all = ClusterQuery::default();
        assert_eq!(clusters(all.clone()).await, ["c2", "c1"]);
        assert_eq!(clusters(ClusterQuery { sort: Some("name".into()), ..all.clone() }).await, ["c1", "c2"]);
        assert_eq!(
            clusters(ClusterQuery { kind: words(&["blob"]), repository: words(&["acme/bank"]), ..all.clone() }).await,
            ["c1"]
        );
        assert_eq!(clusters(ClusterQuery { capability: words(&[""]), ..all.clone() }).await, ["c2"]);
        assert!(clusters(ClusterQuery { owner: words(&["green"]), ..all.clone() }).await.is_empty());
        let found = store.cluster("c1").await.unwrap().unwrap();
        let link = found.files[0].permalink.as_ref().unwrap();
        assert!(link.contains("/blob/") && link.ends_with("src/c1%20flags.go#L1"), "{link}");
        assert!(found.first.unwrap().permalink.is_some());
        // The other repository is not in the catalog: there is nowhere to link to.
        assert_eq!(found.files[1].permalink, None);
        assert_eq!(store.cluster("c3").await.unwrap(), None);

        let shadows = async |query: ShadowQuery| {
            let page = store.list_shadows(&query).await.unwrap();
            page.items.into_iter().map(|item| item.id).collect::<Vec<_>>()
        };
        let all = ShadowQuery::default();
        assert_eq!(shadows(all.clone()).await, ["s2", "s1"]);
        assert_eq!(shadows(ShadowQuery { sort: Some("retire".into()), ..all.clone() }).await, ["s1", "s2"]);
        assert_eq!(shadows(ShadowQuery { proposed: Some("true".into()), ..all.clone() }).await, ["s2"]);
        assert_eq!(shadows(ShadowQuery { team: words(&["group:default/red"]), ..all.clone() }).await, ["s1"]);
        let found = store.shadow("s1").await.unwrap().unwrap();
        assert!(found.parts[0].permalink.as_ref().unwrap().ends_with("/flags"));
        assert!(found.users[0].permalink.as_ref().unwrap().ends_with("go.mod#L4"));
        assert!(found.clusters[0].files[0].permalink.is_some());
        assert_eq!(store.shadow("s9").await.unwrap(), None);
        let bad = ShadowQuery { claim: words(&["surely"]), ..all };
        assert!(store.list_shadows(&bad).await.unwrap_err().to_string().contains("possible_duplicate"));
    })
    .await;
}

#[tokio::test]
async fn teams_are_groups_and_whoever_is_named() {
    for_each_engine(async |store| {
        // Its component `shop` is the blue team's, and is golden for CI.
        let (mut builder, _) = history::small(&store).await;
        let source = store.upsert_source("folder", "/srv/git").await.unwrap();
        let red = builder.entity(EntityKind::Group, "red");
        red.document = serde_json::json!({"spec": {"children": ["blue"], "members": ["ann", "bob"]}});
        (red.title, red.description) = (Some("The Red".into()), Some("We sell".into()));
        builder.entity(EntityKind::User, "ann").document = serde_json::json!({"spec": {"memberOf": ["red", "blue"]}});
        let user = builder.entity(EntityKind::Component, "till");
        user.owner = Some(group("red"));
        let person = shared::EntityRef::new(EntityKind::User, "default", "ann").unwrap();
        builder.entity(EntityKind::Component, "hers").owner = Some(person);
        builder.relation(&component("till"), "dependsOn", &component("shop"));
        builder.standing("till", "ci", State::None, true);
        builder.save(&store, source).await;
        fill_judged(&store).await;
        let page = store.list_teams(&TeamQuery::default()).await.unwrap();
        let teams: Vec<_> =
            page.items.iter().map(|t| (t.team.name(), t.described, t.members, t.verdicts.total())).collect();
        let named = |name, total| (name, false, 0, total);
        assert_eq!(teams, [("blue", false, 1, 0), named("ghosts", 1), named("green", 0), ("red", true, 2, 2)]);
        assert_eq!((page.items[0].parent.as_ref(), page.items[0].golden), (Some(&group("red")), 1));
        assert_eq!(page.items[3].truth, Some(0.5));
        let below = TeamQuery { parent: words(&["red"]), ..TeamQuery::default() };
        assert_eq!(store.list_teams(&below).await.unwrap().total, 1);
        let top = TeamQuery { sort: Some("-components".into()), parent: words(&[""]), ..TeamQuery::default() };
        assert_eq!(store.list_teams(&top).await.unwrap().items[0].team, group("red"));

        let red = store.team(&group("red")).await.unwrap().unwrap();
        assert_eq!((red.item.title.as_str(), red.description.as_deref()), ("The Red", Some("We sell")));
        assert_eq!(red.children, [group("blue")]);
        let names =
            |items: &[shared::api::OwnershipItem]| items.iter().map(|i| i.entity.name().to_owned()).collect::<Vec<_>>();
        assert_eq!((names(&red.owns), names(&red.works_on)), (words(&["till", "shop"]), vec![]));
        assert_eq!((red.uses[0].capability.as_str(), red.uses[0].golden, red.uses[0].eligible), ("ci", 0, 1));
        assert_eq!((red.builds[0].id.as_str(), red.builds[0].author_days), ("s1", 30));
        let blue = store.team(&group("blue")).await.unwrap().unwrap();
        assert_eq!(names(&blue.works_on), ["cart"]);
        assert_eq!((&blue.serves[0].component, blue.serves[0].consumers), (&component("shop"), 1));
        assert_eq!(blue.serves[0].teams, [group("red")]);
        assert_eq!((blue.uses[0].golden, blue.uses[0].title.as_str()), (1, "The ci"));
        let builds: Vec<_> = blue.builds.iter().map(|b| (b.id.as_str(), b.author_days)).collect();
        assert_eq!(builds, [("s2", 50), ("s1", 0)]);
        assert!(blue.champion_of.is_empty());
        assert!(store.team(&group("nobody")).await.unwrap().is_none());
    })
    .await;
}
