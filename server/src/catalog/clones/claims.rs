//! Which clusters may be called a shadow platform, by measured precision of their class.
//! It must not look at a cluster's content: what a class is worth was measured on labelled pairs (docs/clone-quality.md).
use shared::{CloneKind, ShadowClaim};

/// Below this precision of its class a cluster only may be a duplicate, in hundredths.
const ENOUGH: u32 = 90;
/// A class of fewer labelled pairs is judged by all kinds of its size together.
const FEW: u32 = 20;

/// A class of clusters: its kind, from how many lines of one copy on, how many of its labelled pairs are clones, and how
/// many were labelled (tests/quality/clones/labels.tsv).
struct Class {
    kind: CloneKind,
    from: u32,
    clones: u32,
    labelled: u32,
}

const CLASSES: &[Class] = &[
    Class { kind: CloneKind::Blob, from: 10, clones: 3, labelled: 3 },
    Class { kind: CloneKind::Tokens, from: 50, clones: 0, labelled: 1 },
    Class { kind: CloneKind::Region, from: 0, clones: 42, labelled: 51 },
    Class { kind: CloneKind::Region, from: 10, clones: 53, labelled: 61 },
    Class { kind: CloneKind::Region, from: 20, clones: 58, labelled: 64 },
    Class { kind: CloneKind::Region, from: 50, clones: 28, labelled: 29 },
];

/// Sizes that classes are made by, in lines.
const SIZES: [u32; 4] = [0, 10, 20, 50];

/// What a cluster of the kind and of so many lines may be called.
pub fn claim_of(kind: CloneKind, n_lines: u32) -> ShadowClaim {
    let size = SIZES.iter().rfind(|from| **from <= n_lines).copied().unwrap_or(0);
    let of_size = || CLASSES.iter().filter(|class| class.from == size);
    let count = |classes: &mut dyn Iterator<Item = &Class>| {
        classes.fold((0, 0), |(clones, labelled), class| (clones + class.clones, labelled + class.labelled))
    };
    let (mut clones, mut labelled) = count(&mut of_size().filter(|class| class.kind == kind));
    if labelled < FEW {
        (clones, labelled) = count(&mut of_size());
    }
    if clones * 100 >= labelled * ENOUGH { ShadowClaim::Shadow } else { ShadowClaim::PossibleDuplicate }
}
