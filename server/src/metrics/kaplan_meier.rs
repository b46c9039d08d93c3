//! The Kaplan-Meier estimator: what share has not ended after so many days, when some cases are still under way.
//! It must not know what a case is about.
//!
//! Kaplan, E. L. and Meier, P. (1958): Nonparametric estimation from incomplete observations. Journal of the American
//! Statistical Association 53 (282), 457-481.
use shared::api::SurvivalPoint;

/// One case.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Case {
    /// For how long it was watched.
    pub(super) days: f64,
    /// Whether it ended then; if not it is censored: it lasted at least so long.
    pub(super) ended: bool,
}

/// The curve's steps: one for each length at which a case ended, shortest first. `S(t) = Π (1 - d_i / n_i)` over all
/// `t_i ≤ t`, where `d_i` cases ended at `t_i` and `n_i` lasted at least so long. A case censored at `t_i` counts among
/// `n_i`, as Kaplan and Meier have it.
pub(super) fn kaplan_meier(cases: &[Case]) -> Vec<SurvivalPoint> {
    let mut cases = cases.to_vec();
    cases.sort_by(|a, b| a.days.total_cmp(&b.days));
    let mut share = 1.0;
    let mut curve = Vec::new();
    let mut at_risk = cases.len();
    for same in cases.chunk_by(|a, b| a.days == b.days) {
        let left = same.iter().filter(|case| case.ended).count();
        if left > 0 {
            share *= (at_risk - left) as f64 / at_risk as f64;
            curve.push(SurvivalPoint { days: same[0].days, share, at_risk: at_risk as u64, left: left as u64 });
        }
        at_risk -= same.len();
    }
    curve
}

/// The days by which `part` (0 to 1) of all cases have ended: the first step at which `S ≤ 1 - part`. Absent when the
/// curve never falls so far.
pub(super) fn days_until(curve: &[SurvivalPoint], part: f64) -> Option<f64> {
    // Shares are products of fractions: a half may come out a few units in the last place above 0.5.
    curve.iter().find(|step| step.share <= 1.0 - part + 1e-9).map(|step| step.days)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn case((days, ended): (u16, bool)) -> Case {
        Case { days: f64::from(days), ended }
    }

    /// Weeks in remission of 21 patients under 6-MP: Freireich et al. (1963), Blood 21 (6), 699-716; the worked example
    /// of most textbooks.
    #[test]
    fn remission_of_leukaemia_patients() {
        let relapsed = [6, 6, 6, 7, 10, 13, 16, 22, 23].map(|weeks| case((weeks, true)));
        let censored = [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35].map(|weeks| case((weeks, false)));
        let curve = kaplan_meier(&[relapsed.as_slice(), censored.as_slice()].concat());
        let table: Vec<_> =
            curve.iter().map(|p| format!("{} {:.3} {} {}", p.days, p.share, p.at_risk, p.left)).collect();
        assert_eq!(
            table,
            [
                "6 0.857 21 3",
                "7 0.807 17 1",
                "10 0.753 15 1",
                "13 0.690 12 1",
                "16 0.627 11 1",
                "22 0.538 7 1",
                "23 0.448 6 1"
            ]
        );
        assert_eq!(days_until(&curve, 0.5), Some(23.0));
        assert_eq!(days_until(&curve, 0.75), None);
    }

    #[test]
    fn nothing_censored_is_plain_counting() {
        let curve = kaplan_meier(&[1, 2, 3, 4].map(|days| case((days, true))));
        assert_eq!(curve.iter().map(|p| p.share).collect::<Vec<_>>(), [0.75, 0.5, 0.25, 0.0]);
        assert_eq!([0.5, 0.75, 0.9].map(|part| days_until(&curve, part)), [Some(2.0), Some(3.0), Some(4.0)]);
        assert_eq!(kaplan_meier(&[]), []);
        assert_eq!(kaplan_meier(&[case((5, false))]), []);
    }

    fn share_at(curve: &[SurvivalPoint], days: f64) -> f64 {
        curve.iter().take_while(|step| step.days <= days).last().map_or(1.0, |step| step.share)
    }

    proptest! {
        #[test]
        fn the_curve_never_rises_and_loses_nobody(cases in prop::collection::vec((0_u16..60, any::<bool>()), 0..60)) {
            let cases: Vec<Case> = cases.into_iter().map(case).collect();
            let curve = kaplan_meier(&cases);
            let shares: Vec<f64> = curve.iter().map(|step| step.share).collect();
            prop_assert!(shares.iter().all(|share| (0.0..=1.0).contains(share)));
            prop_assert!(shares.is_sorted_by(|a, b| a > b) && curve.iter().map(|p| p.days).is_sorted_by(|a, b| a < b));
            let ended = cases.iter().filter(|case| case.ended).count() as u64;
            prop_assert_eq!(curve.iter().map(|step| step.left).sum::<u64>(), ended);
            let parts = [0.5, 0.75, 0.9].map(|part| days_until(&curve, part).unwrap_or(f64::INFINITY));
            prop_assert!(parts.is_sorted());
        }

        /// With one more case at risk each loss weighs less: the curve before its end can only be as high or higher. What
        /// comes after is as it was.
        #[test]
        fn a_censored_case_lifts_the_curve_before_it_only(
            cases in prop::collection::vec((0_u16..60, any::<bool>()), 1..60), days in 0_u16..60,
        ) {
            let mut cases: Vec<Case> = cases.into_iter().map(case).collect();
            let before = kaplan_meier(&cases);
            cases.push(case((days, false)));
            let after = kaplan_meier(&cases);
            for (old, new) in before.iter().zip(&after) {
                prop_assert_eq!((old.days, old.left), (new.days, new.left));
                prop_assert!(new.share >= old.share - 1e-12);
                prop_assert_eq!(new.at_risk, old.at_risk + u64::from(old.days <= f64::from(days)));
            }
        }

        #[test]
        fn without_censoring_it_is_the_share_that_lasts_longer(lengths in prop::collection::vec(0_u16..60, 1..60), at in 0_u16..60) {
            let curve = kaplan_meier(&lengths.iter().map(|days| case((*days, true))).collect::<Vec<_>>());
            let longer = lengths.iter().filter(|days| **days > at).count() as f64 / lengths.len() as f64;
            prop_assert!((share_at(&curve, f64::from(at)) - longer).abs() < 1e-9);
        }
    }
}
