//! Makes the dates of a line monotonic from what is known near each commit, so that a log can be continued.
//! It must not read a clock: what is "now" is an argument.

/// 1990-01-01: no version control that histories were converted from reaches further back in practice.
pub(super) const EARLIEST: i64 = 631_152_000;
pub(super) const DAY: i64 = 86_400;
/// Later commits that tell whether a date was too late. A continued log judges the dates of as many commits anew.
pub const LOOK_AHEAD: usize = 32;
/// Later commits that are needed to tell so.
const MIN_WITNESSES: usize = 3;

/// The dates of some commits in a row, never falling and never before `last`, the date of the commit before them.
///
/// A date is believed that lies between 1990 and `now`, unless most of the commits behind it, and at least 3, are more
/// than a day older. A commit whose date is not believed takes the one before; without one before it is 1990-01-01.
pub(super) fn monotonic(claimed: &[i64], last: Option<i64>, now: i64) -> Vec<i64> {
    let is_plausible = |at: i64| (EARLIEST..=now).contains(&at);
    let mut last = last.unwrap_or(EARLIEST);
    let dates = claimed.iter().enumerate().map(|(i, at)| {
        let behind = claimed[i + 1..].iter().take(LOOK_AHEAD).filter(|other| is_plausible(**other));
        let (n, n_older) = behind.fold((0, 0), |(n, n_older), other| (n + 1, n_older + usize::from(*other < at - DAY)));
        if is_plausible(*at) && !(n >= MIN_WITNESSES && n_older * 2 > n) {
            last = last.max(*at);
        }
        last
    });
    dates.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const NOW: i64 = 1_800_000_000;
    const A: i64 = 1_600_000_000;

    #[test]
    fn dates_of_1970_and_2100_take_the_one_before() {
        let found = monotonic(&[0, A, A + DAY, 4_102_444_800, 0, A + 9 * DAY], None, NOW);
        assert_eq!(found, [EARLIEST, A, A + DAY, A + DAY, A + DAY, A + 9 * DAY]);
        assert_eq!(monotonic(&[i64::MIN, i64::MAX], Some(A), NOW), [A, A]);
    }

    #[test]
    fn one_clock_that_is_ahead_moves_one_commit() {
        let found = monotonic(&[A, A + 300 * DAY, A + DAY, A + 2 * DAY, A + 3 * DAY], None, NOW);
        assert_eq!(found, [A, A, A + DAY, A + 2 * DAY, A + 3 * DAY]);
        let merged_late = monotonic(&[A, A + 5 * DAY, A + DAY, A + 6 * DAY, A + 7 * DAY], None, NOW);
        assert_eq!(merged_late, [A, A + 5 * DAY, A + 5 * DAY, A + 6 * DAY, A + 7 * DAY]);
    }

    proptest! {
        #[test]
        fn dates_never_fall_and_do_not_depend_on_where_reading_was_continued(
            claimed in prop::collection::vec(prop_oneof![4 => A..A + 100 * DAY, 1 => any::<i64>()], 0..120),
            cut in any::<prop::sample::Index>(),
        ) {
            let whole = monotonic(&claimed, None, NOW);
            prop_assert!(whole.is_sorted());
            let n = cut.index(claimed.len() + 1);
            let mut parts = monotonic(&claimed[..n], None, NOW);
            parts.truncate(n.saturating_sub(LOOK_AHEAD));
            let rest = monotonic(&claimed[parts.len()..], parts.last().copied(), NOW);
            parts.extend(rest);
            prop_assert_eq!(parts, whole);
        }
    }
}
