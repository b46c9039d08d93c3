//! Which capability code rivals, by its names, imports and purpose, with the reason in words.
//! It must not guess: a wrong rivalry is worse than none, so one sign alone hardly ever suffices.
use super::{
    ground::Ground,
    subject::Subject,
    topic::{Phrase, Topics},
    words::{is_role, stem, stems, words},
};
use crate::catalog::{model::Capability, rules::MatcherKind};
use shared::OfferPath;
use std::collections::BTreeMap;

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
/// A bought offer's name: enough for a whole name only when the code builds on that offer too.
const BOUGHT: f64 = 0.6;

/// A capability that code rivals.
pub(super) struct Rival<'a> {
    pub(super) capability: &'a Capability,
    pub(super) score: f64,
    /// Signs, joined by "and", e.g. `it is called "feature_flags"`.
    pub(super) reason: String,
}

/// What was heard of one phrase.
#[derive(Debug, Default)]
struct Signs<'s> {
    /// A name that the phrase fills, else one that holds it.
    name: Option<(bool, &'s str)>,
    symbol: Option<&'s str>,
    purpose: bool,
}

/// The capability that the subject rivals; none when no one stands out.
pub(super) fn rival<'a>(ground: &Ground<'a>, subject: &Subject) -> Option<Rival<'a>> {
    let mut by_capability: BTreeMap<usize, Vec<(f64, Vec<String>)>> = BTreeMap::new();
    for (at, signs) in heard(&ground.topics, subject) {
        let (capability, phrase) = ground.topics.phrase(at);
        by_capability.entry(capability).or_default().push(signs.weigh(phrase));
    }
    let scored = by_capability.into_iter().filter_map(|(at, by_name)| score(ground, subject, at, by_name));
    let mut found: Vec<Rival<'a>> = scored.filter(|rival| rival.score >= ENOUGH).collect();
    found.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| a.capability.reference.cmp(&b.capability.reference)));
    let ahead = found.get(1).is_none_or(|next| found[0].score - next.score >= AHEAD);
    if ahead { found.into_iter().next() } else { None }
}

/// Every phrase that the subject's names, symbols or purpose hold.
fn heard<'s>(topics: &Topics<'_>, subject: &'s Subject) -> BTreeMap<usize, Signs<'s>> {
    let mut found: BTreeMap<usize, Signs<'s>> = BTreeMap::new();
    for name in &subject.places {
        let named: Vec<String> = words(name);
        let stems: Vec<String> = named.iter().map(|word| stem(word)).collect();
        let others = named.iter().filter(|word| !is_role(word)).count();
        for at in topics.heard(&stems) {
            let fills = others <= topics.phrase(at).1.stems.len();
            let held = found.entry(at).or_default();
            held.name = held.name.max(Some((fills, name)));
        }
    }
    for symbol in subject.symbols.keys() {
        for at in topics.heard(&stems(symbol)) {
            found.entry(at).or_default().symbol.get_or_insert(symbol);
        }
    }
    for text in &subject.purpose {
        topics.heard(&stems(text)).into_iter().for_each(|at| found.entry(at).or_default().purpose = true);
    }
    found
}

impl Signs<'_> {
    /// What they are worth together, and each in words.
    fn weigh(&self, phrase: &Phrase) -> (f64, Vec<String>) {
        let mut score = 0.0;
        let mut told = Vec::new();
        if let Some((fills, name)) = self.name {
            score += if fills { WHOLE_NAME } else { IN_A_NAME };
            told.push(format!("it is called \"{name}\""));
        }
        if let Some(symbol) = self.symbol {
            score += IN_SYMBOLS;
            told.push(format!("it offers \"{symbol}\""));
        }
        if self.purpose {
            score += IN_PURPOSE;
            told.push(format!("its description speaks of \"{}\"", phrase.text));
        }
        let weight = match phrase.stems.len() {
            _ if phrase.vague => VAGUE,
            _ if phrase.bought => BOUGHT,
            1 => ONE_WORD,
            _ => 1.0,
        };
        (score * weight, told)
    }
}

fn score<'a>(ground: &Ground<'a>, subject: &Subject, at: usize, by_name: Vec<(f64, Vec<String>)>) -> Option<Rival<'a>> {
    let (mut score, mut told) = by_name.into_iter().max_by(|a, b| a.0.total_cmp(&b.0).then_with(|| b.1.cmp(&a.1)))?;
    if let Some(built_on) = imported(ground, subject, at) {
        score += IMPORTS;
        told.push(format!("it builds on {built_on}"));
    }
    Some(Rival { capability: ground.topics.capability(at), score, reason: told.join(" and ") })
}

/// What of the capability's golden or bought offers the subject's code builds on.
fn imported(ground: &Ground<'_>, subject: &Subject, at: usize) -> Option<String> {
    for (offer, index) in ground.topics.bought(at) {
        let met = |(ending, module): &&(String, String)| {
            let packages = packages_of(ending, module);
            !index.matches(MatcherKind::Import, module).is_empty()
                || packages.iter().any(|name| !index.matches(MatcherKind::Package, name).is_empty())
        };
        if let Some((_, module)) = subject.imports.iter().find(met) {
            return Some(format!("\"{module}\" of {}", offer.name));
        }
    }
    let (own, name) = (subject.component.as_ref()?, ground.topics.capability(at).reference.name());
    let usages = ground.estate.usages.iter().filter(|usage| usage.component == *own && usage.capability == name);
    usages.filter(|usage| usage.path != OfferPath::Homegrown).map(|usage| usage.offer.clone()).min()
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
