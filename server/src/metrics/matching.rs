//! Nearest-neighbour matching: for each unit that was treated, the untreated one most like it before.
//! It must not look at what came after.
//!
//! Rubin, D. B. (1973): Matching to remove bias in observational studies. Biometrics 29 (1), 159-183. Caliper: Cochran, W. G.
//! and Rubin, D. B. (1973): Controlling bias in observational studies. Sankhyā A 35 (4), 417-446.

/// What units are compared by.
pub(super) type Traits = [f64; 2];

/// A treated unit with those it may be compared to.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Treated {
    pub(super) traits: Traits,
    pub(super) candidates: Vec<Traits>,
}

/// For each treated unit the position of its nearest candidate, when one is at most `caliper` away: Euclidean, each trait
/// in standard deviations over all units given. A candidate may serve several; of equally near ones the first does.
pub(super) fn nearest(treated: &[Treated], caliper: f64) -> Vec<Option<usize>> {
    let scale = [0, 1].map(|index| deviation(treated, index));
    let distance = |a: &Traits, b: &Traits| {
        let off = |index: usize| (a[index] - b[index]) / scale[index];
        off(0).hypot(off(1))
    };
    let best = |unit: &Treated| {
        let distances = unit.candidates.iter().map(|candidate| distance(&unit.traits, candidate)).enumerate();
        distances.min_by(|a, b| a.1.total_cmp(&b.1)).filter(|(_, off)| *off <= caliper).map(|(position, _)| position)
    };
    treated.iter().map(best).collect()
}

/// The standard deviation of one trait; 1 when all units are alike in it.
fn deviation(treated: &[Treated], index: usize) -> f64 {
    let all = || {
        treated.iter().flat_map(|unit| std::iter::once(&unit.traits).chain(&unit.candidates)).map(|unit| unit[index])
    };
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
        let unit = |own: f64, others: &[f64]| Treated {
            traits: [own, 7.0],
            candidates: others.iter().map(|other| [*other, 7.0]).collect(),
        };
        let treated = [unit(0.0, &[4.0, 2.0]), unit(2.0, &[4.0]), unit(0.0, &[])];
        // 2 / 1.633 = 1.22 and 2 / 1.633 = 1.22.
        assert_eq!(nearest(&treated, 1.3), [Some(1), Some(0), None]);
        assert_eq!(nearest(&treated, 1.2), [None, None, None]);
        let alike = [unit(1.0, &[1.0, 1.0])];
        assert_eq!(nearest(&alike, 0.0), [Some(0)]);
    }
}
