//! What eligibility and filters ask of a component, and whether it could use a capability.
//! Eligibility looks at the component only, never at evidence of the capability.
use crate::catalog::{history::model::Traits, model::Entity};
use shared::api::Eligible;
use std::{cmp::Reverse, collections::BTreeMap};

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

/// The traits of an entity.
pub fn of(entity: &Entity) -> Traits {
    Traits {
        title: entity.title.clone(),
        subtype: entity.subtype.clone(),
        lifecycle: entity.lifecycle.clone(),
        languages: languages(entity),
        tags: entity.tags.clone(),
        owner: entity.owner.clone(),
        system: entity.system.clone(),
    }
}

/// Whether a component of these traits could use what the selector is of.
pub fn is_eligible(traits: &Traits, selector: &Eligible) -> bool {
    let one_of = |wanted: &[String], value: Option<&String>| {
        wanted.is_empty() || value.is_some_and(|value| wanted.iter().any(|want| want.eq_ignore_ascii_case(value)))
    };
    one_of(&selector.types, traits.subtype.as_ref())
        && one_of(&selector.lifecycles, traits.lifecycle.as_ref())
        && (selector.languages.is_empty() || traits.languages.iter().any(|own| selector.languages.contains(own)))
        && (selector.tags.is_empty() || traits.tags.iter().any(|tag| one_of(&selector.tags, Some(tag))))
}

/// The languages the component is written in, in lower case, the most lines first; `tsx` is TypeScript and `jsx`
/// JavaScript.
fn languages(entity: &Entity) -> Vec<String> {
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
    let mut counted: Vec<(String, u64)> =
        lines.into_iter().filter(|(_, n)| *n as f64 >= LEAST_SHARE * all as f64).collect();
    counted.sort_by_key(|(_, n)| Reverse(*n));
    counted.into_iter().map(|(language, _)| language).collect()
}
