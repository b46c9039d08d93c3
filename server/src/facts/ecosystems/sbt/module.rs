//! Module ids: `"group" %% "artifact" % "version" % Test`.
//! It must not take other uses of `%` for one.
use super::{
    super::{
        manifest,
        scripts::{Kind, Script, Token, path},
    },
    Extra, NO_DEPENDENCIES, declared,
};
use crate::facts::model::DependencyDecl;
use serde::{Deserialize, Serialize};
use shared::Scope;

/// A module id as written.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Module {
    group: Part,
    artifact: Part,
    version: Option<Part>,
    scope: Scope,
    line: u32,
}

/// A text, or the name of a value.
#[derive(Debug, Serialize, Deserialize)]
enum Part {
    Text(String),
    Name(String),
}

/// The module ids of a statement.
pub(super) fn modules(script: &Script<'_>, tokens: &[Token<'_>], plugin: bool) -> Vec<Module> {
    let mut out = vec![];
    let mut at = 0;
    while at < tokens.len() {
        if NO_DEPENDENCIES.contains(&tokens[at].text) {
            at += setting(&tokens[at..]);
            continue;
        }
        if at > 0 && tokens[at - 1].kind == Kind::Mark && tokens[at - 1].text.starts_with('%') {
            at += 1;
            continue;
        }
        match module(script, &tokens[at..], plugin) {
            Some((module, used)) => {
                out.push(module);
                at += used;
            }
            // A name's later words are no beginning.
            None => at += path(&tokens[at..]).map_or(1, |(_, used)| used),
        }
    }
    out
}

/// How many tokens a setting takes: up to the comma behind it or the bracket around it.
fn setting(tokens: &[Token<'_>]) -> usize {
    let mut depth = 0_usize;
    for (at, token) in tokens.iter().enumerate().filter(|(_, token)| token.kind == Kind::Mark) {
        match token.text {
            "(" | "[" | "{" => depth += 1,
            ")" | "]" | "}" | "," if depth == 0 => return at.max(1),
            ")" | "]" | "}" => depth -= 1,
            _ => {}
        }
    }
    tokens.len()
}

fn module(script: &Script<'_>, tokens: &[Token<'_>], plugin: bool) -> Option<(Module, usize)> {
    let (group, mut at) = part(tokens)?;
    let first = tokens.get(at).filter(|mark| mark.kind == Kind::Mark && matches!(mark.text, "%" | "%%" | "%%%"))?;
    let (artifact, used) = part(&tokens[at + 1..])?;
    // Numbers have remainders: `a % b` is a module only when it says so with a text.
    if matches!((&group, &artifact, first.text), (Part::Name(_), Part::Name(_), "%")) {
        return None;
    }
    let line = script.line(tokens.first()?);
    at += 1 + used;
    let mut rest = vec![];
    while let Some((next, used)) = tokens.get(at).filter(|mark| mark.is_mark("%")).and_then(|_| part(&tokens[at + 1..]))
    {
        rest.push(next);
        at += 1 + used;
    }
    let mut rest = rest.into_iter();
    let version = rest.next();
    let configuration = rest.next();
    if first.text == "%" && version.is_none() && matches!((&group, &artifact), (Part::Name(_), _) | (_, Part::Name(_)))
    {
        return None;
    }
    let scope = if plugin { Scope::Build } else { scope_of(configuration.as_ref()) };
    Some((Module { group, artifact, version, scope, line }, at))
}

fn part(tokens: &[Token<'_>]) -> Option<(Part, usize)> {
    let first = tokens.first()?;
    if first.kind == Kind::Text {
        return Some((Part::Text(first.text.to_owned()), 1));
    }
    let (name, used) = path(tokens)?;
    // `s"…"` is a text with values in it.
    match tokens.get(used) {
        Some(text) if name == "s" && text.kind == Kind::Text => Some((Part::Text(text.text.to_owned()), used + 1)),
        _ => Some((Part::Name(name), used)),
    }
}

fn scope_of(configuration: Option<&Part>) -> Scope {
    let name = match configuration {
        Some(Part::Text(name) | Part::Name(name)) => name.to_lowercase(),
        None => return Scope::Runtime,
    };
    match () {
        () if name.starts_with("test") || name.starts_with("it") || name.contains("integrationtest") => Scope::Test,
        () if name.contains("test") && !name.contains("compile->compile") => Scope::Test,
        () if name.starts_with("provided") || name.starts_with("scalafix") => Scope::Build,
        () if name.starts_with("optional") => Scope::Optional,
        () => Scope::Runtime,
    }
}

impl Module {
    /// The dependency with its names looked up in the build's files; `None` when group or artifact has no plain value.
    pub(super) fn filled(&self, near: &[&Extra]) -> Option<DependencyDecl> {
        let name = format!("{}:{}", value(&self.group, near)?, value(&self.artifact, near)?);
        let version = self.version.as_ref().and_then(|version| match version {
            Part::Name(name) => value(version, near).or_else(|| Some(name.clone())),
            Part::Text(_) => value(version, near),
        });
        Some(declared(name, version.and_then(|version| manifest::requirement(&version)), self.scope, self.line))
    }
}

fn value(part: &Part, near: &[&Extra]) -> Option<String> {
    match part {
        Part::Text(text) if text.contains('$') => {
            let name =
                text.strip_prefix("${").and_then(|text| text.strip_suffix('}')).or_else(|| text.strip_prefix('$'));
            Some(name.and_then(|name| named(name, near)).unwrap_or_else(|| text.clone()))
        }
        Part::Text(text) => Some(text.clone()),
        Part::Name(name) => named(name, near),
    }
}

/// `Versions.akka` is found as `akka`: objects are only where constants live.
fn named(name: &str, near: &[&Extra]) -> Option<String> {
    let last = name.rsplit('.').next()?;
    near.iter().find_map(|extra| extra.values.get(last).cloned())
}
