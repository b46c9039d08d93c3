//! Whole shadow platforms, from a small estate and its past.
//! They must not test how candidates are found.
use super::*;
use crate::{
    catalog::shadow::{
        candidates,
        model::Estate,
        testing::{component as component_ref, estate, group},
    },
    metrics::testing::{capability, component, repository},
};
use shared::{OfferPath, ShadowClaim, api::ShadowDetail};

const OWN: (&str, OfferPath) = ("flag-book", OfferPath::Homegrown);
const RULE: &str = "files: **/feature_flags/**";
const NOW: i64 = BEGIN + 600 * DAY;

/// Three teams with flags of their own; `web` uses the golden path too.
fn flags() -> Estate {
    let mut estate = estate();
    for name in ["pay", "ship", "web"] {
        estate.team(name, name);
        estate.uses(name, OWN, RULE, "src/feature_flags/store.ts");
        estate.names(&format!("acme/{name}"), "src/feature_flags/store.ts", &["isEnabled", "rollOut", "main"], &[]);
    }
    estate.uses("web", ("flagship", OfferPath::Golden), "packages: npm:@acme/flags", "package.json");
    estate.names("acme/flagship", "src/client.ts", &["is_enabled"], &[]);
    estate
}

fn past() -> Past {
    let mut past = Past { now: NOW, ..Past::default() };
    past.repositories = ["acme/pay", "acme/ship", "acme/web"].map(|name| repository(name, BEGIN, NOW)).to_vec();
    past.capabilities =
        vec![capability("feature-flags", &[("flagship", OfferPath::Golden), ("flag-book", OfferPath::Homegrown)])];
    for (at, (name, from)) in [("pay", 0), ("ship", 300), ("web", 580)].into_iter().enumerate() {
        let mut user = component(name, at, BEGIN).owned_by(name).using((&past, 0, 1), BEGIN + from * DAY, None);
        if name == "web" {
            user = user.using((&past, 0, 0), BEGIN + 590 * DAY, None);
        }
        past.components.push(user);
    }
    past
}

fn work() -> Told {
    let mut told = Told::new("acme/pay", &[("ann", Some("pay")), ("bo", None)]);
    let file = told.file("src/feature_flags/store.ts", 0);
    for day in [0, 1, 400, 500] {
        told.commit(day, 0, &[file]);
    }
    told.commit(590, 1, &[file]);
    told
}

fn details(estate: &Estate, past: &Past, rate: Option<&Rate>) -> Vec<ShadowDetail> {
    let candidates = candidates(estate);
    let told = work();
    let efforts: Vec<Effort> = candidates.iter().flat_map(|candidate| told.effort(candidate, past)).collect();
    assemble(&Assembly { estate, candidates: &candidates, efforts: &efforts, past, rate, now: NOW })
}

#[test]
fn an_offer_is_told_with_effort_cost_and_growth() {
    let rate = Rate { day: 800.0, currency: "EUR".to_owned() };
    let found = details(&flags(), &past(), Some(&rate));
    let item = &found[0].item;
    assert_eq!((item.claim, item.capability_title.as_deref()), (ShadowClaim::Shadow, Some("Feature flags")));
    assert_eq!(item.teams, [group("pay"), group("ship"), group("web")]);
    assert_eq!((item.consumers, item.repositories, item.lines), (3, 3, 300));
    assert_eq!((item.author_days, item.author_days_year), (5, 3));
    // `web` began 20 days ago.
    assert_eq!(item.growth_90d, 1);
    let cost = item.cost.as_ref().unwrap();
    assert_eq!((cost.low, cost.likely, cost.high, cost.currency.as_str()), (1_200.0, 2_400.0, 3_600.0, "EUR"));
    assert_eq!(item.retire_order, Some(1));
    let last = item.last_change.as_ref().unwrap();
    assert_eq!(last.at.as_str(), "2025-08-13T00:00:00Z");
    assert!(last.permalink.as_ref().is_some_and(|link| link.starts_with("https://github.com/acme/pay/commit/")));
    let since: Vec<_> =
        found[0].users.iter().map(|user| user.since.as_ref().map(|at| at.as_str()[..10].to_owned())).collect();
    assert_eq!(since, [Some("2024-01-01".to_owned()), Some("2024-10-27".to_owned()), Some("2025-08-03".to_owned())]);
}

#[test]
fn readiness_says_what_is_in_the_way() {
    let readiness = &details(&flags(), &past(), None)[0].readiness;
    assert_eq!((readiness.remaining, readiness.migrating), (2, 1));
    assert_eq!(readiness.successor, Some(component_ref("flagship")));
    assert_eq!((readiness.covered, readiness.n_missing, &readiness.missing[..]), (1, 1, &["rollOut".to_owned()][..]));
    let blockers = [
        "It still grows: 1 more consumer than 90 days ago.",
        "2 consumers do not use the golden offer yet.",
        "The successor lacks rollOut.",
    ];
    assert_eq!(readiness.blockers, blockers);
}

#[test]
fn a_language_without_a_golden_package_blocks() {
    let mut estate = flags();
    estate
        .components
        .iter_mut()
        .filter(|held| held.reference == component_ref("pay"))
        .for_each(|held| held.language = Some("Python".into()));
    let blockers = &details(&estate, &past(), None)[0].readiness.blockers;
    assert_eq!(blockers[0], "No golden offer for Python, which 1 of the 2 remaining consumers are written in.");
}

#[test]
fn without_a_successor_nothing_is_said_to_be_missing() {
    let mut estate = flags();
    let flags = estate.capabilities.iter_mut().find(|held| held.reference.name() == "feature-flags").unwrap();
    flags.offers.retain(|offer| offer.path != OfferPath::Golden);
    let found = &details(&estate, &past(), None)[0];
    assert_eq!((found.item.retire_order, found.readiness.n_missing, found.readiness.covered), (None, 0, 0));
    assert_eq!(found.readiness.blockers[0], "Feature flags has no golden offer to go to.");
}

#[test]
fn partners_are_teams_and_nobody_is_counted_for_those_of_no_team() {
    let found = details(&flags(), &past(), None);
    let partners: Vec<_> =
        found[0].partners.iter().map(|p| (p.team.name(), p.author_days_year, p.consumers, p.growth_90d)).collect();
    assert_eq!(partners, [("pay", 2, 1, 0), ("web", 0, 1, 1), ("ship", 0, 1, 0)]);
    assert!(found[0].assumptions.iter().any(|told| told == "1 of 5 author-days are by people of no known team."));
    assert!(found[0].assumptions.iter().any(|told| told.starts_with("There is no cost")));
    assert!(found[0].item.cost.is_none());
}

#[test]
fn champions_kept_the_golden_path_in_two_repositories() {
    let mut past = past();
    for (at, (name, owner, from)) in
        [("w1", "web", 100), ("w2", "web", 200), ("p1", "pay", 100), ("s1", "ship", 550)].into_iter().enumerate()
    {
        past.repositories.push(repository(&format!("acme/{name}"), BEGIN, NOW));
        let user = component(name, 3 + at, BEGIN).owned_by(owner).using((&past, 0, 0), BEGIN + from * DAY, None);
        past.components.push(user);
    }
    assert_eq!(details(&flags(), &past, None)[0].champions, [group("web")]);
    past.components[4] = past.components[4].clone().gone(BEGIN + 590 * DAY);
    assert_eq!(details(&flags(), &past, None)[0].champions, []);
}

#[test]
fn copies_grow_by_the_dates_of_their_copies() {
    let mut estate = estate();
    estate.team("pay", "pay");
    estate.team("ship", "ship");
    estate.cluster("aa", 50, &[("pay", "src/retry/a.ts"), ("ship", "src/retry/a.ts")]);
    let added = |days: i64| crate::metrics::past::timestamp(BEGIN + days * DAY);
    for (at, days) in [(0, 10), (1, 590)] {
        estate.clusters[0].files[at].added.as_mut().unwrap().at = added(days);
    }
    let found = &details(&estate, &past(), None)[0];
    assert_eq!((found.item.growth_90d, found.item.consumers, found.item.lines), (1, 2, 100));
    assert_eq!(found.users[1].since, Some(added(590)));
    assert_eq!(found.clusters[0].shadow.as_ref(), Some(&found.item.id));
    estate.clusters[0].files[1].added = None;
    assert_eq!(details(&estate, &past(), None)[0].item.growth_90d, 0);
}

#[test]
fn what_frees_most_for_least_is_retired_first() {
    let mut estate = flags();
    estate.add("kit", "acme/kit", "", Some("pay"));
    estate.publish("npm", "@pay/toggles", "kit", &["ship", "web"]);
    for name in ["ship", "web"] {
        estate.uses(name, ("pay-flags", OfferPath::Homegrown), "packages: npm:@pay/toggles", "package.json");
    }
    let found = details(&estate, &past(), None);
    let order: Vec<_> =
        found.iter().map(|one| (one.item.name.as_str(), one.item.author_days_year, one.item.retire_order)).collect();
    let of = |name: &str| order.iter().find(|one| one.0 == name).unwrap();
    assert_eq!(*of("flag-book"), ("flag-book", 3, Some(1)));
    assert_eq!(*of("pay-flags"), ("pay-flags", 0, Some(2)));
}
