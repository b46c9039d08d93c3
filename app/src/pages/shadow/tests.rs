//! The pages of homegrown platforms by what they say of made-up answers.
//! It must not reach for the API.
use super::{item::Detail, samples::*, *};
use shared::api::ShadowDetail;

pub(crate) fn list(url: &str, items: Vec<ShadowItem>) -> String {
    let list = Page { total: items.len() as u64, items, next: None };
    let url = PageUrl::parse(url);
    Owner::new().with(|| view! { <Shadows url list facets=facets()/> }.to_html())
}

pub(crate) fn one(detail: ShadowDetail) -> String {
    Owner::new().with(|| view! { <Detail detail json="/api/v1/shadow/s-1".to_owned()/> }.to_html())
}

#[test]
fn the_headline_tells_what_is_sure_from_what_is_possible() {
    let page = list("/shadow?team=group:default/pay", items());
    let text = words_of(&page);
    assert!(text.contains("4 shadow platforms, 9 possible duplicates."), "{text}");
    let link = "href=\"/shadow?team=group:default/pay&amp;claim=possible_duplicate\"";
    assert!(page.contains(link), "{page}");
    assert!(text.contains("nobody named it yet: retries-and-backoff"), "{text}");
    assert!(text.contains("EUR 43,680 to 93,600") && text.contains("set report.day_rate"), "{text}");
    assert!(text.contains("+3") && text.contains("−1") && text.contains("no change"), "{text}");
}

#[test]
fn every_number_of_a_row_opens_what_it_counts() {
    let page = list("/shadow?kind=package", items());
    for link in [
        "/shadow/s-1",
        "/shadow/s-1#users",
        "/shadow/s-1#effort",
        "/shadow/s-1#cost",
        "/capabilities/feature-flags",
        "/api/v1/shadow?kind=package&amp;format=csv",
    ] {
        assert!(page.contains(&format!("href=\"{link}\"")), "{link}\n{page}");
    }
    let sorted = "<a href=\"/shadow?kind=package&amp;sort=author_days\" class=\"sort\"";
    assert!(page.contains(sorted) && page.contains("aria-sort=\"descending\""), "{page}");
}

#[test]
fn what_is_possible_is_never_called_shadow() {
    let only = vec![item("s-9", "retry", ShadowClaim::PossibleDuplicate)];
    let rows = list("/shadow?claim=possible_duplicate", only);
    let body = rows.split("<tbody>").nth(1).unwrap().split("</tbody>").next().unwrap();
    assert!(body.contains("possible duplicate") && !words_of(body).contains("shadow"), "{body}");
    let page = one(detail(ShadowClaim::PossibleDuplicate));
    let text = words_of(page.split_once("</nav>").unwrap().1);
    assert!(text.contains("Why it may be one") && !text.to_lowercase().contains("shadow"), "{text}");
}

#[test]
fn an_empty_list_says_why() {
    let page = list("/shadow", vec![]);
    assert!(
        page.contains("No shadow platform found") && page.contains("one team") && page.contains("Scan repositories"),
        "{page}"
    );
    assert!(list("/shadow?kind=offer", vec![]).contains("Clear all filters"));
}

#[test]
fn one_platform_shows_its_evidence_its_work_and_its_end() {
    let page = one(detail(ShadowClaim::Shadow));
    let text = words_of(&page);
    for words in [
        "Why it is one: ",
        "4,210 lines in 6 repositories",
        "package.json:31",
        "2024-02-01",
        "migrating",
        "only this",
        "People of no known team",
        "most likely EUR 62,400: 78 author-days at EUR 800 a day",
        "Squash merges hide",
        "place 2 in the order to retire",
        "11 of 14 are in the successor too",
        "evaluateAll",
        "It still grows",
        "First in acme/pay on 2025-03-02; 3 teams copied it since.",
    ] {
        assert!(text.contains(words), "{words}\n{text}");
    }
    for link in [
        "https://git.acme.example/acme/web/blob/0123/package.json#L31",
        "https://git.acme.example/acme/toggles/commit/0123",
        "/catalog/component/default/flagship",
        "/catalog/group/default/delivery",
        "/clusters/c-1",
    ] {
        assert!(page.contains(&format!("href=\"{link}\"")), "{link}\n{page}");
    }
    assert_eq!(page.matches("<table").count(), page.matches("<caption").count());
}

#[test]
fn hostile_names_are_text() {
    let mut hostile = detail(ShadowClaim::Shadow);
    let bad = "<img src=x onerror=alert(1)>";
    hostile.item.name = bad.into();
    hostile.item.why = bad.into();
    hostile.item.proposed = Some(bad.into());
    (hostile.item.capability, hostile.clusters[0].name) = (None, bad.into());
    hostile.readiness.missing = vec![bad.into()];
    hostile.readiness.blockers = vec![bad.into()];
    hostile.users[0].permalink = Some("javascript:alert(1)".into());
    hostile.ledger[0].quarter = bad.into();
    let row = list("/shadow?q=%3Cimg", vec![hostile.item.clone()]);
    let page = one(hostile);
    assert!(!page.contains("<img") && !row.contains("<img") && !page.contains("javascript:"), "{page}");
}

#[test]
fn nothing_known_is_said_and_not_shown_as_zero() {
    let mut bare = detail(ShadowClaim::Shadow);
    (bare.parts, bare.users, bare.ledger, bare.clusters) = (vec![], vec![], vec![], vec![]);
    (bare.partners, bare.champions, bare.readiness) = (vec![], vec![], Default::default());
    (bare.item.cost, bare.item.last_change) = (None, None);
    let text = words_of(&one(bare));
    for words in [
        "No component that uses it is known",
        "no day rate is set",
        "Not compared",
        "No golden offer to go to",
        "No team has kept",
    ] {
        assert!(text.contains(words), "{words}\n{text}");
    }
}

/// The text of a page, without its tags.
pub(crate) fn words_of(html: &str) -> String {
    let (mut out, mut inside) = (String::new(), false);
    for c in html.chars() {
        match c {
            '<' => inside = true,
            '>' => inside = false,
            c if !inside => out.push(c),
            _ => {}
        }
    }
    out
}
