//! Finds the position of a commit on a line without keeping its million ids twice.
//! It must not read a repository.
use crate::scan::Line;

/// The positions of a line in the order of their ids.
#[derive(Debug, Clone)]
pub struct LineIndex(Vec<u32>);

impl LineIndex {
    /// Sorts a line's positions.
    pub fn new(line: &Line) -> Self {
        let mut sorted: Vec<(&[u8], u32)> = line.bytes().zip(0..).collect();
        sorted.sort_unstable();
        Self(sorted.into_iter().map(|(_, position)| position).collect())
    }

    /// Where a commit stands on the line the index was made of.
    pub fn position(&self, line: &Line, id: &[u8]) -> Option<u32> {
        let at = |position: &u32| line.bytes().nth(*position as usize).unwrap_or_default();
        let found = self.0.binary_search_by(|position| at(position).cmp(id)).ok()?;
        self.0.get(found).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scan::HistoryStart;

    #[test]
    fn every_commit_is_found_where_it_stands_and_no_other() {
        let ids: Vec<u8> = [9u8, 3, 7].iter().flat_map(|n| [*n; 20]).collect();
        let line = Line::new(20, ids, HistoryStart::Root);
        let index = LineIndex::new(&line);
        let of = |n: u8| index.position(&line, &[n; 20]);
        assert_eq!((of(9), of(3), of(7), of(4)), (Some(0), Some(1), Some(2), None));
    }
}
