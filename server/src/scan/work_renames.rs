//! Tells which files of one commit went under one name and came under another.
//! It must not look at more than a bounded number of pairs.
use super::work_lines::{n_equal, telling_lines};
use shared::{BlobId, RepoPath};
use std::{
    collections::{HashMap, VecDeque},
    hash::Hash,
};

/// Files that came, and that went, of which each pair is compared; of commits with more only equal contents are renames.
const MAX_COMPARED: usize = 100;

/// A file that came or went.
#[derive(Debug, Clone, Copy)]
pub(super) struct Moved<'a> {
    pub path: &'a RepoPath,
    pub blob: &'a BlobId,
    pub text: &'a [u8],
}

/// For each file that came the position of the one that went and is the same file; each at most once. Equal contents come
/// first, then files of the same extension with at least half of their lines equal, the most alike first. Lines without
/// a letter or digit say nothing.
pub(super) fn renames(went: &[Moved<'_>], came: &[Moved<'_>]) -> Vec<Option<usize>> {
    let mut pairs = Pairs { of_came: vec![None; came.len()], taken: vec![false; went.len()] };
    if went.is_empty() || came.is_empty() {
        return pairs.of_came;
    }
    // Of equal contents those that keep their file's name belong together first.
    equal(went, came, &mut pairs, |file| (file.blob, Some(file.path.file_name())));
    equal(went, came, &mut pairs, |file| file.blob);
    alike(went, came, &mut pairs);
    pairs.of_came
}

struct Pairs {
    of_came: Vec<Option<usize>>,
    taken: Vec<bool>,
}

impl Pairs {
    fn join(&mut self, from: usize, to: usize) {
        if self.of_came[to].is_none() && !self.taken[from] {
            (self.of_came[to], self.taken[from]) = (Some(from), true);
        }
    }
}

/// Joins the files of equal contents and keys, in order. Nothing is no content by which a file is known.
fn equal<'a, K: Hash + Eq>(went: &[Moved<'a>], came: &[Moved<'a>], pairs: &mut Pairs, key: impl Fn(&Moved<'a>) -> K) {
    let mut by_key: HashMap<K, VecDeque<usize>> = HashMap::new();
    for (from, file) in went.iter().enumerate().filter(|(from, file)| !pairs.taken[*from] && !file.text.is_empty()) {
        by_key.entry(key(file)).or_default().push_back(from);
    }
    for (to, file) in came.iter().enumerate() {
        if pairs.of_came[to].is_none()
            && let Some(from) = by_key.get_mut(&key(file)).and_then(VecDeque::pop_front)
        {
            pairs.join(from, to);
        }
    }
}

fn alike(went: &[Moved<'_>], came: &[Moved<'_>], pairs: &mut Pairs) {
    let open = |n: usize, is_taken: &dyn Fn(usize) -> bool| (0..n).filter(|i| !is_taken(*i)).collect::<Vec<_>>();
    let from = open(went.len(), &|i| pairs.taken[i]);
    let to = open(came.len(), &|i| pairs.of_came[i].is_some());
    if from.is_empty() || to.is_empty() || from.len() > MAX_COMPARED || to.len() > MAX_COMPARED {
        return;
    }
    let old: Vec<(usize, Vec<u64>)> = from.into_iter().map(|i| (i, telling_lines(went[i].text))).collect();
    let mut found = vec![];
    for i in to {
        let new = telling_lines(came[i].text);
        for (j, old) in &old {
            let (least, most) = (new.len().min(old.len()), new.len().max(old.len()));
            if least * 2 < most || most == 0 || extension(went[*j].path) != extension(came[i].path) {
                continue;
            }
            let n = n_equal(&new, old);
            if n * 2 >= most {
                let same_name = went[*j].path.file_name() == came[i].path.file_name();
                // Thousandths, so that scores compare as numbers.
                found.push((n * 1_000 / most, same_name, i, *j));
            }
        }
    }
    found.sort_by_key(|(score, same_name, to, from)| (std::cmp::Reverse((*score, *same_name)), *to, *from));
    found.into_iter().for_each(|(_, _, to, from)| pairs.join(from, to));
}

fn extension(path: &RepoPath) -> Option<&str> {
    path.file_name().rsplit_once('.').map(|(_, extension)| extension)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(went: &[(&str, &str)], came: &[(&str, &str)]) -> Vec<Option<usize>> {
        let own = |files: &[(&str, &str)]| {
            let own = files.iter().map(|(path, text)| {
                let path = RepoPath::new(*path).unwrap();
                (path, crate::facts::testing::blob_id(text.as_bytes()), text.as_bytes().to_vec())
            });
            own.collect::<Vec<_>>()
        };
        let (went, came) = (own(went), own(came));
        let moved = |files: &'static [(RepoPath, BlobId, Vec<u8>)]| -> Vec<Moved<'static>> {
            files.iter().map(|(path, blob, text)| Moved { path, blob, text }).collect()
        };
        renames(&moved(went.leak()), &moved(came.leak()))
    }

    #[test]
    fn equal_contents_are_renames_and_the_same_name_is_taken_first() {
        let went = [("a/x.go", "1\n"), ("a/y.go", "1\n"), ("a/empty.go", "")];
        assert_eq!(found(&went, &[("b/y.go", "1\n"), ("b/z.md", "1\n")]), [Some(1), Some(0)]);
        assert_eq!(found(&went, &[("b/empty.go", "")]), [None], "nothing is no content to know");
    }

    #[test]
    fn half_of_the_lines_must_be_equal_in_a_file_of_the_same_kind() {
        let old = "one\ntwo\nthree\nfour\n}\n}\n}\n";
        assert_eq!(found(&[("a.go", old)], &[("b.go", "one\ntwo\n5\n6\n")]), [Some(0)]);
        assert_eq!(found(&[("a.go", old)], &[("b.go", "one\n4\n5\n6\n}\n}\n}\n")]), [None]);
        assert_eq!(found(&[("a.go", old)], &[("b.ts", "one\ntwo\nthree\n6\n")]), [None]);
        let both = [("b.go", "one\ntwo\n5\n6\n"), ("c.go", "one\ntwo\nthree\n6\n")];
        assert_eq!(found(&[("a.go", old)], &both), [None, Some(0)]);
    }

    #[test]
    fn too_many_files_are_renamed_by_equal_contents_only() {
        let names: Vec<(String, String)> =
            (0..150).map(|n| (format!("f{n}.go"), format!("line {n}\nsame\n"))).collect();
        let went: Vec<(&str, &str)> = names.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
        let moved: Vec<(String, String)> =
            names.iter().map(|(path, text)| (format!("x/{path}"), text.clone() + "more\n")).collect();
        let mut came: Vec<(&str, &str)> = moved.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
        came.push(("y.go", "line 7\nsame\n"));
        let found = found(&went, &came);
        assert_eq!((found[150], found.iter().flatten().count()), (Some(7), 1));
    }
}
