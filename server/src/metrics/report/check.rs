//! What decisions a person may write under a report.
//! It must not change them.
use super::words::date;
use chrono::Datelike;
use shared::api::Decision;

/// Decisions under one report.
pub const MAX_DECISIONS: usize = 5;
/// Characters of a decision, and of its owner.
const MAX_TEXT: usize = 500;
const MAX_OWNER: usize = 200;

/// Why decisions are not kept.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadDecisions {
    #[error("{0} decisions were given; give 1 to {MAX_DECISIONS}")]
    Number(usize),
    #[error("the {field} of decision {at} {reason}")]
    Field { at: usize, field: &'static str, reason: String },
}

/// Checks what a person wrote.
///
/// # Errors
/// When there are none or too many, when a text is empty, too long or holds control characters, when an owner is a
/// person, or when a date is none.
pub fn check_decisions(decisions: &[Decision]) -> Result<(), BadDecisions> {
    if decisions.is_empty() || decisions.len() > MAX_DECISIONS {
        return Err(BadDecisions::Number(decisions.len()));
    }
    for (at, decision) in decisions.iter().enumerate() {
        let bad = |field, reason: String| BadDecisions::Field { at: at + 1, field, reason };
        text(&decision.text, MAX_TEXT).map_err(|reason| bad("text", reason))?;
        text(&decision.owner, MAX_OWNER).map_err(|reason| bad("owner", reason))?;
        if decision.owner.starts_with("user:") || decision.owner.contains('@') {
            return Err(bad("owner", "must be a team or a role: reports name no person".to_owned()));
        }
        if let Some(due) = &decision.due {
            day(due).map_err(|reason| bad("date", reason))?;
        }
    }
    Ok(())
}

fn text(text: &str, max: usize) -> Result<(), String> {
    let length = text.chars().count();
    if text.trim().is_empty() {
        return Err("is empty".to_owned());
    }
    if length > max {
        return Err(format!("has {length} characters; {max} are the most"));
    }
    if text.chars().any(char::is_control) {
        return Err("holds a line break or another control character; write it in one line".to_owned());
    }
    Ok(())
}

fn day(text: &str) -> Result<(), String> {
    let known = date(text).filter(|day| text.len() == 10 && (2000..2100).contains(&day.year()));
    known.map(drop).ok_or_else(|| format!("is \"{}\"; write YYYY-MM-DD", super::words::cut(text, 40)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(text: &str, owner: &str, due: Option<&str>) -> Result<(), String> {
        let decision = Decision { text: text.to_owned(), owner: owner.to_owned(), due: due.map(str::to_owned) };
        check_decisions(&[decision]).map_err(|error| error.to_string())
    }

    #[test]
    fn what_is_wrong_is_said() {
        assert_eq!(one("Retire own-flags", "platform", Some("2027-02-26")), Ok(()));
        assert_eq!(one("Retire own-flags", "group:default/platform", None), Ok(()));
        for (text, owner, due, said) in [
            ("  ", "platform", None, "the text of decision 1 is empty"),
            ("a\nb", "platform", None, "control character"),
            ("a", "", None, "the owner of decision 1 is empty"),
            ("a", "user:default/jo", None, "no person"),
            ("a", "jo@acme.example", None, "no person"),
            ("a", "platform", Some("2027-02-30"), "the date of decision 1 is \"2027-02-30\"; write YYYY-MM-DD"),
            ("a", "platform", Some("2027-2-3"), "YYYY-MM-DD"),
            ("a", "platform", Some("2027-02-26T00:00:00Z"), "YYYY-MM-DD"),
            ("a", "platform", Some("soon"), "YYYY-MM-DD"),
        ] {
            let error = one(text, owner, due).unwrap_err();
            assert!(error.contains(said), "{error}");
        }
        let long = one(&"a".repeat(501), "platform", None).unwrap_err();
        assert_eq!(long, "the text of decision 1 has 501 characters; 500 are the most");
        assert_eq!(check_decisions(&[]), Err(BadDecisions::Number(0)));
        let six = vec![Decision { text: "a".into(), owner: "b".into(), due: None }; 6];
        assert_eq!(check_decisions(&six), Err(BadDecisions::Number(6)));
    }
}
