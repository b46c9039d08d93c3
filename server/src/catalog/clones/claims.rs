//! Which clusters may be called a shadow platform, by measured precision of their class.
//! It must not look at a cluster's content: what a class is worth was measured on labelled pairs (docs/clone-quality.md).
use shared::{CloneKind, ShadowClaim};

/// Below this precision of its class a cluster only may be a duplicate.
const ENOUGH: f64 = 0.9;

/// A class of clusters: what kind, from how many lines on, and the share of labelled pairs of the class that are clones.
/// `None`: too few were labelled to say.
const CLASSES: &[(CloneKind, u32, Option<f64>)] =
    &[(CloneKind::Blob, 0, None), (CloneKind::Tokens, 0, None), (CloneKind::Region, 0, None)];

/// What a cluster of the kind and of so many lines may be called.
pub fn claim_of(kind: CloneKind, n_lines: u32) -> ShadowClaim {
    let class = CLASSES.iter().rfind(|(of, from, _)| *of == kind && *from <= n_lines);
    match class {
        Some((_, _, Some(precision))) if *precision >= ENOUGH => ShadowClaim::Shadow,
        _ => ShadowClaim::PossibleDuplicate,
    }
}
