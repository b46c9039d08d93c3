//! Scala builds: build.sbt and the build's own files, read as text (<https://www.scala-sbt.org/1.x/docs/Library-Dependencies.html>).
//! It must not run a build. What `%%` makes of a name depends on the Scala version, so names are kept without its suffix.
mod module;

use super::{
    manifest::{self, hint},
    scripts::{Dialect, Kind, Script, Token, path},
};
use crate::facts::{
    model::{DependencyDecl, FileFacts, Package, PackageDecl, RepositoryFiles},
    parser::{Parser, Resolved},
};
use module::{Module, modules};
use serde::{Deserialize, Serialize};
use shared::{DependencyKind, Ecosystem, RepoPath, Scope};
use std::collections::BTreeMap;

/// The parser of sbt's files.
pub(super) struct Sbt;

/// What the other files of the build may need.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
struct Extra {
    /// Plain texts by name, e.g. `akkaVersion`.
    values: BTreeMap<String, String>,
    modules: Vec<Module>,
    name: Option<String>,
    organization: Option<String>,
    version: Option<String>,
    plugins: Vec<String>,
}

/// Settings about modules that are no dependencies.
const NO_DEPENDENCIES: &[&str] = &[
    "dependencyOverrides",
    "excludeDependencies",
    "libraryDependencySchemes",
    "mimaPreviousArtifacts",
    "evictionRules",
    "allDependencies",
];

impl Parser for Sbt {
    fn key(&self) -> &'static str {
        "sbt"
    }

    fn version(&self) -> u32 {
        1
    }

    fn wants(&self, path: &RepoPath) -> bool {
        let name = path.file_name();
        name.ends_with(".sbt") || (name.ends_with(".scala") && path.parent().file_name() == "project")
    }

    fn parse(&self, file_name: &str, bytes: &[u8]) -> FileFacts {
        let text = match manifest::text(bytes) {
            Ok(text) => text,
            Err(facts) => return *facts,
        };
        let extra = read(&Script::read(text, Dialect::SCALA));
        let mut facts = FileFacts::default();
        if file_name == "build.sbt" {
            facts.packages.push(package(&extra));
        }
        facts.extra = serde_json::to_value(&extra).unwrap_or_default();
        manifest::settle(facts)
    }

    fn resolve(&self, files: &RepositoryFiles) -> Resolved {
        let read = files
            .of_parser("sbt")
            .filter_map(|(path, blob, facts)| Some((path, (blob, Extra::deserialize(&facts.extra).ok()?))));
        let extras: BTreeMap<_, _> = read.collect();
        let mut out = Resolved::default();
        for (path, (blob, extra)) in &extras {
            let root = build_root(path);
            let near: Vec<&Extra> = std::iter::once(extra)
                .chain(
                    extras
                        .iter()
                        .filter(|(other, _)| build_root(other) == root || root.starts_with(&build_root(other)))
                        .map(|(_, (_, extra))| extra),
                )
                .collect();
            for module in &extra.modules {
                let found = module.filled(&near).filter(|decl| manifest::is_name(&decl.name));
                let found = found.map(|decl| crate::facts::model::Dependency {
                    decl,
                    path: (*path).clone(),
                    blob: (*blob).clone(),
                });
                out.dependencies.extend(found);
            }
            // A build.sbt inside `project` is about the build itself.
            let own = path.parent().file_name() != "project";
            for decl in files.file("sbt", path).into_iter().flat_map(|facts| &facts.packages).filter(|_| own) {
                let mut decl = decl.clone();
                if decl.name.is_empty() {
                    decl.name = manifest::folder_name(path, &files.repository);
                }
                out.packages.push(Package { decl, path: (*path).clone(), blob: (*blob).clone() });
            }
        }
        out
    }
}

/// The folder of the build that a file is part of: `project` holds what the build is made of.
fn build_root(path: &RepoPath) -> RepoPath {
    let folder = path.parent();
    if folder.file_name() == "project" { folder.parent() } else { folder }
}

fn read(script: &Script<'_>) -> Extra {
    let mut extra = Extra::default();
    for statement in &script.statements {
        let tokens = script.of(statement);
        value(tokens, &mut extra);
        settings(tokens, &mut extra);
        let plugin = tokens.iter().any(|token| token.is_word("addSbtPlugin") || token.is_word("addCompilerPlugin"));
        extra.modules.extend(modules(script, tokens, plugin));
    }
    extra
}

/// `val name = "…"`, with or without a type.
fn value(tokens: &[Token<'_>], extra: &mut Extra) {
    let Some(at) = tokens.iter().position(|token| token.is_word("val") || token.is_word("def")) else { return };
    let rest = &tokens[at + 1..];
    let value = match rest {
        [name, equals, value] if equals.is_mark("=") => Some((name, value)),
        [name, colon, _, equals, value] if colon.is_mark(":") && equals.is_mark("=") => Some((name, value)),
        _ => None,
    };
    if let Some((name, value)) = value.filter(|(name, value)| name.kind == Kind::Word && value.kind == Kind::Text)
        && let Some(text) = manifest::requirement(value.text)
    {
        extra.values.insert(name.text.to_owned(), text);
    }
}

/// `name := "…"` and the like, wherever they stand; the first counts.
fn settings(tokens: &[Token<'_>], extra: &mut Extra) {
    for (at, token) in tokens.iter().enumerate() {
        let value = match &tokens[at + 1..] {
            [set, value, ..] if set.is_mark(":=") && value.kind == Kind::Text => Some(value.text),
            _ => None,
        };
        let value = || value.filter(|text| manifest::is_name(text)).map(str::to_owned);
        match token.text {
            "name" if extra.name.is_none() => extra.name = value(),
            "organization" if extra.organization.is_none() => extra.organization = value(),
            "version" if extra.version.is_none() => extra.version = value(),
            "enablePlugins" => {
                let inner = super::scripts::inside(&tokens[at + 1..]);
                let names = super::scripts::arguments(inner).into_iter().filter_map(|part| path(part));
                extra.plugins.extend(names.map(|(name, _)| name));
            }
            _ => {}
        }
    }
}

/// The build's root project; nameless until its folder is known when the script gives no name.
fn package(extra: &Extra) -> PackageDecl {
    let name = extra.name.clone().unwrap_or_default();
    let name = match (&extra.organization, name.is_empty()) {
        (Some(organization), false) => format!("{organization}:{name}"),
        _ => name,
    };
    let of_plugin = |plugin: &String| match plugin.as_str() {
        "PlayScala" | "PlayJava" | "PlayService" | "PlayMinimalJava" => {
            Some(hint("service", 60, format!("build.sbt enables {plugin}")))
        }
        "DockerPlugin" | "JavaServerAppPackaging" => Some(hint("service", 50, format!("build.sbt enables {plugin}"))),
        "JavaAppPackaging" => Some(hint("cli", 35, format!("build.sbt enables {plugin}"))),
        _ => None,
    };
    let mut hints: Vec<_> = extra.plugins.iter().filter_map(of_plugin).collect();
    hints.push(hint("library", 10, "it is an sbt build"));
    PackageDecl {
        ecosystem: Ecosystem::known("maven"),
        name,
        version: extra.version.clone(),
        description: None,
        hints,
        published: extra.organization.is_some() && extra.plugins.is_empty(),
        line: Some(1),
    }
}

fn declared(name: String, requirement: Option<String>, scope: Scope, line: u32) -> DependencyDecl {
    DependencyDecl {
        ecosystem: Ecosystem::known("maven"),
        name,
        requirement,
        version: None,
        scope,
        kind: DependencyKind::Declared,
        line: Some(line),
    }
}
