//! Gem specifications (<https://guides.rubygems.org/specification-reference/>): assignments and calls on the block's
//! argument. It must not guess a value that is not written as a plain string.
use super::super::{
    code_text::{Code, Kind, Language, Token},
    manifest::{self, hint},
};
use super::gemfile;
use crate::facts::model::{FileFacts, PackageDecl, TypeHint};
use shared::{Ecosystem, Scope};

/// Reads a specification.
pub(super) fn read(text: &str) -> FileFacts {
    let code = Code::read(text, Language::Ruby);
    if let Some(place) = code.template_mark() {
        return manifest::code_template(place);
    }
    let mut facts = FileFacts::default();
    let mut gem = PackageDecl {
        ecosystem: Ecosystem::known("gem"),
        name: String::new(),
        version: None,
        description: None,
        hints: vec![],
        published: true,
        line: None,
    };
    let mut is_specification = false;
    for index in 0..code.tokens.len() {
        is_specification |= code.is(index, Kind::Word, "Specification");
        if !code.is_mark(index, ".") {
            continue;
        }
        let Some(member) = code.at(index + 1).filter(|token| token.kind == Kind::Word) else { continue };
        if let Some(scope) = scope_of(member.text) {
            gemfile::requirement_call(&code, index + 1, scope, &mut facts);
        } else {
            assignment(&code, member, index + 2, (&mut gem, &mut facts));
        }
    }
    if is_specification {
        gem.hints.push(hint("library", 20, "it is a gem"));
        gem.line = gem.line.or(Some(1));
        facts.packages.push(gem);
    }
    facts
}

fn scope_of(method: &str) -> Option<Scope> {
    match method {
        "add_dependency" | "add_runtime_dependency" => Some(Scope::Runtime),
        "add_development_dependency" => Some(Scope::Dev),
        _ => None,
    }
}

fn assignment(code: &Code<'_>, member: Token<'_>, at: usize, (gem, facts): (&mut PackageDecl, &mut FileFacts)) {
    let appends = code.is_mark(at, "<") && code.is_mark(at + 1, "<");
    let assigns = code.is_mark(at, "=") && !code.is_mark(at + 1, "=");
    let value = at + if appends { 2 } else { 1 };
    if member.text == "executables" && (appends || assigns) {
        executables(code, value, gem, facts);
        return;
    }
    let plain = code.at(value).filter(|token| assigns && token.kind == Kind::Text && ends(code, value + 1));
    let Some(plain) = plain else { return };
    match member.text {
        "name" if manifest::is_name(plain.text) => {
            gem.name = plain.text.to_owned();
            gem.line = Some(code.line(plain));
        }
        "name" => facts.problems.push(manifest::bad_name(plain.text, code.place(plain))),
        "version" => gem.version = manifest::requirement(plain.text),
        "summary" => gem.description = manifest::description(plain.text),
        "description" if gem.description.is_none() => gem.description = manifest::description(plain.text),
        "executable" => add_hint(gem),
        _ => {}
    }
}

/// A list of plain names installs commands; a pattern over the files does when there are any, which `resolve` knows.
fn executables(code: &Code<'_>, value: usize, gem: &mut PackageDecl, facts: &mut FileFacts) {
    let listed = code.opens(value) && code.at(value + 1).is_some_and(|token| token.kind == Kind::Text);
    if listed || code.at(value).is_some_and(|token| token.kind == Kind::Text) {
        add_hint(gem);
    } else if !code.opens(value) {
        facts.extra = programs_in_exe();
    }
}

fn add_hint(gem: &mut PackageDecl) {
    if gem.hints.is_empty() {
        gem.hints.push(installs_a_command());
    }
}

/// Whether a statement ends at the index.
fn ends(code: &Code<'_>, index: usize) -> bool {
    let frozen = code.is_mark(index, ".") && code.is(index + 1, Kind::Word, "freeze");
    frozen || code.at(index).is_none_or(|token| token.kind == Kind::End || token.text == ";")
}

/// The reason for a command line tool.
pub(super) fn installs_a_command() -> TypeHint {
    hint("cli", 45, "gemspec installs a command")
}

/// What a gemspec says whose programs are all files below `exe`.
pub(super) fn programs_in_exe() -> serde_json::Value {
    serde_json::json!("exe")
}
