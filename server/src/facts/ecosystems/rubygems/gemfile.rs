//! Gemfiles: calls of `gem` with their options, inside `group`, `path` and `git` blocks.
//! It must not decide conditions: a gem under an `if` is a dependency.
use super::super::{
    code_text::{Code, Kind, Language, Token},
    manifest::{self, hint},
};
use crate::facts::model::{DependencyDecl, FileFacts, PackageDecl, TypeHint};
use shared::{DependencyKind, Ecosystem, Scope, Severity};
use std::ops::Range;

/// Gems whose use by an application shows its type.
const FRAMEWORKS: &[(&str, &str, u8)] = &[
    ("rails", "service", 50),
    ("sinatra", "service", 50),
    ("hanami", "service", 50),
    ("grape", "service", 50),
    ("roda", "service", 50),
    ("puma", "service", 45),
    ("unicorn", "service", 45),
    ("jekyll", "website", 55),
    ("github-pages", "website", 55),
    ("middleman", "website", 55),
    ("nanoc", "website", 55),
    ("bridgetown", "website", 55),
];

/// What a block gives to the gems inside it.
#[derive(Clone, Copy)]
struct Block {
    scope: Scope,
    /// The gems come from a folder of this repository.
    own: bool,
}

/// Tokens of one call without brackets that are looked at.
const MAX_TOKENS: usize = 400;

/// Words that open a block when a statement begins with them.
const OPENERS: [&str; 10] = ["if", "unless", "case", "while", "until", "begin", "def", "class", "module", "for"];

/// Reads a Gemfile.
pub(super) fn read(text: &str) -> FileFacts {
    let code = Code::read(text, Language::Ruby);
    if let Some(place) = code.template_mark() {
        return manifest::code_template(place);
    }
    let mut facts = FileFacts::default();
    let mut blocks: Vec<Block> = vec![];
    let outside = Block { scope: Scope::Runtime, own: false };
    let mut statement = 0;
    for (index, token) in code.tokens.iter().enumerate() {
        let first = index == statement;
        match (token.kind, token.text) {
            (Kind::End, _) | (Kind::Mark, ";") => statement = index + 1,
            (Kind::Word, "end") if !is_member(&code, index) => drop(blocks.pop()),
            (Kind::Word, "do") => {
                let block = opened(&code, statement..index, *blocks.last().unwrap_or(&outside));
                blocks.push(block);
            }
            (Kind::Word, word) if (first || is_assigned(&code, index)) && OPENERS.contains(&word) => {
                blocks.push(*blocks.last().unwrap_or(&outside));
            }
            (Kind::Word, "gem") if first || is_nested_call(&code, index) => {
                gem(&code, index, *blocks.last().unwrap_or(&outside), &mut facts);
            }
            _ => {}
        }
    }
    facts.packages.extend(application(&facts));
    facts
}

fn is_member(code: &Code<'_>, index: usize) -> bool {
    index > 0 && code.is_mark(index - 1, ".")
}

fn is_assigned(code: &Code<'_>, index: usize) -> bool {
    index > 0 && code.is_mark(index - 1, "=")
}

/// `gem` behind `{`, `|x|` or `then` of the same line.
fn is_nested_call(code: &Code<'_>, index: usize) -> bool {
    let before = index.checked_sub(1).and_then(|before| code.at(before));
    before.is_some_and(|token| match token.kind {
        Kind::Mark => matches!(token.text, "{" | "|"),
        Kind::Word => matches!(token.text, "then" | "else" | "do"),
        _ => false,
    })
}

/// What the block that `do` opens gives to its gems.
fn opened(code: &Code<'_>, statement: Range<usize>, around: Block) -> Block {
    let word = code.at(statement.start).map_or("", |token| token.text);
    match word {
        "group" | "groups" => {
            let names = code.tokens[statement].iter().filter(|token| matches!(token.kind, Kind::Symbol | Kind::Text));
            Block { scope: scope_of(names.map(|token| token.text)), ..around }
        }
        "path" => Block { own: true, ..around },
        _ => around,
    }
}

/// Groups for tests only are of the scope test, those for work on the code of dev, any other is there at run time.
fn scope_of<'t>(groups: impl Iterator<Item = &'t str>) -> Scope {
    let scopes: Vec<Scope> = groups
        .map(|group| {
            let words: Vec<&str> = group.split(['_', '-']).collect();
            let has = |names: &[&str]| words.iter().any(|word| names.contains(word));
            match () {
                () if has(&["test", "tests", "testing", "spec", "cucumber"]) => Scope::Test,
                () if has(&[
                    "development",
                    "dev",
                    "debug",
                    "ci",
                    "doc",
                    "docs",
                    "lint",
                    "linters",
                    "rubocop",
                    "tools",
                ]) =>
                {
                    Scope::Dev
                }
                () => Scope::Runtime,
            }
        })
        .collect();
    if scopes.is_empty() || scopes.contains(&Scope::Runtime) {
        Scope::Runtime
    } else if scopes.contains(&Scope::Dev) {
        Scope::Dev
    } else {
        Scope::Test
    }
}

/// The arguments of the call at `index`, with or without brackets. Without, a line that ends in a comma goes on.
pub(super) fn arguments(code: &Code<'_>, index: usize) -> Vec<Range<usize>> {
    let start = index + 1;
    if code.is_mark(start, "(") {
        return code.inside(start);
    }
    let mut end = start;
    for _ in 0..MAX_TOKENS {
        let Some(token) = code.at(end) else { break };
        let goes_on = end > start && code.is_mark(end - 1, ",");
        let stops = match token.kind {
            Kind::End => !goes_on,
            Kind::Word => matches!(token.text, "if" | "unless" | "do" | "end"),
            Kind::Mark => matches!(token.text, ";" | "}"),
            _ => false,
        };
        if stops {
            break;
        }
        end = code.next(end);
    }
    code.parts(start..end.min(code.tokens.len()))
}

fn gem(code: &Code<'_>, index: usize, block: Block, facts: &mut FileFacts) {
    let arguments = arguments(code, index);
    let option = |names: &[&str]| arguments.iter().skip(1).find_map(|part| value(code, part, names));
    if block.own || option(&["path"]).is_some() {
        return;
    }
    let groups = option(&["group", "groups"]);
    let named = groups.map(|part| code.tokens[part].iter().filter(|t| matches!(t.kind, Kind::Symbol | Kind::Text)));
    let scope = named.map_or(block.scope, |names| scope_of(names.map(|token| token.text)));
    let from = |(name, prefix): &(&str, &str)| {
        let source = plain(code, &option(&[name])?)?;
        Some(format!("{prefix}{}", source.text))
    };
    let source =
        [("git", "git+"), ("github", "github:"), ("gist", "gist:"), ("bitbucket", "bitbucket:")].iter().find_map(from);
    declare(code, &arguments, (scope, source), (index, facts));
}

/// A call of a gemspec: `s.add_dependency "name", "~> 1.0"`.
pub(super) fn requirement_call(code: &Code<'_>, index: usize, scope: Scope, facts: &mut FileFacts) {
    declare(code, &arguments(code, index), (scope, None), (index, facts));
}

fn declare(
    code: &Code<'_>,
    arguments: &[Range<usize>],
    (scope, source): (Scope, Option<String>),
    (call, facts): (usize, &mut FileFacts),
) {
    let Some(name) = arguments.first().and_then(|part| plain(code, part)) else {
        facts.problems.extend(code.at(call).map(|token| computed(code, token)));
        return;
    };
    if !is_gem_name(name.text) {
        facts.problems.push(manifest::bad_name(name.text, code.place(name)));
        return;
    }
    let versions: Vec<&str> = arguments[1..].iter().flat_map(|part| versions(code, part)).collect();
    let written = if versions.is_empty() { source } else { Some(versions.join(", ")) };
    facts.dependencies.push(DependencyDecl {
        ecosystem: Ecosystem::known("gem"),
        name: name.text.to_owned(),
        version: pinned(&versions),
        requirement: written.as_deref().and_then(manifest::requirement),
        scope,
        kind: DependencyKind::Declared,
        line: Some(code.line(name)),
    });
}

/// RubyGems allows letters, digits, `-`, `_` and `.`.
fn is_gem_name(name: &str) -> bool {
    manifest::is_name(name) && name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.'))
}

/// A plain string, frozen or not.
pub(super) fn plain<'a>(code: &Code<'a>, part: &Range<usize>) -> Option<Token<'a>> {
    let frozen = part.len() == 3 && code.is(part.start + 2, Kind::Word, "freeze");
    code.text(&if frozen { part.start..part.start + 1 } else { part.clone() })
}

/// A plain string, or a list of them: version requirements.
fn versions<'a>(code: &Code<'a>, part: &Range<usize>) -> Vec<&'a str> {
    if let Some(token) = plain(code, part) {
        return vec![token.text];
    }
    let is_list = code.is_mark(part.start, "[") && code.close(part.start) + 1 == part.end;
    let items = if is_list { code.inside(part.start) } else { vec![] };
    items.iter().filter_map(|item| plain(code, item)).map(|token| token.text).collect()
}

/// A lone `1.2.3` or `= 1.2.3`.
fn pinned(versions: &[&str]) -> Option<String> {
    let [only] = versions else { return None };
    let version = only.strip_prefix('=').unwrap_or(only).trim();
    let plain = version.bytes().next()?.is_ascii_digit() && !version.contains(char::is_whitespace);
    plain.then(|| manifest::requirement(version)).flatten()
}

/// The value of an option written `name: value` or `:name => value`.
fn value(code: &Code<'_>, part: &Range<usize>, names: &[&str]) -> Option<Range<usize>> {
    let key = code.at(part.start)?;
    if !names.contains(&key.text) {
        return None;
    }
    let arrow = code.is_mark(part.start + 1, "=") && code.is_mark(part.start + 2, ">");
    match key.kind {
        Kind::Key => Some(part.start + 1..part.end),
        Kind::Symbol | Kind::Text if arrow => Some(part.start + 3..part.end),
        _ => None,
    }
    .map(|value| code.trimmed(value))
}

fn computed(code: &Code<'_>, token: Token<'_>) -> crate::facts::model::Problem {
    let message = "The gem named here is only known when Ruby runs, which never happens here; it is left out. Write \
                   its name as a plain string to have it read.";
    manifest::problem("dependency-computed", Severity::Info, Some(code.place(token)), message)
}

/// The application that a Gemfile belongs to, when a framework shows that it is one.
fn application(facts: &FileFacts) -> Option<PackageDecl> {
    let found = |(name, subtype, weight): &(&str, &'static str, u8)| -> Option<(TypeHint, Option<u32>)> {
        let mut runtime = facts.dependencies.iter().filter(|dependency| dependency.scope == Scope::Runtime);
        let line = runtime.find(|dependency| dependency.name == *name)?.line;
        Some((hint(subtype, *weight, format!("Gemfile depends on {name}")), line))
    };
    let mut hints: Vec<(TypeHint, Option<u32>)> = FRAMEWORKS.iter().filter_map(found).collect();
    hints.sort_by_key(|(hint, _)| std::cmp::Reverse(hint.weight));
    Some(PackageDecl {
        ecosystem: Ecosystem::known("gem"),
        name: String::new(),
        version: None,
        description: None,
        published: false,
        line: hints.first()?.1,
        hints: hints.into_iter().map(|(hint, _)| hint).collect(),
    })
}
