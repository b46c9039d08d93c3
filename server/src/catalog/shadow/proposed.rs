//! A name for what nobody named yet: the most distinctive words of its code.
//! It must not propose a word that much of the organisation's code shares.
use super::{
    ground::Ground,
    subject::Subject,
    words::{speaks, words},
};
use std::collections::{BTreeMap, BTreeSet};

/// Of this share of repositories on, a word says nothing; below this many it is never common.
const COMMON_SHARE: f64 = 0.25;
const FEW: usize = 3;

/// Two words at most, e.g. `retry policy`; absent when no word says anything.
pub(super) fn name(ground: &Ground<'_>, subject: &Subject) -> Option<String> {
    let mut weights: BTreeMap<String, usize> = BTreeMap::new();
    for name in &subject.places {
        words(name).into_iter().for_each(|word| *weights.entry(word).or_default() += 4);
    }
    for (symbol, files) in &subject.symbols {
        words(symbol).into_iter().for_each(|word| *weights.entry(word).or_default() += (*files).min(4));
    }
    weights.retain(|word, _| speaks(word));
    let mut ranked: Vec<(usize, String)> = weights.into_iter().map(|(word, weight)| (weight, word)).collect();
    ranked.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    ranked.truncate(8);
    let common = common(ground, ranked.iter().map(|(_, word)| word.as_str()).collect());
    let chosen: Vec<String> =
        ranked.into_iter().map(|(_, word)| word).filter(|word| !common.contains(word)).take(2).collect();
    (!chosen.is_empty()).then(|| in_order(chosen, subject))
}

/// Which of the words very many repositories have in the names of their files.
fn common(ground: &Ground<'_>, asked: BTreeSet<&str>) -> BTreeSet<String> {
    let mut seen: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    let mut repositories = BTreeSet::new();
    for (repository, file) in ground.estate.code.keys() {
        repositories.insert(repository.as_str());
        for word in words(file.file_name()) {
            if let Some(word) = asked.get(word.as_str()) {
                seen.entry(word).or_default().insert(repository.as_str());
            }
        }
    }
    let many = ((repositories.len() as f64 * COMMON_SHARE) as usize).max(FEW);
    seen.into_iter().filter(|(_, held)| held.len() > many).map(|(word, _)| word.to_owned()).collect()
}

/// The words as they follow each other in a name that has both; else as they are.
fn in_order(chosen: Vec<String>, subject: &Subject) -> String {
    let order = |name: &String| {
        let words = words(name);
        let at: Option<Vec<usize>> = chosen.iter().map(|word| words.iter().position(|own| own == word)).collect();
        at.filter(|at| at.len() == 2).map(|at| at[0] > at[1])
    };
    let turned = subject.places.iter().chain(subject.symbols.keys()).find_map(order).unwrap_or(false);
    let ordered: Vec<String> = if turned { chosen.into_iter().rev().collect() } else { chosen };
    ordered.join(" ")
}
