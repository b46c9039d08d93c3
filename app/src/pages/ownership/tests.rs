//! The ownership page by what it says of made-up answers.
//! It must not reach for the API.
use super::*;
use shared::{
    EntityRef, RepoPath, Timestamp, Verdict,
    api::{
        FacetValue, Moment, ObservedTeam, OwnerClaim, OwnerPatch, OwnershipCommit, OwnershipRow, ScoreParts,
        VerdictCounts,
    },
};

pub(crate) const COMMIT: &str = "0123456789abcdef0123456789abcdef01234567";

pub(crate) fn team(name: &str) -> Option<EntityRef> {
    EntityRef::new(shared::EntityKind::Group, "default", name).ok()
}

pub(crate) fn at(day: &str) -> Timestamp {
    format!("{day}T08:00:00Z").parse().unwrap()
}

fn observed(name: Option<&str>, share: f64) -> ObservedTeam {
    let parts = ScoreParts { lines: share, commits: share, merges: Some(0.4), code_owners: None, first_author: 1.0 };
    ObservedTeam { team: name.and_then(team), share, parts }
}

/// A disputed component: declared is one team, the work is another's.
pub(crate) fn item(name: &str) -> OwnershipItem {
    OwnershipItem {
        entity: EntityRef::new(shared::EntityKind::Component, "default", name).unwrap(),
        title: None,
        repository: "acme/shop".parse().unwrap(),
        part: OwnedPart::Component,
        path: format!("services/{name}"),
        declared: team("pay"),
        claim: Some(OwnerClaim {
            path: RepoPath::new("catalog-info.yaml").unwrap(),
            line: Some(9),
            text: "owner: pay".into(),
            permalink: Some("https://git.acme.example/acme/shop/blob/0123/catalog-info.yaml#L9".into()),
        }),
        verdict: Verdict::Disputed,
        score: Some(0.224),
        guess: team("search"),
        reason: "search has a score of 0.61 and pay of 0.22.".into(),
        observed: vec![observed(Some("search"), 0.61), observed(Some("pay"), 0.224), observed(None, 0.17)],
        evidence: vec![OwnershipCommit {
            commit: COMMIT.parse().unwrap(),
            at: at("2026-10-02"),
            team: team("search"),
            lines: 1240,
            permalink: Some(format!("https://git.acme.example/acme/shop/commit/{COMMIT}")),
        }],
        knowledge: Some(2),
        last_work: Some(Moment { commit: COMMIT.parse().unwrap(), at: at("2026-10-02"), permalink: None }),
        patch: Some(OwnerPatch {
            path: RepoPath::new("catalog-info.yaml").unwrap(),
            diff: "--- a/catalog-info.yaml\n+++ b/catalog-info.yaml\n@@ -9 +9 @@\n-  owner: pay\n+  owner: search\n"
                .into(),
        }),
        judged_at: at("2026-11-21"),
    }
}

/// One item of each verdict.
pub(crate) fn items() -> Vec<OwnershipItem> {
    let of = |verdict: &Verdict| {
        let mut item = item(&format!("{verdict}-one"));
        item.verdict = *verdict;
        match verdict {
            Verdict::Confirmed => {
                item.declared = team("search");
                item.score = Some(0.61);
                item.patch = None;
            }
            Verdict::Dormant | Verdict::Unknown => {
                item.observed.clear();
                (item.knowledge, item.guess, item.patch, item.score) = (None, None, None, None);
            }
            Verdict::Undeclared => (item.declared, item.claim) = (None, None),
            Verdict::Orphan => item.knowledge = Some(1),
            _ => {}
        }
        item
    };
    Verdict::ALL.iter().map(of).collect()
}

pub(crate) fn counts() -> VerdictCounts {
    VerdictCounts { confirmed: 31, disputed: 6, stale: 5, dormant: 4, orphan: 3, undeclared: 8, unknown: 3 }
}

pub(crate) fn summary() -> OwnershipSummary {
    let row = |name: &str, verdicts: VerdictCounts| OwnershipRow {
        name: name.into(),
        title: name.into(),
        truth: verdicts.truth(),
        verdicts,
    };
    let some =
        |confirmed, disputed, undeclared| VerdictCounts { confirmed, disputed, undeclared, ..Default::default() };
    let mut teams = vec![row("group:default/pay", some(1, 5, 0)), row("", some(0, 0, 8))];
    teams.extend((0..20).map(|i| row(&format!("group:default/team-{i}"), some(3, 0, 0))));
    OwnershipSummary {
        truth: counts().truth(),
        verdicts: counts(),
        judged_at: Some(at("2026-11-21")),
        teams,
        repositories: vec![row("acme/shop", some(4, 6, 2))],
    }
}

pub(crate) fn facets() -> Vec<Facet> {
    let value = |value: &str, count| FacetValue { value: value.into(), label: value.into(), count, selected: false };
    let facet = |name: &str, title: &str, values| Facet { name: name.into(), title: title.into(), values };
    vec![
        facet("verdict", "Verdict", vec![value("disputed", 6), value("confirmed", 31)]),
        facet("owner", "Declared owner", vec![value("group:default/pay", 6)]),
        facet("guess", "The work points to", vec![value("group:default/search", 5)]),
        facet("repository", "Repository", vec![value("acme/shop", 12)]),
    ]
}

pub(crate) fn html(url: &str, items: Vec<OwnershipItem>, summary: OwnershipSummary) -> String {
    let list = Page { total: items.len() as u64, items, next: None };
    let url = PageUrl::parse(url);
    Owner::new().with(|| view! { <Ownership url list facets=facets() summary/> }.to_html())
}

/// The text of a page, without its tags.
pub(crate) fn words_of(html: &str) -> String {
    let pieces = html.split('<').map(|piece| piece.split_once('>').map_or(piece, |(_, text)| text));
    pieces.collect()
}

#[test]
fn the_headline_is_made_of_the_verdicts_and_opens_them() {
    let page = html("/ownership", items(), summary());
    let text = words_of(&page);
    let said =
        "31 of 52 declared owners are confirmed by the work; 6 are disputed. 8 components have no declared owner.";
    assert!(text.contains(said), "{text}");
    let declared = "verdict=confirmed&amp;verdict=disputed&amp;verdict=stale&amp;verdict=dormant&amp;verdict=orphan&amp;verdict=unknown";
    for link in ["/ownership?verdict=confirmed", "/ownership?verdict=disputed", "/ownership?verdict=undeclared"] {
        assert!(page.contains(&format!("href=\"{link}\"")), "{link}\n{page}");
    }
    assert!(page.contains(&format!("href=\"/ownership?{declared}\"")), "{page}");
    let mut one = summary();
    one.verdicts = VerdictCounts { confirmed: 1, disputed: 0, ..Default::default() };
    let text = words_of(&html("/ownership", items(), one));
    assert!(text.contains("1 of 1 declared owner is confirmed by the work."), "{text}");
    let mut nobody = summary();
    nobody.verdicts = VerdictCounts { undeclared: 2, ..Default::default() };
    let text = words_of(&html("/ownership", items(), nobody));
    assert!(text.contains("Nobody is declared as the owner of anything. 2 components have"), "{text}");
}

#[test]
fn every_verdict_has_its_word_and_the_proof_is_one_link_away() {
    let page = html("/ownership", items(), summary());
    for verdict in Verdict::ALL {
        assert!(page.contains(&format!("badge tone-{verdict}\"")), "{verdict}\n{page}");
        let proof = format!("href=\"/catalog/component/default/{verdict}-one#ownership\"");
        assert!(page.contains(&proof), "{proof}\n{page}");
    }
    let text = words_of(&page);
    assert!(text.contains("0.22declared") && text.contains("0.61search"), "{text}");
    assert!(text.contains("1 person") && text.contains("2 people"), "{text}");
}

#[test]
fn rolled_up_numbers_open_the_lists_they_count() {
    let page = html("/ownership?verdict=stale", items(), summary());
    for link in [
        "/ownership?owner=group:default/pay&amp;verdict=confirmed",
        "/ownership?owner=group:default/pay&amp;verdict=disputed",
        "/ownership?owner=&amp;verdict=undeclared",
        "/ownership?repository=acme/shop&amp;verdict=disputed",
        "/ownership?repository=acme/shop&amp;verdict=undeclared",
        "/teams/default/pay",
    ] {
        assert!(page.contains(&format!("href=\"{link}\"")), "{link}\n{page}");
    }
    assert!(page.contains("14 more") && page.contains("nobody claims it"), "{page}");
}

#[test]
fn sorting_filters_and_export_keep_the_query() {
    let page = html("/ownership?owner=group:default/pay&part=path", items(), summary());
    let of = "owner=group:default/pay&amp;part=path";
    for link in [
        format!("/ownership?{of}&amp;sort=score"),
        format!("/ownership?{of}&amp;verdict=disputed"),
        format!("/api/v1/ownership?{of}&amp;format=csv"),
        "/ownership?owner=group:default/pay".to_owned(),
    ] {
        assert!(page.contains(&format!("href=\"{link}\"")), "{link}\n{page}");
    }
}

#[test]
fn a_rule_shows_its_pattern_command_and_patch() {
    let rule = OwnershipItem { part: OwnedPart::Path, path: "/services/pay/".into(), ..item("pay") };
    let page = html("/ownership?part=path", vec![rule], summary());
    assert!(page.contains("<code>/services/pay/</code>"), "{page}");
    assert!(page.contains(":(glob)services/pay/**") && page.contains("git apply owner.patch"), "{page}");
    assert!(words_of(&page).contains("1 rule"), "{page}");
}

#[test]
fn numbers_above_rules_open_rules() {
    let page = html("/ownership?part=path&verdict=stale", items(), summary());
    for link in [
        "/ownership?part=path&amp;verdict=disputed",
        "/ownership?part=path&amp;owner=group:default/pay&amp;verdict=disputed",
        "/ownership?part=path&amp;repository=acme/shop&amp;verdict=undeclared",
    ] {
        assert!(page.contains(&format!("href=\"{link}\"")), "{link}\n{page}");
    }
    assert!(words_of(&page).contains("8 rules have no declared owner."), "{page}");
}

#[test]
fn who_is_claimed_and_unknown_is_not_nobody() {
    let mut lost = item("pay");
    lost.declared = None;
    assert!(html("/ownership", vec![lost], summary()).contains("an address of nobody known"));
}

#[test]
fn nothing_says_why_and_where_to_go() {
    let mut none = summary();
    (none.verdicts, none.judged_at) = (VerdictCounts::default(), None);
    (none.teams, none.repositories) = (vec![], vec![]);
    let page = html("/ownership", vec![], none.clone());
    assert!(page.contains("No owner has been judged yet") && page.contains("href=\"/sources\""), "{page}");
    assert!(!page.contains("confirmed by the work"), "{page}");
    assert!(html("/ownership?part=path", vec![], summary()).contains("No rule of CODEOWNERS"));
    assert!(html("/ownership?verdict=stale", vec![], none).contains("Clear all filters"));
}

#[test]
fn what_repositories_say_is_text() {
    let evil = "<img src=x onerror=alert(1)>";
    let mut item = OwnershipItem { part: OwnedPart::Path, path: evil.into(), reason: evil.into(), ..item("pay") };
    if let (Some(claim), Some(patch)) = (&mut item.claim, &mut item.patch) {
        (claim.text, claim.permalink) = (evil.into(), Some("javascript:alert(1)".into()));
        patch.diff = evil.into();
    }
    item.declared = "user:default/jane".parse().ok();
    let page = html("/ownership?part=path&q=%3Cimg%3E", vec![item], summary());
    assert!(!page.contains("<img") && !page.contains("javascript:") && page.contains("&lt;img src=x"), "{page}");
    assert!(!page.contains("jane"), "{page}");
}
