//! Explanations hold exactly what they count, and their commands are what a person would type.
//! It must not run them.
use crate::metrics::{
    AdoptionFilter, ExplainQuestion, explain,
    past::{Past, Time},
    testing::{ALL_PATHS, DAY, END, capability, component, day, everything, moment, pasts, repository},
};
use proptest::prelude::*;
use shared::{OfferPath, Unit, api::Explanation};

const EXPLAINED: [&str; 7] =
    ["adoption", "conformance", "reuse_rate", "homegrown_ratio", "new_component_share", "stickiness", "defection"];

fn explained(past: &Past, metric: &str, capability: Option<usize>, (at, unit): (Time, Unit)) -> Explanation {
    let scope = everything();
    explain(past, &ExplainQuestion { metric, capability, at, unit, scope: &scope }).unwrap()
}

fn builds() -> Past {
    let mut past = Past { now: day("2025-06-01"), rules_version: "r1".to_owned(), ..Past::default() };
    past.capabilities.push(capability("build", &[("sage", OfferPath::Golden), ("make", OfferPath::Homegrown)]));
    past.capabilities[0].offers[0].detect = vec!["packages: go:go.einride.tech/sage".to_owned()];
    past.capabilities[0].offers[1].detect = vec!["files: tools/**/rules.mk".to_owned()];
    past.repositories = ["acme/web", "acme/api"].map(|name| repository(name, day("2024-01-01"), past.now)).to_vec();
    let api = component("api", 1, day("2024-01-02")).can(0);
    let api = api.using((&past, 0, 1), day("2024-01-02"), Some(day("2025-02-01")));
    let api = api.using((&past, 0, 0), day("2025-02-01"), None);
    let web = component("web", 0, day("2024-01-03")).can(0).using((&past, 0, 1), day("2024-01-03"), None);
    past.components = vec![api, web];
    past
}

#[test]
fn adoption_is_explained_by_members_commits_and_commands() {
    let past = builds();
    let at = day("2025-03-02") - 1;
    let told = explained(&past, "adoption", Some(0), (at, Unit::Component));
    assert_eq!(told.sentence, "1 of the 2 components that could use build use a golden offer.");
    assert_eq!((told.numerator, told.denominator, told.value), (1, 2, Some(0.5)));
    assert_eq!(told.numerator_members, ["component:default/api"]);
    assert_eq!(told.denominator_members, ["component:default/api", "component:default/web"]);
    let commits: Vec<_> = told.commits.iter().map(|c| (c.repository.as_str(), c.commit.to_string())).collect();
    assert_eq!(
        commits,
        [("acme/api", moment(day("2025-02-01")).commit), ("acme/web", moment(day("2024-01-03")).commit)]
    );
    assert_eq!(
        told.reproduce[..2],
        [
            "git -C acme/api rev-list -1 --first-parent --before=2025-03-01T23:59:59Z main",
            "git -C acme/api grep -liE -e '(^|[^[:alnum:]_./@-])go\\.einride\\.tech/sage(/v[0-9]+)?($|[^[:alnum:]_./-])' \
             \"$(git -C acme/api rev-list -1 --first-parent --before=2025-03-01T23:59:59Z main)\" -- ':(glob)**/go.mod'",
        ]
    );
    assert_eq!(told.reproduce.len(), 4);
    let reuse = explained(&past, "reuse_rate", Some(0), (at, Unit::Repository));
    assert_eq!(reuse.numerator_members, ["acme/api"]);
    assert_eq!(
        reuse.reproduce[2],
        "git -C acme/api ls-tree -r --name-only \"$(git -C acme/api rev-list -1 --first-parent \
         --before=2025-03-01T23:59:59Z main)\" | grep -E -e '^tools/(.*/)?rules\\.mk$'"
    );
    // At the tip, the tip is the commit.
    let now = explained(&past, "adoption", Some(0), (past.now + 5, Unit::Team));
    assert_eq!((now.denominator, now.value, now.at.as_str()), (0, None, "2025-06-01T00:00:00Z"));
    let now = explained(&past, "homegrown_ratio", Some(0), (past.now, Unit::Component));
    assert_eq!(now.sentence, "Of build, 1 components use a golden offer and 1 a homegrown one.");
    assert!(now.commits.iter().all(|commit| commit.commit.as_str() == moment(past.now).commit));
}

#[test]
fn who_left_and_is_gone_still_shows_its_repository() {
    let mut past = builds();
    past.components[0] = past.components[0].clone().gone(day("2025-04-01"));
    let told = explained(&past, "defection", Some(0), (past.now, Unit::Team));
    assert_eq!((told.denominator, told.scope), (1, Unit::Component));
    assert_eq!(told.commits.len(), 1);
}

#[test]
fn many_repositories_are_counted_not_listed() {
    let mut past = builds();
    past.repositories = (0..30).map(|at| repository(&format!("acme/r{at:02}"), day("2024-01-01"), past.now)).collect();
    past.components = (0..30).map(|at| component(&format!("c{at:02}"), at, day("2024-01-01")).can(0)).collect();
    let told = explained(&past, "adoption", Some(0), (past.now, Unit::Component));
    assert_eq!(told.commits.len(), 30);
    assert_eq!(told.reproduce.len(), 41);
    assert_eq!(told.reproduce[40], "# and the same for 10 more repositories");
}

#[test]
fn the_unknown_is_not_explained() {
    let (past, scope) = (builds(), everything());
    let asked =
        |metric, capability| ExplainQuestion { metric, capability, at: past.now, unit: Unit::Component, scope: &scope };
    assert!(explain(&past, &asked("wonder", Some(0))).is_none());
    assert!(explain(&past, &asked("adoption", Some(9))).is_none());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn members_are_as_many_as_counted(past in pasts(), ago in 0..900 * DAY, unit in 0..3_usize) {
        let (at, unit) = (END - ago, Unit::ALL[unit]);
        let items = super::adoption_items(&past, &AdoptionFilter { areas: vec![], scope: everything(), at, unit });
        for (position, capability) in past.capabilities.iter().enumerate() {
            let Some(item) = items.iter().find(|item| item.name == capability.name) else { continue };
            for metric in EXPLAINED {
                let told = explained(&past, metric, Some(position), (at, unit));
                prop_assert_eq!(told.numerator, told.numerator_members.len() as u64);
                prop_assert_eq!(told.denominator, told.denominator_members.len() as u64);
                if metric != "homegrown_ratio" {
                    prop_assert!(told.numerator_members.iter().all(|name| told.denominator_members.contains(name)));
                }
            }
            let value = |metric| explained(&past, metric, Some(position), (at, unit));
            prop_assert_eq!(value("adoption").denominator, item.counts.eligible);
            prop_assert_eq!(value("adoption").numerator, item.golden_eligible);
            prop_assert_eq!(value("adoption").value, item.adoption);
            prop_assert_eq!(value("conformance").value, item.conformance);
            prop_assert_eq!(value("reuse_rate").value, item.reuse_rate);
            prop_assert_eq!(value("new_component_share").value, item.new_component_share);
            prop_assert_eq!(value("new_component_share").denominator, item.new_components);
            let ratio = value("homegrown_ratio");
            prop_assert_eq!((ratio.numerator, ratio.denominator), (item.counts.golden, item.counts.homegrown));
            let survival = crate::metrics::times(&past, position as u32, at, &everything()).survival;
            if capability.has_golden() {
                prop_assert_eq!(value("stickiness").value, survival.stickiness);
            }
            let left = value("defection");
            prop_assert_eq!((left.numerator, left.denominator), (survival.leavers, survival.adopters));
        }
    }

    #[test]
    fn a_roll_up_is_explained_by_pairs(past in pasts(), ago in 0..900 * DAY) {
        let at = END - ago;
        let filter = AdoptionFilter { areas: vec![], scope: everything(), at, unit: Unit::Component };
        let whole = crate::metrics::adoption_page(&past, &filter).summary.organisation;
        let told = explained(&past, "adoption", None, (at, Unit::Component));
        prop_assert_eq!((told.numerator, told.denominator), (whole.golden_eligible, whole.eligible));
        prop_assert_eq!(told.denominator_members.len() as u64, whole.eligible);
        prop_assert_eq!(told.value, whole.adoption);
        let new = explained(&past, "new_component_share", None, (at, Unit::Component));
        prop_assert_eq!(new.value, whole.new_component_share);
    }
}

#[test]
fn every_path_of_an_offer_can_be_looked_for() {
    let mut past = builds();
    past.capabilities[0] = capability("flags", &ALL_PATHS);
    let told = explained(&past, "new_component_share", Some(0), (past.now, Unit::Component));
    assert_eq!(told.denominator, 0);
    assert!(told.reproduce.is_empty(), "no repository, no command");
}
