//! The catalog and clusters of equal code in; candidates for shadow platforms out (DESIGN section 7).
//! It must not count work or money: that is for metrics.
mod alarms;
mod copies;
mod ground;
mod group;
mod identity;
pub mod model;
mod offers;
mod packages;
mod parts;
mod proposed;
mod rival;
mod subject;
mod topic;
mod words;

pub use alarms::{Known, KnownCluster, KnownShadow, new_shadow};
pub use ground::golden_makers;
pub use offers::offer_id;

use ground::Ground;
use model::{Candidate, Estate};
use shared::api::ClusterItem;
use std::collections::BTreeMap;

/// Every candidate of the estate, by id. A homegrown offer wins over a package, and both over the clusters that lie in their
/// code. The order of what the estate lists does not matter.
pub fn candidates(estate: &Estate) -> Vec<Candidate> {
    let ground = Ground::new(estate);
    let mut found = offers::offers(&ground);
    let packages = packages::packages(&ground, &found);
    found.extend(packages);
    let clusters = copies::copies(&ground, &mut found);
    found.extend(clusters);
    found.sort_by(|a, b| (&a.id, a.kind).cmp(&(&b.id, b.kind)));
    found
}

/// Tells each cluster which candidate it is part of and which capability that rivals.
pub fn mark(clusters: &mut [ClusterItem], candidates: &[Candidate]) {
    let held =
        candidates.iter().flat_map(|candidate| candidate.clusters.iter().map(move |id| (id.as_str(), candidate)));
    let by_id: BTreeMap<&str, &Candidate> = held.collect();
    for cluster in clusters {
        let Some(candidate) = by_id.get(cluster.id.as_str()) else { continue };
        cluster.shadow = Some(candidate.id.clone());
        cluster.capability.clone_from(&candidate.capability);
        cluster.capability_reason = candidate.capability.as_ref().map(|_| candidate.why.clone());
    }
}

#[cfg(test)]
pub(crate) mod testing;
#[cfg(test)]
mod tests;
