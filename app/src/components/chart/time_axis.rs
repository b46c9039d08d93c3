//! Time as a place on an axis, and the years, quarters or months that can stand below it without touching.
//! It must not know what is drawn; places are percent of the width of the plot.
use chrono::{DateTime, Datelike, Months, NaiveDate, Utc};
use shared::Timestamp;

/// The narrowest and the usual width of a plot, in pixels: ticks are chosen for both.
const NARROW: f64 = 190.0;
const USUAL: f64 = 520.0;
/// Room for one digit or letter at the size of tick labels, and between two labels, in pixels.
const LETTER: f64 = 7.0;
const SPACE: f64 = 8.0;
/// Months between ticks. Each divides the next, so that the ticks of a coarser step are ticks of a finer one too.
const STEPS: [u32; 8] = [1, 3, 6, 12, 24, 48, 96, 192];

/// A stretch of time from 0 % to 100 % of the width.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TimeAxis {
    /// Seconds since 1970; `from` is less than `to`.
    from: i64,
    to: i64,
}

/// A place on an axis with its label.
#[derive(Debug, Clone, PartialEq)]
pub struct Tick {
    /// Percent of the width.
    pub x: f64,
    pub label: String,
    /// Whether the label has room on a narrow screen too.
    pub always: bool,
}

impl TimeAxis {
    /// The axis of periods that end at these times, oldest first: it starts where the first period does, taken to be as
    /// long as the second. `None` when no time is a date.
    pub fn of_periods<'a>(ends: impl IntoIterator<Item = &'a Timestamp>) -> Option<Self> {
        let ends: Vec<i64> = ends.into_iter().filter_map(seconds).collect();
        let (first, to) = (*ends.first()?, *ends.last()?);
        let length = ends.get(1).map_or(30 * 86_400, |second| second - first).max(1);
        Some(Self { from: first - length, to: to.max(first) })
    }

    /// Percent of the width; times outside are put on the nearer edge.
    pub fn x(&self, at: &Timestamp) -> f64 {
        seconds(at).map_or(0.0, |at| self.place(at)).clamp(0.0, 100.0)
    }

    /// Whether a time lies on the axis.
    pub fn covers(&self, at: &Timestamp) -> bool {
        seconds(at).is_some_and(|at| (self.from..=self.to).contains(&at))
    }

    /// Whether any of a stretch lies on the axis.
    pub fn meets(&self, from: &Timestamp, to: &Timestamp) -> bool {
        seconds(from).zip(seconds(to)).is_some_and(|(from, to)| from <= self.to && to >= self.from)
    }

    /// The finest of months, quarters, halves, years … whose labels do not touch at the usual width, and which of them
    /// stay on a narrow screen. A stretch too short for two of them is labelled by its first and last day.
    pub fn ticks(&self) -> Vec<Tick> {
        for (i, months) in STEPS.into_iter().enumerate() {
            let usual = self.every(months);
            let width = label(months, NaiveDate::MIN).len() as f64 * LETTER + SPACE;
            if !fits(&usual, width, USUAL) {
                continue;
            }
            if usual.len() < 2 {
                break;
            }
            let narrow = STEPS[i..].iter().map(|months| self.every(*months)).find(|all| fits(all, width, NARROW));
            let narrow = narrow.unwrap_or_default();
            let tick = |(x, day): (f64, NaiveDate)| Tick {
                x,
                label: label(months, day),
                always: narrow.iter().any(|(_, kept)| *kept == day),
            };
            return usual.into_iter().map(tick).collect();
        }
        let edge = |x, at| day_of(at).map(|day| Tick { x, label: day.to_string(), always: true });
        [edge(0.0, self.from), edge(100.0, self.to)].into_iter().flatten().collect()
    }

    fn place(&self, at: i64) -> f64 {
        100.0 * (at - self.from) as f64 / (self.to - self.from) as f64
    }

    /// The first days on the axis of every so many months, counted from year 0.
    fn every(&self, months: u32) -> Vec<(f64, NaiveDate)> {
        let Some(start) = day_of(self.from) else { return Vec::new() };
        let since = start.year() * 12 + start.month0().cast_signed();
        let first = since - since.rem_euclid(months.cast_signed());
        let mut day = NaiveDate::from_ymd_opt(first.div_euclid(12), first.rem_euclid(12).cast_unsigned() + 1, 1);
        let mut out = Vec::new();
        while let Some(at) = day {
            let second = at.and_time(chrono::NaiveTime::MIN).and_utc().timestamp();
            if second > self.to {
                break;
            }
            if second >= self.from {
                out.push((self.place(second), at));
            }
            day = at.checked_add_months(Months::new(months));
        }
        out
    }
}

/// Seconds since 1970; `None` when the text is no date.
pub(super) fn seconds(at: &Timestamp) -> Option<i64> {
    DateTime::parse_from_rfc3339(at.as_str()).ok().map(|at| at.timestamp())
}

/// The day of a time as `2022-01-31`.
pub(super) fn day(at: &Timestamp) -> String {
    at.as_str()[..10].to_owned()
}

fn day_of(second: i64) -> Option<NaiveDate> {
    DateTime::<Utc>::from_timestamp(second, 0).map(|at| at.date_naive())
}

fn fits(ticks: &[(f64, NaiveDate)], width: f64, plot: f64) -> bool {
    ticks.len() < 200 && ticks.windows(2).all(|pair| (pair[1].0 - pair[0].0) * plot / 100.0 >= width)
}

fn label(months: u32, day: NaiveDate) -> String {
    match months {
        3 => format!("Q{} {:04}", day.month0() / 3 + 1, day.year().clamp(0, 9999)),
        1 | 6 => format!("{} {:04}", MONTHS[day.month0() as usize], day.year().clamp(0, 9999)),
        _ => format!("{:04}", day.year().clamp(0, 9999)),
    }
}

const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

#[cfg(test)]
mod tests {
    use super::*;

    fn axis(from: &str, to: &str) -> TimeAxis {
        let at = |text: &str| seconds(&Timestamp::new(format!("{text}T00:00:00Z")).unwrap()).unwrap();
        TimeAxis { from: at(from), to: at(to) }
    }

    fn labels(axis: TimeAxis) -> Vec<String> {
        axis.ticks()
            .into_iter()
            .map(|tick| if tick.always { tick.label } else { format!("({})", tick.label) })
            .collect()
    }

    #[test]
    fn the_step_follows_the_stretch() {
        assert_eq!(labels(axis("2022-01-01", "2022-06-15"))[..2], ["Jan 2022", "(Feb 2022)"]);
        assert_eq!(
            labels(axis("2022-01-01", "2023-02-01")),
            ["Q1 2022", "(Q2 2022)", "Q3 2022", "(Q4 2022)", "Q1 2023"]
        );
        assert_eq!(labels(axis("2019-06-01", "2024-07-01")), ["2020", "2021", "2022", "2023", "2024"]);
        assert_eq!(labels(axis("2022-03-03", "2022-03-20")), ["2022-03-03", "2022-03-20"]);
    }

    #[test]
    fn labels_never_touch_whatever_the_stretch() {
        let start = NaiveDate::from_ymd_opt(1970, 1, 1).unwrap();
        for days in [1, 2, 27, 40, 75, 100, 180, 200, 366, 700, 800, 1500, 2500, 4000, 9000, 20_000, 47_000] {
            for offset in [0, 13, 45, 200, 10_000] {
                let from = start + chrono::Days::new(offset);
                let to = from + chrono::Days::new(days);
                let ticks = axis(&from.to_string(), &to.to_string()).ticks();
                assert!(ticks.len() >= 2, "{from} {to}");
                let apart = |ticks: Vec<&Tick>, plot: f64| {
                    ticks
                        .windows(2)
                        .all(|p| (p[1].x - p[0].x) * plot / 100.0 >= p[0].label.len() as f64 * LETTER + SPACE)
                };
                assert!(apart(ticks.iter().collect(), USUAL), "{ticks:?}");
                assert!(apart(ticks.iter().filter(|t| t.always).collect(), NARROW), "{ticks:?}");
            }
        }
    }

    #[test]
    fn the_first_period_has_a_width_and_the_last_ends_the_axis() {
        let at = |text: &str| Timestamp::new(text).unwrap();
        let ends = [at("2022-01-31T23:59:59Z"), at("2022-03-02T23:59:59Z"), at("2022-04-01T23:59:59Z")];
        let axis = TimeAxis::of_periods(&ends).unwrap();
        assert!((axis.x(&ends[0]) - 100.0 / 3.0).abs() < 1e-9);
        assert!((axis.x(&ends[2]) - 100.0).abs() < 1e-9);
        assert!(!axis.covers(&at("2022-04-02T00:00:00Z")));
        assert_eq!(TimeAxis::of_periods([]), None);
        assert!(TimeAxis::of_periods(&ends[..1]).is_some());
    }

    #[test]
    fn a_time_that_is_no_date_is_left_out() {
        let bad = Timestamp::new("2022-99-99T99:99:99Z").unwrap();
        assert_eq!(TimeAxis::of_periods([&bad]), None);
        assert!(!axis("2022-01-01", "2023-01-01").covers(&bad));
    }
}
