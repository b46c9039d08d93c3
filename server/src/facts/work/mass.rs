//! Tells which commits are mass changes, which say nothing of who knows the files.
//! It must not look at who made them.
use super::{Mass, WorkLog};
use crate::scan::HistoryStart;
use std::collections::{BTreeMap, HashSet};

/// Files of one commit above which it is a mass change whatever else, and above which it is one when it touches so large
/// a part of those that live.
const VERY_MANY: usize = 1_000;
const MANY: usize = 100;
const PART_OF_LIVING: usize = 5;
/// Changed files that a formatter's commit has at least, and how many of ten alter no letter or digit.
const MIN_FORMATTED: usize = 10;
const FORMATTED_OF_TEN: usize = 8;
/// Lines that are read of a list of ignored commits, and the shortest id.
const MAX_LISTED: usize = 10_000;
const MIN_ID: usize = 7;

/// The ids of a `.git-blame-ignore-revs` file, by their length: git takes whole ones, people write short ones.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Listed(BTreeMap<usize, HashSet<String>>);

impl Listed {
    /// Reads one id a line, `#` beginning a comment; lines that are no id of 7 to 64 digits say nothing.
    pub fn parse(text: &str) -> Self {
        let mut listed = Self::default();
        for line in text.lines().take(MAX_LISTED) {
            let id = line.split('#').next().unwrap_or_default().trim().to_ascii_lowercase();
            if (MIN_ID..=64).contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_hexdigit()) {
                listed.0.entry(id.len()).or_default().insert(id);
            }
        }
        listed
    }

    fn holds(&self, id: &str) -> bool {
        self.0.iter().any(|(length, ids)| id.get(..*length).is_some_and(|start| ids.contains(start)))
    }
}

/// What is counted of one commit.
#[derive(Debug, Clone, Copy, Default)]
struct Counts {
    touched: usize,
    came: usize,
    ended: usize,
    /// Files with changed lines, and those of which no letter or digit changed.
    changed: usize,
    formatted: usize,
}

/// Says of every commit anew whether it is a mass change: listed first, then very many files, then formatting.
///
/// As long as commits only bring files, a repository is being begun: an import of more than 1,000 files says little of
/// who knows them, a smaller first commit says who made it. Where history is cut off, the first commit brings the work
/// of all who were before and is nobody's.
pub(super) fn judge(log: &mut WorkLog, listed: &Listed) {
    let counts = counts(log);
    let cut_off = log.start != HistoryStart::Root;
    let (mut living, mut beginning) = (0, true);
    for (at, (commit, counts)) in log.commits.iter_mut().zip(&counts).enumerate() {
        beginning &= counts.came == counts.touched;
        let large_part = counts.touched * PART_OF_LIVING > living + counts.came;
        let many = counts.touched > VERY_MANY || (counts.touched > MANY && large_part && !beginning);
        let formatted = counts.changed >= MIN_FORMATTED && counts.formatted * 10 >= counts.changed * FORMATTED_OF_TEN;
        commit.mass = if listed.holds(commit.commit.as_str()) {
            Some(Mass::Listed)
        } else if many || (at == 0 && cut_off) {
            Some(Mass::ManyFiles)
        } else {
            formatted.then_some(Mass::Formatting)
        };
        living = (living + counts.came).saturating_sub(counts.ended);
    }
}

fn counts(log: &WorkLog) -> Vec<Counts> {
    let mut all = vec![Counts::default(); log.commits.len()];
    for touch in &log.touches {
        let Some(counts) = all.get_mut(touch.commit as usize) else { continue };
        counts.touched += 1;
        // A pure rename changes no line: a folder that moves is no formatter's work.
        if touch.added > 0 || touch.removed > 0 {
            counts.changed += 1;
            counts.formatted += usize::from(touch.formatting);
        }
    }
    for lineage in &log.lineages {
        if let Some(counts) = all.get_mut(lineage.from as usize) {
            counts.came += 1;
        }
        if let Some(counts) = lineage.to.and_then(|to| all.get_mut(to as usize)) {
            counts.ended += 1;
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_holds_whole_and_short_ids_and_survives_anything() {
        let id = "0123456789abcdef0123456789abcdef01234567";
        for text in [id, "# why\n0123456 # short", "01234567\r\n", "\n\n  0123456789ABCDEF  "] {
            assert!(Listed::parse(text).holds(id), "{text}");
        }
        for text in ["", "#0123456789", "012345", "zzzzzzz", "1234567", "0123456 and more"] {
            assert!(!Listed::parse(text).holds(id), "{text}");
        }
    }
}
