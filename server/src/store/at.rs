//! What `at` of a query means: the moment that a list is asked for.
//! It must not look at a clock or at the database.
use super::StoreError;
use chrono::{DateTime, NaiveDate};
use shared::Timestamp;

const SECONDS_A_DAY: i64 = 86_400;

/// Seconds since 1970 of a day (`2025-03-01`: its last second in UTC) or of a time (RFC 3339).
///
/// # Errors
/// `BadFilter` for anything else.
pub fn parse(text: &str) -> Result<i64, StoreError> {
    if let Some(day) = first_second(text) {
        return Ok(day + SECONDS_A_DAY - 1);
    }
    DateTime::parse_from_rfc3339(text).map(|time| time.timestamp()).map_err(|_| StoreError::BadFilter {
        name: "at",
        given: text.to_owned(),
        reason: "expected a day like 2025-03-01 or a time like 2025-03-01T12:00:00Z".to_owned(),
    })
}

/// The first second of a day written as `YYYY-MM-DD`, in UTC.
pub(super) fn first_second(day: &str) -> Option<i64> {
    // chrono also takes `2025-3-1`, which no day of the catalog is written as.
    let day = NaiveDate::parse_from_str(day, "%Y-%m-%d").ok().filter(|_| day.len() == 10)?;
    Some(day.and_hms_opt(0, 0, 0)?.and_utc().timestamp())
}

/// The last second of a day written as `YYYY-MM-DD`, in UTC.
pub(super) fn last_second(day: &str) -> Option<i64> {
    Some(first_second(day)? + SECONDS_A_DAY - 1)
}

/// Seconds since 1970 of a stored time.
pub(super) fn seconds(time: &Timestamp) -> i64 {
    DateTime::parse_from_rfc3339(time.as_str()).map(|time| time.timestamp()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_its_end_and_a_time_is_itself() {
        assert_eq!(parse("1970-01-01").unwrap(), 86_399);
        assert_eq!(parse("1970-01-02T01:00:00+01:00").unwrap(), 86_400);
        assert_eq!((first_second("1970-01-02"), last_second("1970-01-02")), (Some(86_400), Some(172_799)));
        for bad in ["", "yesterday", "2025-3-1", "2025-02-30", "2025-03-01 10:00", "1700000000"] {
            let error = parse(bad).unwrap_err().to_string();
            assert!(error.contains("the filter at") && error.contains("2025-03-01T12:00:00Z"), "{error}");
        }
    }
}
