//! `mix.exs`: the keyword list that `project` returns, and the tuples in functions whose name speaks of deps.
//! It must not follow a call: what another function computes stays unread.
use super::super::{
    code_text::{Code, Kind, Language, Token},
    manifest::{self, hint},
};
use crate::facts::model::{DependencyDecl, FileFacts, PackageDecl, TypeHint};
use shared::{DependencyKind, Ecosystem, Scope};
use std::ops::Range;

/// Packages whose direct use shows the type.
const FRAMEWORKS: &[(&str, &str, u8)] = &[
    ("phoenix", "service", 50),
    ("phoenix_live_view", "website", 52),
    ("bandit", "service", 40),
    ("cowboy", "service", 30),
    ("plug_cowboy", "service", 45),
    ("grpc", "service", 40),
    ("tableau", "website", 50),
];

/// Reads a project file.
pub(super) fn read(text: &str) -> FileFacts {
    let code = Code::read(text, Language::Elixir);
    if let Some(place) = code.template_mark() {
        return manifest::code_template(place);
    }
    let mut facts = FileFacts::default();
    for function in functions(&code) {
        if function.name.contains("deps") || function.name.ends_with("dependencies") {
            dependencies(&code, function.body.clone(), &mut facts);
        }
        if function.name == "project" {
            let mut keys = function.body.clone().filter(|at| code.is(*at, Kind::Key, "deps") && code.opens(at + 1));
            if let Some(at) = keys.next() {
                let end = code.next(at + 1).min(function.body.end);
                dependencies(&code, at + 1..end, &mut facts);
            }
        }
    }
    facts.dependencies.sort_by_key(|dependency| dependency.line);
    facts.packages.extend(package(&code, &facts));
    facts
}

/// A function by name with what it holds, up to the next one.
struct Function<'a> {
    name: &'a str,
    body: Range<usize>,
}

fn functions<'a>(code: &Code<'a>) -> Vec<Function<'a>> {
    let starts: Vec<usize> = (0..code.tokens.len())
        .filter(|index| {
            let defines = code.is(*index, Kind::Word, "def") || code.is(*index, Kind::Word, "defp");
            defines && code.at(index + 1).is_some_and(|token| matches!(token.kind, Kind::Word | Kind::Key))
        })
        .collect();
    // A module attribute begins a statement of the module: what follows is no part of the function above it.
    let is_attribute = |index: &usize| {
        let starts_line = *index > 0 && code.at(index - 1).is_some_and(|before| before.kind == Kind::End);
        starts_line && code.at(*index).is_some_and(|token| token.kind == Kind::Word && token.text.starts_with('@'))
    };
    let attributes: Vec<usize> = (0..code.tokens.len()).filter(is_attribute).collect();
    let function = |(start, next): (&usize, usize)| {
        let name = code.at(start + 1).map_or("", |token| token.text);
        let attribute = attributes.get(attributes.partition_point(|at| at <= start)).copied().unwrap_or(next);
        Function { name, body: start + 2..next.min(attribute).max(start + 2) }
    };
    let ends = starts.iter().skip(1).copied().chain([code.tokens.len()]);
    starts.iter().zip(ends).map(function).collect()
}

/// Every tuple that begins with an atom: brackets of other kinds are looked into, the tuples themselves are not.
fn dependencies(code: &Code<'_>, range: Range<usize>, facts: &mut FileFacts) {
    let mut index = range.start;
    while index < range.end {
        let name = code.at(index + 1).filter(|token| code.is_mark(index, "{") && token.kind == Kind::Symbol);
        match name {
            Some(name) => {
                let parts = code.inside(index);
                dependency(code, name, &parts, facts);
                index = code.next(index);
            }
            None => index += 1,
        }
    }
}

fn dependency(code: &Code<'_>, name: Token<'_>, parts: &[Range<usize>], facts: &mut FileFacts) {
    // `{:name, requirement or options}`; anything else that begins with an atom is a value, as in `{:ok, name}`.
    let is_value = |token: Token<'_>| token.kind == Kind::Word && !token.text.starts_with('@');
    let lone_value = parts.len() == 2 && code.only(&parts[1]).is_some_and(is_value);
    if parts.first().is_none_or(|part| part.len() != 1) || parts.len() < 2 || lone_value {
        return;
    }
    let options = Options::of(code, &parts[1..]);
    if options.has("path") || options.has("in_umbrella") {
        return;
    }
    let real = options.value("hex").map_or(name.text, |token| token.text);
    if !is_package_name(real) {
        facts.problems.push(manifest::bad_name(real, code.place(name)));
        return;
    }
    let from = |(key, prefix): &(&str, &str)| Some(format!("{prefix}{}", options.value(key)?.text));
    let source = [("git", "git+"), ("github", "github:")].iter().find_map(from);
    let written = code.text(&parts[1]).map(|token| token.text.to_owned()).or(source);
    facts.dependencies.push(DependencyDecl {
        ecosystem: Ecosystem::known("hex"),
        name: real.to_owned(),
        version: written.as_deref().and_then(pinned),
        requirement: written.as_deref().and_then(manifest::requirement),
        scope: options.scope(code),
        kind: DependencyKind::Declared,
        line: Some(code.line(name)),
    });
}

/// The options of one dependency: `key: value` behind the requirement, or in a list.
struct Options<'a> {
    /// The key with the range of its value.
    entries: Vec<(&'a str, Range<usize>)>,
    first: Vec<(&'a str, Option<Token<'a>>)>,
}

impl<'a> Options<'a> {
    fn of(code: &Code<'a>, parts: &[Range<usize>]) -> Self {
        let lists = parts.iter().flat_map(|part| {
            let is_list = code.is_mark(part.start, "[") && code.close(part.start) + 1 == part.end;
            if is_list { code.inside(part.start) } else { vec![part.clone()] }
        });
        let keyed = lists.filter_map(|part| {
            let key = code.at(part.start).filter(|token| token.kind == Kind::Key)?;
            Some((key.text, code.trimmed(part.start + 1..part.end)))
        });
        let entries: Vec<_> = keyed.collect();
        let first = entries.iter().map(|(key, value)| (*key, code.only(value))).collect();
        Self { entries, first }
    }

    fn has(&self, key: &str) -> bool {
        self.entries.iter().any(|(name, _)| *name == key)
    }

    /// The plain string or atom at a key.
    fn value(&self, key: &str) -> Option<Token<'a>> {
        let (_, token) = self.first.iter().find(|(name, _)| *name == key)?;
        token.filter(|token| matches!(token.kind, Kind::Text | Kind::Symbol))
    }

    /// `only:` names environments; `optional: true` leaves the choice to the dependent; what does not run,
    /// or only when developing, is for building.
    fn scope(&self, code: &Code<'_>) -> Scope {
        let of = |key: &str| self.entries.iter().find(|(name, _)| *name == key).map(|(_, value)| value.clone());
        let symbols = |range: Range<usize>| -> Vec<&str> {
            let all = code.tokens[range].iter().filter(|token| token.kind == Kind::Symbol);
            all.map(|token| token.text).collect()
        };
        let only = of("only").map(symbols).unwrap_or_default();
        let is = |key: &str, word: &str| of(key).is_some_and(|value| code.is(value.start, Kind::Word, word));
        match () {
            () if !only.is_empty() && only.iter().all(|name| *name == "test") => Scope::Test,
            () if !only.is_empty() && !only.contains(&"prod") => Scope::Dev,
            () if is("optional", "true") => Scope::Optional,
            () if of("runtime").is_some() && !is("runtime", "true") => Scope::Build,
            () => Scope::Runtime,
        }
    }
}

/// Hex's own rule (<https://hex.pm/docs/publish>).
pub(super) fn is_package_name(name: &str) -> bool {
    manifest::is_name(name) && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

/// A lone `1.2.3` or `== 1.2.3`.
pub(super) fn pinned(written: &str) -> Option<String> {
    let version = written.strip_prefix("==").unwrap_or(written).trim();
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'+');
    let exact = version.starts_with(|c: char| c.is_ascii_digit()) && version.bytes().all(plain);
    exact.then(|| version.to_owned())
}

fn package(code: &Code<'_>, facts: &FileFacts) -> Option<PackageDecl> {
    let project = functions(code).into_iter().find(|function| function.name == "project")?;
    let key = |name: &str| project.body.clone().find(|at| code.is(*at, Kind::Key, name)).map(|at| at + 1);
    let token = |at: Option<usize>, kind: Kind| at.and_then(|at| code.at(at)).filter(|token| token.kind == kind);
    // An umbrella's root holds applications and is none.
    let app = token(key("app"), Kind::Symbol).filter(|app| is_package_name(app.text))?;
    let text = |name: &str| plain_or_attribute(code, key(name)?);
    Some(PackageDecl {
        ecosystem: Ecosystem::known("hex"),
        name: app.text.to_owned(),
        version: text("version").and_then(manifest::requirement),
        description: text("description").and_then(manifest::description),
        hints: hints(key("escript").is_some(), key("package").is_some(), facts),
        published: key("package").is_some(),
        line: Some(code.line(app)),
    })
}

/// A plain string, or the one that the module attribute of this name holds.
fn plain_or_attribute<'a>(code: &Code<'a>, at: usize) -> Option<&'a str> {
    let token = code.at(at)?;
    if token.kind == Kind::Text {
        return Some(token.text);
    }
    let is_definition = |index: &usize| code.is(*index, Kind::Word, token.text) && *index != at;
    let attribute = token.text.starts_with('@').then(|| (0..code.tokens.len()).find(is_definition)).flatten()?;
    code.at(attribute + 1).filter(|value| value.kind == Kind::Text).map(|value| value.text)
}

fn hints(is_script: bool, is_published: bool, facts: &FileFacts) -> Vec<TypeHint> {
    let mut hints = vec![];
    if is_script {
        hints.push(hint("cli", 45, "mix.exs builds an escript"));
    }
    for dependency in facts.dependencies.iter().filter(|dependency| dependency.scope == Scope::Runtime) {
        if let Some((name, subtype, weight)) = FRAMEWORKS.iter().find(|(name, _, _)| *name == dependency.name) {
            // What goes to Hex extends the framework rather than serving with it.
            let weight = if is_published { 15 } else { *weight };
            hints.push(hint(subtype, weight, format!("mix.exs depends on {name}")));
        }
    }
    hints.push(match is_published {
        true => hint("library", 30, "mix.exs describes a package for Hex"),
        false => hint("library", 10, "it is a Mix project"),
    });
    hints.sort_by_key(|hint| std::cmp::Reverse(hint.weight));
    hints
}
