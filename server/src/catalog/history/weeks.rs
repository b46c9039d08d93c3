//! Work on the default branch by week. It must not name people: an author is a number.
use super::model::Week;
use crate::facts::timeline::Timeline;
use std::collections::{BTreeMap, BTreeSet};

const DAY: i64 = 86_400;

/// Longer lead times are claims of wrong clocks or of branches that were forgotten. Days.
const LONGEST: f64 = 365.0;

/// The weeks with a commit, oldest first.
pub(super) fn of(timeline: &Timeline, dates: &[i64]) -> Vec<Week> {
    let mut weeks: BTreeMap<i64, (Week, BTreeSet<u64>)> = BTreeMap::new();
    for (commit, at) in timeline.commits.iter().zip(dates) {
        let monday = monday_of(*at);
        let new = || (Week { monday, merges: 0, authors: 0, lead_days: vec![] }, BTreeSet::new());
        let (week, authors) = weeks.entry(monday).or_insert_with(new);
        week.merges += 1;
        authors.insert(commit.author);
        let days = (commit.committed - commit.first_work) as f64 / DAY as f64;
        if days > 0.0 && days <= LONGEST {
            week.lead_days.push(days as f32);
        }
    }
    for author in &timeline.branch_authors {
        let week = dates.get(author.position as usize).and_then(|at| weeks.get_mut(&monday_of(*at)));
        if let Some((_, authors)) = week {
            authors.insert(author.author);
        }
    }
    let counted = |(week, authors): (Week, BTreeSet<u64>)| {
        let authors = u32::try_from(authors.len()).unwrap_or(u32::MAX);
        Week { authors, ..week }
    };
    weeks.into_values().map(counted).collect()
}

/// Days from 1970-01-01, a Thursday, to the Monday of a time's week.
fn monday_of(at: i64) -> i64 {
    let day = at.div_euclid(DAY);
    day - (day + 3).rem_euclid(7)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weeks_begin_on_mondays() {
        // 1970-01-05 was the first Monday; 2022-01-26 a Wednesday.
        for (at, monday) in [(0, -3), (4 * DAY - 1, -3), (4 * DAY, 4), (19_018 * DAY, 19_016), (-1, -3)] {
            assert_eq!(monday_of(at), monday, "{at}");
        }
    }
}
