//! The estate by what is looked up in it: components, capabilities, teams, golden offers and their makers.
//! It must not judge anything.
use super::{
    model::{Estate, EstateComponent, EstatePackage},
    topic::Topics,
};
use crate::catalog::{
    model::{Capability, Offer},
    rules::{Index, MatcherKind},
};
use shared::{EntityRef, OfferPath, RepoName, RepoPath};
use std::collections::{BTreeMap, BTreeSet};

/// Who is served: a team, or a repository of which nobody says whose it is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Holder {
    Team(EntityRef),
    Nobody(RepoName),
}

/// The estate, indexed.
pub(super) struct Ground<'a> {
    pub(super) estate: &'a Estate,
    components: BTreeMap<&'a EntityRef, &'a EstateComponent>,
    capabilities: BTreeMap<&'a str, &'a Capability>,
    pub(super) topics: Topics<'a>,
    /// Who uses a golden offer of which capability.
    golden_users: BTreeSet<(&'a str, &'a EntityRef)>,
}

impl<'a> Ground<'a> {
    pub(super) fn new(estate: &'a Estate) -> Self {
        let golden = estate.usages.iter().filter(|usage| usage.path == OfferPath::Golden);
        Self {
            estate,
            components: estate.components.iter().map(|component| (&component.reference, component)).collect(),
            capabilities: estate.capabilities.iter().map(|held| (held.reference.name(), held)).collect(),
            topics: Topics::new(&estate.capabilities),
            golden_users: golden.map(|usage| (usage.capability.as_str(), &usage.component)).collect(),
        }
    }

    pub(super) fn component(&self, reference: &EntityRef) -> Option<&'a EstateComponent> {
        self.components.get(reference).copied()
    }

    pub(super) fn capability(&self, name: &str) -> Option<&'a Capability> {
        self.capabilities.get(name).copied()
    }

    /// Whose a component is.
    pub(super) fn holder(&self, component: &EstateComponent) -> Holder {
        match &component.owner {
            Some(team) => Holder::Team(team.clone()),
            None => Holder::Nobody(component.repository.clone()),
        }
    }

    /// Whose the components are, each once.
    pub(super) fn holders<'r>(&self, references: impl IntoIterator<Item = &'r EntityRef>) -> BTreeSet<Holder> {
        let known = references.into_iter().filter_map(|reference| self.component(reference));
        known.map(|component| self.holder(component)).collect()
    }

    /// Whether the component uses a golden offer of the capability.
    pub(super) fn uses_golden(&self, capability: Option<&str>, component: &EntityRef) -> bool {
        capability.is_some_and(|name| {
            let held = self.capabilities.get_key_value(name);
            held.is_some_and(|(name, _)| self.golden_users.contains(&(*name, component)))
        })
    }

    /// The roots of other components that lie below a folder.
    pub(super) fn nested(&self, repository: &RepoName, folder: &RepoPath, own: Option<&EntityRef>) -> Vec<RepoPath> {
        let others = self.estate.components.iter().filter(|other| Some(&other.reference) != own);
        let below = others.filter(|other| other.repository == *repository && other.root != *folder);
        let mut roots: Vec<RepoPath> =
            below.map(|other| other.root.clone()).filter(|root| root.starts_with(folder)).collect();
        roots.sort();
        roots.dedup();
        roots
    }
}

/// How many of the holders are teams that somebody names.
pub(super) fn n_teams(holders: &BTreeSet<Holder>) -> usize {
    holders.iter().filter(|holder| matches!(holder, Holder::Team(_))).count()
}

/// The packages that an offer's matchers name, or that its component publishes.
pub(super) fn published_of<'a>(packages: &'a [EstatePackage], offer: &Offer) -> Vec<&'a EstatePackage> {
    let index = Index::of_offer(offer);
    let named = |package: &&EstatePackage| {
        let kind = MatcherKind::of_ecosystem(&package.ecosystem);
        offer.component.as_ref() == Some(&package.component)
            || !index.matches(kind, &kind.observed(&package.ecosystem, &package.name)).is_empty()
    };
    packages.iter().filter(named).collect()
}

/// The components that are a golden offer of the capability, or publish a package of one.
pub fn golden_makers(estate: &Estate, capability: &Capability) -> BTreeSet<EntityRef> {
    makers(estate, capability, &[OfferPath::Golden])
}

/// The components behind the offers of these paths.
pub(super) fn makers(estate: &Estate, capability: &Capability, paths: &[OfferPath]) -> BTreeSet<EntityRef> {
    let mut makers = BTreeSet::new();
    for offer in capability.offers.iter().filter(|offer| paths.contains(&offer.path)) {
        makers.extend(offer.component.clone());
        makers.extend(published_of(&estate.packages, offer).into_iter().map(|package| package.component.clone()));
    }
    makers
}

/// The golden component to go to: of the first golden offer that names one, or of the first that a package tells.
pub(super) fn successor(estate: &Estate, capability: &Capability) -> Option<EntityRef> {
    let golden = || capability.offers.iter().filter(|offer| offer.path == OfferPath::Golden);
    let named = golden().find_map(|offer| offer.component.clone());
    named.or_else(|| {
        let packages = golden().flat_map(|offer| published_of(&estate.packages, offer));
        packages.map(|package| package.component.clone()).min()
    })
}
