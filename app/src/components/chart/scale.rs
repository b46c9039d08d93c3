//! Round numbers for axes, and labels moved apart.
//! It must not know what is counted.

/// A scale of counts from zero to a round number at or above the largest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct CountScale {
    pub(super) step: u64,
    pub(super) top: u64,
}

impl CountScale {
    /// At most five steps of 1, 2 or 5 times a power of ten.
    pub(super) fn to(max: u64) -> Self {
        let max = max.max(1);
        let mut power = 1_u64;
        loop {
            for factor in [1, 2, 5] {
                let step = power.saturating_mul(factor);
                if step.saturating_mul(5) >= max {
                    return Self { step, top: step.saturating_mul(max.div_ceil(step)) };
                }
            }
            power = power.saturating_mul(10);
        }
    }

    pub(super) fn ticks(self) -> impl Iterator<Item = u64> {
        (0..=self.top / self.step).map(move |i| i * self.step)
    }

    /// 0 at zero, 1 at the top.
    pub(super) fn share(self, n: u64) -> f64 {
        n as f64 / self.top as f64
    }
}

/// Days from zero to the longest, with ticks of weeks, months, quarters or years.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct DayScale {
    step: u32,
    max: f64,
}

impl DayScale {
    const STEPS: [u32; 9] = [1, 7, 30, 90, 182, 365, 730, 1_825, 3_650];

    /// At most five ticks after zero.
    pub(super) fn to(max_days: f64) -> Self {
        let max = if max_days.is_finite() { max_days.max(1.0) } else { 1.0 };
        let step = Self::STEPS.into_iter().find(|step| max <= f64::from(*step) * 5.0).unwrap_or(36_500);
        Self { step, max }
    }

    /// Percent of the width.
    pub(super) fn x(self, days: f64) -> f64 {
        (100.0 * days / self.max).clamp(0.0, 100.0)
    }

    /// Places in percent with their labels.
    pub(super) fn ticks(self) -> Vec<(f64, String)> {
        let last = (self.max / f64::from(self.step)) as u32;
        (0..=last.min(100)).map(|i| (self.x(f64::from(i * self.step)), days_label(i * self.step))).collect()
    }
}

/// `90 d`, `1 y`.
pub(super) fn days_label(days: u32) -> String {
    match days {
        0 => "0".to_owned(),
        days if days % 365 == 0 => format!("{} y", days / 365),
        days => format!("{days} d"),
    }
}

/// Moves places apart so that neighbours in the given order are at least `least` apart and all lie from `low` to `high`
/// as far as they fit; those with room stay where they are.
pub(super) fn spread(places: &[f64], least: f64, low: f64, high: f64) -> Vec<f64> {
    let mut order: Vec<usize> = (0..places.len()).collect();
    order.sort_by(|a, b| places[*a].total_cmp(&places[*b]));
    let mut out = places.to_vec();
    let mut floor = low;
    for i in &order {
        out[*i] = out[*i].max(floor);
        floor = out[*i] + least;
    }
    let mut ceiling = high;
    for i in order.iter().rev() {
        out[*i] = out[*i].min(ceiling);
        ceiling = out[*i] - least;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn counts_get_round_steps() {
        assert_eq!(CountScale::to(0), CountScale { step: 1, top: 1 });
        assert_eq!(CountScale::to(4).ticks().collect::<Vec<_>>(), [0, 1, 2, 3, 4]);
        assert_eq!(CountScale::to(44).ticks().collect::<Vec<_>>(), [0, 10, 20, 30, 40, 50]);
        assert_eq!(CountScale::to(1234), CountScale { step: 500, top: 1500 });
    }

    #[test]
    fn days_are_said_in_years_when_they_are_years() {
        let labels = |max| DayScale::to(max).ticks().into_iter().map(|(_, label)| label).collect::<Vec<_>>();
        assert_eq!(labels(60.0), ["0", "30 d", "60 d"]);
        assert_eq!(labels(1_500.0), ["0", "1 y", "2 y", "3 y", "4 y"]);
        assert_eq!(labels(f64::NAN), ["0", "1 d"]);
    }

    proptest! {
        #[test]
        fn a_scale_holds_its_largest_in_few_steps(max in 0_u64..u64::MAX / 16) {
            let scale = CountScale::to(max);
            prop_assert!(scale.top >= max && scale.top.is_multiple_of(scale.step));
            prop_assert!((2..=6).contains(&scale.ticks().count()));
        }

        #[test]
        fn labels_come_apart_when_there_is_room(places in prop::collection::vec(0.0_f64..100.0, 0..5)) {
            let out = spread(&places, 20.0, 0.0, 100.0);
            let mut sorted = out.clone();
            sorted.sort_by(f64::total_cmp);
            prop_assert!(sorted.windows(2).all(|pair| pair[1] - pair[0] >= 20.0 - 1e-9), "{out:?}");
            prop_assert!(out.iter().all(|place| (0.0..=100.0).contains(place)), "{out:?}");
        }
    }
}
