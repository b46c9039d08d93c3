//! Packages that several teams depend on.
//! They must not be found by rule.
use super::*;

fn shared_package(consumers: &[(&str, &str)]) -> Estate {
    let mut estate = estate();
    estate.add("toggle-kit", "acme/kit", "", Some("payments"));
    for (name, team) in consumers {
        estate.team(name, team);
    }
    let names: Vec<&str> = consumers.iter().map(|(name, _)| *name).collect();
    estate.publish("npm", "@acme/feature-toggle-kit", "toggle-kit", &names);
    estate.publish("npm", "@acme/toggle-react", "toggle-kit", &names);
    estate
}

#[test]
fn a_package_of_two_teams_is_one_candidate_and_joined_by_its_name() {
    let found = candidates(&shared_package(&[("ship", "shipping"), ("web", "web")]));
    assert_eq!(found.len(), 1);
    let one = &found[0];
    assert_eq!((one.kind, one.name.as_str()), (ShadowKind::Package, "toggle-kit"));
    assert_eq!(one.capability.as_deref(), Some("feature-flags"), "{}", one.why);
    assert!(one.why.contains("feature-toggle-kit") && one.why.contains("and 1 more"), "{}", one.why);
    assert_eq!((users(one), places(one)), (vec!["ship", "web"], vec!["acme/kit:/".to_owned()]));
    assert_eq!((one.confidence, one.successor.clone()), (Confidence::Probable, Some(component("flagship"))));
}

#[test]
fn consumers_of_one_team_are_too_few() {
    assert_eq!(candidates(&shared_package(&[("ship", "shipping"), ("track", "shipping")])), []);
    assert_eq!(candidates(&shared_package(&[])), []);
}

#[test]
fn golden_packages_and_what_their_team_keeps_beside_them_are_no_shadows() {
    let mut estate = estate();
    for (name, team) in [("ship", "shipping"), ("web", "web")] {
        estate.team(name, team);
        estate.uses(name, ("flagship", OfferPath::Golden), "packages: npm:@acme/flags", "package.json");
    }
    estate.packages.clear();
    estate.publish("npm", "@acme/flags", "flagship", &["ship", "web"]);
    estate.add("flagship-react", "acme/flagship", "react", Some("platform-delivery"));
    estate.publish("npm", "@acme/flags-react", "flagship-react", &["ship", "web"]);
    assert_eq!(candidates(&estate), []);
    estate.add("guest", "acme/flagship", "guest", Some("payments"));
    estate.publish("npm", "@acme/guest", "guest", &["ship", "web"]);
    assert_eq!(candidates(&estate).len(), 1, "another team's package in the same repository is none of it");
}

#[test]
fn what_nobody_named_gets_a_name_and_is_only_possible() {
    let mut estate = estate();
    estate.add("ledger-math", "acme/ledger-math", "", Some("payments"));
    for (name, team) in [("ship", "shipping"), ("web", "web")] {
        estate.team(name, team);
    }
    estate.publish("npm", "@acme/ledger-math", "ledger-math", &["ship", "web"]);
    let found = candidates(&estate);
    assert_eq!((found.len(), found[0].capability.as_deref()), (1, None));
    assert_eq!(found[0].proposed.as_deref(), Some("ledger math"));
    assert_eq!(found[0].confidence, Confidence::Possible);
}

#[test]
fn a_copy_of_a_package_is_a_candidate_of_its_own() {
    let mut estate = shared_package(&[("ship", "shipping"), ("web", "web")]);
    estate.cluster("aa", 40, &[("toggle-kit", "src/a.ts"), ("web", "src/a.ts")]);
    let found = candidates(&estate);
    assert_eq!(found.len(), 2);
    let package = found.iter().find(|one| one.kind == ShadowKind::Package).unwrap();
    assert_eq!(package.clusters, Vec::<String>::new());
}
