//! `go.mod`: the module, what it requires, and what replaces that.
//! It must not report excluded or retracted versions as dependencies.
use super::{
    super::manifest::{self, hint},
    replacement::{Replacement, Target},
    syntax::{self, Directive},
};
use crate::facts::model::{DependencyDecl, FileFacts, PackageDecl, TypeHint};
use shared::{DependencyKind, Ecosystem, Scope};

/// Modules whose direct use shows the type.
const FRAMEWORKS: &[(&str, &str, u8)] = &[
    ("github.com/gin-gonic/gin", "service", 50),
    ("github.com/labstack/echo", "service", 50),
    ("github.com/gofiber/fiber", "service", 50),
    ("github.com/go-chi/chi", "service", 50),
    ("github.com/gorilla/mux", "service", 45),
    ("github.com/grpc-ecosystem/grpc-gateway", "service", 35),
    ("connectrpc.com/connect", "service", 45),
    ("github.com/aws/aws-lambda-go", "service", 50),
    ("google.golang.org/grpc", "service", 12),
    ("github.com/spf13/cobra", "cli", 40),
    ("github.com/urfave/cli", "cli", 40),
    ("github.com/alecthomas/kong", "cli", 40),
];

/// Reads a module file.
pub(super) fn read(text: &str) -> FileFacts {
    let (directives, open) = syntax::read(text);
    let mut facts = FileFacts::default();
    if let Some(line) = open {
        facts.problems.push(manifest::unreadable("go.mod", text, (line, 1), "the block opened here is never closed"));
    }
    for directive in &directives {
        read_directive(text, directive, &mut facts);
    }
    for directive in &directives {
        match directive.verb {
            "tool" => mark_tool(directive, &mut facts),
            "replace" => replace(directive, &mut facts),
            _ => {}
        }
    }
    let hints = hints(&facts);
    facts.packages.iter_mut().for_each(|package| package.hints.clone_from(&hints));
    facts
}

fn read_directive(text: &str, directive: &Directive<'_>, facts: &mut FileFacts) {
    let wrong = match (directive.verb, directive.arguments.as_slice()) {
        ("module", [name]) if manifest::is_name(name) => {
            facts.packages.push(package(name, directive.line));
            return;
        }
        ("require", [name, version]) if manifest::is_name(name) => {
            facts.dependencies.push(requirement(name, version, directive));
            return;
        }
        ("replace", [_, "=>", _] | [_, _, "=>", _] | [_, "=>", _, _] | [_, _, "=>", _, _])
        | ("exclude", [_, _])
        | ("tool", [_])
        | ("go" | "toolchain" | "retract" | "godebug" | "ignore", _) => return,
        ("module", _) => "write one module path after \"module\"",
        ("require", _) => "write a module path and a version",
        ("exclude", _) => "write a module path and a version",
        ("replace", _) => "write old => new, each with or without a version",
        ("tool", _) => "write one package path",
        _ => "this directive is unknown",
    };
    if facts.problems.len() < manifest::MAX_SYNTAX_PROBLEMS {
        facts.problems.push(manifest::unreadable("go.mod", text, (directive.line, 1), wrong));
    }
}

fn package(name: &str, line: u32) -> PackageDecl {
    PackageDecl {
        ecosystem: Ecosystem::known("go"),
        name: name.to_owned(),
        version: None,
        description: None,
        hints: vec![],
        published: true,
        line: Some(line),
    }
}

/// The go tool writes `// indirect` at what no package of the module imports: resolved, not asked for.
fn requirement(name: &str, version: &str, directive: &Directive<'_>) -> DependencyDecl {
    let indirect = directive.comment == "indirect" || directive.comment.starts_with("indirect;");
    DependencyDecl {
        ecosystem: Ecosystem::known("go"),
        name: name.to_owned(),
        requirement: manifest::requirement(version),
        version: manifest::requirement(version),
        scope: Scope::Runtime,
        kind: if indirect { DependencyKind::Resolved } else { DependencyKind::Declared },
        line: Some(directive.line),
    }
}

/// A tool's module is asked for, but is no part of what is built.
fn mark_tool(directive: &Directive<'_>, facts: &mut FileFacts) {
    let Some(tool) = directive.arguments.first() else { return };
    let holds = |module: &str| tool.strip_prefix(module).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
    let modules = facts.dependencies.iter_mut().filter(|dependency| holds(&dependency.name));
    if let Some(module) = modules.max_by_key(|dependency| dependency.name.len()) {
        module.scope = Scope::Dev;
        module.kind = DependencyKind::Declared;
    }
}

fn replace(directive: &Directive<'_>, facts: &mut FileFacts) {
    let Some(replacement) = Replacement::read(&directive.arguments) else { return };
    if let Target::Module { name, .. } = &replacement.target
        && !manifest::is_name(name)
    {
        facts.problems.push(manifest::bad_name(name, (directive.line, 1)));
        return;
    }
    let (kept, local): (Vec<_>, Vec<_>) = std::mem::take(&mut facts.dependencies)
        .into_iter()
        .map(|mut dependency| (replacement.apply(&mut dependency), dependency))
        .partition(|(stays, _)| *stays);
    facts.dependencies = kept.into_iter().map(|(_, dependency)| dependency).collect();
    keep_local(local.into_iter().map(|(_, dependency)| dependency), facts);
}

/// What a folder replaces is the repository's own, and a dependency only of tools: kept aside until the path is known.
fn keep_local(local: impl Iterator<Item = DependencyDecl>, facts: &mut FileFacts) {
    let mut held = self::local(facts);
    held.extend(local);
    if !held.is_empty() {
        facts.extra = serde_json::to_value(held).unwrap_or_default();
    }
}

/// What a go.mod requires of its own repository by `replace`.
pub(super) fn local(facts: &FileFacts) -> Vec<DependencyDecl> {
    serde_json::from_value(facts.extra.clone()).unwrap_or_default()
}

fn hints(facts: &FileFacts) -> Vec<TypeHint> {
    let mut hints = vec![];
    for dependency in
        facts.dependencies.iter().filter(|d| d.kind == DependencyKind::Declared && d.scope == Scope::Runtime)
    {
        let of = |module: &str| {
            let rest = dependency.name.strip_prefix(module);
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with("/v"))
        };
        if let Some((module, subtype, weight)) = FRAMEWORKS.iter().find(|(module, _, _)| of(module)) {
            hints.push(hint(subtype, *weight, format!("go.mod requires {module}")));
        }
    }
    hints.push(hint("library", 10, "it is a Go module"));
    hints.sort_by_key(|hint| std::cmp::Reverse(hint.weight));
    hints
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_broken_line_is_told_and_the_rest_is_kept() {
        let facts = read("module acme.dev/a\nrequire acme.dev/b\nrequire acme.dev/c v1.0.0\n");
        assert_eq!(facts.dependencies.len(), 1);
        assert_eq!((facts.problems[0].rule.as_str(), facts.problems[0].line), ("manifest-invalid-go-mod", Some(2)));
    }
}
