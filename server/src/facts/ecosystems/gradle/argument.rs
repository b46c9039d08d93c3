//! What a dependency line's arguments name: coordinates, an accessor, or something of the repository's own.
//! It must not look outside the arguments.
use super::super::scripts::{Kind, Token, arguments, inside, path};

/// Something that a dependency line names, and the token where it does.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Target {
    /// `group:artifact`, `group:artifact:version…`, as written.
    Coordinates(String),
    /// `libs.foo.bar`, `versions.junit`, `Deps.junit`.
    Accessor(String),
    /// A package of npm with its requirement, in Kotlin/JS builds.
    Npm(String, Option<String>),
}

/// Calls around what is named: the dependency is what they hold.
const WRAPPERS: &[&str] = &[
    "platform",
    "enforcedPlatform",
    "testFixtures",
    "variantOf",
    "create",
    "listOf",
    "setOf",
    "arrayOf",
    "provider",
    "dependency",
    "coreLibraryDesugaring",
    "deobf",
];

/// Lists and wrappers looked into on one line: each costs a pass over what it holds.
const MAX_NESTED: usize = 200;

/// Everything named by the arguments of one line, in order, each with its first token.
pub(super) fn targets<'t, 'a>(tokens: &'t [Token<'a>]) -> Vec<(Target, &'t Token<'a>)> {
    let mut out = vec![];
    let mut open = vec![tokens];
    let mut left = MAX_NESTED;
    while let Some(tokens) = open.pop() {
        left -= 1;
        if left == 0 {
            break;
        }
        let parts = arguments(tokens);
        if let Some(found) = in_parts(&parts) {
            out.push(found);
            continue;
        }
        for part in parts {
            match one(part) {
                One::Target(target) => out.push((target, &part[0])),
                One::Inside(tokens) => open.push(tokens),
                One::Nothing => {}
            }
        }
    }
    out
}

/// `group: 'g', name: 'a', version: 'v'`, and Kotlin's `("g", "a", "v")`.
fn in_parts<'t, 'a>(parts: &[&'t [Token<'a>]]) -> Option<(Target, &'t Token<'a>)> {
    let named = |key: &str| {
        parts.iter().find_map(|part| match part {
            [name, mark, value @ ..] if name.is_word(key) && (mark.is_mark(":") || mark.is_mark("=")) => text(value),
            _ => None,
        })
    };
    let first = parts.first()?.first()?;
    let version = |version: Option<String>| version.map_or_else(String::new, |version| format!(":{version}"));
    if let (Some(group), Some(name)) = (named("group"), named("name")) {
        return Some((Target::Coordinates(format!("{group}:{name}{}", version(named("version")))), first));
    }
    let plain: Vec<&str> = parts.iter().map_while(|part| only_text(part)).collect();
    if plain.len() >= 2 && plain.len() == parts.len() && !plain[0].contains(':') {
        let version = version(plain.get(2).map(|version| (*version).to_owned()));
        return Some((Target::Coordinates(format!("{}:{}{version}", plain[0], plain[1])), first));
    }
    None
}

enum One<'t, 'a> {
    Target(Target),
    Inside(&'t [Token<'a>]),
    Nothing,
}

fn one<'t, 'a>(part: &'t [Token<'a>]) -> One<'t, 'a> {
    if let Some(accessor) = found_in_catalog(part) {
        return One::Target(Target::Accessor(accessor));
    }
    if part[0].is_mark("[") {
        return One::Inside(inside(part));
    }
    if part[0].kind == Kind::Text {
        return text(part).map_or(One::Nothing, |text| One::Target(Target::Coordinates(text)));
    }
    let Some((path, used)) = path(part) else { return One::Nothing };
    if path.starts_with("projects.") || path.starts_with("project.") {
        return One::Nothing;
    }
    let name = path.rsplit('.').next().unwrap_or_default();
    match part.get(used) {
        Some(open) if open.is_mark("(") => call(name, &path, inside(&part[used..])),
        None if path.contains('.') || is_variable(&path) => One::Target(Target::Accessor(path)),
        // Groovy needs no brackets: `implementation platform('g:a:1')` has them, `platform libs.bom` does not.
        Some(_) if WRAPPERS.contains(&name) => One::Inside(&part[used..]),
        _ => One::Nothing,
    }
}

fn call<'t, 'a>(name: &str, path: &str, inner: &'t [Token<'a>]) -> One<'t, 'a> {
    let first = arguments(inner).first().and_then(|part| only_text(part));
    match name {
        _ if WRAPPERS.contains(&name) => One::Inside(inner),
        "get" | "asProvider" | "map" => {
            let accessor = path.rsplit_once('.').map_or(path, |(accessor, _)| accessor);
            One::Target(Target::Accessor(accessor.to_owned()))
        }
        "kotlin" | "embeddedKotlin" => {
            let version = arguments(inner).get(1).and_then(|part| text(part));
            let version = version.map_or_else(String::new, |version| format!(":{version}"));
            let named =
                |module| One::Target(Target::Coordinates(format!("org.jetbrains.kotlin:kotlin-{module}{version}")));
            first.map_or(One::Nothing, named)
        }
        "npm" | "devNpm" | "peerNpm" | "optionalNpm" => {
            let version = arguments(inner).get(1).and_then(|part| only_text(part)).map(str::to_owned);
            first.map_or(One::Nothing, |name| One::Target(Target::Npm(name.to_owned(), version)))
        }
        _ => One::Nothing,
    }
}

/// `libs.findLibrary("alias").get()` as `libs.alias`, anywhere in the argument.
pub(super) fn found_in_catalog(part: &[Token<'_>]) -> Option<String> {
    part.windows(3).find_map(|window| {
        let [method, open, alias] = window else { return None };
        let kind = match method.text {
            "findLibrary" => "",
            "findBundle" => "bundles.",
            "findPlugin" => "plugins.",
            _ => return None,
        };
        (open.is_mark("(") && alias.kind == Kind::Text)
            .then(|| format!("libs.{kind}{}", super::extra::as_accessor(alias.text)))
    })
}

/// A text, or texts and names joined by `+`, with the names as `${name}`.
pub(super) fn text(tokens: &[Token<'_>]) -> Option<String> {
    let mut out = String::new();
    let mut at = 0;
    loop {
        let rest = &tokens[at.min(tokens.len())..];
        let used = if rest.first()?.kind == Kind::Text {
            out.push_str(rest[0].text);
            1
        } else {
            let (path, used) = path(rest)?;
            if rest.get(used).is_some_and(|next| next.is_mark("(") || next.is_mark("[")) && !path.ends_with(".get") {
                return None;
            }
            out.push_str(&format!("${{{}}}", path.trim_end_matches(".get")));
            if path.ends_with(".get") { used + 2 } else { used }
        };
        match rest.get(used) {
            Some(next) if next.is_mark("+") => at += used + 1,
            // What follows a text on its line (a closure, a comment, `to x`) is not of it.
            _ => return Some(out),
        }
    }
}

/// The text of a part that is a plain string.
pub(super) fn only_text<'a>(part: &[Token<'a>]) -> Option<&'a str> {
    match part {
        [text] if text.kind == Kind::Text => Some(text.text),
        [name, mark, text] if name.kind == Kind::Word && mark.is_mark("=") && text.kind == Kind::Text => {
            Some(text.text)
        }
        _ => None,
    }
}

/// A name that could be a variable: no number, keyword or type.
fn is_variable(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_lowercase())
        && !matches!(name, "null" | "true" | "false" | "it" | "project" | "if" | "else" | "new")
}
