//! Clusters of equal code.
//! They must not compare code.
use super::*;

#[test]
fn files_side_by_side_are_one_candidate_and_others_another() {
    let estate = copied(&["src/retry/policy.ts", "src/retry/jitter.ts"]);
    let found = candidates(&estate);
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].name.as_str(), found[0].clusters.len()), ("retry", 2));
    assert_eq!(users(&found[0]), ["pay", "ship"]);
    assert_eq!(found[0].confidence, Confidence::Probable);
    assert!(found[0].why.starts_with("2 teams hold copies"), "{}", found[0].why);
}

#[test]
fn what_rivals_nothing_in_the_same_places_is_one_and_what_rivals_something_apart() {
    let estate = copied(&["src/retry/policy.ts", "src/money/format.ts", "lib/feature_flags/store.ts"]);
    let found = candidates(&estate);
    assert_eq!(found.len(), 2);
    let flags = found.iter().find(|one| one.capability.is_some()).unwrap();
    assert_eq!((flags.capability.as_deref(), flags.clusters.len()), (Some("feature-flags"), 1));
    let rest = found.iter().find(|one| one.capability.is_none()).unwrap();
    assert_eq!((rest.clusters.len(), rest.proposed.is_some()), (2, true));
}

#[test]
fn little_code_and_code_of_one_team_are_no_platform() {
    let mut estate = copied(&[]);
    estate.cluster("a", 20, &[("pay", "src/a.ts"), ("ship", "src/a.ts")]);
    estate.team("bill", "payments");
    estate.cluster("b", 400, &[("pay", "src/b.ts"), ("bill", "src/b.ts")]);
    assert_eq!(candidates(&estate), []);
    estate.cluster("c", 6, &[("pay", "src/c.ts"), ("ship", "src/c.ts")]);
    estate.clusters[2].kind = CloneKind::Region;
    assert_eq!(candidates(&estate), [], "a short region adds nothing");
    estate.cluster("d", 15, &[("pay", "src/d.ts"), ("ship", "src/d.ts")]);
    assert_eq!(candidates(&estate).len(), 1, "together they are enough");
}

#[test]
fn of_files_that_share_little_no_work_is_counted() {
    let mut estate = copied(&[]);
    estate.cluster("a", 40, &[("pay", "src/a.ts"), ("ship", "src/a.ts")]);
    estate.clusters[0].kind = CloneKind::Region;
    estate.names("acme/pay", "src/a.ts", &[], &[]);
    let found = candidates(&estate);
    assert_eq!(places(&found[0]), ["acme/ship:src/a.ts"]);
    assert_eq!(users(&found[0]), ["pay", "ship"]);
}

#[test]
fn a_claim_that_is_not_sure_or_teams_that_nobody_names_make_it_possible_only() {
    let mut estate = copied(&["src/retry/policy.ts"]);
    estate.clusters[0].claim = shared::ShadowClaim::PossibleDuplicate;
    assert_eq!(candidates(&estate)[0].confidence, Confidence::Possible);
    let mut estate = copied(&["src/retry/policy.ts"]);
    estate.components.iter_mut().for_each(|component| component.owner = None);
    estate.clusters[0].files.iter_mut().for_each(|file| file.owner = None);
    let found = candidates(&estate);
    assert_eq!((found.len(), found[0].confidence), (1, Confidence::Possible));
    assert!(found[0].why.starts_with("2 repositories without an owner"), "{}", found[0].why);
}

#[test]
fn the_id_stays_when_copies_and_files_are_added() {
    let mut estate = copied(&["src/retry/policy.ts"]);
    let before = candidates(&estate)[0].id.clone();
    estate.team("web", "web");
    estate.clusters.clear();
    estate.cluster("0", 90, &[("pay", "src/retry/policy.ts"), ("ship", "src/retry/policy.ts"), ("web", "a/policy.ts")]);
    estate.cluster("1", 40, &[("pay", "src/retry/jitter.ts"), ("ship", "src/retry/jitter.ts")]);
    let after = candidates(&estate);
    assert_eq!((after.len(), &after[0].id), (1, &before));
}
