//! The entity's section about its owner, by what it says of made-up answers.
//! It must not reach for the API.
use super::*;
use crate::pages::ownership::tests::{COMMIT, item, items, words_of};

fn html(item: OwnershipItem) -> String {
    Owner::new().with(|| view! { <OwnershipSection item/> }.to_html())
}

#[test]
fn claim_and_work_stand_side_by_side_with_their_proof() {
    let page = html(item("pay"));
    for part in [
        "https://git.acme.example/acme/shop/blob/0123/catalog-info.yaml#L9",
        "catalog-info.yaml:9",
        "owner: pay",
        &format!("https://git.acme.example/acme/shop/commit/{COMMIT}"),
        "git log --first-parent --since=2024-11-21 --numstat -- services/pay",
        "git apply owner.patch",
        "href=\"/teams/default/search\"",
    ] {
        assert!(page.contains(part), "{part}\n{page}");
    }
    let text = words_of(&page);
    assert!(text.contains("2 people hold half of the recent work") && text.contains("best guess"), "{text}");
    assert!(text.contains("0.220.220.220.40unknown1.00"), "{text}");
    assert!(text.contains("no known team") && text.contains("1,240"), "{text}");
}

#[test]
fn every_verdict_is_said_and_explained() {
    for item in items() {
        let (verdict, page) = (item.verdict, html(item));
        assert!(page.contains(&format!("tone-{verdict}")) && page.contains(meaning(verdict)), "{page}");
    }
}

#[test]
fn what_is_unknown_is_not_made_up() {
    let bare = OwnershipItem {
        declared: None,
        claim: None,
        score: None,
        guess: None,
        observed: vec![],
        evidence: vec![],
        knowledge: None,
        patch: None,
        ..item("pay")
    };
    let page = html(bare);
    let text = words_of(&page);
    assert!(text.contains("nobody") && text.contains("No work by people was seen"), "{text}");
    assert!(!text.contains("git apply") && !text.contains("best guess") && !text.contains("0.00"), "{text}");
}

#[test]
fn hostile_text_stays_text() {
    let evil = "</code><script>alert(1)</script>";
    let mut item = OwnershipItem { reason: evil.into(), path: evil.into(), ..item("pay") };
    item.declared = "user:default/jane".parse().ok();
    if let Some(claim) = &mut item.claim {
        claim.text = evil.into();
    }
    if let Some(patch) = &mut item.patch {
        patch.diff = evil.into();
    }
    let page = html(item);
    assert!(!page.contains("<script") && !page.contains("jane"), "{page}");
}
