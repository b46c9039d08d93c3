//! Who is who: aliases, teams, mailboxes, and when somebody was last seen.
//! It must not judge owners.
use super::world::{DAY, NOW, World, group};
use crate::catalog::ownership::{Roster, last_active, organisation_findings};
use shared::{EntityKind, EntityRef, RepoName};

fn keys(world: &World) -> Vec<String> {
    world.members().0.into_iter().map(|member| member.key).collect()
}

/// A world in which each of these committed once.
fn signed(by: &[&str]) -> World {
    let mut world = World::new();
    by.iter().for_each(|by| drop(world.commit(10, &[by], &[]).commit.clone()));
    world
}

#[test]
fn people_are_told_apart() {
    let world = signed(&[
        "ada",
        "Ada Doe <ada@home.example>",
        "x <1+Ada@users.noreply.github.com>",
        "Zoe Zed <zoe@a.example>",
        "Zoe Zed <zoe@b.example>",
        "zz <zoe@b.example>",
        "sue <SUE@acme.example>",
        "eve <eve@gmail.com>",
        "new <9+new@users.noreply.github.com>",
    ]);
    let keys = keys(&world);
    let ada = "user:default/ada".to_owned();
    assert_eq!(keys[..3], [ada.clone(), ada.clone(), ada]);
    assert_eq!(keys[3..6], ["name:zoe zed".to_owned(), "name:zoe zed".to_owned(), "name:zoe zed".to_owned()]);
    assert_eq!(keys[6..], ["user:default/sue", "mail:eve@gmail.com", "user:default/new"]);
}

#[test]
fn an_address_at_a_public_domain_is_no_users() {
    let mut world = signed(&["bobby <bob@gmail.com>"]);
    world.organisation.users[0].mails.push("ada.doe@gmail.com".to_owned());
    assert_eq!(keys(&world), ["mail:bob@gmail.com"]);
}

#[test]
fn one_person_of_several_spellings_has_no_shared_mailbox() {
    let spelt = signed(&["Zoe Zed <z@x.example>", "zoe <z@x.example>", "zed <z@x.example>", "zzed <z@x.example>"]);
    assert_eq!(keys(&spelt), vec!["name:zoe zed"; 4]);
    let shared = signed(&["Al Ant <z@x.example>", "Bo Bee <z@x.example>", "Ci Cat <z@x.example>", "dee <z@x.example>"]);
    assert_eq!(keys(&shared), ["name:al ant", "name:bo bee", "name:ci cat", "alias:z@x.example dee"]);
}

#[test]
fn bots_have_no_team_even_by_the_team_map() {
    let mut world = signed(&["ada-bot <ada-bot@acme.example>", "Ann Abbott <abbott@acme.example>"]);
    world.team_map("*@acme.example", "pay");
    let (members, _) = world.members();
    assert!(members[0].bot && members[0].teams.is_empty());
    assert!(!members[1].bot);
    assert_eq!(members[1].teams, [group("pay")]);
}

#[test]
fn teams_come_from_users_groups_and_the_map() {
    let mut world = signed(&["ada", "guest <guest@x.example>", "Gus Gow <gus@y.example>"]);
    world.organisation.groups[2].members = vec!["user:default/ada".parse().unwrap()];
    world.team_map("*@x.example", "search");
    world.team_map("gus gow", "pay");
    let teams: Vec<Vec<EntityRef>> = world.members().0.into_iter().map(|member| member.teams).collect();
    assert_eq!(teams, [vec![group("pay"), group("platform")], vec![group("search")], vec![group("pay")]]);
}

#[test]
fn a_team_belongs_to_those_above_it() {
    let mut world = World::new();
    world.group("core", Some("pay"));
    world.group("a", Some("b"));
    world.group("b", Some("a"));
    let roster = Roster::new(&world.organisation);
    assert!(roster.belongs(&group("core"), &group("engineering")));
    assert!(!roster.belongs(&group("pay"), &group("core")));
    assert!(roster.belongs(&group("a"), &group("b")) && !roster.belongs(&group("a"), &group("pay")));
}

#[test]
fn who_is_seen_under_one_name_is_seen_under_all() {
    let mut world = World::new();
    world.commit(300, &["Zoe Zed <zoe@a.example>"], &[]);
    world.commit(9, &["zz <zoe@a.example>"], &[]);
    let (members, _) = world.members();
    let active = last_active(&world.log, &members);
    assert_eq!(active.get("name:zoe zed"), Some(&(NOW - 9 * DAY)));
    assert_eq!(active.get("mail:zoe@a.example"), Some(&(NOW - 9 * DAY)));
}

#[test]
fn groups_without_members_and_circles_are_findings() {
    let mut world = World::new();
    world.group("empty", None);
    world.group("above", None);
    world.group("mapped", Some("above"));
    world.team_map("*@x.example", "mapped");
    world.group("a", Some("b"));
    world.group("b", Some("a")).members = vec!["user:default/ada".parse().unwrap()];
    world.group("self", Some("self"));
    let component = EntityRef::new(EntityKind::Component, "default", "c").unwrap();
    let owned = [(component, group("empty"), RepoName::new("acme/c").unwrap(), None)];
    let findings = organisation_findings(&world.organisation, &owned);
    let said: Vec<_> = findings.iter().map(|(_, finding)| (finding.rule.as_str(), finding.message.as_str())).collect();
    let rules: Vec<_> = said.iter().map(|(rule, _)| *rule).collect();
    let (empty, circle) = ("group-without-members", "group-parent-circle");
    assert_eq!(rules, [empty, empty, circle, circle], "{said:?}");
    assert!(said[0].1.starts_with("group:default/empty has no members and owns a component"));
    assert!(said[1].1.starts_with("group:default/self"));
    assert!(said[2].1.contains("over 2 groups") && said[3].1.contains("its own parent"));
}
