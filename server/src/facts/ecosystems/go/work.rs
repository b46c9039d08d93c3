//! `go.work`: the modules that are built together (<https://go.dev/ref/mod#workspaces>).
//! It must not report a module twice: each is its own go.mod's.
use super::{super::manifest, replacement::Replacement, syntax};
use crate::{
    facts::{
        model::{FileFacts, RepositoryFiles},
        parser::Resolved,
    },
    scan::Finding,
};
use serde::{Deserialize, Serialize};
use shared::{RepoPath, Severity};
use std::collections::BTreeSet;

/// A module folder as `use` names it.
#[derive(Serialize, Deserialize)]
struct Use {
    folder: String,
    line: u32,
}

/// What the file says of the modules below it.
#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
struct Extra {
    uses: Vec<Use>,
    replacements: Vec<Replacement>,
}

/// Reads a workspace file.
pub(super) fn read(text: &str) -> FileFacts {
    let (directives, open) = syntax::read(text);
    let mut facts = FileFacts::default();
    if let Some(line) = open {
        facts.problems.push(manifest::unreadable("go.work", text, (line, 1), "the block opened here is never closed"));
    }
    let mut extra = Extra::default();
    for directive in &directives {
        let wrong = match (directive.verb, directive.arguments.as_slice()) {
            ("use", [folder]) => {
                extra.uses.push(Use { folder: (*folder).to_owned(), line: directive.line });
                continue;
            }
            ("replace", arguments) => match Replacement::read(arguments) {
                Some(replacement) => {
                    extra.replacements.push(replacement);
                    continue;
                }
                None => "write old => new, each with or without a version",
            },
            ("go" | "toolchain" | "godebug", _) => continue,
            ("use", _) => "write one folder after \"use\"",
            _ => "this directive is unknown",
        };
        if facts.problems.len() < manifest::MAX_SYNTAX_PROBLEMS {
            facts.problems.push(manifest::unreadable("go.work", text, (directive.line, 1), wrong));
        }
    }
    facts.extra = serde_json::to_value(extra).unwrap_or_default();
    facts
}

fn extra(facts: &FileFacts) -> Extra {
    serde_json::from_value(facts.extra.clone()).unwrap_or_default()
}

/// Applies what go.work replaces to the modules it uses, and takes out what they require of each other.
pub(super) fn replace(parser: &str, files: &RepositoryFiles, out: &mut Resolved) {
    for (path, _, facts) in files.of_parser(parser).filter(|(path, _, _)| path.file_name() == "go.work") {
        let extra = extra(facts);
        let module = |used: &Use| path.parent().join(&format!("{}/go.mod", used.folder));
        let modules: BTreeSet<RepoPath> = extra.uses.iter().filter_map(module).collect();
        let names = out.packages.iter().filter(|package| modules.contains(&package.path));
        let own: BTreeSet<String> = names.map(|package| package.decl.name.clone()).collect();
        out.dependencies.retain_mut(|dependency| {
            !modules.contains(&dependency.path)
                || (!own.contains(&dependency.decl.name)
                    && extra.replacements.iter().all(|replacement| replacement.apply(&mut dependency.decl)))
        });
    }
}

/// A finding for each folder of `use` that has no go.mod.
pub(super) fn missing_modules(parser: &str, files: &RepositoryFiles) -> Vec<Finding> {
    let mut findings = vec![];
    for (path, _, facts) in files.of_parser(parser).filter(|(path, _, _)| path.file_name() == "go.work") {
        findings.extend(extra(facts).uses.iter().filter_map(|used| missing(path, used, parser, files)));
    }
    findings
}

fn missing(path: &RepoPath, used: &Use, parser: &str, files: &RepositoryFiles) -> Option<Finding> {
    let module = path.parent().join(&format!("{}/go.mod", used.folder));
    if module.is_some_and(|module| files.file(parser, &module).is_some()) {
        return None;
    }
    let folder = manifest::tidy(&used.folder, 200);
    Some(Finding {
        rule: "workspace-module-missing".to_owned(),
        severity: Severity::Warning,
        path: Some(path.clone()),
        line: Some(used.line),
        column: None,
        message: format!("go.work uses \"{folder}\", but there is no go.mod in it; correct or remove the line."),
    })
}
