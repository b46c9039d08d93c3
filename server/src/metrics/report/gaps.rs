//! Why teams build their own, as far as the platform itself is the reason.
//! It must not blame a team: what stands here is the platform's to mend.
use super::{
    model::{GoldenOffer, ReportCapability, ReportInput, StartPage},
    words::{counted, date, is_person, listed, number},
};
use shared::{Timestamp, api::PlatformGap};
use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
};

/// Gaps of one report.
const MAX_GAPS: usize = 10;
/// A golden component without a commit for longer looks abandoned.
const QUIET_DAYS: i64 = 180;
/// Languages named in one reason.
const MAX_LANGUAGES: usize = 3;

/// Capabilities whose own state drives teams off the path: most homegrown users first, then most teams.
pub(super) fn gaps(input: &ReportInput) -> Vec<PlatformGap> {
    let mut found: Vec<(&ReportCapability, PlatformGap)> = input
        .capabilities
        .iter()
        // Without a golden offer a vendor's is nobody's way around the platform; what teams built themselves is.
        .filter(|capability| !capability.off_path.is_empty())
        .filter(|capability| !capability.golden.is_empty() || homegrown(capability) > 0)
        .map(|capability| (capability, gap(capability, &input.at)))
        .filter(|(_, gap)| !gap.reasons.is_empty())
        .collect();
    found.sort_by_key(|(capability, gap)| {
        (Reverse(homegrown(capability)), Reverse(gap.teams), Reverse(gap.off_path), gap.capability.clone())
    });
    found.into_iter().take(MAX_GAPS).map(|(_, gap)| gap).collect()
}

fn homegrown(capability: &ReportCapability) -> usize {
    capability.off_path.iter().filter(|component| component.homegrown).count()
}

fn gap(capability: &ReportCapability, at: &Timestamp) -> PlatformGap {
    let owners = capability.off_path.iter().filter_map(|component| component.owner.as_ref());
    let owners: BTreeSet<_> = owners.filter(|owner| !is_person(owner)).collect();
    PlatformGap {
        capability: capability.name.clone(),
        title: capability.title.clone(),
        owner: capability.owner.clone().filter(|owner| !is_person(owner)),
        reasons: reasons(capability, at),
        off_path: capability.off_path.len() as u64,
        teams: owners.len() as u64,
    }
}

fn reasons(capability: &ReportCapability, at: &Timestamp) -> Vec<String> {
    if capability.golden.is_empty() {
        let users = counted(homegrown(capability) as u64, "component");
        return vec![format!("There is no golden offer: {users} had nothing of the platform's to take.")];
    }
    let mut out = Vec::new();
    out.extend(languages(capability));
    out.extend(match capability.start {
        StartPage::Unnamed => Some("No start document: nothing says how to begin.".to_owned()),
        StartPage::Missing => Some("The start document that it names does not exist.".to_owned()),
        StartPage::There => None,
    });
    out.extend(match capability.lifecycle.as_str() {
        "proposed" => Some("It is only proposed: nothing to rely on yet.".to_owned()),
        "beta" => Some("It is in beta: teams may not rely on it yet.".to_owned()),
        "deprecated" => Some("It is deprecated, and teams are left without a way to go on.".to_owned()),
        _ => None,
    });
    out.extend(capability.golden.iter().filter_map(|offer| quiet(offer, at)));
    out
}

/// Languages of components off the path that no golden offer covers.
fn languages(capability: &ReportCapability) -> Option<String> {
    // Without any sign of whom an offer is for, nothing can be said to be missing.
    let blind = |offer: &GoldenOffer| offer.ecosystems.is_empty() && offer.language.is_none();
    if capability.golden.iter().any(|offer| offer.any_language || blind(offer)) {
        return None;
    }
    let mut missing: BTreeMap<&str, u64> = BTreeMap::new();
    for language in capability.off_path.iter().filter_map(|component| component.language.as_deref()) {
        if ecosystems_of(language).is_some() && !capability.golden.iter().any(|offer| covers(offer, language)) {
            *missing.entry(language).or_default() += 1;
        }
    }
    let mut missing: Vec<(&str, u64)> = missing.into_iter().collect();
    missing.sort_by_key(|(language, n)| (Reverse(*n), *language));
    let n: u64 = missing.iter().map(|(_, n)| n).sum();
    if n == 0 {
        return None;
    }
    let named: Vec<String> = missing.iter().take(MAX_LANGUAGES).map(|(name, _)| (*name).to_owned()).collect();
    let of = number(capability.off_path.len() as u64);
    let (are, users) = if n == 1 { ("is", "component") } else { ("are", "components") };
    Some(format!(
        "No golden offer for {}, in which {} of the {of} {users} off the path {are} written.",
        listed(&named),
        number(n)
    ))
}

fn covers(offer: &GoldenOffer, language: &str) -> bool {
    let known = ecosystems_of(language).unwrap_or_default();
    let same = |own: &str| own.eq_ignore_ascii_case(language) || ecosystems_of(own) == Some(known);
    known.iter().any(|ecosystem| offer.ecosystems.contains(*ecosystem)) || offer.language.as_deref().is_some_and(same)
}

/// Where packages for a language come from; absent for languages that packages are not made for (markup, data, shell).
fn ecosystems_of(language: &str) -> Option<&'static [&'static str]> {
    Some(match language.to_ascii_lowercase().as_str() {
        "go" => &["go"],
        "rust" => &["cargo"],
        "javascript" | "typescript" | "tsx" | "jsx" | "vue" | "svelte" => &["npm", "jsr"],
        "python" => &["pypi", "conda"],
        "java" | "kotlin" | "scala" | "groovy" | "clojure" => &["maven"],
        "c#" | "f#" | "visual basic" => &["nuget"],
        "ruby" => &["gem"],
        "php" => &["composer"],
        "elixir" | "erlang" => &["hex"],
        "swift" | "objective-c" => &["swift", "cocoapods"],
        "dart" => &["pub"],
        "c" | "c++" => &["conan", "vcpkg"],
        _ => return None,
    })
}

/// Low stability, as far as git shows: nobody commits to the offer's repository any more.
fn quiet(offer: &GoldenOffer, at: &Timestamp) -> Option<String> {
    let last = date(offer.last_commit.as_ref()?.as_str())?;
    let days = date(at.as_str())?.signed_duration_since(last).num_days();
    (days > QUIET_DAYS).then(|| format!("{} has had no commit for {days} days.", offer.name))
}
