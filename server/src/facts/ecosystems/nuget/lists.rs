//! NuGet's plain lists: packages.config, packages.lock.json, global.json, dotnet-tools.json, paket.dependencies.
//! It must not look at projects.
use super::{
    super::{
        json_file::{JsonFile, Node},
        manifest,
        xml_file::{elements, line},
    },
    declared,
};
use crate::facts::model::{DependencyDecl, FileFacts};
use roxmltree::Document;
use shared::{DependencyKind, Scope};
use std::collections::BTreeSet;

/// `packages.config` (<https://learn.microsoft.com/nuget/reference/packages-config>).
pub(super) fn config(document: &Document<'_>) -> FileFacts {
    let mut facts = FileFacts::default();
    for package in elements(document.root_element()).filter(|node| node.tag_name().name() == "package") {
        let Some(id) = package.attribute("id") else { continue };
        let dev = package.attribute("developmentDependency") == Some("true");
        let scope = if dev { Scope::Dev } else { Scope::Runtime };
        let version = package.attribute("version").and_then(manifest::requirement);
        add(&mut facts, declared(id, version, scope, line(package)));
    }
    facts
}

/// Adds a dependency, or the problem of its name.
pub(super) fn add(facts: &mut FileFacts, dependency: DependencyDecl) {
    if manifest::is_name(&dependency.name) && !dependency.name.contains(['$', '(', '@', '*']) {
        facts.dependencies.push(dependency);
    } else if facts.problems.len() < manifest::MAX_SYNTAX_PROBLEMS {
        let place = (dependency.line.unwrap_or(1), 1);
        facts.problems.push(manifest::bad_name(&dependency.name, place));
    }
}

fn json<'a>(text: &'a str) -> (JsonFile<'a>, FileFacts) {
    let mut file = JsonFile::read(text);
    let problems = std::mem::take(&mut file.problems);
    // A comment in these files is read by every .NET tool.
    let problems = problems.into_iter().filter(|problem| problem.rule != "manifest-json-comments").collect();
    (file, FileFacts { problems, ..FileFacts::default() })
}

/// `packages.lock.json`, each package and version once over all frameworks.
pub(super) fn lock(text: &str) -> FileFacts {
    let (file, mut facts) = json(text);
    let mut seen = BTreeSet::new();
    let frameworks = file.root.get("dependencies").map(Node::entries).unwrap_or_default();
    for (name, node) in frameworks.iter().flat_map(|(_, framework)| framework.entries()) {
        let project = node.text_at("type").is_some_and(|kind| kind.eq_ignore_ascii_case("project"));
        let Some(version) = node.text_at("resolved").filter(|_| !project) else { continue };
        if seen.insert((name.to_lowercase(), version.to_owned())) {
            let requirement = node.text_at("requested").and_then(manifest::requirement);
            let found = declared(name, requirement, Scope::Runtime, file.place(node).0);
            add(
                &mut facts,
                DependencyDecl { version: manifest::requirement(version), kind: DependencyKind::Resolved, ..found },
            );
        }
    }
    facts
}

/// The `msbuild-sdks` of `global.json`.
pub(super) fn global(text: &str) -> FileFacts {
    let (file, mut facts) = json(text);
    for (name, node) in file.root.get("msbuild-sdks").map(Node::entries).unwrap_or_default() {
        let version = node.text().and_then(manifest::requirement);
        add(&mut facts, declared(name, version, Scope::Build, file.place(node).0));
    }
    facts
}

/// The tools of `dotnet-tools.json`.
pub(super) fn tools(text: &str) -> FileFacts {
    let (file, mut facts) = json(text);
    for (name, node) in file.root.get("tools").map(Node::entries).unwrap_or_default() {
        let version = node.text_at("version").and_then(manifest::requirement);
        add(&mut facts, declared(name, version, Scope::Dev, file.place(node).0));
    }
    facts
}

/// The `nuget` and `clitool` lines of `paket.dependencies` (<https://fsprojects.github.io/Paket/dependencies-file.html>).
pub(super) fn paket(text: &str) -> FileFacts {
    let mut facts = FileFacts::default();
    let mut group = Scope::Runtime;
    for (line, number) in text.lines().zip(1_u32..) {
        let line = line.split("//").next().unwrap_or_default().trim();
        let (word, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
        match word {
            "group" => {
                let name = rest.to_lowercase();
                group = match () {
                    () if name.contains("test") => Scope::Test,
                    () if name.contains("build") || name.contains("fake") => Scope::Build,
                    () => Scope::Runtime,
                };
            }
            "nuget" | "clitool" => {
                let mut words = rest.split_whitespace();
                let name = words.next().unwrap_or_default();
                let is_version = |word: &&str| !word.ends_with(':') && !word.contains(": ");
                let requirement = words.take_while(is_version).collect::<Vec<_>>().join(" ");
                add(&mut facts, declared(name, manifest::requirement(&requirement), group, number));
            }
            _ => {}
        }
    }
    facts
}
