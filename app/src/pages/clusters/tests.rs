//! The pages of equal code by what they say of made-up answers.
//! It must not reach for the API.
use super::{item::Cluster, *};
use crate::pages::shadow::{
    samples::{cluster, team},
    tests::words_of,
};
use shared::{CloneKind, ShadowClaim};

fn left_out() -> Vec<LeftOut> {
    let row =
        |reason: &str, files, example: &str| LeftOut { reason: reason.into(), files, example: Some(example.into()) };
    vec![
        row("vendored", 1_204, "acme/api: vendor/x.go"),
        row("too_short", 310, "acme/web: a.ts"),
        row("odd_thing", 1, "acme/web: b.ts"),
    ]
}

pub(crate) fn list(url: &str, items: Vec<ClusterItem>) -> String {
    let list = Page { total: items.len() as u64, items, next: None };
    let url = PageUrl::parse(url);
    Owner::new().with(|| view! { <Clusters url list facets=vec![] left_out=Some(left_out())/> }.to_html())
}

pub(crate) fn one(cluster: ClusterItem) -> String {
    Owner::new().with(|| view! { <Cluster cluster json="/api/v1/clusters/c-1".to_owned()/> }.to_html())
}

#[test]
fn a_row_says_how_it_was_found_and_opens_its_copies() {
    let page = list("/clusters?language=TypeScript", vec![cluster("c-1", ShadowClaim::Shadow)]);
    let text = words_of(&page);
    assert!(text.contains("a stretch of the same code") && text.contains("2025-03-02"), "{text}");
    assert!(
        page.contains("href=\"/clusters/c-1\">255</a>") && page.contains("href=\"/capabilities/resilience\""),
        "{page}"
    );
    assert!(page.contains("href=\"/api/v1/clusters?language=TypeScript&amp;format=csv\""), "{page}");
}

#[test]
fn what_was_not_compared_is_said_with_its_reasons() {
    let text = words_of(&list("/clusters", vec![]));
    for words in [
        "No clusters",
        "What was not compared: 1,515 files",
        "copied in from outside",
        "too short",
        "odd thing",
        "vendor/x.go",
    ] {
        assert!(text.contains(words), "{words}\n{text}");
    }
}

#[test]
fn copies_stand_in_the_order_in_which_they_came() {
    let page = one(cluster("c-1", ShadowClaim::Shadow));
    let text = words_of(&page);
    assert!(text.contains("First in acme/pay on 2025-03-02; 3 teams copied it since."), "{text}");
    assert!(text.contains("lines 12–96") && text.contains("94%") && text.contains("0123456789"), "{text}");
    assert!(page.contains("width=\"66.0%\""), "{page}");
    let places: Vec<_> = ["2025-06-11", "2026-01-20", "2026-08-03"].iter().map(|day| text.find(day)).collect();
    assert!(places.is_sorted() && places.iter().all(Option::is_some), "{places:?}");
    assert!(page.contains("href=\"/shadow/s-3\"") && !text.contains("possible"), "{text}");
}

#[test]
fn an_unread_past_and_people_of_no_team_are_said() {
    let mut unread = cluster("c-1", ShadowClaim::PossibleDuplicate);
    unread.first = None;
    for file in &mut unread.files {
        (file.added, file.added_by) = (None, None);
    }
    let text = words_of(&one(unread.clone()));
    assert!(
        text.contains("Found in 4 repositories; where it was first is unknown.") && text.contains("possible duplicate"),
        "{text}"
    );
    assert!(!text.contains("shadow"), "{text}");
    let mut unknown = cluster("c-1", ShadowClaim::Shadow);
    unknown.files.iter_mut().for_each(|file| file.added_by = None);
    assert!(words_of(&one(unknown)).contains("3 other repositories have a copy since, by people of no known team."));
    let mut large = cluster("c-1", ShadowClaim::Shadow);
    large.n_files = 5_000;
    let text = words_of(&one(large));
    assert!(text.contains("at least 3 teams") && text.contains("4,996 more copies are not listed."), "{text}");
}

#[test]
fn hostile_names_are_text() {
    let mut hostile = cluster("c-1", ShadowClaim::Shadow);
    hostile.name = "<script>alert(1)</script>".into();
    hostile.language = hostile.name.clone();
    hostile.files[0].permalink = Some("javascript:alert(1)".into());
    hostile.files[0].similarity = f64::NAN;
    hostile.teams = vec![team("pay")];
    hostile.kind = CloneKind::Blob;
    let (row, page) = (list("/clusters", vec![hostile.clone()]), one(hostile));
    assert!(!page.contains("<script") && !row.contains("<script") && !page.contains("javascript:"), "{page}");
}
