//! Each component's standing towards each capability that it uses, could use or is exempt from.
//! Eligibility looks at the component only, never at evidence of the capability.
use crate::catalog::{
    model::{Capability, Entity, Exemption, Standing, Usage},
    rules::Ruleset,
};
use shared::{EntityKind, EntityRef, OfferPath, State, api::Eligible};
use std::collections::{BTreeMap, BTreeSet};

/// A language counts for a component from this share of its lines of code.
const LEAST_SHARE: f64 = 0.1;

/// Languages of data and prose: they say nothing about what a component is written in.
const NOT_CODE: [&str; 16] = [
    "json",
    "yaml",
    "toml",
    "xml",
    "svg",
    "markdown",
    "plain text",
    "html",
    "css",
    "ini",
    "csv",
    "restructuredtext",
    "asciidoc",
    "makefile",
    "dockerfile",
    "json5",
];

/// Standings by component and capability.
pub(super) fn standings(entities: &[Entity], usages: &[Usage], rules: &Ruleset, today: &str) -> Vec<Standing> {
    let mut used: BTreeMap<(&EntityRef, &str), BTreeSet<OfferPath>> = BTreeMap::new();
    for usage in usages {
        used.entry((&usage.component, &usage.capability)).or_default().insert(usage.path);
    }
    let mut out = Vec::new();
    for entity in entities.iter().filter(|entity| entity.reference.kind() == EntityKind::Component) {
        for capability in &rules.capabilities {
            let paths = used.get(&(&entity.reference, capability.reference.name()));
            out.extend(standing(entity, capability, paths, today));
        }
    }
    out
}

fn standing(
    entity: &Entity,
    capability: &Capability,
    paths: Option<&BTreeSet<OfferPath>>,
    today: &str,
) -> Option<Standing> {
    let exemption = exemption(entity, capability, today);
    let can = capability.eligible.as_ref().is_some_and(|selector| is_eligible(entity, selector));
    if paths.is_none() && !can && exemption.is_none() {
        return None;
    }
    let state = state(paths, exemption.is_some());
    // Whoever need not use it does not count among those who could; whoever uses it all the same does.
    let eligible = can && (exemption.is_none() || state != State::Exempt);
    let text = match (state, exemption) {
        (State::Exempt, Some(exemption)) => Some(describe(exemption)),
        (State::Exempt, None) => Some("uses an offer that the platform tolerates".to_owned()),
        _ => None,
    };
    Some(Standing {
        component: entity.reference.clone(),
        capability: capability.reference.name().to_owned(),
        state,
        eligible,
        exemption: text,
    })
}

/// Golden evidence outranks an exemption; an exemption outranks everything off the path. Tolerated offers alone are exempt:
/// the platform accepts them, so that they are neither golden nor something to move away from.
fn state(paths: Option<&BTreeSet<OfferPath>>, exempt: bool) -> State {
    let has = |path| paths.is_some_and(|paths| paths.contains(&path));
    let off_path = has(OfferPath::Vendor) || has(OfferPath::Homegrown);
    match (has(OfferPath::Golden), off_path) {
        (true, false) => State::Golden,
        (true, true) => State::Migrating,
        (false, _) if exempt => State::Exempt,
        (false, true) => State::OffPath,
        (false, false) if has(OfferPath::Tolerated) => State::Exempt,
        (false, false) => State::None,
    }
}

fn exemption<'a>(entity: &Entity, capability: &'a Capability, today: &str) -> Option<&'a Exemption> {
    let holds = |exemption: &&Exemption| {
        // Days written as YYYY-MM-DD compare as text.
        exemption.component == entity.reference && exemption.until.as_deref().is_none_or(|until| until >= today)
    };
    capability.exempt.iter().find(holds)
}

fn describe(exemption: &Exemption) -> String {
    match &exemption.until {
        Some(until) => format!("{} (until {until})", exemption.reason),
        None => exemption.reason.clone(),
    }
}

/// Whether the component could use the capability, judged by what it is.
fn is_eligible(entity: &Entity, selector: &Eligible) -> bool {
    let one_of = |wanted: &[String], value: Option<&String>| {
        wanted.is_empty() || value.is_some_and(|value| wanted.iter().any(|want| want.eq_ignore_ascii_case(value)))
    };
    one_of(&selector.types, entity.subtype.as_ref())
        && one_of(&selector.lifecycles, entity.lifecycle.as_ref())
        && (selector.languages.is_empty() || languages(entity).iter().any(|own| selector.languages.contains(own)))
        && (selector.tags.is_empty() || entity.tags.iter().any(|tag| one_of(&selector.tags, Some(tag))))
}

/// The languages the component is written in, in lower case; `tsx` is TypeScript and `jsx` JavaScript.
fn languages(entity: &Entity) -> BTreeSet<String> {
    let mut lines: BTreeMap<String, u64> = BTreeMap::new();
    for (language, n) in &entity.languages {
        let language = language.to_lowercase();
        let language = match language.as_str() {
            "tsx" => "typescript".to_owned(),
            "jsx" => "javascript".to_owned(),
            _ => language,
        };
        if !NOT_CODE.contains(&language.as_str()) {
            *lines.entry(language).or_default() += n;
        }
    }
    let all: u64 = lines.values().sum();
    lines.into_iter().filter(|(_, n)| *n as f64 >= LEAST_SHARE * all as f64).map(|(language, _)| language).collect()
}
