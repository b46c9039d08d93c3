//! Saving the past, saving it again, and loading it as one value.
//! It must not depend on row ids.
use crate::{
    catalog::model::{Exemption, Links},
    metrics::past::{Past, PastAttempt, PastMoment},
    store::{
        Store,
        testing::{
            CatalogBuilder, HistoryBuilder, capability, component, day, finding, for_each_engine, group, history_key,
            long_history, moment, name,
        },
    },
};
use shared::{
    Area, EntityKind, OfferPath, RuleSource, State,
    api::{EntityQuery, FindingQuery},
};

fn past_moment(n: i64) -> PastMoment {
    PastMoment { commit: moment(n).commit.to_string(), at: day(n) }
}

/// Two components, one of them gone, with what they used.
pub(super) async fn small(store: &Store) -> (CatalogBuilder, HistoryBuilder) {
    let source = store.upsert_source("folder", "/srv/git").await.unwrap();
    let mut ci = capability("ci", Area::Data, RuleSource::Starter);
    ci.offers[0].since = Some("2025-01-03".into());
    let until = Some("2025-02-01".into());
    ci.exempt.push(Exemption { component: component("old"), reason: "it goes".into(), until });
    let auth = capability("auth", Area::Data, RuleSource::Starter);
    store.save_capabilities(&[ci, auth]).await.unwrap();
    let mut builder = CatalogBuilder::new("acme/shop");
    let shop = builder.entity(EntityKind::Component, "shop");
    (shop.owner, shop.subtype) = (Some(group("blue")), Some("service".into()));
    shop.languages = [("Go".to_owned(), 9)].into();
    builder.usage("shop", "ci", "flagship", OfferPath::Golden).standing("shop", "ci", State::Golden, true);
    builder.save(store, source).await;
    let mut history = HistoryBuilder::new("acme/shop");
    history.span(&component("shop"), 1, None).owner = Some(group("red"));
    let old = history.span(&component("old"), 2, Some(50));
    (old.owner, old.languages) = (Some(group("red")), vec!["go".into()]);
    history.uses("old", "ci", "own", (3, Some(50)));
    history.uses("shop", "ci", "own", (10, Some(60)));
    history.uses("shop", "gone", "own", (10, None));
    history.uses("shop", "ci", "flagship", (40, None));
    history.with_marks().0.findings.push(finding("history-unreadable", None, None));
    history.save(store).await;
    (builder, history)
}

#[tokio::test]
async fn the_past_comes_back_whole() {
    for_each_engine(async |store| {
        small(&store).await;
        let past = store.past().await.unwrap();
        assert_eq!(past.rules_version, "r1");
        let names: Vec<_> = past.capabilities.iter().map(|c| c.name.as_str()).collect();
        assert_eq!(names, ["auth", "ci"]);
        let ci = &past.capabilities[1];
        assert_eq!(
            (ci.offers[0].since, ci.offers[0].detect.join(",")),
            (Some(day(2)), "packages: npm:flagship".into())
        );
        assert_eq!((ci.rule_changes[0].at, ci.rule_changes[0].repository.as_str()), (day(20), "acme/shop"));
        let repository = &past.repositories[0];
        assert_eq!((&repository.first, &repository.last), (&past_moment(0), &past_moment(300)));
        assert_eq!(repository.gaps, [(day(5), day(9), "a tree is missing".to_owned())]);
        assert_eq!((repository.weeks[0].from, repository.weeks[0].lead_days.as_slice()), (20_000 * 86_400, &[0.5][..]));
        assert!(repository.cut_off.as_deref().unwrap().contains("shallow"));
        assert_eq!(repository.web_url.as_deref(), Some("https://github.com/acme/shop"));
        let [old, shop] = &past.components[..] else { panic!("{:?}", past.components) };
        assert_eq!((&old.reference, &shop.reference), (&component("old"), &component("shop")));
        // What is there today says so; what is gone is as it was.
        assert_eq!((&shop.owner, shop.language.as_deref()), (&Some(group("blue")), Some("Go")));
        assert_eq!((&old.owner, old.language.as_deref()), (&Some(group("red")), Some("Go")));
        assert_eq!(old.spans, [(past_moment(2), Some(past_moment(50)))]);
        assert_eq!((&old.eligible[..], &old.exempt[..]), (&[0, 1][..], &[(1, Some(day(32) - 1))][..]));
        let uses: Vec<_> = shop.uses.iter().map(|u| (u.capability, u.offer, u.from.at, u.to.clone())).collect();
        assert_eq!(uses, [(1, 2, day(10), Some(past_moment(60))), (1, 0, day(40), None)]);
        let attempt = PastMoment { at: day(40) - 3_600, ..past_moment(1) };
        assert_eq!(shop.uses[1].attempt, Some(PastAttempt { moment: attempt, author_days: 4, branch: true }));
        let (rule, file) = shop.uses[1].evidence.clone().unwrap();
        assert_eq!((rule.as_str(), file.as_str()), ("packages: npm:flagship", "shop/package.json"));
    })
    .await;
}

#[tokio::test]
async fn saving_again_changes_nothing_and_a_scan_of_the_tip_leaves_the_past() {
    for_each_engine(async |store| {
        let (builder, mut history) = small(&store).await;
        let everything = async || {
            let findings = store.list_findings(&FindingQuery::default()).await.unwrap().items;
            let keys = store.find_history_keys().await.unwrap();
            (Past::clone(&*store.past().await.unwrap()), findings, keys)
        };
        let before = everything().await;
        assert_eq!((before.1.len(), before.2.get(&name("acme/shop"))), (1, Some(&history_key())));
        assert_eq!(store.find_repository(&name("acme/shop")).await.unwrap().unwrap().findings, 1);
        history.save(&store).await;
        assert_eq!(everything().await, before);
        let source = store.upsert_source("folder", "/srv/git").await.unwrap();
        builder.save(&store, source).await;
        assert_eq!(everything().await, before);
        assert_eq!(store.find_repository(&name("acme/shop")).await.unwrap().unwrap().findings, 1);
        let timeline = store.load_timeline(&name("acme/shop")).await.unwrap();
        assert_eq!(timeline.as_deref(), Some(&b"\x00timeline\xff"[..]));
        assert_eq!(store.load_timeline(&name("acme/other")).await.unwrap(), None);
        history.0.spans.truncate(1);
        history.0.intervals.clear();
        history.0.findings.clear();
        history.save(&store).await;
        let after = everything().await;
        assert_eq!((after.0.components.len(), after.0.components[0].uses.len(), after.1.len()), (1, 0, 0));
        assert_eq!(store.find_repository(&name("acme/shop")).await.unwrap().unwrap().findings, 0);
        let elsewhere = store.save_history(&name("acme/other"), &history.0, &history_key(), b"").await;
        assert!(elsewhere.is_err());
    })
    .await;
}

#[tokio::test]
async fn a_reference_stands_for_one_component_at_a_time() {
    for_each_engine(async |store| {
        let (_, history) = small(&store).await;
        let source = store.upsert_source("folder", "/srv/git").await.unwrap();
        let mut builder = CatalogBuilder::new("acme/copy");
        builder.entity(EntityKind::Component, "shop");
        builder.save(&store, source).await;
        let mut copy = HistoryBuilder::new("acme/copy");
        copy.span(&component("shop"), 30, None);
        copy.span(&component("old"), 49, Some(70));
        copy.uses("shop", "ci", "unleash", (31, None));
        copy.save(&store).await;
        let of = async |short: &str| {
            let past = store.past().await.unwrap();
            let found = past.components.iter().filter(|c| c.reference == component(short));
            found.map(|c| (past.repositories[c.repository].name.to_string(), c.uses.len())).collect::<Vec<_>>()
        };
        let lost =
            |repository: &str| Links { shadowed: vec![(component("shop"), name(repository))], ..Links::default() };
        store.save_links(&lost("acme/copy")).await.unwrap();
        assert_eq!(of("shop").await, [("acme/shop".to_owned(), 2)]);
        // Written again, it is shadowed still; the other way round, the other one is.
        copy.save(&store).await;
        history.save(&store).await;
        assert_eq!(of("shop").await, [("acme/shop".to_owned(), 2)]);
        store.save_links(&lost("acme/shop")).await.unwrap();
        assert_eq!(of("shop").await, [("acme/copy".to_owned(), 1)]);
        // Gone from both, and for a day in both: the one that lasted longest counts. Apart from each other, both do.
        assert_eq!(of("old").await, [("acme/copy".to_owned(), 0)]);
        copy.0.spans[1].from = moment(50);
        copy.save(&store).await;
        assert_eq!(of("old").await, [("acme/copy".to_owned(), 0), ("acme/shop".to_owned(), 1)]);
    })
    .await;
}

#[tokio::test]
async fn a_commit_from_the_future_came_by_the_last_scan() {
    for_each_engine(async |store| {
        let (_, mut history) = small(&store).await;
        history.0.intervals[3].from.at = day(40_000);
        history.save(&store).await;
        let past = store.past().await.unwrap();
        assert_eq!(past.components[1].uses[1].from.at, past.now);
        assert!(past.now > day(300) && past.now < day(40_000));
        let entities = store.list_entities(&EntityQuery::default()).await.unwrap();
        assert_eq!(entities.total, 1);
    })
    .await;
}

#[tokio::test]
async fn sixty_thousand_intervals_load_quickly() {
    for_each_engine(async |store| {
        let source = store.upsert_source("folder", "/srv/git").await.unwrap();
        let names: Vec<String> = (0..60).map(|n| format!("capability-{n}")).collect();
        let rules = names.iter().map(|c| capability(c, Area::Data, RuleSource::Starter)).collect::<Vec<_>>();
        store.save_capabilities(&rules).await.unwrap();
        for repository in 0..100 {
            CatalogBuilder::new(&format!("acme/repo-{repository}")).save(&store, source).await;
            long_history(repository, 10, &names).save(&store).await;
        }
        let began = std::time::Instant::now();
        let past = store.past().await.unwrap();
        let took = began.elapsed();
        println!("60,000 intervals: {took:?}");
        assert_eq!(past.components.iter().map(|c| c.uses.len()).sum::<usize>(), 60_000);
        assert!(took.as_secs() < 20, "{took:?}");
        let again = store.past().await.unwrap();
        assert!(std::sync::Arc::ptr_eq(&past, &again));
    })
    .await;
}
