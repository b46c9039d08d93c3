//! How a report writes numbers, money, lists and days.
//! It must not choose what is said.
use chrono::{Datelike, Days, NaiveDate, Weekday};
use shared::{EntityKind, EntityRef, Timestamp};

/// `1,234`.
pub(super) fn number(n: u64) -> String {
    let digits = n.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// `1 team`, `2 teams`, `3 capabilities`.
pub(super) fn counted(n: u64, one: &str) -> String {
    if n == 1 { format!("1 {one}") } else { format!("{} {}", number(n), plural(one)) }
}

/// `teams`, `capabilities`, `author-days`.
pub(super) fn plural(one: &str) -> String {
    match one.strip_suffix("ty").or_else(|| one.strip_suffix("ry")) {
        Some(_) => format!("{}ies", &one[..one.len() - 1]),
        None => format!("{one}s"),
    }
}

/// `+3`, `-1`, `0`.
pub(super) fn signed(n: i64) -> String {
    match n {
        0 => "0".to_owned(),
        n if n > 0 => format!("+{}", number(n.unsigned_abs())),
        n => format!("-{}", number(n.unsigned_abs())),
    }
}

/// A share in percent, without decimals.
pub(super) fn percent(share: f64) -> String {
    format!("{:.0}%", share * 100.0)
}

/// Amounts to the nearest 1,000 from 10,000 on, to the nearest 100 below: more digits would promise a precision that an
/// estimate from commits does not have.
pub(super) fn amount(value: f64) -> String {
    let step = if value >= 10_000.0 { 1_000.0 } else { 100.0 };
    number(((value.max(0.0) / step).round() * step) as u64)
}

const MILLION: f64 = 1_000_000.0;

/// An amount as it was configured: with cents only when it has some.
pub(super) fn amount_exact(value: f64) -> String {
    let cents = (value.max(0.0) * 100.0).round() as u64;
    let whole = number(cents / 100);
    if cents.is_multiple_of(100) { whole } else { format!("{whole}.{:02}", cents % 100) }
}

/// `EUR 125,000 to 374,000`, or from a million on `EUR 0.8 to 2.4 million`.
pub(super) fn money(low: f64, high: f64, currency: &str) -> String {
    if high >= MILLION {
        let (low, high) = (low / MILLION, high / MILLION);
        return format!("{currency} {low:.1} to {high:.1} million");
    }
    let (low, high) = (amount(low), amount(high));
    if low == high { format!("{currency} {low}") } else { format!("{currency} {low} to {high}") }
}

/// A value with so few decimals that it reads back from JSON as it was written: a digest can be checked.
pub(super) fn rounded(value: f64, decimals: i32) -> f64 {
    let scale = 10_f64.powi(decimals);
    (value * scale).round() / scale
}

/// The day of a time.
pub(super) fn day(at: &Timestamp) -> &str {
    &at.as_str()[..10]
}

/// The day of a text, when it is one.
pub(super) fn date(text: &str) -> Option<NaiveDate> {
    NaiveDate::parse_from_str(text.get(..10)?, "%Y-%m-%d").ok()
}

/// The working day `days` after a day; a weekend moves to the Monday after it.
pub(super) fn working_day(from: NaiveDate, days: u64) -> Option<NaiveDate> {
    let day = from.checked_add_days(Days::new(days))?;
    let more = match day.weekday() {
        Weekday::Sat => 2,
        Weekday::Sun => 1,
        _ => 0,
    };
    day.checked_add_days(Days::new(more))
}

/// A team as people read it. An owner may be a person: a report does not say who.
pub(super) fn team(owner: &EntityRef) -> String {
    if is_person(owner) { "a person".to_owned() } else { owner.short() }
}

/// Whether an owner is a person rather than a team.
pub(super) fn is_person(owner: &EntityRef) -> bool {
    owner.kind() == EntityKind::User
}

/// `a, b and c`.
pub(super) fn listed(words: &[String]) -> String {
    match words {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// At most `max` characters of a text, control characters as spaces; what is cut off is said by an ellipsis.
pub(super) fn cut(text: &str, max: usize) -> String {
    let flat: String = text.chars().take(max + 1).map(|c| if c.is_control() { ' ' } else { c }).collect();
    if flat.chars().count() <= max { flat } else { flat.chars().take(max.saturating_sub(1)).chain(['…']).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_people_read_them() {
        assert_eq!([number(0), number(999), number(1_000), number(1_234_567)], ["0", "999", "1,000", "1,234,567"]);
        assert_eq!([counted(1, "capability"), counted(2, "capability")], ["1 capability", "2 capabilities"]);
        assert_eq!([signed(-1_200), signed(0), signed(3)], ["-1,200", "0", "+3"]);
        assert_eq!(money(124_800.0, 374_400.0, "EUR"), "EUR 125,000 to 374,000");
        assert_eq!(money(812_000.0, 2_436_000.0, "EUR"), "EUR 0.8 to 2.4 million");
        assert_eq!(money(840.0, 2_530.0, "CHF"), "CHF 800 to 2,500");
        assert_eq!(listed(&["a".into(), "b".into(), "c".into()]), "a, b and c");
        assert_eq!(cut("Grüße\nan alle", 7), "Grüße …");
    }

    #[test]
    fn a_due_day_is_never_on_a_weekend() {
        let from = date("2026-11-21").unwrap();
        assert_eq!(from.weekday(), Weekday::Sat);
        assert_eq!(working_day(from, 0).unwrap().to_string(), "2026-11-23");
        assert_eq!(working_day(from, 30).unwrap().to_string(), "2026-12-21");
        for days in 0..100 {
            let weekday = working_day(from, days).unwrap().weekday();
            assert!(!matches!(weekday, Weekday::Sat | Weekday::Sun));
        }
    }
}
