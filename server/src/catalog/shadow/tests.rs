//! Candidates of small estates, each made for one rule.
//! They must not repeat how a candidate is found.
mod alarms;
mod copies;
mod holds;
mod offers;
mod packages;
mod rivals;

use super::{
    Known, KnownCluster, KnownShadow, candidates, mark,
    model::{Candidate, Estate},
    new_shadow,
    testing::{component, estate, group, path, repo},
};
use shared::{CloneKind, Confidence, OfferPath, ShadowKind};

/// What stands where a part stands: `acme/pay:src/feature_flags/`.
fn places(candidate: &Candidate) -> Vec<String> {
    let part =
        |part: &super::model::Part| format!("{}:{}{}", part.repository, part.path, if part.folder { "/" } else { "" });
    candidate.parts.iter().map(part).collect()
}

fn users(candidate: &Candidate) -> Vec<&str> {
    candidate.users.iter().map(|user| user.component.name()).collect()
}

fn of_kind(estate: &Estate, kind: ShadowKind) -> Vec<Candidate> {
    candidates(estate).into_iter().filter(|candidate| candidate.kind == kind).collect()
}

/// Two teams with the same files, of 40 lines each.
fn copied(files: &[&str]) -> Estate {
    let mut estate = estate();
    estate.team("pay", "payments");
    estate.team("ship", "shipping");
    for (at, file) in files.iter().enumerate() {
        estate.cluster(&format!("{at:016x}"), 40, &[("pay", file), ("ship", file)]);
    }
    estate
}
