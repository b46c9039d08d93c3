//! What Go sources say of a module that go.mod does not: whether it is a program, a package to import, or both.
//! It must not read files: names and places are enough.
use super::{
    Ground, root_of,
    roots::{Root, Roots, seen},
};
use shared::RepoPath;
use std::collections::BTreeSet;

/// Adds to each Go module what its sources show. A module with a program at its root or below `cmd/` is more than a
/// library; when its root is a package to import, the program below it is a tool of the library.
pub(super) fn add(ground: &Ground<'_>, roots: &mut Roots<'_>) {
    let modules: BTreeSet<RepoPath> = roots
        .values()
        .filter(|root| root.packages.iter().any(|package| package.decl.ecosystem.as_str() == "go"))
        .map(|root| root.folder.clone())
        .collect();
    let sources = || ground.entries.iter().filter(|entry| entry.excluded.is_none()).map(|entry| &entry.path);
    let mains: BTreeSet<RepoPath> =
        sources().filter(|path| path.file_name() == "main.go").map(RepoPath::parent).collect();
    let mut importable = BTreeSet::new();
    for path in sources().filter(|path| is_source(path.file_name())) {
        let Some(module) = root_of(modules.iter(), path) else { continue };
        let Some(root) = roots.get_mut(module) else { continue };
        let folder = path.parent();
        let below_cmd = || module.join("cmd").is_some_and(|cmd| folder.parent() == cmd);
        if path.file_name() == "main.go" && (folder == *module || below_cmd()) {
            root.hints.push(seen("cli", 20, "a program of package main", path));
            root.runs |= !folder.file_name().starts_with("protoc-gen-");
        } else if folder == *module && !mains.contains(module) && importable.insert(module.clone()) {
            root.hints.push(seen("library", 25, "the module's root is a package to import", path));
        }
    }
    for module in &modules {
        if let Some(root) = roots.get_mut(module) {
            add_named(root);
        }
    }
}

/// What the module's name says: Terraform asks that its providers are named so, and a program named as a service is one.
fn add_named(root: &mut Root<'_>) {
    const SERVICES: [&str; 5] = ["-service", "-server", "-api", "-worker", "-gateway"];
    let last = |name: &str| name.rsplit('/').find(|part| !is_major(part)).unwrap_or_default().to_owned();
    for package in root.packages.clone() {
        let name = last(&package.decl.name);
        if name.starts_with("terraform-provider-") {
            root.hints.push(seen("infrastructure", 60, "it is named as a Terraform provider", &package.path));
        } else if root.runs && SERVICES.iter().any(|end| name.ends_with(end)) {
            root.hints.push(seen("service", 30, "it is a program named as a service", &package.path));
        }
    }
}

fn is_major(part: &str) -> bool {
    part.strip_prefix('v').is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()))
}

/// Files that only carry tools, generators or tests say nothing of what the module is.
pub(super) fn is_source(name: &str) -> bool {
    name.ends_with(".go")
        && !name.ends_with("_test.go")
        && !matches!(name, "tools.go" | "magefile.go" | "generate.go" | "gen.go")
}
