//! The pages of teams by what they say of made-up answers.
//! They must not reach for the API.
use super::{tree::Teams, *};
use crate::pages::ownership::tests::{item as owned, items, words_of};
use shared::{
    EntityRef,
    api::{TeamServes, TeamShadow, TeamUse, VerdictCounts},
};

fn group(name: &str) -> EntityRef {
    EntityRef::new(shared::EntityKind::Group, "default", name).unwrap()
}

pub(super) fn team(name: &str, parent: Option<&str>) -> TeamItem {
    let verdicts = VerdictCounts { confirmed: 3, disputed: 1, ..Default::default() };
    TeamItem {
        team: group(name),
        title: format!("The {name} team"),
        described: true,
        parent: parent.map(group),
        members: 4,
        truth: verdicts.truth(),
        verdicts,
        golden: 7,
        off_path: 2,
    }
}

pub(super) fn teams() -> Vec<TeamItem> {
    let mut named = team("ghosts", None);
    (named.described, named.members) = (false, 0);
    let mut empty = team("design", Some("shop"));
    (empty.verdicts, empty.truth) = (VerdictCounts::default(), None);
    vec![team("acme", None), empty, named, team("pay", Some("shop")), team("shop", Some("acme"))]
}

pub(super) fn detail() -> TeamDetail {
    TeamDetail {
        item: team("pay", Some("shop")),
        description: Some("Takes the money.".into()),
        children: vec![group("refunds")],
        owns: items(),
        works_on: vec![owned("search-index")],
        uses: vec![TeamUse {
            capability: "feature-flags".into(),
            title: "Feature flags".into(),
            golden: 7,
            off_path: 2,
            eligible: 9,
        }],
        builds: vec![TeamShadow {
            id: "own flags".into(),
            name: "Own flags".into(),
            capability: Some("feature-flags".into()),
            author_days: 31,
        }],
        serves: vec![TeamServes {
            component: EntityRef::new(shared::EntityKind::Component, "default", "ledger").unwrap(),
            title: "Ledger".into(),
            consumers: 5,
            teams: vec![group("search"), group("shop")],
        }],
        champion_of: vec!["feature-flags".into()],
    }
}

pub(super) fn tree(url: &str, items: Vec<TeamItem>) -> String {
    let list = Page { total: items.len() as u64, items, next: None };
    let url = PageUrl::parse(url);
    Owner::new().with(|| view! { <Teams url list/> }.to_html())
}

pub(super) fn page(team: TeamDetail) -> String {
    Owner::new().with(|| view! { <Team team others=teams()/> }.to_html())
}

#[test]
fn the_tree_follows_parents_and_every_number_opens_its_list() {
    let html = tree("/teams", teams());
    let at = |name: &str| html.find(&format!("href=\"/teams/default/{name}\"")).unwrap();
    assert!(at("acme") < at("shop") && at("shop") < at("pay") && at("pay") < at("ghosts"), "{html}");
    assert!(html.contains("1 team in The acme team") && html.contains("2 teams in The shop team"), "{html}");
    for link in [
        "/ownership?owner=group:default/pay",
        "/ownership?owner=group:default/pay&amp;verdict=disputed",
        "/catalog?kind=component&amp;owner=group:default/pay&amp;path=golden",
        "/catalog?kind=component&amp;owner=group:default/pay&amp;path=vendor&amp;path=homegrown",
    ] {
        assert!(html.contains(&format!("href=\"{link}\"")), "{link}\n{html}");
    }
    let text = words_of(&html);
    assert!(text.contains("no Group entity") && text.contains("members unknown"), "{text}");
    assert!(text.contains("5 teams") && text.contains("4 components") && text.contains("75% confirmed"), "{text}");
}

#[test]
fn no_team_is_lost_in_a_circle_or_far_below() {
    let circle = vec![team("a", Some("b")), team("b", Some("a")), team("self", Some("self")), team("x", Some("gone"))];
    let html = tree("/teams", circle);
    for name in ["a", "b", "self", "x"] {
        assert_eq!(html.matches(&format!("href=\"/teams/default/{name}\"")).count(), 1, "{name}\n{html}");
    }
    let name = |i: usize| format!("t{i}");
    let deep = (0..300).map(|i: usize| team(&name(i), i.checked_sub(1).map(name).as_deref())).collect();
    let html = tree("/teams", deep);
    assert_eq!(html.matches("class=\"team\"").count(), 300);
    assert!(html.matches("<details").count() < 10, "too deep");
}

#[test]
fn no_group_says_how_to_describe_one() {
    let html = tree("/teams", vec![]);
    assert!(html.contains("No team is known") && html.contains("kind: Group") && html.contains("/sources"), "{html}");
    let mut named = team("ghosts", None);
    named.described = false;
    assert!(tree("/teams", vec![named]).contains("No Group entity describes a team"));
    assert!(tree("/teams?q=zzz", vec![]).contains("Clear all filters"));
    assert!(!tree("/teams", teams()).contains("kind: Group"));
}

#[test]
fn a_team_says_what_it_owns_uses_builds_and_serves() {
    let html = page(detail());
    for link in [
        "/teams/default/acme",
        "/teams/default/shop",
        "/teams/default/refunds",
        "/catalog/group/default/pay",
        "/ownership?owner=group:default/pay",
        "/ownership?owner=group:default/pay&amp;verdict=confirmed",
        "/ownership?guess=group:default/pay",
        "/catalog?capability=feature-flags&amp;path=golden&amp;owner=group:default/pay",
        "/catalog?capability=feature-flags&amp;path=vendor&amp;path=homegrown&amp;owner=group:default/pay",
        "/catalog?capability=feature-flags&amp;eligible=true&amp;owner=group:default/pay",
        "/shadow/own%20flags",
        "/catalog/component/default/ledger#relations-table",
        "/capabilities/feature-flags",
    ] {
        assert!(html.contains(&format!("href=\"{link}\"")), "{link}\n{html}");
    }
    let text = words_of(&html);
    assert!(text.contains("Champion") && text.contains("4 people") && text.contains("Takes the money."), "{text}");
    let crumbs = (html.find("/teams/default/acme"), html.find("/teams/default/shop"));
    assert!(crumbs.0 < crumbs.1, "{html}");
}

#[test]
fn what_is_left_out_of_a_long_list_is_one_link_away() {
    let mut large = detail();
    large.item.verdicts.confirmed = 300;
    assert!(words_of(&page(large)).contains("294 more"));
    assert!(!page(detail()).contains(" more<"));
}

#[test]
fn a_team_only_named_says_so_and_empty_parts_say_why() {
    let mut bare = detail();
    (bare.item.described, bare.item.members, bare.item.truth) = (false, 0, None);
    bare.item.verdicts = VerdictCounts::default();
    (bare.owns, bare.works_on, bare.uses) = (vec![], vec![], vec![]);
    (bare.builds, bare.serves, bare.champion_of, bare.description) = (vec![], vec![], vec![], None);
    let html = page(bare);
    for said in [
        "no Group entity",
        "who is in it is unknown",
        "No component is declared",
        "nowhere else",
        "uses, or could use",
        "no homegrown platform",
        "is known to depend",
    ] {
        assert!(html.contains(said), "{said}\n{html}");
    }
    assert!(!html.contains("Champion") && !html.contains("href=\"/catalog/group/default/pay\""), "{html}");
}

#[test]
fn hostile_names_are_text() {
    let evil = "<img src=x onerror=alert(1)>";
    let mut team = detail();
    (team.item.title, team.description) = (evil.into(), Some(evil.into()));
    (team.builds[0].id, team.builds[0].name) = ("\"><img src=x>".into(), evil.into());
    (team.uses[0].title, team.champion_of) = (evil.into(), vec![evil.into()]);
    let item = TeamItem { title: evil.into(), ..team.item.clone() };
    for html in [page(team), tree("/teams?q=%3Cimg%3E", vec![item])] {
        assert!(!html.contains("<img") && html.contains("&lt;img"), "{html}");
    }
}
