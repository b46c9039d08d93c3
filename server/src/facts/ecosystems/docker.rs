//! Base images of Dockerfiles (<https://docs.docker.com/reference/dockerfile/>).
//! Nothing is built, and a stage of the same file is no dependency.
mod image;
mod written;

use super::manifest;
use crate::facts::{model::FileFacts, parser::Parser, positions::Lines};
pub(super) use image::dependency;
use parse_dockerfile::{FromInstruction, Instruction};
use shared::{RepoPath, Scope, Severity};
use std::collections::{BTreeMap, BTreeSet};
pub(super) use written::{add, add_written};

/// The parser of Dockerfiles.
pub(super) struct Docker;

impl Parser for Docker {
    fn key(&self) -> &'static str {
        "docker"
    }

    fn version(&self) -> u32 {
        2
    }

    fn wants(&self, path: &RepoPath) -> bool {
        let name = path.file_name();
        let (first, last) = (name.split('.').next(), name.rsplit('.').next());
        let is = |part: Option<&str>| matches!(part, Some("Dockerfile" | "dockerfile" | "Containerfile"));
        // `Dockerfile.md` and the ignore file beside a Dockerfile are none.
        (is(first) || is(last))
            && !matches!(last, Some("dockerignore" | "md" | "txt" | "sh" | "go" | "ts" | "js" | "py"))
    }

    fn parse(&self, _file_name: &str, bytes: &[u8]) -> FileFacts {
        let text = match manifest::text(bytes) {
            Ok(text) => text,
            Err(facts) => return *facts,
        };
        let mut reader = Reader::new(text);
        let instructions = match parse_dockerfile::parse_iter(text) {
            Ok(instructions) => instructions,
            Err(error) => return reader.broken(&error),
        };
        for instruction in instructions {
            match instruction {
                Ok(instruction) => reader.read(&instruction),
                Err(error) => return reader.broken(&error),
            }
        }
        reader.facts
    }
}

struct Reader<'a> {
    text: &'a str,
    lines: Lines<'a>,
    facts: FileFacts,
    /// ARGs before the first FROM, with their defaults.
    args: BTreeMap<String, Option<String>>,
    stages: BTreeSet<String>,
    n_stages: usize,
}

impl<'a> Reader<'a> {
    fn new(text: &'a str) -> Self {
        let lines = Lines::new(text);
        Self { text, lines, facts: FileFacts::default(), args: BTreeMap::new(), stages: BTreeSet::new(), n_stages: 0 }
    }

    fn read(&mut self, instruction: &Instruction<'_>) {
        match instruction {
            Instruction::Arg(arg) if self.n_stages == 0 => self.arg(&arg.arguments.value),
            Instruction::From(from) => self.from(from),
            Instruction::Copy(copy) => {
                let from = copy.options.iter().find(|flag| flag.name.value == "from");
                if let Some(value) = from.and_then(|flag| flag.value.as_ref()) {
                    self.image(&value.value, value.span.start, Scope::Build);
                }
            }
            _ => {}
        }
    }

    /// `ARG NAME=default OTHER`.
    fn arg(&mut self, arguments: &str) {
        for word in arguments.split_whitespace() {
            let (name, default) = match word.split_once('=') {
                Some((name, value)) => (name, Some(value.trim_matches(['"', '\'']))),
                None => (word, None),
            };
            let default = default.and_then(|value| image::substitute(value, &self.args).ok());
            self.args.insert(name.to_owned(), default);
        }
    }

    fn from(&mut self, from: &FromInstruction<'_>) {
        self.image(&from.image.value, from.image.span.start, Scope::Runtime);
        if let Some((_, name)) = &from.as_ {
            self.stages.insert(name.value.to_lowercase());
        }
        self.n_stages += 1;
    }

    fn image(&mut self, written: &str, offset: usize, scope: Scope) {
        let (line, column) = self.lines.place(offset);
        // Of an unknown tag the name is still known.
        let untagged = || image::substitute(&written[..written::name_end(written)], &self.args);
        let image = match image::substitute(written, &self.args).or_else(|name| untagged().map_err(|_| name)) {
            Ok(image) => image,
            Err(name) => {
                let message = format!(
                    "The image \"{}\" depends on the build argument {}, which has no default here; give it one to have \
                     the image recognised.",
                    manifest::tidy(written, 120),
                    manifest::tidy(&name, 60)
                );
                let problem = manifest::problem("image-unresolved", Severity::Info, Some((line, column)), message);
                self.facts.problems.push(problem);
                return;
            }
        };
        let stage = self.stages.contains(&image.to_lowercase())
            || image == "scratch"
            || image.parse::<usize>().is_ok_and(|n| n < self.n_stages);
        if stage {
            return;
        }
        match dependency(&image, scope, line) {
            Some(dependency) => add(&mut self.facts, dependency),
            None => self.facts.problems.push(manifest::bad_name(&image, (line, column))),
        }
    }

    fn broken(mut self, error: &parse_dockerfile::Error) -> FileFacts {
        let number = |n: usize| u32::try_from(n.max(1)).unwrap_or(u32::MAX);
        let n_lines = memchr::memchr_iter(b'\n', self.text.as_bytes()).count() + 1;
        let place = (number(error.line().min(n_lines)), number(error.column()));
        let message = error.to_string();
        // What stands before a template's marks belongs to files that do not exist yet.
        if manifest::is_templated(self.text) {
            self.facts = FileFacts::default();
        }
        self.facts.problems.push(manifest::unreadable(
            "Dockerfile",
            self.text,
            place,
            message.lines().next().unwrap_or_default(),
        ));
        self.facts
    }
}
