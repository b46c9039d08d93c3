//! Plain values that other lines refer to: `ext` properties, constants, maps of versions, gradle.properties.
//! It must not compute: a value made by a call is no value.
use super::{
    super::{
        manifest,
        scripts::{Kind, Script, Statement, Token, arguments, inside, path},
    },
    argument,
    extra::Extra,
};
use std::collections::BTreeMap;

/// Properties kept of one file; more are no versions.
const MAX_PROPERTIES: usize = 2_000;

/// Words before a name that is given a value.
const BEFORE: &[&str] =
    &["private", "internal", "public", "const", "final", "static", "override", "val", "var", "def", "String", "Object"];

/// Reads what a statement sets.
pub(super) fn read(script: &Script<'_>, statement: &Statement, extra: &mut Extra) {
    if extra.properties.len() > MAX_PROPERTIES {
        return;
    }
    let tokens = script.of(statement);
    let n_before = tokens.iter().take_while(|token| BEFORE.contains(&token.text)).count();
    let declared = n_before > 0;
    let tokens = &tokens[n_before..];
    if let [base, open, key, close, equals, value @ ..] = tokens
        && matches!(base.text, "ext" | "extra")
        && open.is_mark("[")
        && key.kind == Kind::Text
        && close.is_mark("]")
        && equals.is_mark("=")
    {
        return set(extra, key.text, value);
    }
    let Some((name, used)) = path(tokens) else { return };
    let rest = &tokens[used..];
    let scope = scope_of(script, statement);
    if let Some(field) = project_field(&name).filter(|_| matches!(scope, Scope::File | Scope::Publication))
        && let Some(value) = project_value(rest)
    {
        extra.project.entry(field.to_owned()).or_insert(value);
        return;
    }
    let (name, in_ext) = match name.rsplit_once("ext.").or_else(|| name.rsplit_once("extra.")) {
        Some((_, name)) => (name.to_owned(), true),
        None => (name, matches!(scope, Scope::Ext)),
    };
    let name = if let Scope::Object(object) = &scope { format!("{object}.{name}") } else { name };
    match rest {
        // Kotlin's `name: String = …`
        [colon, _, equals, value @ ..] if declared && colon.is_mark(":") && equals.is_mark("=") => {
            set(extra, &name, value)
        }
        [equals, value @ ..] if (declared || in_ext) && equals.is_mark("=") => set(extra, &name, value),
        [plus, value @ ..] if plus.is_mark("+=") => set(extra, &name, value),
        [by, what, open, ..] if declared && by.is_word("by") && what.is_word("extra") && open.is_mark("(") => {
            set(extra, &name, inside(&rest[2..]));
        }
        [open, ..] if in_ext && name == "set" && open.is_mark("(") => {
            if let [key, value] = arguments(inside(rest))[..]
                && let Some(key) = argument::only_text(key)
            {
                set(extra, key, value);
            }
        }
        _ => {}
    }
}

enum Scope {
    File,
    Publication,
    Ext,
    /// A Kotlin object or Groovy class that holds constants.
    Object(String),
    Other,
}

fn scope_of(script: &Script<'_>, statement: &Statement) -> Scope {
    let mut objects: Vec<&str> = vec![];
    for head in script.around(statement) {
        let last = head.last().map(|token| token.text).unwrap_or_default();
        match head.first().map(|token| token.text).unwrap_or_default() {
            _ if matches!(last, "ext" | "extra") => return Scope::Ext,
            "allprojects" | "subprojects" | "buildscript" | "configure" => {}
            "publishing" | "publications" | "mavenPublishing" | "pom" => return Scope::Publication,
            _ if matches!(last, "MavenPublication" | ")")
                && matches!(head.first().map(|t| t.text), Some("maven" | "create" | "register" | "mavenJava")) => {}
            _ => match head.iter().position(|token| token.is_word("object") || token.is_word("class")) {
                Some(at) => objects.extend(head.get(at + 1).map(|name| name.text)),
                None => return Scope::Other,
            },
        }
    }
    objects.reverse();
    if objects.is_empty() { Scope::File } else { Scope::Object(objects.join(".")) }
}

fn project_field(name: &str) -> Option<&'static str> {
    let name = name.strip_prefix("project.").unwrap_or(name);
    ["group", "version", "description", "artifactId"].into_iter().find(|field| *field == name)
}

/// Groovy's `version '1'` and everybody's `version = "1"`.
fn project_value(rest: &[Token<'_>]) -> Option<String> {
    match rest {
        [equals, value @ ..] if equals.is_mark("=") => argument::text(value),
        [value] if value.kind == Kind::Text => Some(value.text.to_owned()),
        _ => None,
    }
}

/// A text, or each entry of a map under its dotted name.
fn set(extra: &mut Extra, name: &str, value: &[Token<'_>]) {
    if value.first().is_some_and(|first| first.is_mark("[")) {
        for entry in arguments(inside(value)) {
            if let [key, colon, value @ ..] = entry
                && colon.is_mark(":")
                && let Some(value) = argument::text(value)
            {
                insert(&mut extra.properties, &format!("{name}.{}", key.text), &value);
            }
        }
    } else if let Some(accessor) = argument::found_in_catalog(value) {
        insert(&mut extra.properties, name, &format!("={accessor}"));
    } else if let Some(value) = argument::text(value) {
        insert(&mut extra.properties, name, &value);
    }
}

fn insert(properties: &mut BTreeMap<String, String>, name: &str, value: &str) {
    if let (true, Some(value)) = (manifest::is_name(name), manifest::requirement(value)) {
        properties.insert(name.to_owned(), value);
    }
}

/// The entries of gradle.properties; a `\` at a line's end is not followed.
pub(super) fn properties_file(text: &str) -> BTreeMap<String, String> {
    let mut out = BTreeMap::new();
    for line in text.lines().map(str::trim).filter(|line| !line.starts_with(['#', '!'])).take(MAX_PROPERTIES) {
        if let Some((name, value)) = line.split_once(['=', ':']) {
            insert(&mut out, name.trim(), value.trim());
        }
    }
    out
}
