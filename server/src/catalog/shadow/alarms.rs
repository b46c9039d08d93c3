//! The alarm about new shadows: who took a copy or began to use a homegrown offer since the last scan.
//! It must not repeat what was known, and on the first scan everything is new, so nothing is.
use super::{
    ground::Ground,
    model::{Candidate, Estate, Part},
};
use crate::{catalog::model::Capability, scan::Finding};
use serde::{Deserialize, Serialize};
use shared::{EntityRef, OfferPath, RepoName, RepoPath, Severity, api::ClusterItem, api::ShadowDetail};
use std::collections::{BTreeMap, BTreeSet};

/// What the scan before knew.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Known {
    pub shadows: Vec<KnownShadow>,
    pub clusters: Vec<KnownCluster>,
}

/// A candidate as it was.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct KnownShadow {
    pub id: String,
    pub parts: Vec<(RepoName, RepoPath, Option<EntityRef>)>,
    pub users: Vec<EntityRef>,
}

/// A cluster as it was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KnownCluster {
    pub id: String,
    /// Those that the cluster's files name, and how many there were in all.
    pub repositories: BTreeSet<RepoName>,
    pub n_repositories: u64,
}

impl KnownShadow {
    /// As it was stored for the API.
    pub fn of_detail(detail: &ShadowDetail) -> Self {
        let parts = detail.parts.iter();
        Self {
            id: detail.item.id.clone(),
            parts: parts.map(|part| (part.repository.clone(), part.path.clone(), part.component.clone())).collect(),
            users: detail.users.iter().map(|user| user.component.clone()).collect(),
        }
    }

    /// As it is now, for the scan after.
    pub fn of_candidate(candidate: &Candidate) -> Self {
        let parts = candidate.parts.iter();
        Self {
            id: candidate.id.clone(),
            parts: parts.map(|part| (part.repository.clone(), part.path.clone(), part.component.clone())).collect(),
            users: candidate.users.iter().map(|user| user.component.clone()).collect(),
        }
    }
}

impl KnownCluster {
    pub fn of_item(item: &ClusterItem) -> Self {
        let repositories = item.files.iter().map(|file| file.repository.clone()).collect();
        Self { id: item.id.clone(), repositories, n_repositories: item.repositories }
    }
}

/// Findings for the repositories that hold something new: `shadow-new-copy` for a copy of a known cluster or for code of a
/// known homegrown platform in a repository that held none, `shadow-new-user` for a component that uses one by now.
pub fn new_shadow(previous: &Known, now: &[Candidate], estate: &Estate) -> Vec<(RepoName, Finding)> {
    let ground = Ground::new(estate);
    let mut found = Vec::new();
    for candidate in now {
        let Some(known) = previous.shadows.iter().find(|known| known.id == candidate.id) else { continue };
        let copies = new_parts(known, candidate);
        let told: BTreeSet<&RepoName> = copies.iter().map(|part| &part.repository).collect();
        found.extend(copies.iter().map(|part| copy(&ground, candidate, part)));
        found.extend(new_users(&ground, known, candidate).filter(|(repository, _)| !told.contains(repository)));
    }
    let told: BTreeSet<RepoName> = found.iter().map(|(repository, _)| repository.clone()).collect();
    let copied = new_copies(&ground, previous, now).filter(|(repository, _)| !told.contains(repository));
    found.extend(copied.collect::<Vec<_>>());
    found.sort_by(|a, b| (&a.0, &a.1.rule, &a.1.path, &a.1.message).cmp(&(&b.0, &b.1.rule, &b.1.path, &b.1.message)));
    found.dedup_by(|a, b| a.0 == b.0 && a.1.rule == b.1.rule && a.1.path == b.1.path);
    found
}

/// The first part in each repository that held none of it.
fn new_parts<'a>(known: &KnownShadow, now: &'a Candidate) -> Vec<&'a Part> {
    let before: BTreeSet<&RepoName> = known.parts.iter().map(|(repository, ..)| repository).collect();
    let mut parts: Vec<&Part> = now.parts.iter().filter(|part| !before.contains(&part.repository)).collect();
    parts.sort();
    parts.dedup_by(|a, b| a.repository == b.repository);
    parts
}

fn copy(ground: &Ground<'_>, candidate: &Candidate, part: &Part) -> (RepoName, Finding) {
    let who = who(ground, part.component.as_ref(), &part.repository);
    let what = what(ground, candidate.capability.as_deref(), &candidate.name);
    let text = format!("{who} has new code of {what}.");
    let message = with_way_out(ground, candidate.capability.as_deref(), text);
    (part.repository.clone(), finding("shadow-new-copy", Some(part.path.clone()), None, message))
}

fn new_users(ground: &Ground<'_>, known: &KnownShadow, now: &Candidate) -> impl Iterator<Item = (RepoName, Finding)> {
    let fresh = now.users.iter().filter(|user| !known.users.contains(&user.component));
    let findings = fresh.filter_map(|user| {
        let component = ground.component(&user.component)?;
        let who = who(ground, Some(&user.component), &component.repository);
        let text = format!("{who} uses {} since the last scan.", what(ground, now.capability.as_deref(), &now.name));
        let message = with_way_out(ground, now.capability.as_deref(), text);
        Some((component.repository.clone(), finding("shadow-new-user", user.path.clone(), user.line, message)))
    });
    findings.collect::<Vec<_>>().into_iter()
}

/// Known clusters that another repository holds by now. Of a cluster whose files are not all listed only a growing number
/// of repositories tells that one is new.
fn new_copies(ground: &Ground<'_>, previous: &Known, now: &[Candidate]) -> impl Iterator<Item = (RepoName, Finding)> {
    let by_id: BTreeMap<&str, &KnownCluster> =
        previous.clusters.iter().map(|known| (known.id.as_str(), known)).collect();
    let mut found = Vec::new();
    for cluster in &ground.estate.clusters {
        let Some(known) = by_id.get(cluster.id.as_str()) else { continue };
        if cluster.repositories <= known.n_repositories {
            continue;
        }
        let shadow = now.iter().find(|candidate| candidate.clusters.contains(&cluster.id));
        let capability = shadow.and_then(|candidate| candidate.capability.as_deref());
        for file in cluster.files.iter().filter(|file| !known.repositories.contains(&file.repository)) {
            let who = who(ground, file.component.as_ref(), &file.repository);
            let text = format!("{who} has a new copy of {}.", what(ground, capability, &cluster.name));
            let message = with_way_out(ground, capability, text);
            let (path, line) = (Some(file.path.clone()), Some(file.from_line));
            found.push((file.repository.clone(), finding("shadow-new-copy", path, line, message)));
        }
    }
    found.into_iter()
}

fn finding(rule: &str, path: Option<RepoPath>, line: Option<u32>, message: String) -> Finding {
    Finding { rule: rule.to_owned(), severity: Severity::Warning, path, line, column: None, message }
}

/// The team, with what it holds it in.
fn who(ground: &Ground<'_>, component: Option<&EntityRef>, repository: &RepoName) -> String {
    let known = component.and_then(|reference| ground.component(reference));
    match known.map(|component| (component, &component.owner)) {
        Some((component, Some(team))) => format!("{} of {team}", component.reference),
        Some((component, None)) => format!("{}, which nobody owns,", component.reference),
        None => format!("The repository {repository}"),
    }
}

/// e.g. `"feature_flags", which rivals Feature flags of group:default/platform-delivery`.
fn what(ground: &Ground<'_>, capability: Option<&str>, name: &str) -> String {
    match capability.and_then(|name| ground.capability(name)) {
        Some(Capability { title, owner: Some(owner), .. }) => format!("\"{name}\", which rivals {title} of {owner}"),
        Some(Capability { title, .. }) => format!("\"{name}\", which rivals {title}"),
        None => format!("\"{name}\", which other teams hold too"),
    }
}

/// The text, and how to begin with the golden offer instead.
fn with_way_out(ground: &Ground<'_>, capability: Option<&str>, text: String) -> String {
    let Some(capability) = capability.and_then(|name| ground.capability(name)) else {
        return format!("{text} Ask whoever had it first to share it as a package.");
    };
    let golden = capability.offers.iter().find(|offer| offer.path == OfferPath::Golden);
    let successor = super::ground::successor(ground.estate, capability);
    let way = match (golden, &capability.start, successor) {
        (Some(_), Some(start), Some(component)) => format!("Start with {start} of {component} instead."),
        (Some(_), None, Some(component)) => format!("Start with {component} instead."),
        (Some(offer), Some(start), None) => format!("Start with {start} of {} instead.", offer.name),
        (Some(offer), None, None) => format!("Use {} instead.", offer.name),
        (None, ..) => "There is no golden offer yet: tell the capability's owner what is missing.".to_owned(),
    };
    format!("{text} {way}")
}
