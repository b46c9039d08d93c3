//! The percentile bootstrap: how far a mean could lie off, from the sample alone.
//! It must not draw by chance: the same sample gives the same interval.
//!
//! Efron, B. (1979): Bootstrap methods: another look at the jackknife. The Annals of Statistics 7 (1), 1-26; the percentile
//! interval: Efron and Tibshirani (1993), An introduction to the bootstrap, chapter 13.

/// Samples drawn for an interval.
const DRAWS: usize = 2_000;
/// Where the generator starts. Any number does.
const SEED: u64 = 0x005E_ED0F_3A5E;

/// The mean; absent for an empty sample.
pub(super) fn mean(values: &[f64]) -> Option<f64> {
    if values.is_empty() { None } else { Some(values.iter().sum::<f64>() / values.len() as f64) }
}

/// The 95 % percentile interval of the mean: of the means of 2,000 samples of the same size, drawn with replacement, the
/// 2.5th and the 97.5th percentile (nearest rank). Absent for an empty sample.
pub(super) fn interval(values: &[f64]) -> Option<(f64, f64)> {
    if values.is_empty() {
        return None;
    }
    let mut random = SplitMix64(SEED);
    let n = values.len();
    let mut draw = || (0..n).map(|_| values[random.below(n)]).sum::<f64>() / n as f64;
    let mut means: Vec<f64> = (0..DRAWS).map(|_| draw()).collect();
    means.sort_by(f64::total_cmp);
    Some((means[DRAWS * 25 / 1_000 - 1], means[DRAWS * 975 / 1_000 - 1]))
}

/// SplitMix64: Steele, Lea and Flood (2014), Fast splittable pseudorandom number generators, OOPSLA '14, with the
/// constants of Vigna's public domain version.
struct SplitMix64(u64);

impl SplitMix64 {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A position below `n`. The bias, `n / 2^64`, is none that a sample could show.
    fn below(&mut self, n: usize) -> usize {
        ((u128::from(self.next()) * n as u128) >> 64) as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_generator_gives_the_published_numbers() {
        let mut random = SplitMix64(1_234_567);
        assert_eq!(
            [random.next(), random.next(), random.next()],
            [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423]
        );
        let drawn: std::collections::BTreeSet<usize> = (0..200).map(|_| random.below(6)).collect();
        assert_eq!(drawn, (0..6).collect());
    }

    /// For 0 and 1 in equal number the mean of 100 is normal around 0.5 with a standard deviation of sqrt(0.25 / 100) =
    /// 0.05: the interval is 0.5 ± 1.96 x 0.05, 0.402 to 0.598.
    #[test]
    fn the_interval_is_the_one_theory_gives() {
        let values: Vec<f64> = (0..100).map(|i| f64::from(i % 2)).collect();
        let (low, high) = interval(&values).unwrap();
        assert!((low - 0.402).abs() < 0.02 && (high - 0.598).abs() < 0.02, "{low} {high}");
        assert_eq!(interval(&values), Some((low, high)));
        assert_eq!((interval(&[]), mean(&[])), (None, None));
        assert_eq!(interval(&[0.25; 12]), Some((0.25, 0.25)));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]
        #[test]
        fn the_interval_of_a_symmetric_sample_holds_its_centre(
            off in prop::collection::vec(0.0_f64..10.0, 5..30), centre in -5.0_f64..5.0,
        ) {
            let values: Vec<f64> = off.iter().flat_map(|off| [centre - off, centre + off]).collect();
            let (low, high) = interval(&values).unwrap();
            prop_assert!(low <= centre + 1e-9 && centre <= high + 1e-9);
            let (least, most) = values.iter().fold((f64::MAX, f64::MIN), |(a, b), v| (a.min(*v), b.max(*v)));
            prop_assert!(least - 1e-9 <= low && low <= high && high <= most + 1e-9);
        }
    }
}
