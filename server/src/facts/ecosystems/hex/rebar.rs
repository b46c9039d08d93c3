//! `rebar.config`: Erlang terms, of which `deps` counts at the top and in `profiles`
//! (<https://rebar3.org/docs/configuration/dependencies/>). It must not evaluate `rebar.config.script`.
use super::{
    super::{
        code_text::{Code, Kind, Language, Token},
        manifest,
    },
    mix,
};
use crate::facts::model::{DependencyDecl, FileFacts};
use shared::{DependencyKind, Ecosystem, Scope};
use std::ops::Range;

/// Reads a configuration.
pub(super) fn read(text: &str) -> FileFacts {
    let code = Code::read(text, Language::Erlang);
    let mut facts = FileFacts::default();
    let mut index = 0;
    while index < code.tokens.len() {
        let name = |at: usize| code.at(at).filter(|token| token.kind == Kind::Word).map(|token| token.text);
        match name(index + 1).filter(|_| code.is_mark(index, "{")) {
            Some("deps") => list(&code, index, Scope::Runtime, &mut facts),
            Some("profiles") => profiles(&code, index, &mut facts),
            _ => {}
        }
        index = code.next(index);
    }
    facts
}

/// `{profiles, [{test, [{deps, […]}]}]}`.
fn profiles(code: &Code<'_>, open: usize, facts: &mut FileFacts) {
    for profile in second(code, open).map(|part| code.inside(part.start)).unwrap_or_default() {
        let name = code.at(profile.start + 1).map_or("", |token| token.text);
        let scope = match name {
            "test" => Scope::Test,
            "prod" => Scope::Runtime,
            _ => Scope::Dev,
        };
        let settings = second(code, profile.start).map(|part| code.inside(part.start)).unwrap_or_default();
        for setting in settings.iter().filter(|setting| code.is(setting.start + 1, Kind::Word, "deps")) {
            list(code, setting.start, scope, facts);
        }
    }
}

/// The second part of the tuple or list that opens at `open`, when it is a list.
fn second(code: &Code<'_>, open: usize) -> Option<Range<usize>> {
    code.inside(open).into_iter().nth(1).filter(|part| code.is_mark(part.start, "["))
}

/// `{deps, [name, {name, "1.0"}, {name, {git, "…"}}, {name, "1.0", {pkg, real}}]}`.
fn list(code: &Code<'_>, open: usize, scope: Scope, facts: &mut FileFacts) {
    for part in second(code, open).map(|part| code.inside(part.start)).unwrap_or_default() {
        let parts = if code.is_mark(part.start, "{") { code.inside(part.start) } else { vec![part] };
        let Some(name) = parts.first().and_then(|part| code.only(part)) else { continue };
        if matches!(name.kind, Kind::Word | Kind::Symbol) && mix::is_package_name(name.text) {
            facts.dependencies.push(declared(code, name, &parts[1..], scope));
        }
    }
}

fn declared(code: &Code<'_>, name: Token<'_>, parts: &[Range<usize>], scope: Scope) -> DependencyDecl {
    let tuple = |kind: &str| {
        let found =
            parts.iter().find(|part| code.is_mark(part.start, "{") && code.is(part.start + 1, Kind::Word, kind));
        found.and_then(|part| code.only(code.inside(part.start).get(1)?))
    };
    let version = parts.first().and_then(|part| code.text(part)).map(|token| token.text.to_owned());
    let written = version.or_else(|| tuple("git").map(|url| format!("git+{}", url.text)));
    let real = tuple("pkg").filter(|real| mix::is_package_name(real.text)).unwrap_or(name);
    DependencyDecl {
        ecosystem: Ecosystem::known("hex"),
        name: real.text.to_owned(),
        version: written.as_deref().and_then(mix::pinned),
        requirement: written.as_deref().and_then(manifest::requirement),
        scope,
        kind: DependencyKind::Declared,
        line: Some(code.line(name)),
    }
}
