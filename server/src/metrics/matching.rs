//! Nearest-neighbour matching: for each unit that was treated, the untreated one most like it before.
//! It must not look at what came after.
//!
//! Rubin, D. B. (1973): Matching to remove bias in observational studies. Biometrics 29 (1), 159-183. Caliper: Cochran, W. G.
//! and Rubin, D. B. (1973): Controlling bias in observational studies. Sankhyā A 35 (4), 417-446.

/// What units are compared by.
pub(super) type Traits = [f64; 2];

/// Treated units with those that each of them may be compared to.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Group {
    pub(super) treated: Vec<Traits>,
    pub(super) candidates: Vec<Traits>,
}

/// For each treated unit, group by group, the position of the nearest candidate of its group, when one is at most
/// `caliper` away: Euclidean, each trait in standard deviations over all units given. A candidate may serve several; of
/// equally near ones the first does.
pub(super) fn nearest(groups: &[Group], caliper: f64) -> Vec<Option<usize>> {
    let scale = [0, 1].map(|index| deviation(groups, index));
    let distance = |a: &Traits, b: &Traits| ((a[0] - b[0]) / scale[0]).hypot((a[1] - b[1]) / scale[1]);
    let best = |unit: &Traits, candidates: &[Traits]| {
        let distances = candidates.iter().map(|candidate| distance(unit, candidate)).enumerate();
        distances.min_by(|a, b| a.1.total_cmp(&b.1)).filter(|(_, off)| *off <= caliper).map(|(position, _)| position)
    };
    groups.iter().flat_map(|group| group.treated.iter().map(|unit| best(unit, &group.candidates))).collect()
}

/// The standard deviation of one trait; 1 when all units are alike in it.
fn deviation(groups: &[Group], index: usize) -> f64 {
    let all = || groups.iter().flat_map(|group| group.treated.iter().chain(&group.candidates)).map(|unit| unit[index]);
    let n = all().count().max(1) as f64;
    let mean = all().sum::<f64>() / n;
    let deviation = (all().map(|value| (value - mean).powi(2)).sum::<f64>() / n).sqrt();
    if deviation > 1e-9 { deviation } else { 1.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// First trait: values 0, 0, 2, 2, 4, 4: mean 2, variance (4+4+0+0+4+4)/6 = 8/3, deviation 1.633. The second is the
    /// same everywhere.
    #[test]
    fn the_nearest_within_the_caliper() {
        let group = |treated: &[f64], candidates: &[f64]| {
            let of = |values: &[f64]| values.iter().map(|value| [*value, 7.0]).collect();
            Group { treated: of(treated), candidates: of(candidates) }
        };
        let groups = [group(&[0.0], &[4.0, 2.0]), group(&[2.0], &[4.0]), group(&[0.0], &[])];
        // 2 / 1.633 = 1.22 and 2 / 1.633 = 1.22.
        assert_eq!(nearest(&groups, 1.3), [Some(1), Some(0), None]);
        assert_eq!(nearest(&groups, 1.2), [None, None, None]);
        assert_eq!(nearest(&[group(&[1.0, 1.0], &[1.0, 1.0])], 0.0), [Some(0), Some(0)]);
        // Deviation of 0, 4, 4, 0: 2. Each of a group finds its own.
        assert_eq!(nearest(&[group(&[0.0, 4.0], &[4.0, 0.0])], 1.0), [Some(1), Some(0)]);
    }
}
