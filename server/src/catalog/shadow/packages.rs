//! Packages of the organisation that two or more teams depend on, and that are no blessed offer.
//! It must not count a package that a rule names already.
use super::{
    ground::{Ground, Holder, makers, n_teams, successor},
    identity::id,
    model::{Candidate, EstateComponent, EstatePackage, User},
    parts, proposed,
    rival::{Rival, rival},
    subject::Subject,
};
use crate::catalog::model::Capability;
use shared::{Confidence, EntityRef, OfferPath, RepoName, ShadowKind};
use std::collections::{BTreeMap, BTreeSet};

/// Ecosystems whose packages are contracts or containers, not code that a platform is built of.
const NO_CODE: [&str; 6] = ["buf", "docker", "helm", "terraform", "kubernetes", "github-actions"];

/// One candidate for each component whose packages have consumers in two or more teams.
pub(super) fn packages(ground: &Ground<'_>, offers: &[Candidate]) -> Vec<Candidate> {
    let blessed = Blessed::new(ground);
    let ruled: BTreeSet<&EntityRef> =
        offers.iter().flat_map(|offer| &offer.parts).filter_map(|part| part.component.as_ref()).collect();
    let mut grouped: BTreeMap<&EntityRef, Vec<&EstatePackage>> = BTreeMap::new();
    for package in ground.estate.packages.iter().filter(|package| !NO_CODE.contains(&package.ecosystem.as_str())) {
        grouped.entry(&package.component).or_default().push(package);
    }
    let open = grouped.into_iter().filter(|(component, _)| !ruled.contains(component));
    let found = open.filter_map(|(component, packages)| Some((ground.component(component)?, packages)));
    found
        .filter(|(component, _)| !blessed.holds(component))
        .filter_map(|(held, all)| candidate(ground, held, &all))
        .collect()
}

/// What belongs to a golden or tolerated offer: its makers, and what else its owner keeps in the same repository.
struct Blessed {
    makers: BTreeSet<EntityRef>,
    homes: BTreeSet<(RepoName, Option<EntityRef>)>,
}

impl Blessed {
    fn new(ground: &Ground<'_>) -> Self {
        let of =
            |capability: &Capability| makers(ground.estate, capability, &[OfferPath::Golden, OfferPath::Tolerated]);
        let makers: BTreeSet<EntityRef> = ground.estate.capabilities.iter().flat_map(of).collect();
        let known = makers.iter().filter_map(|maker| ground.component(maker));
        let homes = known.map(|maker| (maker.repository.clone(), maker.owner.clone())).collect();
        Self { makers, homes }
    }

    fn holds(&self, component: &EstateComponent) -> bool {
        self.makers.contains(&component.reference)
            || self.homes.contains(&(component.repository.clone(), component.owner.clone()))
    }
}

fn candidate(ground: &Ground<'_>, maker: &EstateComponent, packages: &[&EstatePackage]) -> Option<Candidate> {
    let users = users(packages, &maker.reference);
    let served = ground.holders(users.iter().map(|user| &user.component));
    if served.len() < 2 {
        return None;
    }
    let part = parts::of_component(ground, maker);
    let names = packages.iter().map(|package| package.name.clone()).collect();
    let subject = Subject::of_component(ground, maker, &part, names);
    let rival = rival(ground, &subject);
    let capability = rival.as_ref().map(|rival| rival.capability);
    let name = maker.title.clone().unwrap_or_else(|| maker.reference.short());
    let migrating = |component: &EntityRef| ground.uses_golden(capability.map(|held| held.reference.name()), component);
    Some(Candidate {
        id: id(&["package", &maker.reference.to_string()]),
        kind: ShadowKind::Package,
        why: why(&name, packages, &served, rival.as_ref()),
        name,
        proposed: if capability.is_none() { proposed::name(ground, &subject) } else { None },
        confidence: confidence(capability, &served),
        parts: vec![part],
        users: users.into_iter().map(|user| User { migrating: migrating(&user.component), ..user }).collect(),
        clusters: vec![],
        successor: capability.and_then(|held| successor(ground.estate, held)),
        capability: capability.map(|held| held.reference.name().to_owned()),
    })
}

/// The components that depend on any of the packages, each at its first place.
fn users(packages: &[&EstatePackage], maker: &EntityRef) -> Vec<User> {
    let consumers = packages.iter().flat_map(|package| &package.consumers);
    let mut places: Vec<_> = consumers.filter(|consumer| consumer.component != *maker).collect();
    places.sort_by_key(|consumer| (&consumer.component, &consumer.path, consumer.line));
    places.dedup_by_key(|consumer| &consumer.component);
    let user = |component: EntityRef, path, line| User { component, path: Some(path), line, migrating: false };
    places.into_iter().map(|place| user(place.component.clone(), place.path.clone(), place.line)).collect()
}

fn why(name: &str, packages: &[&EstatePackage], served: &BTreeSet<Holder>, rival: Option<&Rival<'_>>) -> String {
    let first =
        packages.iter().map(|package| format!("{}:{}", package.ecosystem, package.name)).min().unwrap_or_default();
    let more = if packages.len() > 1 { format!(" and {} more", packages.len() - 1) } else { String::new() };
    let teams = super::copies::teams_in_words(served);
    let joined = rival.map_or_else(
        || "No capability speaks of what it is for.".to_owned(),
        |rival| format!("It rivals {}: {}.", rival.capability.title, rival.reason),
    );
    format!(
        "{name} publishes {first}{more}, which {teams} depend on and which is no golden or tolerated offer. {joined}"
    )
}

/// What rivals no capability may be a product's own library; and where a capability has no golden offer, it may be what the
/// platform gives, and nobody wrote that down.
fn confidence(rival: Option<&Capability>, served: &BTreeSet<Holder>) -> Confidence {
    let golden = |capability: &Capability| capability.offers.iter().any(|offer| offer.path == OfferPath::Golden);
    let is_beside = rival.is_some_and(golden);
    if is_beside && n_teams(served) >= 2 { Confidence::Probable } else { Confidence::Possible }
}
