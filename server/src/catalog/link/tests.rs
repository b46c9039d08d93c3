//! Tests of what joins repositories.
//! They must not need facts.
use super::*;
use shared::RepoPath;

fn entity(reference: &str, repository: &str, origin: Origin, owner: Option<&str>) -> LinkEntity {
    LinkEntity {
        reference: reference.parse().unwrap(),
        repository: RepoName::new(repository).unwrap(),
        origin,
        owner: owner.map(|owner| owner.parse().unwrap()),
        descriptor: (origin != Origin::Detected).then(|| (RepoPath::new("catalog-info.yaml").unwrap(), 3)),
    }
}

fn package(name: &str, component: &str, repository: &str) -> LinkPackage {
    let repository = RepoName::new(repository).unwrap();
    LinkPackage { ecosystem: "npm".into(), name: name.into(), component: component.parse().unwrap(), repository }
}

fn dependency(name: &str, component: &str, repository: &str, line: u32) -> LinkDependency {
    LinkDependency {
        ecosystem: "npm".into(),
        name: name.into(),
        component: component.parse().unwrap(),
        repository: RepoName::new(repository).unwrap(),
        path: RepoPath::new("package.json").unwrap(),
        line: Some(line),
    }
}

#[test]
fn a_declared_entity_beats_a_detected_one_and_a_small_name_a_large_one() {
    let mut entities = vec![
        entity("component:default/pay", "a", Origin::Detected, None),
        entity("component:default/pay", "z", Origin::Both, None),
        entity("component:default/pay", "m", Origin::Declared, None),
    ];
    let links = link(&entities, &[], &[]);
    let losers: Vec<_> = links.shadowed.iter().map(|(_, repository)| repository.as_str()).collect();
    assert_eq!(losers, ["a", "z"]);
    assert!(
        links.findings.iter().all(|(_, f)| f.rule == "entity-ref-conflict" && f.message.contains("also stands in m"))
    );
    entities.rotate_left(1);
    assert_eq!(link(&entities, &[], &[]), links, "the order of repositories does not matter");
    entities.retain(|entity| entity.repository.as_str() != "m");
    assert_eq!(link(&entities, &[], &[]).shadowed.len(), 1, "with the winner gone the next one shows");
}

#[test]
fn an_unknown_owner_names_the_nearest_one() {
    let mut entities = vec![entity("component:default/pay", "a", Origin::Both, Some("group:default/paymets"))];
    assert!(link(&entities, &[], &[]).findings.is_empty(), "a catalog without groups cannot tell");
    entities.push(entity("group:default/payments", "org", Origin::Declared, None));
    let links = link(&entities, &[], &[]);
    assert_eq!(links.findings.len(), 1);
    let (repository, finding) = &links.findings[0];
    assert_eq!((repository.as_str(), finding.rule.as_str(), finding.line), ("a", "owner-unknown", Some(3)));
    assert!(finding.message.ends_with("Did you mean \"payments\"?"), "{}", finding.message);
}

#[test]
fn internal_packages_give_one_observed_relation_each() {
    let packages =
        [package("@acme/ui", "component:default/ui", "ui"), package("@acme/pay", "component:default/pay", "pay")];
    let dependencies = [
        dependency("@acme/ui", "component:default/pay", "pay", 9),
        dependency("@acme/ui", "component:default/pay", "pay", 4),
        dependency("@acme/pay", "component:default/pay", "pay", 5),
        dependency("left-pad", "component:default/pay", "pay", 6),
    ];
    let links = link(&[], &packages, &dependencies);
    assert_eq!(links.relations.len(), 1, "no relation to itself, none to what nobody here publishes");
    let (repository, relation) = &links.relations[0];
    assert_eq!((repository.as_str(), relation.to.name(), relation.line), ("pay", "ui", Some(4)));
    assert!(relation.observed && relation.kind == "dependsOn");
    let mut turned = dependencies.to_vec();
    turned.reverse();
    assert_eq!(link(&[], &packages, &turned), links);
}

#[test]
fn a_shadowed_component_takes_no_part() {
    let entities = [
        entity("component:default/ui", "a-ui", Origin::Both, None),
        entity("component:default/ui", "z-ui", Origin::Detected, None),
    ];
    let packages = [package("@acme/old-ui", "component:default/ui", "z-ui")];
    let dependencies = [dependency("@acme/old-ui", "component:default/pay", "pay", 1)];
    assert!(link(&entities, &packages, &dependencies).relations.is_empty());
}
