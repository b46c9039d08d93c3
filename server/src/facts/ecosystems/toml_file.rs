//! TOML with places: tables that survive a broken line elsewhere in the file.
//! It must not know what any key means.
use super::manifest;
use crate::facts::{
    model::{FileFacts, Problem},
    positions::Lines,
};
use shared::Severity;
use std::collections::BTreeSet;
use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

/// A value with its place.
pub(super) type Value<'a> = Spanned<DeValue<'a>>;
/// A key with its place.
pub(super) type Key<'a> = Spanned<std::borrow::Cow<'a, str>>;

/// A TOML file as far as it could be read.
pub(super) struct TomlFile<'a> {
    pub root: DeTable<'a>,
    pub lines: Lines<'a>,
    pub problems: Vec<Problem>,
    /// Lines that hold a syntax error.
    bad_lines: BTreeSet<u32>,
}

impl<'a> TomlFile<'a> {
    /// Reads what can be read; each syntax error is a problem.
    pub(super) fn read(text: &'a str) -> Self {
        let lines = Lines::new(text);
        let (root, errors) = DeTable::parse_recoverable(text);
        let root = root.into_inner();
        if is_too_deep(&root) {
            dismantle(root);
            let message = format!("Tables nest more than {MAX_DEPTH} deep, which no package file needs; flatten them.");
            let problems = vec![manifest::problem("manifest-too-deep", Severity::Warning, Some((1, 1)), message)];
            return Self { root: DeTable::new(), lines, problems, bad_lines: BTreeSet::new() };
        }
        let unreadable = |error: &toml::de::Error| {
            let place = lines.place(error.span().map_or(0, |span| span.start));
            manifest::unreadable("TOML", text, place, error.message())
        };
        let mut problems: Vec<Problem> = errors.iter().take(manifest::MAX_SYNTAX_PROBLEMS).map(unreadable).collect();
        problems.dedup_by(|a, b| a.line == b.line);
        let bad_lines = errors.iter().map(|error| lines.line(error.span().map_or(0, |span| span.start))).collect();
        Self { root, lines, problems, bad_lines }
    }

    /// The table at a path of keys.
    pub(super) fn table(&self, path: &[&str]) -> Option<&DeTable<'a>> {
        path.iter().try_fold(&self.root, |table, key| table.get(*key)?.get_ref().as_table())
    }

    /// Takes out what was read from a line with a syntax error: the parser guessed there.
    pub(super) fn drop_guesses(&self, facts: &mut FileFacts) {
        let bad = |line: Option<u32>| line.is_some_and(|line| self.bad_lines.contains(&line));
        facts.dependencies.retain(|dependency| !bad(dependency.line));
        facts.problems.retain(|problem| problem.rule.starts_with("manifest-") || !bad(problem.line));
    }

    /// The place of a value.
    pub(super) fn place(&self, value: &Value<'_>) -> (u32, u32) {
        self.lines.place(value.span().start)
    }

    /// The place of a key.
    pub(super) fn key_place(&self, key: &Key<'_>) -> (u32, u32) {
        self.lines.place(key.span().start)
    }
}

/// The TOML crate bounds dotted keys and inline tables each, not their product, and a tree is dropped by recursion: what
/// is too deep must be found and taken apart without any.
const MAX_DEPTH: usize = 128;

fn is_too_deep(root: &DeTable<'_>) -> bool {
    let mut open: Vec<(&Value<'_>, usize)> = root.values().map(|value| (value, 1)).collect();
    while let Some((value, depth)) = open.pop() {
        if depth > MAX_DEPTH {
            return true;
        }
        match value.get_ref() {
            DeValue::Table(table) => open.extend(table.values().map(|value| (value, depth + 1))),
            DeValue::Array(array) => open.extend(array.iter().map(|value| (value, depth + 1))),
            _ => {}
        }
    }
    false
}

fn dismantle(root: DeTable<'_>) {
    let mut open = vec![DeValue::Table(root)];
    while let Some(value) = open.pop() {
        match value {
            DeValue::Table(table) => open.extend(table.into_iter().map(|(_, value)| value.into_inner())),
            DeValue::Array(array) => open.extend(array.into_iter().map(Spanned::into_inner)),
            _ => {}
        }
    }
}

/// The text at a key.
pub(super) fn text<'t>(table: &'t DeTable<'_>, key: &str) -> Option<&'t str> {
    table.get(key)?.get_ref().as_str()
}

/// The boolean at a key; false when absent.
pub(super) fn flag(table: &DeTable<'_>, key: &str) -> bool {
    table.get(key).and_then(|value| value.get_ref().as_bool()) == Some(true)
}

/// The table at a key.
pub(super) fn table<'t, 'a>(table: &'t DeTable<'a>, key: &str) -> Option<&'t DeTable<'a>> {
    table.get(key)?.get_ref().as_table()
}

/// The items of the list at a key; none when absent.
pub(super) fn list<'t, 'a>(table: &'t DeTable<'a>, key: &str) -> impl Iterator<Item = &'t Value<'a>> {
    table.get(key).and_then(|value| value.get_ref().as_array()).into_iter().flat_map(|array| array.iter())
}

/// The texts of the list at a key.
pub(super) fn texts(table: &DeTable<'_>, key: &str) -> Vec<String> {
    list(table, key).filter_map(|item| item.get_ref().as_str()).map(str::to_owned).collect()
}
