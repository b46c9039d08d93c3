//! `mix.lock` (a map of tuples) and `rebar.lock` (a list of tuples), as mix and rebar3 write them.
//! It must not report the requirements inside a locked package: each of them is locked on its own.
use super::{
    super::{
        code_text::{Code, Kind, Language, Token},
        manifest,
    },
    mix,
};
use crate::facts::model::{DependencyDecl, FileFacts};
use shared::{DependencyKind, Ecosystem, Scope};

/// `%{"name": {:hex, :package, "1.2.3", …}, "other": {:git, "url", "revision", […]}}`.
pub(super) fn mix(text: &str) -> FileFacts {
    let code = Code::read(text, Language::Elixir);
    let mut facts = FileFacts::default();
    let Some(open) = (0..code.tokens.len()).find(|index| code.is_mark(*index, "{")) else { return facts };
    for entry in code.inside(open) {
        let Some(key) = code.at(entry.start) else { continue };
        // `"name": {…}` and, before Elixir 1.5, `"name" => {…}` without the colon.
        let at = if key.kind == Kind::Key { entry.start + 1 } else { entry.start + 3 };
        if !matches!(key.kind, Kind::Key | Kind::Text) || !code.is_mark(at, "{") {
            continue;
        }
        let parts: Vec<Option<Token<'_>>> = code.inside(at).iter().map(|part| code.only(part)).collect();
        let part = |index: usize| parts.get(index).copied().flatten();
        match part(0).map(|token| token.text) {
            Some("hex") => {
                let name = part(1).map_or(key.text, |name| name.text);
                facts.dependencies.extend(locked(&code, (key, name), part(2), None));
            }
            Some("git") => {
                let url = part(1).filter(|url| url.kind == Kind::Text);
                facts.dependencies.extend(locked(&code, (key, key.text), part(2), url));
            }
            _ => {}
        }
    }
    facts
}

/// `{"1.2.0", [{<<"name">>, {pkg, <<"package">>, <<"1.2.3">>}, 0}, {<<"other">>, {git, "url", {ref, "…"}}, 0}]}.`
pub(super) fn rebar(text: &str) -> FileFacts {
    let code = Code::read(text, Language::Erlang);
    let mut facts = FileFacts::default();
    let Some(open) = (0..code.tokens.len()).find(|index| code.is_mark(*index, "[")) else { return facts };
    for entry in code.inside(open).into_iter().filter(|entry| code.is_mark(entry.start, "{")) {
        let texts: Vec<Token<'_>> =
            code.tokens[entry.clone()].iter().copied().filter(|token| token.kind == Kind::Text).collect();
        let is = |kind: &str| entry.clone().any(|at| code.is_mark(at, "{") && code.is(at + 1, Kind::Word, kind));
        match texts.as_slice() {
            [key, name, version, ..] if is("pkg") => {
                facts.dependencies.extend(locked(&code, (*key, name.text), Some(*version), None));
            }
            [key, url, revision, ..] if is("git") => {
                facts.dependencies.extend(locked(&code, (*key, key.text), Some(*revision), Some(*url)));
            }
            _ => {}
        }
    }
    facts
}

fn locked(
    code: &Code<'_>,
    (key, name): (Token<'_>, &str),
    version: Option<Token<'_>>,
    url: Option<Token<'_>>,
) -> Option<DependencyDecl> {
    mix::is_package_name(name).then(|| DependencyDecl {
        ecosystem: Ecosystem::known("hex"),
        name: name.to_owned(),
        requirement: url.and_then(|url| manifest::requirement(&format!("git+{}", url.text))),
        version: version.filter(|version| version.kind == Kind::Text).and_then(|v| manifest::requirement(v.text)),
        scope: Scope::Runtime,
        kind: DependencyKind::Resolved,
        line: Some(code.line(key)),
    })
}
