//! Times as a person reads them. Only the server says how long ago something was: two clocks would not agree.
//! It must not be used in an island.
use chrono::{DateTime, Utc};
use shared::Timestamp;

/// How long before `now` the time was, in its largest whole unit.
pub fn ago(time: &Timestamp, now: DateTime<Utc>) -> String {
    let Ok(then) = DateTime::parse_from_rfc3339(time.as_str()) else { return time.to_string() };
    let seconds = now.signed_duration_since(then).num_seconds();
    let units = [(31_557_600, "year"), (2_629_800, "month"), (86_400, "day"), (3_600, "hour"), (60, "minute")];
    if seconds < -60 {
        return time.as_str()[..10].to_owned();
    }
    let Some((size, unit)) = units.into_iter().find(|(size, _)| seconds >= *size) else { return "just now".to_owned() };
    let n = seconds / size;
    format!("{n} {unit}{} ago", if n == 1 { "" } else { "s" })
}

/// The day of a time or of a day (`2025-03-01…`) as a person reads it: `1 March 2025`. Anything else stays as it is.
pub fn day(text: &str) -> String {
    let date = text.get(..10).and_then(|day| chrono::NaiveDate::parse_from_str(day, "%Y-%m-%d").ok());
    date.map(|date| date.format("%-d %B %Y").to_string()).unwrap_or_else(|| text.to_owned())
}

/// The day that many years before a time, as git takes it; nothing when there is no such day.
pub fn years_before(time: &Timestamp, years: u32) -> Option<String> {
    let then = DateTime::parse_from_rfc3339(time.as_str()).ok()?;
    let before = then.checked_sub_months(chrono::Months::new(12 * years))?;
    Some(before.format("%Y-%m-%d").to_string())
}

/// A span as a person reads it: `0.4 s`, `12 s`, `3 min 20 s`.
pub fn span(ms: u64) -> String {
    match ms {
        0..=9_999 => format!("{}.{} s", ms / 1000, ms % 1000 / 100),
        10_000..=59_999 => format!("{} s", ms / 1000),
        _ => format!("{} min {} s", ms / 60_000, ms % 60_000 / 1000),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_largest_whole_unit_counts() {
        let now = DateTime::parse_from_rfc3339("2026-11-21T12:00:00Z").unwrap().to_utc();
        let say = |text: &str| ago(&Timestamp::new(text).unwrap(), now);
        assert_eq!(say("2026-11-21T11:59:40Z"), "just now");
        assert_eq!(say("2026-11-21T11:58:00Z"), "2 minutes ago");
        assert_eq!(say("2026-11-20T11:00:00Z"), "1 day ago");
        assert_eq!(say("2024-11-20T11:00:00Z"), "2 years ago");
        assert_eq!(say("2027-01-01T00:00:00Z"), "2027-01-01");
        assert_eq!(
            [day("2025-03-01"), day("2025-12-24T10:00:00Z"), day("x")],
            ["1 March 2025", "24 December 2025", "x"]
        );
        assert_eq!((span(430), span(12_900), span(200_000)), ("0.4 s".into(), "12 s".into(), "3 min 20 s".into()));
    }
}
