//! Fingerprints of all files in; clusters of equal code over repositories out (DESIGN section 7).
//! It must not read bytes, and says nothing of who should have written it.
//!
//! Three steps, each only on what the one before left: files of equal bytes or equal tokens, files that are equal but for
//! a fifth, and stretches of files. What one repository holds twice is its own business: a cluster spans repositories.
mod claims;
mod describe;
mod documents;
mod identity;
mod matches;
pub mod model;
mod origins;
mod regions;
mod runs;
mod spans;

pub use claims::claim_of;
pub use describe::{Context, describe};
pub use model::{Cluster, CodeFile, CodeListing, Copied, Found, Holder, Origin};
pub use origins::origins;

use std::collections::BTreeMap;

/// All clusters over two or more repositories, those that repeat most lines first, and what was left out.
pub fn clusters(files: &[CodeFile]) -> Found {
    let documents = documents::of(files);
    let matched = matches::of(&documents);
    let mut clusters = identity::clusters(files, &documents);
    clusters.extend(regions::clusters(files, &documents, &matched.pairs));
    rank(&mut clusters);
    Found { clusters, left_out: left_out(files), n_common: matched.n_common, n_unpaired: matched.n_unpaired }
}

/// Most repeated lines first; an id that two clusters would share goes to the first of them.
fn rank(clusters: &mut [Cluster]) {
    clusters.sort_by(|a, b| (b.duplicated(), &a.id, a.kind).cmp(&(a.duplicated(), &b.id, b.kind)));
    let mut seen: std::collections::HashSet<String> = std::collections::HashSet::with_capacity(clusters.len());
    for cluster in clusters {
        while !seen.insert(cluster.id.clone()) {
            let next = u64::from_str_radix(&cluster.id, 16).unwrap_or_default().wrapping_add(1);
            cluster.id = format!("{next:016x}");
        }
    }
}

/// Why files were not compared, by their content; the first of each reason is the example.
fn left_out(files: &[CodeFile]) -> Vec<(crate::facts::prints::LeftOut, u64, u32)> {
    let mut counts = BTreeMap::new();
    for (at, file) in files.iter().enumerate() {
        if let Some(reason) = file.print.left_out {
            counts.entry(reason).or_insert((0, documents::position(at))).0 += 1;
        }
    }
    counts.into_iter().map(|(reason, (n, example))| (reason, n, example)).collect()
}

#[cfg(test)]
mod tests;
