//! Every list against a plain filter over the same catalog in memory.
//! It must not trust one query to check another.
use crate::{
    catalog::model::Entity,
    store::{
        Store, StoreError,
        testing::{CatalogBuilder, Dice, fill, for_each_engine, name},
    },
};
use shared::{
    OfferPath, State,
    api::{DependencyQuery, EntityQuery, EntitySummary, FindingQuery, RelationQuery, RepositoryQuery, UsageQuery},
};

const N: usize = 2_000;

/// Walks every page; no item may come twice and every page but the last is full.
async fn walk(store: &Store, query: &EntityQuery) -> (Vec<EntitySummary>, u64) {
    let (mut out, mut query) = (Vec::new(), EntityQuery { limit: Some(97), ..query.clone() });
    loop {
        let page = store.list_entities(&query).await.unwrap();
        out.extend(page.items);
        match page.next {
            Some(next) => query.cursor = Some(next),
            None => return (out, page.total),
        }
    }
}

fn any(given: &[String], value: impl AsRef<str>) -> bool {
    given.is_empty() || given.iter().any(|g| g == value.as_ref())
}

fn text<T: ToString>(value: &Option<T>) -> String {
    value.as_ref().map(ToString::to_string).unwrap_or_default()
}

/// What `list_entities` promises, read from the docs of `EntityQuery`.
fn wanted(builder: &CatalogBuilder, e: &Entity, q: &EntityQuery) -> bool {
    let c = &builder.0;
    let top = e.languages.iter().max_by(|a, b| a.1.cmp(b.1).then_with(|| b.0.cmp(a.0))).map(|(l, _)| l);
    let words = [
        e.reference.to_string(),
        text(&e.title),
        text(&e.description),
        text(&e.subtype),
        e.tags.join(" "),
        text(&e.owner),
        c.repository.to_string(),
    ];
    let words = words.join("\n").to_lowercase();
    let terms = q.q.as_deref().unwrap_or_default().to_lowercase().replace('\0', " ");
    let used = |s: &crate::catalog::model::Standing| {
        let mut uses = c.usages.iter().filter(|u| u.component == s.component && u.capability == s.capability);
        let any_use = q.path.is_empty() && q.state.is_empty() && q.eligible.is_none();
        if any_use { uses.next().is_some() } else { q.path.is_empty() || uses.any(|u| any(&q.path, u.path.as_str())) }
    };
    let stands = c.standings.iter().any(|s| {
        s.component == e.reference
            && any(&q.capability, &s.capability)
            && any(&q.state, s.state.as_str())
            && (q.eligible.as_deref() != Some("true") || s.eligible)
            && used(s)
    });
    let no_capability = q.capability.is_empty() && q.path.is_empty() && q.state.is_empty() && q.eligible.is_none();
    any(&q.kind, e.reference.kind().as_str())
        && any(&q.r#type, text(&e.subtype))
        && any(&q.lifecycle, text(&e.lifecycle))
        && any(&q.owner, text(&e.owner))
        && any(&q.system, text(&e.system))
        && any(&q.language, text(&top))
        && any(&q.origin, e.origin.as_str())
        && any(&q.repository, c.repository.as_str())
        && (q.tag.is_empty() || e.tags.iter().any(|t| any(&q.tag, t)) || (e.tags.is_empty() && any(&q.tag, "")))
        && (no_capability || stands)
        && (q.offer.is_empty()
            || c.usages.iter().any(|u| {
                u.component == e.reference
                    && any(&q.offer, &u.offer)
                    && any(&q.capability, &u.capability)
                    && any(&q.path, u.path.as_str())
            }))
        && terms.split_whitespace().all(|t| words.contains(t))
}

fn random_query(dice: &mut Dice) -> EntityQuery {
    let mut some = |of: &[&str]| match dice.roll(4) {
        0 => vec![dice.pick(of).to_owned()],
        1 if dice.roll(3) == 0 => vec![dice.pick(of).to_owned(), dice.pick(of).to_owned()],
        _ => vec![],
    };
    let mut query = EntityQuery {
        kind: some(&["component", "api"]),
        r#type: some(&["service", "library", ""]),
        owner: some(&["group:default/red", "group:default/blue", ""]),
        system: some(&["system:default/shop", ""]),
        language: some(&["Go", "Rust", ""]),
        origin: some(&["declared", "both"]),
        tag: some(&["pci", "edge", ""]),
        capability: some(&["feature-flags", "ci"]),
        ..EntityQuery::default()
    };
    query.sort = Some(dice.pick(&["name", "-name", "lines", "-lines", "owner", "-type", "relevance"]).to_owned());
    query.q = match dice.roll(3) {
        0 => Some(
            dice.pick(&["bill", "überw", "led mail", "100%", "a_b", "t-1", "a", "%", "\"", "' OR 1=1", "r \0"]).into(),
        ),
        _ => None,
    };
    if !query.capability.is_empty() {
        query.path = if dice.roll(3) == 0 { vec![OfferPath::ALL[dice.roll(4)].to_string()] } else { vec![] };
        query.state = if dice.roll(3) == 0 { vec![State::ALL[dice.roll(5)].to_string()] } else { vec![] };
        query.eligible = (dice.roll(3) == 0).then(|| "true".to_owned());
        query.offer = if dice.roll(4) == 0 { vec!["flagship".to_owned()] } else { vec![] };
    }
    query
}

#[tokio::test]
async fn entities_are_those_a_plain_filter_finds() {
    for_each_engine(async |store| {
        let estate = fill(&store, N).await;
        let mut dice = Dice(11);
        let (mut some, mut many) = (0, 0);
        for _ in 0..120 {
            let query = random_query(&mut dice);
            let all = estate.iter().flat_map(|b| b.0.entities.iter().map(move |e| (b, e)));
            let mut expected: Vec<String> =
                all.filter(|(b, e)| wanted(b, e, &query)).map(|(_, e)| e.reference.to_string()).collect();
            let (found, total) = walk(&store, &query).await;
            let mut refs: Vec<String> = found.iter().map(|e| e.entity.to_string()).collect();
            refs.sort();
            expected.sort();
            assert_eq!(refs, expected, "{query:?}");
            assert_eq!(total, expected.len() as u64, "{query:?}");
            some += usize::from(!expected.is_empty());
            many += usize::from(expected.len() > 97);
        }
        assert!(some > 60 && many > 10, "the queries must find something: {some}, {many}");
    })
    .await;
}

#[tokio::test]
async fn sorts_hold_over_pages() {
    for_each_engine(async |store| {
        fill(&store, 500).await;
        let sorted =
            async |sort: &str| walk(&store, &EntityQuery { sort: Some(sort.into()), ..EntityQuery::default() }).await.0;
        let lines: Vec<u64> = sorted("-lines").await.iter().map(|e| e.lines).collect();
        assert!(lines.is_sorted_by(|a, b| a >= b) && lines[0] > 0);
        let names: Vec<String> = sorted("name").await.into_iter().map(|e| e.name).collect();
        assert!(names.is_sorted() && names.len() == 500);
        let owners: Vec<String> = sorted("owner").await.iter().map(|e| text(&e.owner)).collect();
        assert!(owners.is_sorted());
        let q = EntityQuery { q: Some("part-1".into()), sort: Some("relevance".into()), ..EntityQuery::default() };
        let found = walk(&store, &q).await.0;
        assert_eq!((found[0].name.as_str(), found[1].name.as_str()), ("part-1", "part-10"));
    })
    .await;
}

#[tokio::test]
async fn each_facet_value_counts_the_list_it_opens() {
    for_each_engine(async |store| {
        fill(&store, 400).await;
        let capability = vec!["ci".to_owned()];
        let queries = [
            EntityQuery::default(),
            EntityQuery {
                kind: vec!["component".into()],
                owner: vec!["group:default/red".into()],
                ..EntityQuery::default()
            },
            EntityQuery { capability, state: vec!["golden".into()], q: Some("part".into()), ..EntityQuery::default() },
            EntityQuery { owner: vec!["group:default/nobody".into()], ..EntityQuery::default() },
        ];
        for query in queries {
            let facets = store.facet_entities(&query).await.unwrap();
            assert!(facets.len() >= 9);
            for facet in &facets {
                for value in &facet.values {
                    let mut narrowed = serde_json::to_value(&query).unwrap();
                    narrowed[&facet.name] = serde_json::json!([value.value]);
                    let narrowed: EntityQuery = serde_json::from_value(narrowed).unwrap();
                    let total = store.list_entities(&narrowed).await.unwrap().total;
                    assert_eq!(value.count, total, "{} = {:?} under {query:?}", facet.name, value.value);
                }
            }
        }
        let nobody = EntityQuery { owner: vec!["group:default/nobody".into()], ..EntityQuery::default() };
        let facets = store.facet_entities(&nobody).await.unwrap();
        let owner = facets.iter().find(|f| f.name == "owner").unwrap();
        let kept = owner.values.iter().find(|v| v.selected).unwrap();
        assert_eq!((kept.value.as_str(), kept.count), ("group:default/nobody", 0));
        assert!(owner.values.iter().any(|v| v.label == "unknown" && v.count > 0));
    })
    .await;
}

#[tokio::test]
async fn other_lists_filter_and_page() {
    for_each_engine(async |store| {
        let estate = fill(&store, 400).await;
        let all: Vec<_> = estate.iter().flat_map(|b| &b.0.usages).collect();
        let query = UsageQuery { capability: vec!["ci".into()], path: vec!["golden".into()], ..UsageQuery::default() };
        let page = store.list_usages(&query).await.unwrap();
        let expected = all.iter().filter(|u| u.capability == "ci" && u.path == OfferPath::Golden).count();
        assert_eq!(page.total, expected as u64);
        assert_eq!(page.items.len(), 50.min(expected));
        let link = page.items[0].evidence[0].permalink.clone().unwrap();
        assert!(link.ends_with(&format!("/blob/{}/package.json#L7", "c".repeat(40))), "{link}");
        for facet in store.facet_usages(&query).await.unwrap() {
            for value in facet.values {
                let mut narrowed = serde_json::to_value(&query).unwrap();
                narrowed[&facet.name] = serde_json::json!([value.value]);
                let total = store.list_usages(&serde_json::from_value(narrowed).unwrap()).await.unwrap().total;
                assert_eq!(value.count, total, "{} = {}", facet.name, value.value);
            }
        }
        let on_part_0 = DependencyQuery { name: vec!["@acme/part-0".into()], ..DependencyQuery::default() };
        let by_name = store.list_dependencies(&on_part_0).await.unwrap();
        assert_eq!(text(&by_name.items[0].provided_by), "component:default/part-0");
        let provided =
            DependencyQuery { provided_by: Some("component:default/part-0".into()), ..DependencyQuery::default() };
        assert_eq!(store.list_dependencies(&provided).await.unwrap().total, by_name.total);
        let errors = FindingQuery { severity: vec!["error".into()], ..FindingQuery::default() };
        let worst = store.list_findings(&FindingQuery::default()).await.unwrap();
        assert_eq!(worst.items[0].severity.as_str(), "error");
        assert_eq!(store.facet_findings(&FindingQuery::default()).await.unwrap()[0].values.len(), 2);
        assert!(store.list_findings(&errors).await.unwrap().total < worst.total);
        let repositories =
            store.list_repositories(&RepositoryQuery { limit: Some(3), ..Default::default() }).await.unwrap();
        assert_eq!((repositories.total, repositories.items.len()), (20, 3));
        let one = store.find_repository(&name("acme/repo-3")).await.unwrap().unwrap();
        assert_eq!((one.entities, one.branch.as_deref()), (20, Some("main")));
    })
    .await;
}

#[tokio::test]
async fn relations_page_by_their_ends() {
    for_each_engine(async |store| {
        fill(&store, 300).await;
        let mut query = RelationQuery { r#type: vec!["dependsOn".into()], limit: Some(7), ..RelationQuery::default() };
        let mut found = Vec::new();
        let total = loop {
            let page = store.list_relations(&query).await.unwrap();
            found.extend(page.items.into_iter().map(|r| format!("{} {}", r.from, r.to)));
            match page.next {
                Some(next) => query.cursor = Some(next),
                None => break page.total,
            }
        };
        assert!(found.is_sorted() && found.len() > 100);
        found.dedup();
        assert_eq!(found.len() as u64, total);
    })
    .await;
}

#[tokio::test]
async fn bad_questions_are_told_what_would_do() {
    for_each_engine(async |store| {
        fill(&store, 60).await;
        let bad =
            store.list_entities(&EntityQuery { sort: Some("size".into()), ..Default::default() }).await.unwrap_err();
        assert!(bad.to_string().contains("name, kind, type"), "{bad}");
        let bad =
            store.list_entities(&EntityQuery { kind: vec!["gruop".into()], ..Default::default() }).await.unwrap_err();
        assert!(bad.to_string().contains("component"), "{bad}");
        let first = store.list_entities(&EntityQuery { limit: Some(5), ..Default::default() }).await.unwrap();
        let other = EntityQuery { cursor: first.next.clone(), sort: Some("-name".into()), ..Default::default() };
        assert!(matches!(store.list_entities(&other).await, Err(StoreError::BadCursor)));
        let usages = UsageQuery { cursor: first.next, ..Default::default() };
        assert!(matches!(store.list_usages(&usages).await, Err(StoreError::BadCursor)));
        let all = EntityQuery { limit: Some(9_999), ..Default::default() };
        assert_eq!(store.list_entities(&all).await.unwrap().items.len(), 60);
    })
    .await;
}

#[tokio::test]
async fn search_finds_the_best_first() {
    for_each_engine(async |store| {
        fill(&store, 300).await;
        let hits = store.search("part-1", 20).await.unwrap();
        assert_eq!(hits.len(), 20);
        assert!(hits[0].id.ends_with("default/part-1"), "{hits:?}");
        let ids = async |q: &str| store.search(q, 50).await.unwrap().into_iter().map(|h| h.id).collect::<Vec<_>>();
        assert_eq!(ids("feature-flags").await[0], "capability:default/feature-flags");
        assert_eq!(ids("repo-14").await[0], "acme/repo-14");
        assert!(ids("@acme/part-3").await.contains(&"npm:@acme/part-3".to_owned()));
        assert!(!ids("ÜBERWEISUNG").await.is_empty());
        for hostile in
            ["", "   ", "\"", "*", "a AND", "NEAR(", "{head}:x", "%", "_", "\\", "\0", "'; DROP TABLE entity"]
        {
            store.search(hostile, 5).await.unwrap();
        }
        assert_eq!(ids("nothing-has-this-name").await, Vec::<String>::new());
    })
    .await;
}
