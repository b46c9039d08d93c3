//! Counts finds by class: precision by kind and size, recall by size.
//! It must not print.
use super::{places::Reach, reports::Clusters, tables::Pair};
use shared::CloneKind;
use std::collections::BTreeMap;

/// Classes of size: from how many lines on, and what it is called.
pub const SIZES: [(u32, &str); 4] = [(0, "under 10"), (10, "10 to 19"), (20, "20 to 49"), (50, "50 and more")];

/// Which class the first place of a pair is of, as a position in [`SIZES`].
pub fn size_of(pair: &Pair) -> usize {
    SIZES.iter().rposition(|(from, _)| *from <= pair.a.lines.count()).unwrap_or(0)
}

/// Of so many, so many are right.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Share {
    pub n: u32,
    pub of: u32,
}

impl Share {
    fn count(&mut self, is: bool) {
        self.n += u32::from(is);
        self.of += 1;
    }

    /// `None` of nothing.
    pub fn ratio(self) -> Option<f64> {
        (self.of > 0).then(|| f64::from(self.n) / f64::from(self.of))
    }
}

impl std::iter::Sum for Share {
    fn sum<I: Iterator<Item = Self>>(shares: I) -> Self {
        shares.fold(Self::default(), |a, b| Self { n: a.n + b.n, of: a.of + b.of })
    }
}

/// Clones among the labelled pairs that Waymark reports (at least half of both places), by kind and position in [`SIZES`].
pub fn precision(pairs: &[Pair], clusters: &Clusters) -> BTreeMap<(CloneKind, usize), Share> {
    let mut out: BTreeMap<(CloneKind, usize), Share> = BTreeMap::new();
    for pair in pairs {
        if let (Reach::Half, Some(kind)) = clusters.reach(pair) {
            out.entry((kind, size_of(pair))).or_default().count(pair.is_clone);
        }
    }
    out
}

/// What of the labelled pairs a tool finds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Recall {
    /// Clones of which at least half of both places is reported, by position in [`SIZES`].
    pub by_size: [Share; SIZES.len()],
    /// Clones of which anything of both places is reported.
    pub overlaps: Share,
    /// The same as `by_size` of pairs that are no clones.
    pub not_clones: Share,
}

impl Recall {
    pub fn of(pairs: &[Pair], reach: impl Fn(&Pair) -> Reach) -> Self {
        let mut out = Self::default();
        for pair in pairs {
            let reach = reach(pair);
            if pair.is_clone {
                out.by_size[size_of(pair)].count(reach == Reach::Half);
                out.overlaps.count(reach > Reach::Nothing);
            } else {
                out.not_clones.count(reach == Reach::Half);
            }
        }
        out
    }

    pub fn all(&self) -> Share {
        self.by_size.iter().copied().sum()
    }
}

#[cfg(test)]
mod tests {
    use super::{
        super::{places::Lines, tables::Place},
        *,
    };

    fn pair(to: u32, is_clone: bool) -> Pair {
        let place = |name: &str| Place { file: (name.to_owned(), "a.go".to_owned()), lines: Lines { from: 1, to } };
        Pair { a: place("acme/one"), b: place("acme/two"), is_clone }
    }

    #[test]
    fn sizes_begin_where_they_say() {
        let sizes: Vec<&str> = [1, 9, 10, 19, 20, 49, 50].map(|to| SIZES[size_of(&pair(to, true))].1).to_vec();
        assert_eq!(sizes, ["under 10", "under 10", "10 to 19", "10 to 19", "20 to 49", "20 to 49", "50 and more"]);
    }

    #[test]
    fn an_overlap_is_no_find() {
        let pairs = [pair(8, true), pair(12, true), pair(60, true), pair(30, false)];
        let reach = |pair: &Pair| if pair.a.lines.to == 12 { Reach::Overlaps } else { Reach::Half };
        let recall = Recall::of(&pairs, reach);
        assert_eq!(recall.all(), Share { n: 2, of: 3 });
        assert_eq!(recall.by_size[1], Share { n: 0, of: 1 });
        assert_eq!(recall.overlaps, Share { n: 3, of: 3 });
        assert_eq!(recall.not_clones, Share { n: 1, of: 1 });
    }
}
