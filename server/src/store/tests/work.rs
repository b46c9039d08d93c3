//! Work logs, listings, fingerprints, and what judgements are made of: saved, saved again, loaded.
//! It must not depend on row ids.
use crate::{
    catalog::model::Links,
    store::{
        Store, WorkKey,
        testing::{CatalogBuilder, capability, commit, component, finding, for_each_engine, group, name, path},
    },
};
use shared::{Area, BlobId, Confidence, DependencyKind, EntityKind, OfferPath, RuleSource, State, api::FindingQuery};

fn key(reading: &str) -> WorkKey {
    WorkKey { tip: commit(), reading: reading.to_owned() }
}

async fn rules_found(store: &Store) -> Vec<String> {
    let page = store.list_findings(&FindingQuery::default()).await.unwrap();
    page.items.into_iter().map(|found| found.rule).collect()
}

#[tokio::test]
async fn a_work_log_is_replaced_with_its_findings() {
    for_each_engine(async |store| {
        let source = store.upsert_source("folder", "/srv/git").await.unwrap();
        let mut builder = CatalogBuilder::new("acme/shop");
        builder.entity(EntityKind::Component, "shop");
        builder.save(&store, source).await;
        let shop = name("acme/shop");
        assert_eq!(store.load_work(&shop).await.unwrap(), None);
        let found = [finding("work-cut", Some("shop/a.go"), Some(1))];
        store.save_work(&shop, &key("v1\0"), b"\0log", &found).await.unwrap();
        // A scan of the tip replaces what it found, and leaves this.
        builder.save(&store, source).await;
        assert_eq!(rules_found(&store).await, ["work-cut"]);
        assert_eq!(store.find_entity(&component("shop")).await.unwrap().unwrap().summary.findings, 1);
        assert_eq!(store.load_work(&shop).await.unwrap().as_deref(), Some(&b"\0log"[..]));
        assert_eq!(store.find_work_keys().await.unwrap(), [(shop.clone(), key("v1\u{fffd}"))].into());
        store.save_work(&shop, &key("v2"), b"", &[]).await.unwrap();
        assert_eq!(rules_found(&store).await, Vec::<String>::new());
        assert_eq!(store.find_work_keys().await.unwrap()[&shop], key("v2"));
        // What nobody sees changes no answer.
        let before = store.generation().await;
        store.save_work(&shop, &key("v3"), b"log", &[]).await.unwrap();
        assert_eq!(store.generation().await, before);
        assert!(store.save_work(&name("acme/none"), &key("v1"), b"", &[]).await.is_err());
    })
    .await;
}

#[tokio::test]
async fn listings_and_fingerprints_come_back() {
    for_each_engine(async |store| {
        let source = store.upsert_source("folder", "/srv/git").await.unwrap();
        CatalogBuilder::new("acme/shop").save(&store, source).await;
        let before = store.generation().await;
        store.save_code(&name("acme/shop"), &key("v1"), b"one").await.unwrap();
        store.save_code(&name("acme/shop"), &key("v2"), b"two").await.unwrap();
        assert_eq!(store.find_code_keys().await.unwrap(), [(name("acme/shop"), key("v2"))].into());
        assert_eq!(store.load_code(&name("acme/shop")).await.unwrap().as_deref(), Some(&b"two"[..]));
        assert_eq!(store.load_code(&name("acme/none")).await.unwrap(), None);

        let blob = |n: usize| BlobId::new(format!("{n:040x}")).unwrap();
        let prints: Vec<_> = (0..2500).map(|n| (blob(n), "go".to_owned(), vec![0, (n % 256) as u8])).collect();
        store.save_prints(1, &prints).await.unwrap();
        store.save_prints(1, &[]).await.unwrap();
        // The same key twice in one write, and a key of a newer version.
        let twice = [(blob(1), "go".to_owned(), vec![9]), (blob(1), "go".to_owned(), vec![8])];
        store.save_prints(2, &twice).await.unwrap();
        let keys: Vec<_> = (0..3000).map(|n| (blob(n), "go".to_owned())).chain([(blob(2), "rs".to_owned())]).collect();
        let found = store.load_prints(&keys, 1).await.unwrap();
        assert_eq!((found.len(), &found[&(blob(2499), "go".to_owned())]), (2499, &vec![0, (2499 % 256) as u8]));
        let newer = store.load_prints(&keys, 2).await.unwrap();
        assert_eq!(newer, [((blob(1), "go".to_owned()), vec![8])].into());
        assert_eq!(store.generation().await, before);
    })
    .await;
}

/// Two repositories with people, groups, owners, uses and a package that the other one needs.
async fn organisation(store: &Store) {
    let source = store.upsert_source("folder", "/srv/git").await.unwrap();
    store.save_capabilities(&[capability("ci", Area::Data, RuleSource::Starter)]).await.unwrap();
    let mut shop = CatalogBuilder::new("acme/shop");
    let red = shop.entity(EntityKind::Group, "red");
    red.title = Some("Red".into());
    red.document = serde_json::json!({"spec": {"parent": "floor", "children": [], "members": ["ann", 3, "user:other/bob"],
        "profile": {"email": "red@acme.example"}}});
    shop.entity(EntityKind::User, "ann").document = serde_json::json!({"metadata": {"annotations":
        {"backstage.io/email": "a@acme.example"}}, "spec": {"memberOf": ["red", "group:other/guild"],
        "profile": {"email": " ann@acme.example ", "displayName": "Ann"}}});
    let entity = shop.entity(EntityKind::Component, "shop");
    (entity.owner, entity.description) = (Some(group("red")), Some("Sells".into()));
    entity.languages = [("Go".to_owned(), 9)].into();
    shop.usage("shop", "ci", "own", OfferPath::Homegrown).standing("shop", "ci", State::OffPath, true);
    shop.package("shop", "@acme/flags");
    shop.save(store, source).await;
    let mut bank = CatalogBuilder::new("acme/bank");
    let till = bank.entity(EntityKind::Component, "till");
    (till.owner, till.descriptor) = (Some(group("blue")), None);
    bank.entity(EntityKind::Component, "shop");
    bank.dependency(Some("till"), "@acme/flags", DependencyKind::Resolved);
    bank.dependency(Some("till"), "@acme/flags", DependencyKind::Declared);
    bank.dependency(Some("till"), "left-pad", DependencyKind::Declared);
    bank.save(store, source).await;
    let shadowed = vec![(component("shop"), name("acme/bank"))];
    store.save_links(&Links { shadowed, ..Links::default() }).await.unwrap();
}

#[tokio::test]
async fn people_and_groups_are_read_from_documents() {
    for_each_engine(async |store| {
        organisation(&store).await;
        let found = store.load_organisation().await.unwrap();
        let [red] = &found.groups[..] else { panic!("{found:?}") };
        assert_eq!((&red.reference, red.title.as_deref()), (&group("red"), Some("Red")));
        assert_eq!(red.parent, Some(group("floor")));
        let members: Vec<_> = red.members.iter().map(ToString::to_string).collect();
        assert_eq!(members, ["user:default/ann", "user:other/bob"]);
        assert_eq!(red.path, Some((path("red/catalog-info.yaml"), 1)));
        assert_eq!((red.mail.as_deref(), &red.repository), (Some("red@acme.example"), &name("acme/shop")));
        let [ann] = &found.users[..] else { panic!("{found:?}") };
        assert_eq!(ann.mails, ["ann@acme.example", "a@acme.example"]);
        let teams: Vec<_> = ann.member_of.iter().map(ToString::to_string).collect();
        assert_eq!(
            (ann.display_name.as_deref(), teams),
            (Some("Ann"), vec![group("red").to_string(), "group:other/guild".into()])
        );
        assert!(found.team_map.is_empty());
    })
    .await;
}

#[tokio::test]
async fn claims_are_those_of_components_that_nobody_overrules() {
    for_each_engine(async |store| {
        organisation(&store).await;
        let found = store.load_claims().await.unwrap();
        let [bank, shop] = &found[..] else { panic!("{found:?}") };
        assert_eq!(
            (&bank.repository, bank.web_url.as_deref()),
            (&name("acme/bank"), Some("https://github.com/acme/bank"))
        );
        let [till] = &bank.components[..] else { panic!("{bank:?}") };
        assert_eq!((&till.reference, &till.owner, &till.descriptor), (&component("till"), &Some(group("blue")), &None));
        let [of_shop] = &shop.components[..] else { panic!("{shop:?}") };
        assert_eq!((&of_shop.root, &of_shop.descriptor), (&path("shop"), &Some((path("shop/catalog-info.yaml"), 1))));
        assert!(shop.code_owners.is_none() && shop.mailmap.is_empty() && shop.texts.is_empty());
    })
    .await;
}

#[tokio::test]
async fn the_estate_has_uses_and_consumers() {
    for_each_engine(async |store| {
        organisation(&store).await;
        let found = store.load_estate().await.unwrap();
        assert_eq!(found.capabilities[0].reference.name(), "ci");
        let components: Vec<_> = found.components.iter().map(|c| (c.reference.name(), c.lines)).collect();
        assert_eq!(components, [("shop", 9), ("till", 0)]);
        assert_eq!(
            (found.components[0].description.as_deref(), found.components[0].language.as_deref()),
            (Some("Sells"), Some("Go"))
        );
        let [used] = &found.usages[..] else { panic!("{found:?}") };
        assert_eq!(
            (used.path, used.confidence, used.evidence[0].line),
            (OfferPath::Homegrown, Confidence::Probable, Some(7))
        );
        let [package] = &found.packages[..] else { panic!("{found:?}") };
        assert_eq!((package.name.as_str(), &package.component), ("@acme/flags", &component("shop")));
        let consumers: Vec<_> = package.consumers.iter().map(|c| (&c.component, c.line)).collect();
        assert_eq!(consumers, [(&component("till"), Some(9))]);
        assert!(found.clusters.is_empty() && found.code.is_empty());
    })
    .await;
}
