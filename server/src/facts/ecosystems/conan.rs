//! Conan: conanfile.txt, conan.lock, and conanfile.py read as text
//! (<https://docs.conan.io/2/reference/conanfile_txt.html>). It must not run Python.
use super::{
    json_file::{JsonFile, Node},
    manifest::{self, hint},
    scripts::{Dialect, Kind, Token, inside, tokens},
};
use crate::facts::{
    model::{DependencyDecl, FileFacts, PackageDecl},
    parser::Parser,
    positions::Lines,
};
use shared::{DependencyKind, Ecosystem, RepoPath, Scope};

/// The parser of Conan's files.
pub(super) struct Conan;

impl Parser for Conan {
    fn key(&self) -> &'static str {
        "conan"
    }

    fn version(&self) -> u32 {
        1
    }

    fn wants(&self, path: &RepoPath) -> bool {
        matches!(path.file_name(), "conanfile.txt" | "conanfile.py" | "conan.lock")
    }

    fn in_history(&self, path: &RepoPath) -> bool {
        path.file_name() != "conan.lock"
    }

    fn parse(&self, file_name: &str, bytes: &[u8]) -> FileFacts {
        match manifest::text(bytes) {
            Err(facts) => *facts,
            Ok(text) if file_name == "conanfile.txt" => manifest::settle(plain(text)),
            Ok(text) if file_name == "conan.lock" => manifest::settle(lock(text)),
            Ok(text) => manifest::settle(python(text)),
        }
    }
}

/// `name/version@user/channel#revision%timestamp`; nothing for what is made of variables.
fn reference(written: &str, scope: Scope, line: u32) -> Option<DependencyDecl> {
    let (name, rest) = written.trim().split_once('/')?;
    let version = if rest.starts_with('[') {
        rest.split_inclusive(']').next().unwrap_or_default()
    } else {
        rest.split(['@', '#', '%', ':']).next().unwrap_or_default()
    };
    let plain = manifest::is_name(name) && !name.contains(['%', '$', '(']);
    let requirement = manifest::requirement(version).filter(|version| !version.contains(['{', '}']));
    plain.then(|| DependencyDecl {
        ecosystem: Ecosystem::known("conan"),
        name: name.to_owned(),
        requirement,
        version: None,
        scope,
        kind: DependencyKind::Declared,
        line: Some(line),
    })
}

fn scope_of(section: &str) -> Option<Scope> {
    match section {
        "requires" => Some(Scope::Runtime),
        "tool_requires" | "build_requires" | "python_requires" => Some(Scope::Build),
        "test_requires" => Some(Scope::Test),
        _ => None,
    }
}

fn plain(text: &str) -> FileFacts {
    let mut facts = FileFacts::default();
    let mut scope = None;
    for (line, number) in text.lines().zip(1_u32..) {
        let line = line.split(" #").next().unwrap_or_default().trim();
        if let Some(section) = line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
            scope = scope_of(section);
        } else if let Some(scope) = scope.filter(|_| !line.is_empty() && !line.starts_with('#')) {
            match reference(line, scope, number) {
                Some(found) => facts.dependencies.push(found),
                None => facts.problems.push(manifest::bad_name(line, (number, 1))),
            }
        }
    }
    facts
}

fn lock(text: &str) -> FileFacts {
    let mut file = JsonFile::read(text);
    let mut facts = FileFacts { problems: std::mem::take(&mut file.problems), ..FileFacts::default() };
    for section in ["requires", "build_requires", "python_requires"] {
        let scope = scope_of(section).unwrap_or(Scope::Runtime);
        for node in file.root.get(section).map(Node::items).unwrap_or_default() {
            let found = node.text().and_then(|text| reference(text, scope, file.place(node).0));
            facts.dependencies.extend(found.map(|found| DependencyDecl {
                version: found.requirement.clone(),
                requirement: None,
                kind: DependencyKind::Resolved,
                ..found
            }));
        }
    }
    facts
}

/// `requires = "a/1", …`, `self.requires("a/1")`, `self.tool_requires("b/2")`, and the recipe's own name.
fn python(text: &str) -> FileFacts {
    let tokens = tokens(text, Dialect::PYTHON);
    let lines = Lines::new(text);
    let mut facts = FileFacts::default();
    for (at, token) in tokens.iter().enumerate().filter(|(_, token)| token.kind == Kind::Word) {
        let Some(scope) = scope_of(token.text) else { continue };
        let rest = &tokens[at + 1..tokens.len().min(at + 200)];
        let texts: Vec<Token<'_>> = match rest {
            [open, text, ..] if open.is_mark("(") && at > 1 && tokens[at - 1].is_mark(".") => vec![*text],
            [equals, ..] if equals.is_mark("=") && token.starts_line => assigned(&rest[1..]),
            _ => continue,
        };
        let texts = texts.iter().filter(|text| text.kind == Kind::Text);
        facts.dependencies.extend(texts.filter_map(|text| reference(text.text, scope, lines.line(text.offset))));
    }
    facts.packages.extend(package(&tokens, &lines));
    facts
}

/// The texts of `"a/1"`, `"a/1", "b/2"`, `("a/1", …)`, `["a/1", ("b/2", "private")]`.
fn assigned<'a>(rest: &[Token<'a>]) -> Vec<Token<'a>> {
    let bracketed = rest.first().is_some_and(|open| open.is_mark("(") || open.is_mark("["));
    if bracketed {
        return inside(rest).to_vec();
    }
    let continues =
        |at: &usize| *at == 0 || !rest[*at].starts_line || rest[*at - 1].is_mark(",") || rest[*at - 1].is_mark("\\");
    (0..rest.len()).take_while(continues).map(|at| rest[at]).collect()
}

fn package(tokens: &[Token<'_>], lines: &Lines<'_>) -> Option<PackageDecl> {
    let assigned = |name: &str| {
        tokens.windows(3).find(|window| {
            window[0].is_word(name) && window[0].starts_line && window[1].is_mark("=") && window[2].kind == Kind::Text
        })
    };
    let name = assigned("name")?[2];
    manifest::is_name(name.text).then(|| PackageDecl {
        ecosystem: Ecosystem::known("conan"),
        name: name.text.to_owned(),
        version: assigned("version").and_then(|window| manifest::requirement(window[2].text)),
        description: assigned("description").and_then(|window| manifest::description(window[2].text)),
        hints: vec![hint("library", 20, "conanfile.py packs it")],
        published: true,
        line: Some(lines.line(name.offset)),
    })
}
