//! What Jenkinsfiles use: shared libraries and images (<https://www.jenkins.io/doc/book/pipeline/shared-libraries/>).
//! It must not run Groovy: the text is read as words, strings and signs.
mod words;

use super::{manifest, pipeline};
use crate::facts::{model::FileFacts, parser::Parser};
use shared::{RepoPath, Scope};
use words::{Kind, Word};

/// The parser of Jenkinsfiles.
pub(super) struct Jenkins;

impl Parser for Jenkins {
    fn key(&self) -> &'static str {
        "jenkins"
    }

    fn version(&self) -> u32 {
        1
    }

    fn wants(&self, path: &RepoPath) -> bool {
        let name = path.file_name();
        let plain =
            name.strip_prefix("Jenkinsfile").is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '-', '_']));
        let other = [".md", ".txt", ".yml", ".yaml", ".json", ".sh", ".py"].iter().any(|end| name.ends_with(end));
        (plain && !other) || name.ends_with(".jenkinsfile") || name.ends_with(".Jenkinsfile")
    }

    fn parse(&self, _file_name: &str, bytes: &[u8]) -> FileFacts {
        match manifest::text(bytes) {
            Err(facts) => *facts,
            Ok(text) => read(&words::read(text)),
        }
    }
}

fn read(words: &[Word<'_>]) -> FileFacts {
    let mut facts = FileFacts::default();
    for at in 0..words.len() {
        let (before, here) = words.split_at(at);
        match here {
            [
                Word { text: "@", .. },
                Word { text: "Library", kind: Kind::Name, .. },
                Word { text: "(", .. },
                rest @ ..,
            ] => {
                annotation(rest, &mut facts);
            }
            [Word { text: "library" | "lib", kind: Kind::Name, .. }, rest @ ..] if starts_statement(before) => {
                step(rest, &mut facts);
            }
            [Word { text: "docker", kind: Kind::Name, .. }, rest @ ..] if !follows_dot(before) => {
                docker(rest, &mut facts);
            }
            _ => {}
        }
    }
    facts
}

/// `@Library('a@v')`, `@Library(['a', 'b@v'])`, `@Library(value = ['a'], changelog = false)`.
fn annotation(rest: &[Word<'_>], facts: &mut FileFacts) {
    for word in rest.iter().take_while(|word| word.text != ")" || word.kind != Kind::Sign) {
        if word.kind.is_text() {
            library(word, facts);
        }
    }
}

/// `library 'a@v'`, `library('a')`, `library identifier: 'a@v', retriever: …`, and `lib('a')` of `libraries`.
fn step(rest: &[Word<'_>], facts: &mut FileFacts) {
    let rest = past(rest, "(");
    let rest = past(past(rest, "identifier"), ":");
    if let Some(word) = rest.first().filter(|word| word.kind.is_text()) {
        library(word, facts);
    }
}

/// `docker { image 'x' }`, `docker 'x'`, `docker.image('x')`.
fn docker(rest: &[Word<'_>], facts: &mut FileFacts) {
    let image = match rest {
        [Word { text: ".", kind: Kind::Sign, .. }, Word { text: "image", .. }, rest @ ..] => past(rest, "(").first(),
        [Word { text: "{", kind: Kind::Sign, .. }, rest @ ..] => {
            let block = &rest[..rest.iter().position(|word| word.text == "}").unwrap_or(rest.len())];
            let at = block.iter().position(|word| word.kind == Kind::Name && word.text == "image");
            at.and_then(|at| past(&block[at + 1..], "(").first())
        }
        rest => past(rest, "(").first(),
    };
    let Some(word) = image.filter(|word| word.kind.is_text() && !word.text.trim().is_empty()) else { return };
    pipeline::image_text(word.text.trim(), (word.line, Scope::Build), facts);
}

fn library(word: &Word<'_>, facts: &mut FileFacts) {
    let text = word.text.trim();
    let (name, version) = text.split_once('@').map_or((text, None), |(name, version)| (name, Some(version)));
    pipeline::part("jenkins", (name, version), word.line, facts);
}

fn past<'w, 't>(rest: &'w [Word<'t>], text: &str) -> &'w [Word<'t>] {
    match rest {
        [first, after @ ..] if first.text == text && !first.kind.is_text() => after,
        _ => rest,
    }
}

fn follows_dot(before: &[Word<'_>]) -> bool {
    before.last().is_some_and(|word| word.text == "." && word.kind == Kind::Sign)
}

/// Neither a member, nor a definition (`def library = …`), nor a named argument's value.
fn starts_statement(before: &[Word<'_>]) -> bool {
    !follows_dot(before) && before.last().is_none_or(|word| !matches!(word.text, "def" | "@" | "String"))
}
