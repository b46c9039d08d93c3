//! The times at which a series has its points: the last second of each day, month or quarter, and the end.
//! It must not know what is counted.
use super::{past::Time, standing_at::DAY};
use chrono::{DateTime, Datelike, NaiveDate, NaiveTime};

/// More points than this are left out, the oldest first: eleven years of days.
pub const MAX_POINTS: usize = 4_000;

/// How far apart points are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Interval {
    Day,
    Month,
    Quarter,
}

impl Interval {
    /// The interval of its word in a query.
    pub fn of(word: &str) -> Option<Self> {
        match word {
            "day" => Some(Self::Day),
            "month" => Some(Self::Month),
            "quarter" => Some(Self::Quarter),
            _ => None,
        }
    }

    /// The last second of the period that holds the time, in UTC.
    pub fn end_of(self, at: Time) -> Time {
        let Some(day) = DateTime::from_timestamp(at, 0).map(|time| time.date_naive()) else { return at };
        let next = match self {
            Self::Day => day.succ_opt(),
            Self::Month => first_of_month_after(day, 1),
            Self::Quarter => first_of_month_after(day, 3 - day.month0() % 3),
        };
        next.map_or(at, |next| next.and_time(NaiveTime::MIN).and_utc().timestamp() - 1)
    }

    /// The ends of all periods from the one that holds `from` to the one that holds `to`; of that one `to` itself.
    pub fn points(self, from: Time, to: Time) -> Vec<Time> {
        // Days have one length; looking further back than the limit would be for nothing.
        let from = from.max(to - DAY * 92 * MAX_POINTS as Time);
        let mut out = Vec::new();
        let mut at = from;
        while at <= to {
            let end = self.end_of(at);
            out.push(end.min(to));
            at = end.max(at) + 1;
        }
        out.split_off(out.len().saturating_sub(MAX_POINTS))
    }
}

fn first_of_month_after(day: NaiveDate, months: u32) -> Option<NaiveDate> {
    day.with_day(1)?.checked_add_months(chrono::Months::new(months))
}

/// The ends of the last `n` months up to `to`, which stands for the running one; oldest first.
pub(super) fn last_months(to: Time, n: usize) -> Vec<Time> {
    let mut out = Interval::Month.points(to - 32 * DAY * n as Time, to);
    out.split_off(out.len().saturating_sub(n))
}
