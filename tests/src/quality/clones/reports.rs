//! What a tool reports as equal, asked by labelled pair.
//! It must not know which label a pair has.
use super::{
    places::{File, Lines, Reach},
    tables::{Pair, Place},
};
use server::catalog::clones::{Cluster, CodeFile, Copied};
use shared::CloneKind;
use std::collections::{HashMap, HashSet};

/// Clusters of Waymark, by file: the place of the cluster in the list, and its lines of the file.
#[derive(Default)]
pub struct Clusters {
    kinds: Vec<CloneKind>,
    by_file: HashMap<File, Vec<(usize, Lines)>>,
    /// The first copies of the first two repositories, as labels are made of them.
    firsts: Vec<(Place, Place)>,
}

impl Clusters {
    /// `names` are those of the repositories that files are numbered by.
    pub fn of(clusters: &[Cluster], files: &[CodeFile], names: &[String]) -> Self {
        let mut out = Self::default();
        for (at, cluster) in clusters.iter().enumerate() {
            let places: Vec<Place> = cluster.copies.iter().map(|copy| place(copy, files, names)).collect();
            let other = places.iter().find(|one| one.file.0 != places[0].file.0).unwrap_or(&places[0]);
            out.firsts.push((places[0].clone(), other.clone()));
            out.kinds.push(cluster.kind);
            for place in places {
                out.by_file.entry(place.file).or_default().push((at, place.lines));
            }
        }
        out
    }

    /// How much of the pair one cluster covers at best, and the kind of the first one that covers so much. Copies are not
    /// added up.
    pub fn reach(&self, pair: &Pair) -> (Reach, Option<CloneKind>) {
        self.best(pair).map_or((Reach::Nothing, None), |(reach, at)| (reach, Some(self.kinds[at])))
    }

    /// First copies of the clusters that cover half of no labelled pair: nobody said yet what they are.
    pub fn unlabelled(&self, pairs: &[Pair]) -> Vec<&(Place, Place)> {
        let labelled: HashSet<usize> = pairs
            .iter()
            .flat_map(|pair| self.covering(pair))
            .filter(|(reach, _)| *reach == Reach::Half)
            .map(|(_, at)| at)
            .collect();
        self.firsts.iter().enumerate().filter(|(at, _)| !labelled.contains(at)).map(|(_, places)| places).collect()
    }

    /// How many there are.
    pub fn n_all(&self) -> usize {
        self.kinds.len()
    }

    fn best(&self, pair: &Pair) -> Option<(Reach, usize)> {
        self.covering(pair).into_iter().max_by_key(|(reach, at)| (*reach, std::cmp::Reverse(*at)))
    }

    /// Each cluster that holds both files with lines of the pair, and how much of it.
    fn covering(&self, pair: &Pair) -> Vec<(Reach, usize)> {
        let of = |place: &Place| self.by_file.get(&place.file).map(Vec::as_slice).unwrap_or_default();
        let (a, b) = (of(&pair.a), of(&pair.b));
        let both = a.iter().flat_map(|(at, lines)| {
            let others = b.iter().filter(move |(of, _)| of == at);
            others.map(move |(_, other)| (pair.a.lines.reach(&[*lines]).min(pair.b.lines.reach(&[*other])), *at))
        });
        both.filter(|(reach, _)| *reach > Reach::Nothing).collect()
    }
}

fn place(copy: &Copied, files: &[CodeFile], names: &[String]) -> Place {
    let file = &files[copy.file as usize];
    Place {
        file: (names[file.repository as usize].clone(), file.path.to_string()),
        lines: Lines { from: copy.from_line, to: copy.to_line },
    }
}

/// A pair of places that a tool of pairs reports.
#[derive(Debug, Clone)]
pub struct Fragment {
    pub a: (File, Lines),
    pub b: (File, Lines),
}

/// Fragments of another tool, by pair of files.
#[derive(Default)]
pub struct Fragments(HashMap<(File, File), Vec<(Lines, Lines)>>);

impl Fragments {
    pub fn of(fragments: &[Fragment]) -> Self {
        let mut out = Self::default();
        for Fragment { a, b } in fragments {
            out.0.entry((a.0.clone(), b.0.clone())).or_default().push((a.1, b.1));
            out.0.entry((b.0.clone(), a.0.clone())).or_default().push((b.1, a.1));
        }
        out
    }

    /// How much of the pair all fragments of its two files cover together.
    pub fn reach(&self, pair: &Pair) -> Reach {
        let Some(found) = self.0.get(&(pair.a.file.clone(), pair.b.file.clone())) else { return Reach::Nothing };
        let side = |of: fn(&(Lines, Lines)) -> Lines| found.iter().map(of).collect::<Vec<_>>();
        pair.a.lines.reach(&side(|one| one.0)).min(pair.b.lines.reach(&side(|one| one.1)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(name: &str) -> File {
        (format!("acme/{name}"), "a.go".to_owned())
    }

    fn pair() -> Pair {
        let place = |name| Place { file: file(name), lines: Lines { from: 1, to: 20 } };
        Pair { a: place("one"), b: place("two"), is_clone: true }
    }

    #[test]
    fn fragments_add_up_and_have_no_direction() {
        let fragment =
            |from, to| Fragment { a: (file("two"), Lines { from, to }), b: (file("one"), Lines { from, to }) };
        assert_eq!(Fragments::of(&[fragment(1, 6)]).reach(&pair()), Reach::Overlaps);
        assert_eq!(Fragments::of(&[fragment(1, 6), fragment(15, 20)]).reach(&pair()), Reach::Half);
        assert_eq!(Fragments::of(&[fragment(21, 40)]).reach(&pair()), Reach::Nothing);
    }

    #[test]
    fn a_pair_counts_for_the_cluster_that_covers_most_then_for_the_first() {
        let mut clusters =
            Clusters { kinds: vec![CloneKind::Region, CloneKind::Tokens, CloneKind::Blob], ..Clusters::default() };
        let mut report =
            |name, at, from, to| clusters.by_file.entry(file(name)).or_default().push((at, Lines { from, to }));
        for name in ["one", "two"] {
            report(name, 2, 1, 20);
            report(name, 1, 1, 20);
            report(name, 0, 1, 3);
        }
        assert_eq!(clusters.reach(&pair()), (Reach::Half, Some(CloneKind::Tokens)));
        let first =
            |path: &str| Place { file: ("acme/one".to_owned(), path.to_owned()), lines: Lines { from: 1, to: 9 } };
        clusters.firsts = ["0", "1", "2"].map(|path| (first(path), first(path))).to_vec();
        let open = clusters.unlabelled(&[pair()]);
        assert_eq!(open.iter().map(|(a, _)| a.file.1.as_str()).collect::<Vec<_>>(), ["0"]);
    }

    #[test]
    fn places_in_two_clusters_are_no_find() {
        let mut clusters = Clusters { kinds: vec![CloneKind::Region; 2], ..Clusters::default() };
        clusters.by_file.insert(file("one"), vec![(0, Lines { from: 1, to: 20 })]);
        clusters.by_file.insert(file("two"), vec![(1, Lines { from: 1, to: 20 })]);
        assert_eq!(clusters.reach(&pair()), (Reach::Nothing, None));
    }
}
