//! The alarm about what is new.
//! They must not rely on a clock.
use super::*;
use crate::scan::Finding;

const OWN: (&str, OfferPath) = ("flag-book", OfferPath::Homegrown);
const RULE: &str = "files: **/feature_flags/**";

fn flags(teams: &[&str]) -> Estate {
    let mut estate = estate();
    for team in teams {
        estate.team(team, team);
        estate.uses(team, OWN, RULE, "src/feature_flags/store.ts");
    }
    estate
}

fn known(estate: &Estate) -> Known {
    Known {
        shadows: candidates(estate).iter().map(KnownShadow::of_candidate).collect(),
        clusters: estate.clusters.iter().map(KnownCluster::of_item).collect(),
    }
}

fn alarms(before: &Known, estate: &Estate) -> Vec<(String, Finding)> {
    let found = new_shadow(before, &candidates(estate), estate);
    found.into_iter().map(|(repository, finding)| (repository.to_string(), finding)).collect()
}

#[test]
fn new_code_of_a_known_offer_warns_the_team_and_tells_how_to_start() {
    let before = known(&flags(&["pay", "ship"]));
    let now = flags(&["pay", "ship", "web"]);
    let found = alarms(&before, &now);
    assert_eq!(found.len(), 1, "{found:?}");
    let (repository, finding) = &found[0];
    assert_eq!((repository.as_str(), finding.rule.as_str()), ("acme/web", "shadow-new-copy"));
    assert_eq!(finding.path, Some(path("src/feature_flags")));
    let expected = "component:default/web of group:default/web has new code of \"flag-book\", which rivals Feature flags of \
                    group:default/platform-delivery. Start with docs/quickstart.md of component:default/flagship instead.";
    assert_eq!(finding.message, expected);
}

#[test]
fn nothing_is_new_on_the_first_scan_or_when_nothing_changed() {
    let now = flags(&["pay", "ship"]);
    assert_eq!(alarms(&Known::default(), &now), []);
    assert_eq!(alarms(&known(&now), &now), []);
}

#[test]
fn a_renamed_folder_is_not_new() {
    let before = known(&flags(&["pay", "ship"]));
    let mut now = flags(&["pay", "ship"]);
    now.usages[0].evidence[0].path = path("lib/feature_flags/store.ts");
    assert_eq!(alarms(&before, &now), []);
}

#[test]
fn a_new_consumer_of_a_package_is_told() {
    let packaged = |users: &[&str]| {
        let mut estate = estate();
        estate.team("kit", "payments");
        users.iter().for_each(|name| estate.team(name, name));
        estate.publish("npm", "@acme/feature-toggle", "kit", users);
        estate
    };
    let found = alarms(&known(&packaged(&["ship", "web"])), &packaged(&["ship", "web", "shop"]));
    assert_eq!(found.len(), 1);
    assert_eq!(
        (found[0].0.as_str(), found[0].1.rule.as_str(), found[0].1.line),
        ("acme/shop", "shadow-new-user", Some(7))
    );
    assert_eq!(found[0].1.path, Some(path("package.json")));
}

#[test]
fn a_copy_of_a_known_cluster_is_told_once() {
    let files = [("pay", "src/retry.ts"), ("bill", "src/retry.ts"), ("web", "src/retry.ts")];
    let copied = |n: usize| {
        let mut estate = estate();
        estate.team("pay", "payments");
        estate.team("bill", "payments");
        estate.team("web", "web");
        estate.cluster("aaaa", 60, &files[..n]);
        estate
    };
    // Two repositories of one team were no candidate: the third makes it one.
    let found = alarms(&known(&copied(2)), &copied(3));
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].0.as_str(), found[0].1.rule.as_str()), ("acme/web", "shadow-new-copy"));
    assert!(found[0].1.message.contains("has a new copy of \"retry.ts\""), "{}", found[0].1.message);
    assert_eq!(alarms(&known(&copied(3)), &copied(3)), []);
    assert_eq!(group("web").name(), "web");
}
