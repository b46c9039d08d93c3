//! Homegrown offers by rule.
//! They must not need code to be read.
use super::*;

const OWN: (&str, OfferPath) = ("flag-book", OfferPath::Homegrown);
const RULE: &str = "files: **/feature_flags/**";

#[test]
fn a_rule_that_two_teams_meet_is_a_shadow_platform_with_its_folders() {
    let mut estate = estate();
    estate.team("pay", "payments");
    estate.team("ship", "shipping");
    estate.uses("pay", OWN, RULE, "src/feature_flags/store.ts");
    estate.uses("pay", ("flagship", OfferPath::Golden), "packages: npm:@acme/flags", "package.json");
    estate.uses("ship", OWN, "symbols: FlagBook", "src/book.ts");
    let found = candidates(&estate);
    assert_eq!(found.len(), 1);
    let one = &found[0];
    assert_eq!(
        (one.kind, one.name.as_str(), one.capability.as_deref()),
        (ShadowKind::Offer, "flag-book", Some("feature-flags"))
    );
    assert_eq!(places(one), ["acme/pay:src/feature_flags/", "acme/ship:src/book.ts"]);
    assert_eq!(users(one), ["pay", "ship"]);
    assert_eq!(one.users.iter().map(|user| user.migrating).collect::<Vec<_>>(), [true, false]);
    assert_eq!(one.confidence, Confidence::Probable);
    assert_eq!(one.successor, Some(component("flagship")));
    assert!(one.why.contains("flag-book") && one.why.contains("2 components"), "{}", one.why);
    assert_eq!((one.id.len(), one.id.as_str()), (16, super::super::offer_id("feature-flags", "flag-book").as_str()));
}

#[test]
fn what_one_team_has_is_its_own_code() {
    let mut estate = estate();
    estate.team("pay", "payments");
    estate.team("bill", "payments");
    estate.uses("pay", OWN, RULE, "src/feature_flags/store.ts");
    estate.uses("bill", OWN, RULE, "src/feature_flags/store.ts");
    assert_eq!(candidates(&estate), []);
}

#[test]
fn repositories_of_nobody_make_it_possible_only() {
    let mut estate = estate();
    estate.team("pay", "payments");
    estate.add("lost", "acme/lost", "", None);
    estate.uses("pay", OWN, RULE, "src/feature_flags/store.ts");
    estate.uses("lost", OWN, RULE, "src/feature_flags/store.ts");
    let found = candidates(&estate);
    assert_eq!((found.len(), found[0].confidence), (1, Confidence::Possible));
}

#[test]
fn a_homegrown_package_lies_with_whoever_publishes_it() {
    let mut estate = estate();
    estate.add("toggles", "acme/mono", "libs/toggles", Some("payments"));
    estate.add("deep", "acme/mono", "libs/toggles/example", Some("payments"));
    estate.team("ship", "shipping");
    estate.team("web", "web");
    estate.publish("npm", "@pay/toggles", "toggles", &["ship", "web"]);
    for user in ["ship", "web"] {
        estate.uses(user, ("pay-flags", OfferPath::Homegrown), "packages: npm:@pay/toggles", "package.json");
    }
    let found = candidates(&estate);
    assert_eq!(found.len(), 1, "the offer wins over the package");
    assert_eq!((found[0].kind, places(&found[0])), (ShadowKind::Offer, vec!["acme/mono:libs/toggles/".to_owned()]));
    assert_eq!(found[0].parts[0].except, [path("libs/toggles/example")]);
    assert!(!found[0].parts[0].holds(&repo("acme/mono"), &path("libs/toggles/example/a.ts")));
    assert_eq!(users(&found[0]), ["ship", "web"]);
}

#[test]
fn equal_code_inside_an_offer_is_part_of_it() {
    let mut estate = copied(&["src/feature_flags/store.ts", "src/money/format.ts"]);
    for user in ["pay", "ship"] {
        estate.uses(user, OWN, RULE, "src/feature_flags/store.ts");
    }
    let found = candidates(&estate);
    let offer = found.iter().find(|one| one.kind == ShadowKind::Offer).unwrap();
    assert_eq!(offer.clusters, ["0000000000000000"]);
    let other = found.iter().find(|one| one.kind == ShadowKind::Cluster).unwrap();
    assert_eq!(other.clusters, ["0000000000000001"]);
    let mut clusters = estate.clusters.clone();
    mark(&mut clusters, &found);
    assert_eq!(clusters[0].shadow.as_ref(), Some(&offer.id));
    assert_eq!((clusters[0].capability.as_deref(), clusters[1].capability.as_deref()), (Some("feature-flags"), None));
}
