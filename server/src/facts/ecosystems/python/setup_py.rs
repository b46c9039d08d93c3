//! `setup.py` as text: the keyword arguments of `setup(…)` that are plain literals, or names of plain literals.
//! It must not run or evaluate anything: what is computed is left out with a quiet problem.
use super::{
    super::{
        code_text::{Code, Kind, Language, Token},
        manifest::{self, hint},
    },
    project, requirement,
};
use crate::facts::model::{FileFacts, PackageDecl};
use shared::{Ecosystem, Scope, Severity};
use std::{
    cell::Cell,
    collections::{BTreeMap, BTreeSet},
    ops::Range,
};

/// Names that lead to names.
const MAX_HOPS: usize = 5;

/// Terms of one script that are looked at: names that lead to each other could be added up without end.
const MAX_TERMS: usize = 20_000;

/// Reads a script; one without a call of `setup` says nothing.
pub(super) fn read(text: &str) -> FileFacts {
    let code = Code::read(text, Language::Python);
    let mut facts = FileFacts::default();
    let call = (0..code.tokens.len()).find(|index| {
        let is_call = code.is(*index, Kind::Word, "setup") && code.is_mark(index + 1, "(");
        is_call && !index.checked_sub(1).is_some_and(|before| code.is(before, Kind::Word, "def"))
    });
    let Some(call) = call else { return facts };
    let script = Script { variables: variables(&code), changed: changed(&code), n_terms: Cell::new(0), code };
    let arguments = script.keywords(call + 1);
    for (key, scope) in
        [("install_requires", Scope::Runtime), ("setup_requires", Scope::Build), ("tests_require", Scope::Test)]
    {
        if let Some(argument) = arguments.get(key) {
            let whole = script.requirements(&argument.value, scope, &mut facts);
            script.tell(argument, !whole, &mut facts);
        }
    }
    if let Some(argument) = arguments.get("extras_require") {
        let whole = script.extras(&argument.value, &mut facts);
        script.tell(argument, !whole, &mut facts);
    }
    facts.dependencies.sort_by_key(|dependency| dependency.line);
    let package = script.package(&arguments, call, &mut facts);
    facts.packages.extend(package);
    project::drop_own(&mut facts);
    facts
}

/// A keyword argument: its name's token and its value.
struct Argument<'a> {
    name: Token<'a>,
    value: Range<usize>,
}

struct Script<'a> {
    code: Code<'a>,
    /// What is assigned or added to each name, wherever that happens outside of brackets.
    variables: BTreeMap<&'a str, Vec<Range<usize>>>,
    /// Names that a call changes.
    changed: BTreeSet<&'a str>,
    n_terms: Cell<usize>,
}

/// `name = …` and `name += …`.
fn variables<'a>(code: &Code<'a>) -> BTreeMap<&'a str, Vec<Range<usize>>> {
    let mut out: BTreeMap<&str, Vec<Range<usize>>> = BTreeMap::new();
    let mut index = 0;
    while index < code.tokens.len() {
        let adds = usize::from(code.is_mark(index + 1, "+"));
        let is_assignment = code.is_mark(index + 1 + adds, "=") && !code.is_mark(index + 2 + adds, "=");
        if let (Some(name), true) = (code.at(index).filter(|token| token.kind == Kind::Word), is_assignment) {
            let start = index + 2 + adds;
            let mut end = start;
            while code.at(end).is_some_and(|token| token.kind != Kind::End) {
                end = code.next(end);
            }
            out.entry(name.text).or_default().push(start..end);
            index = end;
        }
        index = code.next(index);
    }
    out
}

/// `name.append(…)` and its like.
fn changed<'a>(code: &Code<'a>) -> BTreeSet<&'a str> {
    const CHANGERS: [&str; 6] = ["append", "extend", "insert", "update", "remove", "setdefault"];
    let is_change = |index: &usize| {
        code.is_mark(index + 1, ".") && code.at(index + 2).is_some_and(|token| CHANGERS.contains(&token.text))
    };
    (0..code.tokens.len()).filter(is_change).filter_map(|index| code.at(index)).map(|token| token.text).collect()
}

impl<'a> Script<'a> {
    fn keywords(&self, open: usize) -> BTreeMap<&'a str, Argument<'a>> {
        let argument = |part: Range<usize>| {
            let name = self.code.at(part.start).filter(|token| token.kind == Kind::Word)?;
            let value = self.code.trimmed(part.start + 2..part.end);
            self.code.is_mark(part.start + 1, "=").then_some((name.text, Argument { name, value }))
        };
        self.code.inside(open).into_iter().filter_map(argument).collect()
    }

    /// Adds the requirements of a value; false when not all of it is plain.
    fn requirements(&self, value: &Range<usize>, scope: Scope, facts: &mut FileFacts) -> bool {
        let (found, whole) = self.strings(value, MAX_HOPS);
        for token in found {
            let line = self.code.line(token);
            for (text, below) in token.text.lines().zip(0..) {
                let text = text.split(" #").next().unwrap_or_default().trim();
                if !text.is_empty() && !text.starts_with('#') {
                    project::specifier(text, scope, (line + below, 1), facts);
                }
            }
        }
        whole
    }

    /// `{"name": […], ":marker": […]}`; false when not all of it is plain.
    fn extras(&self, value: &Range<usize>, facts: &mut FileFacts) -> bool {
        let mut whole = true;
        for value in self.followed(value, MAX_HOPS) {
            if !self.is_bracket(&value, "{") {
                whole = false;
                continue;
            }
            for part in self.code.inside(value.start) {
                let key = self.code.at(part.start).filter(|_| self.code.is_mark(part.start + 1, ":"));
                let Some(key) = key.filter(|key| key.kind == Kind::Text) else {
                    whole = false;
                    continue;
                };
                let scope = if key.text.starts_with(':') { Scope::Runtime } else { Scope::Optional };
                let list = self.code.trimmed(part.start + 2..part.end);
                whole &= self.requirements(&list, scope, facts);
            }
        }
        whole
    }

    /// Counts one term; false when there were too many.
    fn may_go_on(&self) -> bool {
        self.n_terms.set(self.n_terms.get() + 1);
        self.n_terms.get() <= MAX_TERMS
    }

    /// A value, or what its name stands for.
    fn followed(&self, value: &Range<usize>, hops: usize) -> Vec<Range<usize>> {
        let name = self.code.only(value).filter(|token| token.kind == Kind::Word && hops > 0);
        match name.and_then(|name| self.variables.get(name.text)) {
            Some(values) => {
                let values = values.iter().take_while(|_| self.may_go_on());
                values.flat_map(|value| self.followed(value, hops - 1)).collect()
            }
            None => vec![value.clone()],
        }
    }

    /// The plain strings of a list, of a name for one, or of several added up, and whether that is all of it.
    fn strings(&self, value: &Range<usize>, hops: usize) -> (Vec<Token<'a>>, bool) {
        let (mut out, mut whole) = (vec![], true);
        for term in self.terms(value) {
            if !self.may_go_on() {
                return (out, false);
            }
            let single = self.code.only(&term);
            match single {
                Some(token) if token.kind == Kind::Text => out.push(token),
                Some(name) if hops > 0 && self.variables.contains_key(name.text) => {
                    whole &= !self.changed.contains(name.text);
                    for value in &self.variables[name.text] {
                        let (found, all) = self.strings(value, hops - 1);
                        out.extend(found);
                        whole &= all;
                    }
                }
                _ if self.is_bracket(&term, "[") || self.is_bracket(&term, "(") => {
                    for item in self.code.inside(term.start) {
                        let text = self.code.text(&item);
                        whole &= text.is_some();
                        out.extend(text);
                    }
                }
                _ => whole = false,
            }
        }
        (out, whole)
    }

    /// The parts between the `+` of a value.
    fn terms(&self, value: &Range<usize>) -> Vec<Range<usize>> {
        let (mut out, mut start, mut index) = (vec![], value.start, value.start);
        while index < value.end {
            if self.code.is_mark(index, "+") {
                out.push(self.code.trimmed(start..index));
                start = index + 1;
            }
            index = self.code.next(index);
        }
        out.push(self.code.trimmed(start..value.end));
        out
    }

    fn is_bracket(&self, value: &Range<usize>, open: &str) -> bool {
        self.code.is_mark(value.start, open) && self.code.close(value.start) + 1 == value.end
    }

    fn tell(&self, argument: &Argument<'_>, is_computed: bool, facts: &mut FileFacts) {
        if is_computed {
            let message = format!(
                "Part of {} is only known when this script runs, which never happens here; it is left out. Plain \
                 strings, here or in pyproject.toml, are read.",
                argument.name.text
            );
            let place = Some(self.code.place(argument.name));
            facts.problems.push(manifest::problem("dependency-computed", Severity::Info, place, message));
        }
    }

    fn package(
        &self,
        arguments: &BTreeMap<&str, Argument<'a>>,
        call: usize,
        facts: &mut FileFacts,
    ) -> Option<PackageDecl> {
        let text = |key: &str| {
            let values = self.followed(&arguments.get(key)?.value, MAX_HOPS);
            values.iter().find_map(|value| self.code.text(value))
        };
        let name = text("name");
        if let Some(name) = name.filter(|name| !manifest::is_name(name.text)) {
            facts.problems.push(manifest::bad_name(name.text, self.code.place(name)));
            return None;
        }
        let mut hints = project::framework_hints("setup.py", facts);
        let range = call..self.code.close(call + 1).min(self.code.tokens.len());
        let commands = self.code.tokens[range]
            .iter()
            .any(|token| matches!(token.kind, Kind::Text | Kind::Computed) && token.text.contains("console_scripts"));
        if commands || arguments.get("scripts").is_some_and(|scripts| scripts.value.len() > 2) {
            hints.insert(0, hint("cli", 45, "setup.py installs a command"));
            hints.sort_by_key(|hint| std::cmp::Reverse(hint.weight));
        }
        Some(PackageDecl {
            ecosystem: Ecosystem::known("pypi"),
            name: name.map(|name| requirement::normalise(name.text)).unwrap_or_default(),
            version: text("version").and_then(|token| manifest::requirement(token.text)),
            description: text("description").and_then(|token| manifest::description(token.text)),
            hints,
            published: true,
            line: name.or_else(|| self.code.at(call)).map(|token| self.code.line(token)),
        })
    }
}
