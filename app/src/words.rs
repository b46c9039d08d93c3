//! The closed vocabularies as a person reads them, each with its one colour class and mark.
//! It must not add words of its own to the vocabularies.
use shared::{
    CloneKind, Confidence, End, OfferPath, Origin, RepositoryStatus, ScanStatus, Severity, ShadowClaim, ShadowKind,
    SourceUse, State, Unit, Verdict, WorkPhase,
};

/// A word for the page: its text, and the tone that picks colour and mark in the style.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tag {
    pub text: &'static str,
    pub tone: &'static str,
}

const fn tag(text: &'static str, tone: &'static str) -> Tag {
    Tag { text, tone }
}

/// Offers by path.
pub fn path(path: OfferPath) -> Tag {
    match path {
        OfferPath::Golden => tag("golden", "golden"),
        OfferPath::Tolerated => tag("tolerated", "tolerated"),
        OfferPath::Vendor => tag("vendor", "vendor"),
        OfferPath::Homegrown => tag("homegrown", "homegrown"),
    }
}

/// An offer with how far what recognised it can be trusted: what was never measured is only possible.
pub fn offer(path: OfferPath, confidence: Confidence) -> Tag {
    match (path, confidence) {
        (OfferPath::Homegrown, Confidence::Possible) => tag("possibly homegrown", "homegrown"),
        (OfferPath::Vendor, Confidence::Possible) => tag("possibly vendor", "vendor"),
        _ => self::path(path),
    }
}

/// A component's state for a capability.
pub fn state(state: State) -> Tag {
    match state {
        State::Golden => tag("golden", "golden"),
        State::Migrating => tag("migrating", "tolerated"),
        State::OffPath => tag("off path", "homegrown"),
        State::None => tag("nothing found", "none"),
        State::Exempt => tag("exempt", "none"),
    }
}

/// A component's state for a capability, said so that nobody is off a path that does not exist.
pub fn standing(state: State, golden_offered: bool) -> Tag {
    if state == State::OffPath && !golden_offered { tag("no golden path", "none") } else { self::state(state) }
}

/// How bad a finding is.
pub fn severity(severity: Severity) -> Tag {
    match severity {
        Severity::Error => tag("error", "error"),
        Severity::Warning => tag("warning", "warning"),
        Severity::Info => tag("info", "info"),
    }
}

/// Written down, inferred, or both.
pub fn origin(origin: Origin) -> Tag {
    match origin {
        Origin::Declared => tag("declared", "declared"),
        Origin::Detected => tag("inferred", "inferred"),
        Origin::Both => tag("declared and seen", "ok"),
    }
}

/// A package that source imports and no manifest declares.
pub const UNDECLARED: Tag = tag("not declared", "warning");

/// Whether source shows a dependency; nothing is said where nothing can be known.
pub fn source_use(seen: SourceUse) -> Option<Tag> {
    match seen {
        SourceUse::Imported => Some(tag("imported", "ok")),
        SourceUse::NotSeen => Some(tag("no import seen", "warning")),
        SourceUse::Unknown => None,
    }
}

/// What the last scan made of a repository.
pub fn repository(status: RepositoryStatus) -> Tag {
    match status {
        RepositoryStatus::Ok => tag("ok", "ok"),
        RepositoryStatus::Partial => tag("partial", "warning"),
        RepositoryStatus::Empty => tag("empty", "none"),
        RepositoryStatus::Failed => tag("failed", "error"),
        RepositoryStatus::Missing => tag("missing", "warning"),
    }
}

/// The life of a scan.
pub fn scan(status: ScanStatus) -> Tag {
    match status {
        ScanStatus::Queued => tag("queued", "none"),
        ScanStatus::Running => tag("running", "info"),
        ScanStatus::Done => tag("done", "ok"),
        ScanStatus::Failed => tag("failed", "error"),
    }
}

/// An entity that was there at the time asked about and is not any more.
pub const GONE: Tag = tag("gone since", "warning");

/// What the work says of a declared owner.
pub fn verdict(verdict: Verdict) -> Tag {
    match verdict {
        Verdict::Confirmed => tag("confirmed", "confirmed"),
        Verdict::Disputed => tag("disputed", "disputed"),
        Verdict::Stale => tag("stale", "stale"),
        Verdict::Dormant => tag("dormant", "dormant"),
        Verdict::Orphan => tag("orphan", "orphan"),
        Verdict::Undeclared => tag("undeclared", "undeclared"),
        Verdict::Unknown => tag("unknown", "unknown"),
    }
}

/// What is counted, as a choice.
pub fn units(unit: Unit) -> &'static str {
    match unit {
        Unit::Component => "Components",
        Unit::Repository => "Repositories",
        Unit::Team => "Teams",
    }
}

/// How the use of an offer ended.
pub fn end(end: End) -> Tag {
    match end {
        End::Open => tag("in use", "ok"),
        End::Left => tag("left", "warning"),
        End::Removed => tag("gone or moved", "none"),
    }
}

/// Whether something is called a shadow platform. What is only possible never is, whatever else is said of it.
pub fn claim(claim: ShadowClaim, confidence: Confidence) -> Tag {
    match (claim, confidence) {
        (ShadowClaim::Shadow, Confidence::Probable) => tag("shadow platform", "homegrown"),
        (ShadowClaim::PossibleDuplicate, _) | (ShadowClaim::Shadow, Confidence::Possible) => {
            tag("possible duplicate", "none")
        }
    }
}

/// What makes something a candidate for a shadow platform.
pub fn shadow_kind(kind: ShadowKind) -> &'static str {
    match kind {
        ShadowKind::Offer => "homegrown offer",
        ShadowKind::Package => "internal package",
        ShadowKind::Cluster => "copied code",
    }
}

/// How files of a cluster were found equal.
pub fn clone_kind(kind: CloneKind) -> &'static str {
    match kind {
        CloneKind::Blob => "the same bytes",
        CloneKind::Tokens => "the same code, spaces and comments aside",
        CloneKind::Region => "a stretch of the same code",
    }
}

/// What work was for.
pub fn phase(phase: WorkPhase) -> &'static str {
    match phase {
        WorkPhase::Build => "build",
        WorkPhase::Upkeep => "upkeep",
        WorkPhase::Migration => "migration",
    }
}

/// The strength of evidence in words, from its number.
pub fn rung(number: u8) -> &'static str {
    match number {
        1 => "resolved in a lock file",
        2 => "declared dependency",
        3 => "imported in source",
        4 => "referenced by CI, image, chart or module",
        5 => "identical or template file",
        6 => "configuration key or annotation",
        7 => "mentioned in text",
        _ => "unknown strength",
    }
}

/// `1 repository`, `2 repositories`.
pub fn counted(n: u64, one: &str, many: &str) -> String {
    format!("{} {}", grouped(n), if n == 1 { one } else { many })
}

/// `12,345`.
pub fn grouped(n: u64) -> String {
    let digits = n.to_string();
    let mut out = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// A share of 0 to 1 as whole percent.
pub fn percent(share: f64) -> String {
    format!("{:.0}%", share * 100.0)
}

/// How many whole points (hundredths) a share has risen or fallen: `+4 points`, `−1 point`, `no change`.
pub fn points(change: f64) -> String {
    let n = (change * 100.0).round();
    let unit = if n.abs() == 1.0 { "point" } else { "points" };
    match n {
        n if n > 0.0 => format!("+{n} {unit}"),
        n if n < 0.0 => format!("−{} {unit}", n.abs()),
        _ => "no change".to_owned(),
    }
}

/// How far a count has risen or fallen: `+4`, `−1`, `no change`.
pub fn change(by: i64) -> String {
    match by {
        by if by > 0 => format!("+{}", grouped(by.unsigned_abs())),
        by if by < 0 => format!("−{}", grouped(by.unsigned_abs())),
        _ => "no change".to_owned(),
    }
}

/// An amount in whole units of its currency: `EUR 310,000`.
pub fn money(currency: &str, amount: f64) -> String {
    format!("{currency} {}", grouped(amount.max(0.0).round() as u64))
}

/// A length of time in whole days: `under a day`, `1 day`, `1,204 days`.
pub fn days(days: f64) -> String {
    if days < 1.0 { "under a day".to_owned() } else { counted(days.round() as u64, "day", "days") }
}

/// The first names of a list and how many more there are: `a`, `a and b`, `a, b and 3 more`.
pub fn listed(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [one, two] => format!("{one} and {two}"),
        [one, two, rest @ ..] => format!("{one}, {two} and {} more", rest.len()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_well() {
        assert_eq!([grouped(0), grouped(999), grouped(1000), grouped(1_234_567)], ["0", "999", "1,000", "1,234,567"]);
        assert_eq!(counted(1, "file", "files"), "1 file");
        assert_eq!(percent(0.734), "73%");
        assert_eq!(
            [points(0.041), points(-0.01), points(0.004), points(-0.004)],
            ["+4 points", "−1 point", "no change", "no change"]
        );
        assert_eq!([change(1204), change(-3), change(0)], ["+1,204", "−3", "no change"]);
        assert_eq!([money("EUR", 310_000.4), money("EUR", f64::NAN)], ["EUR 310,000", "EUR 0"]);
        assert_eq!([days(0.2), days(1.2), days(1204.4)], ["under a day", "1 day", "1,204 days"]);
        let names: Vec<String> = ["a", "b", "c", "d"].map(String::from).into();
        assert_eq!([listed(&names[..1]), listed(&names[..2]), listed(&names)], ["a", "a and b", "a, b and 2 more"]);
    }

    #[test]
    fn what_is_only_possible_is_never_called_shadow() {
        for (is, confidence) in ShadowClaim::ALL.iter().flat_map(|c| Confidence::ALL.iter().map(move |k| (c, k))) {
            let possible = *is == ShadowClaim::PossibleDuplicate || *confidence == Confidence::Possible;
            assert_eq!(claim(*is, *confidence).text.contains("shadow"), !possible);
        }
    }

    #[test]
    fn every_rung_has_words() {
        for word in shared::Rung::ALL {
            assert_ne!(rung(word.number()), "unknown strength");
        }
    }
}
