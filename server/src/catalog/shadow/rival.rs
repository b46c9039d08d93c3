//! Which capability code rivals, by its names, imports and purpose, with the reason in words.
//! It must not guess: a wrong rivalry is worse than none, so one sign alone hardly ever suffices.
use super::{
    ground::Ground,
    subject::Subject,
    topic::{Phrase, phrases},
    words::{is_role, stems, words},
};
use crate::catalog::{
    model::Capability,
    rules::{Index, MatcherKind},
};
use shared::OfferPath;

/// Signs add up; from here on it is a rivalry.
const ENOUGH: f64 = 0.6;
/// How far the best must lie before the next.
const AHEAD: f64 = 0.1;

/// What each sign is worth. A whole name is one that the phrase fills but for words such as `client`.
const WHOLE_NAME: f64 = 0.6;
const IN_A_NAME: f64 = 0.4;
const IN_SYMBOLS: f64 = 0.35;
const IN_PURPOSE: f64 = 0.25;
const IMPORTS: f64 = 0.25;
/// What a phrase of one word, and a vague one, keep of that.
const ONE_WORD: f64 = 0.7;
const VAGUE: f64 = 0.4;

/// A capability that code rivals.
pub(super) struct Rival<'a> {
    pub(super) capability: &'a Capability,
    pub(super) score: f64,
    /// Signs, joined by "and", e.g. `it is called "feature_flags"`.
    pub(super) reason: String,
}

/// The capability that the subject rivals; none when no one stands out.
pub(super) fn rival<'a>(ground: &Ground<'a>, subject: &Subject) -> Option<Rival<'a>> {
    let scored = ground.estate.capabilities.iter().filter_map(|capability| score(ground, subject, capability));
    let mut found: Vec<Rival<'a>> = scored.filter(|rival| rival.score >= ENOUGH).collect();
    found.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| a.capability.reference.cmp(&b.capability.reference)));
    let ahead = found.get(1).is_none_or(|next| found[0].score - next.score >= AHEAD);
    if ahead { found.into_iter().next() } else { None }
}

fn score<'a>(ground: &Ground<'a>, subject: &Subject, capability: &'a Capability) -> Option<Rival<'a>> {
    let by_name = phrases(capability).into_iter().filter_map(|phrase| named(subject, &phrase));
    let (mut score, mut signs) = by_name.max_by(|a, b| a.0.total_cmp(&b.0).then_with(|| b.1.cmp(&a.1)))?;
    if let Some(module) = imported(ground, subject, capability) {
        score += IMPORTS;
        signs.push(format!("it builds on {module}"));
    }
    Some(Rival { capability, score, reason: signs.join(" and ") })
}

/// What the phrase is worth in the subject's names and purpose, with the signs. Absent without any.
fn named(subject: &Subject, phrase: &Phrase) -> Option<(f64, Vec<String>)> {
    let mut score = 0.0;
    let mut signs = Vec::new();
    let names = || subject.places.iter().filter(|name| holds(name, phrase));
    if let Some(name) = names().find(|name| fills(name, phrase)).or_else(|| names().next()) {
        score += if fills(name, phrase) { WHOLE_NAME } else { IN_A_NAME };
        signs.push(format!("it is called \"{name}\""));
    }
    if let Some(symbol) = subject.symbols.keys().find(|symbol| holds(symbol, phrase)) {
        score += IN_SYMBOLS;
        signs.push(format!("it offers \"{symbol}\""));
    }
    if subject.purpose.iter().any(|text| holds(text, phrase)) {
        score += IN_PURPOSE;
        signs.push(format!("its description speaks of \"{}\"", phrase.text));
    }
    let weight = match phrase.stems.len() {
        _ if phrase.vague => VAGUE,
        1 => ONE_WORD,
        _ => 1.0,
    };
    (!signs.is_empty()).then_some((score * weight, signs))
}

/// Whether the words of the phrase stand in the name in a row.
fn holds(name: &str, phrase: &Phrase) -> bool {
    stems(name).windows(phrase.stems.len()).any(|row| row == phrase.stems)
}

/// Whether the name is the phrase, but for words that say what it is.
fn fills(name: &str, phrase: &Phrase) -> bool {
    let others = words(name).iter().filter(|word| !is_role(word)).count();
    holds(name, phrase) && others <= phrase.stems.len()
}

/// A package of a vendor's or golden offer of the capability that the subject's code builds on.
fn imported(ground: &Ground<'_>, subject: &Subject, capability: &Capability) -> Option<String> {
    for offer in capability.offers.iter().filter(|offer| offer.path != OfferPath::Homegrown) {
        let index = Index::of_offer(offer);
        let met = |(ending, module): &&(String, String)| {
            let packages = packages_of(ending, module);
            !index.matches(MatcherKind::Import, module).is_empty()
                || packages.iter().any(|name| !index.matches(MatcherKind::Package, name).is_empty())
        };
        if let Some((_, module)) = subject.imports.iter().find(met) {
            return Some(format!("\"{module}\" of {}", offer.name));
        }
    }
    let own = subject.component.as_ref()?;
    let used = ground.estate.usages.iter().filter(|usage| {
        usage.component == *own && usage.capability == capability.reference.name() && usage.path != OfferPath::Homegrown
    });
    used.map(|usage| usage.offer.clone()).min()
}

/// The packages that a module may belong to, as rules write them.
fn packages_of(ending: &str, module: &str) -> Vec<String> {
    let segments = |n: usize| module.split('/').take(n).collect::<Vec<_>>().join("/");
    match ending {
        "go" => (2..=5).map(|n| format!("go:{}", segments(n))).collect(),
        "js" | "jsx" | "ts" | "tsx" | "mjs" | "cjs" | "vue" | "svelte" => {
            vec![format!("npm:{}", segments(if module.starts_with('@') { 2 } else { 1 }))]
        }
        "py" => vec![format!("pypi:{}", module.split('.').next().unwrap_or_default().replace('_', "-"))],
        "rs" => vec![format!("cargo:{}", module.split("::").next().unwrap_or_default().replace('_', "-"))],
        _ => vec![],
    }
}
