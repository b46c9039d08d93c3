//! CocoaPods: Podfile, podspecs and Podfile.lock, read as text
//! (<https://guides.cocoapods.org/syntax/podfile.html>). It must not run Ruby.
use super::{
    json_file::{JsonFile, Node},
    manifest::{self, hint},
    scripts::{Dialect, Kind, Token, tokens},
};
use crate::facts::{
    model::{DependencyDecl, FileFacts, PackageDecl},
    parser::Parser,
    positions::Lines,
};
use shared::{DependencyKind, Ecosystem, RepoPath, Scope};
use std::collections::BTreeSet;

/// The parser of CocoaPods' files.
pub(super) struct Cocoapods;

impl Parser for Cocoapods {
    fn key(&self) -> &'static str {
        "cocoapods"
    }

    fn version(&self) -> u32 {
        1
    }

    fn wants(&self, path: &RepoPath) -> bool {
        let name = path.file_name();
        matches!(name, "Podfile" | "Podfile.lock") || name.ends_with(".podspec") || name.ends_with(".podspec.json")
    }

    fn in_history(&self, path: &RepoPath) -> bool {
        path.file_name() != "Podfile.lock"
    }

    fn parse(&self, file_name: &str, bytes: &[u8]) -> FileFacts {
        let text = match manifest::text(bytes) {
            Ok(text) => text,
            Err(facts) => return *facts,
        };
        manifest::settle(match file_name {
            "Podfile" => podfile(text),
            "Podfile.lock" => lock(text),
            _ if file_name.ends_with(".json") => podspec_json(text),
            _ => podspec(text),
        })
    }
}

/// `Firebase/Core` is a part of the pod Firebase.
fn add(facts: &mut FileFacts, written: &str, requirement: Option<String>, (scope, line): (Scope, u32)) {
    let name = written.split('/').next().unwrap_or_default();
    if !manifest::is_name(name) || name.contains('#') {
        return facts.problems.push(manifest::bad_name(written, (line, 1)));
    }
    let same = |found: &DependencyDecl| found.name == name && found.line == Some(line);
    if !facts.dependencies.iter().rev().take(1).any(same) {
        facts.dependencies.push(DependencyDecl {
            ecosystem: Ecosystem::known("cocoapods"),
            name: name.to_owned(),
            requirement,
            version: None,
            scope,
            kind: DependencyKind::Declared,
            line: Some(line),
        });
    }
}

/// The tokens of each line; a line that ends in a comma goes on.
fn statements<'t, 'a>(tokens: &'t [Token<'a>]) -> Vec<&'t [Token<'a>]> {
    let mut out = vec![];
    let mut start = 0;
    for at in 1..=tokens.len() {
        let ends = tokens.get(at).is_none_or(|token| token.starts_line && !tokens[at - 1].is_mark(","));
        if ends && start < at {
            out.push(&tokens[start..at]);
            start = at;
        }
    }
    out
}

/// The texts behind the name that are requirements: up to the first option (`:git => …`, `subspecs: …`).
fn requirement(rest: &[Token<'_>]) -> Option<String> {
    let option = |at: usize| rest[at].kind == Kind::Word || rest[at].text.starts_with(':');
    let end = (0..rest.len()).find(|at| option(*at)).unwrap_or(rest.len());
    let texts: Vec<&str> =
        rest[..end].iter().filter(|token| token.kind == Kind::Text).map(|token| token.text).collect();
    manifest::requirement(&texts.join(", "))
}

fn is_path(rest: &[Token<'_>]) -> bool {
    rest.iter().any(|token| token.is_word("path") || token.is_word("podspec"))
}

fn podfile(text: &str) -> FileFacts {
    let tokens = tokens(text, Dialect::RUBY);
    let lines = Lines::new(text);
    let mut facts = FileFacts::default();
    let mut target = Scope::Runtime;
    for statement in statements(&tokens) {
        let statement = if statement.get(1).is_some_and(|open| open.is_mark("(")) {
            [&statement[..1], &statement[2..]].concat()
        } else {
            statement.to_vec()
        };
        match &statement[..] {
            [word, name, ..] if word.is_word("target") && name.kind == Kind::Text => {
                target = if name.text.contains("Test") { Scope::Test } else { Scope::Runtime };
            }
            [word, name, rest @ ..] if word.is_word("pod") && name.kind == Kind::Text && !is_path(rest) => {
                add(&mut facts, name.text, requirement(rest), (target, lines.line(name.offset)));
            }
            _ => {}
        }
    }
    facts
}

fn podspec(text: &str) -> FileFacts {
    let tokens = tokens(text, Dialect::RUBY);
    let lines = Lines::new(text);
    let mut facts = FileFacts::default();
    let (mut name, mut version, mut summary) = (None, None, None);
    for statement in statements(&tokens) {
        let Some(at) = statement.iter().position(|token| token.is_mark(".")) else { continue };
        let [word, rest @ ..] = &statement[at + 1..] else { continue };
        let rest = if rest.first().is_some_and(|open| open.is_mark("(")) { &rest[1..] } else { rest };
        match (word.text, rest) {
            ("name", [equals, value, ..]) if equals.is_mark("=") && value.kind == Kind::Text && name.is_none() => {
                name = Some(*value)
            }
            ("version", [equals, value, ..]) if equals.is_mark("=") && value.kind == Kind::Text => {
                version = Some(value.text)
            }
            ("summary", [equals, value, ..]) if equals.is_mark("=") && value.kind == Kind::Text => {
                summary = Some(value.text)
            }
            ("dependency" | "test_dependency", [pod, rest @ ..]) if pod.kind == Kind::Text => {
                add(&mut facts, pod.text, requirement(rest), (Scope::Runtime, lines.line(pod.offset)));
            }
            _ => {}
        }
    }
    if let Some(name) = name.filter(|name| manifest::is_name(name.text) && !name.text.contains('#')) {
        facts.dependencies.retain(|found| found.name != name.text);
        facts.packages.push(package(name.text, version, summary, lines.line(name.offset)));
    }
    facts
}

fn package(name: &str, version: Option<&str>, summary: Option<&str>, line: u32) -> PackageDecl {
    PackageDecl {
        ecosystem: Ecosystem::known("cocoapods"),
        name: name.to_owned(),
        version: version.and_then(manifest::requirement),
        description: summary.and_then(manifest::description),
        hints: vec![hint("library", 60, "a podspec publishes it")],
        published: true,
        line: Some(line),
    }
}

fn podspec_json(text: &str) -> FileFacts {
    let mut file = JsonFile::read(text);
    let mut facts = FileFacts { problems: std::mem::take(&mut file.problems), ..FileFacts::default() };
    let own = file.root.text_at("name").unwrap_or_default().to_owned();
    let subspecs = file.root.get("subspecs").map(Node::items).unwrap_or_default();
    for spec in std::iter::once(&file.root).chain(subspecs) {
        for (name, node) in spec.get("dependencies").map(Node::entries).unwrap_or_default() {
            let requirement: Vec<&str> = node.items().iter().filter_map(Node::text).collect();
            if name.split('/').next() != Some(own.as_str()) {
                add(
                    &mut facts,
                    name,
                    manifest::requirement(&requirement.join(", ")),
                    (Scope::Runtime, file.place(node).0),
                );
            }
        }
    }
    if let Some(node) = file.root.get("name").filter(|_| manifest::is_name(&own)) {
        let (version, summary) = (file.root.text_at("version"), file.root.text_at("summary"));
        facts.packages.push(package(&own, version, summary, file.place(node).0));
    }
    facts
}

/// The `PODS:` of Podfile.lock: two spaces and a dash for a pod, four for what it needs. Local pods are left out.
fn lock(text: &str) -> FileFacts {
    let mut facts = FileFacts::default();
    let local = local_pods(text);
    let mut seen = BTreeSet::new();
    let mut section = "";
    for (line, number) in text.lines().zip(1_u32..) {
        if !line.starts_with(' ') && !line.is_empty() {
            section = line.trim_end_matches(':');
        }
        let Some(entry) = line.strip_prefix("  - ").filter(|_| section == "PODS") else { continue };
        let Some((name, rest)) = entry.trim_matches(['"', ':']).split_once(" (") else { continue };
        let version = rest.split(')').next().unwrap_or_default();
        let root = name.split('/').next().unwrap_or_default();
        if local.contains(root) || !seen.insert(root) {
            continue;
        }
        let n_before = facts.dependencies.len();
        add(&mut facts, name, None, (Scope::Runtime, number));
        for found in &mut facts.dependencies[n_before..] {
            found.kind = DependencyKind::Resolved;
            found.version = manifest::requirement(version);
        }
    }
    facts
}

/// Pods with a `:path:` below `EXTERNAL SOURCES:`.
fn local_pods(text: &str) -> BTreeSet<&str> {
    let external = text.split("EXTERNAL SOURCES:").nth(1).unwrap_or_default();
    let mut out = BTreeSet::new();
    let mut pod = "";
    for line in external.lines().skip(1).take_while(|line| line.starts_with(' ')) {
        match line.strip_prefix("    ") {
            Some(detail) if detail.starts_with(":path:") || detail.starts_with(":podspec:") => drop(out.insert(pod)),
            Some(_) => {}
            None => pod = line.trim().trim_end_matches(':').trim_matches('"').split('/').next().unwrap_or_default(),
        }
    }
    out
}
