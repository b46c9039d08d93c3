//! What would have to be true to retire a shadow platform.
//! It must not say that a successor lacks what was never looked for.
use super::{assemble::Assembly, growth::Growth};
use crate::catalog::{
    model::Capability,
    shadow::{
        golden_makers,
        model::{Candidate, CodeNames, EstateComponent, Part},
    },
};
use shared::{
    EntityRef, OfferPath,
    api::{Moment, Readiness, ShadowUser},
};
use std::collections::{BTreeMap, BTreeSet};

/// Missing names that are listed, and that are told in a sentence.
const MOST_MISSING: usize = 50;
const TOLD: usize = 3;

/// Names that every code has and nobody misses.
const COMMON: [&str; 12] =
    ["main", "init", "new", "default", "setup", "index", "app", "config", "options", "error", "string", "close"];

/// Everything that stands in the way.
pub(super) fn readiness(
    input: &Assembly<'_>,
    candidate: &Candidate,
    (users, growth): (&[ShadowUser], &Growth),
    last_change: Option<Moment>,
) -> Readiness {
    let named = candidate.capability.as_deref();
    let capability = input.estate.capabilities.iter().find(|held| Some(held.reference.name()) == named);
    let (covered, missing) = capability.map(|held| names(input, candidate, held)).unwrap_or_default();
    let migrating = users.iter().filter(|user| user.migrating).count() as u64;
    let mut readiness = Readiness {
        remaining: users.len() as u64 - migrating,
        migrating,
        last_change,
        successor: candidate.successor.clone(),
        covered,
        n_missing: missing.len() as u64,
        missing: missing.into_iter().take(MOST_MISSING).collect(),
        blockers: vec![],
    };
    readiness.blockers = blockers(input, &readiness, capability, (users, growth));
    readiness
}

fn blockers(
    input: &Assembly<'_>,
    readiness: &Readiness,
    capability: Option<&Capability>,
    (users, growth): (&[ShadowUser], &Growth),
) -> Vec<String> {
    let mut told = Vec::new();
    match capability {
        None => told.push("It rivals no capability that anybody named: there is nothing to go to.".to_owned()),
        Some(held) if !has_golden(held) => told.push(format!("{} has no golden offer to go to.", held.title)),
        Some(held) => told.extend(languages(input, held, users)),
    }
    if growth.total > 0 {
        let n = growth.total;
        let consumers = if n == 1 { "consumer" } else { "consumers" };
        told.push(format!("It still grows: {n} more {consumers} than 90 days ago."));
    }
    if readiness.remaining > 0 && capability.is_some_and(has_golden) {
        let consumers = if readiness.remaining == 1 { "consumer does" } else { "consumers do" };
        told.push(format!("{} {consumers} not use the golden offer yet.", readiness.remaining));
    }
    if readiness.n_missing > 0 {
        let shown: Vec<&str> = readiness.missing.iter().take(TOLD).map(String::as_str).collect();
        let more = readiness.n_missing - shown.len() as u64;
        let rest = if more > 0 { format!(" and {more} more") } else { String::new() };
        told.push(format!("The successor lacks {}{rest}.", shown.join(", ")));
    }
    told
}

fn has_golden(capability: &Capability) -> bool {
    capability.offers.iter().any(|offer| offer.path == OfferPath::Golden)
}

/// Languages of remaining consumers for which the golden offers have no package and nobody uses one. Offers that are more
/// than packages (an image, a workflow, a file) may serve any language.
fn languages(input: &Assembly<'_>, capability: &Capability, users: &[ShadowUser]) -> Vec<String> {
    let golden = || capability.offers.iter().filter(|offer| offer.path == OfferPath::Golden);
    let only_packages = golden().all(|offer| {
        let other = offer.detect.matchers().any(|(kind, _)| !matches!(kind.key(), "packages" | "imports" | "symbols"));
        !other && (!offer.detect.packages.is_empty() || offer.component.is_some())
    });
    let makers = golden_makers(input.estate, capability);
    let published = input.estate.packages.iter().filter(|package| makers.contains(&package.component));
    let written = golden().flat_map(|offer| &offer.detect.packages).filter_map(|text| text.split_once(':'));
    let served: BTreeSet<&str> =
        written.map(|(ecosystem, _)| ecosystem).chain(published.map(|package| package.ecosystem.as_str())).collect();
    if !only_packages || served.is_empty() {
        return vec![];
    }
    let language_of = |reference: &EntityRef| {
        let held = input.estate.components.iter().find(|component| component.reference == *reference);
        held.and_then(|component| component.language.as_deref())
    };
    let golden_users = input
        .estate
        .usages
        .iter()
        .filter(|usage| usage.path == OfferPath::Golden && usage.capability == capability.reference.name());
    let used: BTreeSet<&str> = golden_users.filter_map(|usage| language_of(&usage.component)).collect();
    let remaining: Vec<&str> =
        users.iter().filter(|user| !user.migrating).filter_map(|user| language_of(&user.component)).collect();
    let mut lacking: BTreeMap<&str, usize> = BTreeMap::new();
    for language in remaining.iter().filter(|language| !used.contains(**language)) {
        let ecosystems = ecosystems_of(language);
        if !ecosystems.is_empty() && !ecosystems.iter().any(|ecosystem| served.contains(ecosystem)) {
            *lacking.entry(language).or_default() += 1;
        }
    }
    let sentence = |(language, n): (&str, usize)| {
        format!(
            "No golden offer for {language}, which {n} of the {} remaining consumers are written in.",
            remaining.len()
        )
    };
    lacking.into_iter().map(sentence).collect()
}

/// Where packages of a language come from; none for those without packages of their own.
fn ecosystems_of(language: &str) -> &'static [&'static str] {
    match language.to_lowercase().as_str() {
        "go" => &["go"],
        "javascript" | "typescript" | "tsx" | "jsx" | "vue" | "svelte" => &["npm", "jsr"],
        "python" => &["pypi", "conda"],
        "rust" => &["cargo"],
        "java" | "kotlin" | "scala" | "groovy" => &["maven"],
        "c#" | "f#" => &["nuget"],
        "ruby" => &["gem"],
        "php" => &["composer"],
        "elixir" | "erlang" => &["hex"],
        "swift" => &["swift", "cocoapods"],
        "dart" => &["pub"],
        _ => &[],
    }
}

/// How many public names of the candidate the successor's code has too, and those that it lacks. Nothing is lacking where
/// no public name of the successor was read.
fn names(input: &Assembly<'_>, candidate: &Candidate, capability: &Capability) -> (u64, Vec<String>) {
    let makers = golden_makers(input.estate, capability);
    let golden = input.estate.components.iter().filter(|component| makers.contains(&component.reference));
    let successors: Vec<Part> = golden.map(whole).collect();
    let of_successors = successors.iter().flat_map(|part| input.estate.code_of(part));
    let offered: BTreeSet<String> =
        of_successors.flat_map(|(_, code)| code.names.iter().map(|name| plain(name))).collect();
    let own = candidate.parts.iter().flat_map(|part| input.estate.code_of(part));
    let needed: BTreeMap<String, &str> = own.flat_map(|(_, code)| public(code)).collect();
    if offered.is_empty() {
        return (0, vec![]);
    }
    let (covered, missing): (Vec<_>, Vec<_>) = needed.into_iter().partition(|(name, _)| offered.contains(name));
    (covered.len() as u64, missing.into_iter().map(|(_, name)| name.to_owned()).collect())
}

/// Everything below a component's root.
fn whole(component: &EstateComponent) -> Part {
    let (repository, path) = (component.repository.clone(), component.root.clone());
    Part { repository, path, folder: true, component: Some(component.reference.clone()), except: vec![] }
}

fn public(code: &CodeNames) -> impl Iterator<Item = (String, &str)> {
    let named = code.names.iter().map(|name| (plain(name), name.as_str()));
    named.filter(|(plain, _)| plain.len() >= 3 && !COMMON.contains(&plain.as_str()) && !plain.starts_with("test"))
}

/// `isEnabled`, `is_enabled` and `IsEnabled` are one name.
fn plain(name: &str) -> String {
    name.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
