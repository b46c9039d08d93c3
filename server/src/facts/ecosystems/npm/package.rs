//! One `package.json` taken for itself.
//! It must not look at another file, nor turn `workspace:`, `file:` or `catalog:` into a version.
use super::{
    super::{
        json_file::{self, JsonFile, Node, Value},
        manifest::{self, hint},
    },
    requirement::{self, Asked},
    workspace::{Catalogs, Extra, MAX_WORKSPACES, Workspace},
};
use crate::facts::model::{DependencyDecl, FileFacts, PackageDecl, TypeHint};
use shared::{DependencyKind, Ecosystem, Scope, Severity};
use std::borrow::Cow;

/// Later tables win over earlier ones where npm has it so: optionalDependencies over dependencies.
const TABLES: [(&str, Scope); 4] = [
    ("dependencies", Scope::Runtime),
    ("optionalDependencies", Scope::Optional),
    ("peerDependencies", Scope::Peer),
    ("devDependencies", Scope::Dev),
];

/// Packages whose presence among the runtime dependencies (for builders: also dev) shows the type. Weight for runtime.
const FRAMEWORKS: &[(&str, &str, u8)] = &[
    ("next", "website", 60),
    ("nuxt", "website", 60),
    ("gatsby", "website", 60),
    ("astro", "website", 60),
    ("@remix-run/react", "website", 60),
    ("@sveltejs/kit", "website", 60),
    ("@docusaurus/core", "website", 60),
    ("@angular/core", "website", 50),
    ("react-scripts", "website", 55),
    ("react-dom", "website", 45),
    ("vue", "website", 45),
    ("svelte", "website", 45),
    ("solid-js", "website", 45),
    ("vite", "website", 40),
    ("webpack-dev-server", "website", 30),
    ("express", "service", 50),
    ("fastify", "service", 50),
    ("koa", "service", 50),
    ("hono", "service", 50),
    ("@nestjs/core", "service", 55),
    ("@hapi/hapi", "service", 50),
    ("restify", "service", 50),
    ("@apollo/server", "service", 50),
    ("apollo-server", "service", 50),
    ("@grpc/grpc-js", "service", 12),
    ("commander", "cli", 15),
    ("yargs", "cli", 15),
];

/// Reads a manifest.
pub(super) fn read(text: &str) -> FileFacts {
    let mut file = JsonFile::read(text);
    let mut facts = FileFacts { problems: std::mem::take(&mut file.problems), ..FileFacts::default() };
    if !matches!(file.root.value, Value::Map(_)) {
        if facts.problems.is_empty() {
            facts.problems.push(manifest::unreadable("JSON", text, (1, 1), "package.json holds an object"));
        }
        return facts;
    }
    for (table, scope) in TABLES {
        dependencies(&file, table, scope, &mut facts);
    }
    let workspaces = workspaces(&file);
    if let Some(package) = package(&file, &mut facts) {
        facts.packages.push(package);
    }
    facts.extra = Extra { workspaces, catalogs: catalogs(&file) }.keep();
    facts
}

fn package(file: &JsonFile<'_>, facts: &mut FileFacts) -> Option<PackageDecl> {
    let root = &file.root;
    let name = root.get("name").filter(|node| node.text().is_some());
    let written = name.and_then(Node::text).unwrap_or_default();
    if written.is_empty() && facts.dependencies.is_empty() {
        return None;
    }
    let valid = manifest::is_name(written);
    if let (false, Some(name)) = (valid || written.is_empty(), name) {
        facts.problems.push(manifest::bad_name(written, file.place(name)));
        return None;
    }
    Some(PackageDecl {
        ecosystem: Ecosystem::known("npm"),
        name: written.to_owned(),
        version: root.text_at("version").and_then(manifest::requirement),
        description: root.text_at("description").and_then(manifest::description),
        hints: hints(root, facts),
        published: valid && !root.flag_at("private"),
        line: Some(name.map_or(1, |name| file.place(name).0)),
    })
}

fn hints(root: &Node<'_>, facts: &FileFacts) -> Vec<TypeHint> {
    let mut hints = vec![];
    hints.extend(root.get("backstage").and_then(|backstage| backstage.text_at("role")).map(role));
    if root.get("bin").is_some_and(|bin| bin.text().is_some() || !bin.entries().is_empty()) {
        hints.push(hint("cli", 55, "package.json has a bin entry"));
    }
    for (name, subtype, weight) in FRAMEWORKS {
        let of_name = |dependency: &&DependencyDecl| dependency.name == *name;
        let builder = matches!(*name, "vite" | "react-scripts" | "webpack-dev-server" | "@docusaurus/core");
        match facts.dependencies.iter().find(of_name).map(|dependency| dependency.scope) {
            Some(Scope::Runtime) => hints.push(hint(subtype, *weight, format!("package.json depends on {name}"))),
            Some(Scope::Dev) if builder => hints.push(hint(subtype, 25, format!("package.json is built with {name}"))),
            _ => {}
        }
    }
    let entry = ["exports", "main", "module", "types", "typings"].iter().find(|key| root.get(key).is_some());
    match entry {
        Some(key) if !root.flag_at("private") => {
            hints.push(hint("library", 40, format!("package.json has {key} and may be published")));
        }
        _ => hints.push(hint("library", 10, "it is an npm package")),
    }
    hints.sort_by_key(|hint| std::cmp::Reverse(hint.weight));
    hints
}

/// Backstage packages say what they are (<https://backstage.io/docs/tooling/cli/build-system/#package-roles>).
fn role(role: &str) -> TypeHint {
    let subtype = match role {
        "frontend" => "website",
        "backend" => "service",
        "cli" => "cli",
        _ => "library",
    };
    hint(subtype, 80, format!("package.json has the Backstage role {}", manifest::tidy(role, 60)))
}

fn workspaces(file: &JsonFile<'_>) -> Vec<Workspace> {
    let Some(node) = file.root.get("workspaces") else { return vec![] };
    let list = node.get("packages").unwrap_or(node);
    let workspace =
        |item: &Node<'_>| Some(Workspace { glob: manifest::requirement(item.text()?)?, line: file.place(item).0 });
    list.items().iter().filter_map(workspace).take(MAX_WORKSPACES).collect()
}

/// Bun keeps its catalogs in the root's manifest, at the top or under `workspaces` (<https://bun.com/docs/pm/catalogs>).
fn catalogs(file: &JsonFile<'_>) -> Catalogs {
    let mut out = Catalogs::new();
    for holder in [Some(&file.root), file.root.get("workspaces")].into_iter().flatten() {
        let named = holder.get("catalogs").map(Node::entries).unwrap_or_default();
        let named = named.iter().map(|(name, node)| (name.as_ref(), node));
        for (name, node) in holder.get("catalog").map(|node| ("default", node)).into_iter().chain(named) {
            let entry = |(name, node): &(Cow<'_, str>, Node<'_>)| {
                Some((name.to_string(), manifest::requirement(node.text()?)?))
            };
            let entries: Vec<_> = node.entries().iter().filter_map(entry).collect();
            if !entries.is_empty() {
                out.entry(name.to_owned()).or_default().extend(entries);
            }
        }
    }
    out
}

fn dependencies(file: &JsonFile<'_>, table: &str, scope: Scope, facts: &mut FileFacts) {
    let Some(node) = file.root.get(table) else { return };
    for (key, value) in json_file::requirements(file, node, table, &mut facts.problems) {
        if scope == Scope::Optional {
            facts.dependencies.retain(|earlier| earlier.scope != Scope::Runtime || earlier.name != *key);
        }
        dependency(file, key, value, (scope, facts));
    }
}

fn dependency(file: &JsonFile<'_>, key: &str, value: &Node<'_>, (scope, facts): (Scope, &mut FileFacts)) {
    let place = file.place(value);
    let Some(written) = value.text() else {
        let message =
            format!("The version of \"{}\" is no text; write it in quotes. It is left out.", manifest::tidy(key, 80));
        facts.problems.push(manifest::problem("dependency-invalid", Severity::Warning, Some(place), message));
        return;
    };
    let Asked::Package { ecosystem, name } = requirement::read(key, written) else { return };
    if !manifest::is_name(&name) {
        facts.problems.push(manifest::bad_name(&name, place));
        return;
    }
    facts.dependencies.push(DependencyDecl {
        ecosystem,
        name,
        requirement: manifest::requirement(written),
        version: None,
        scope,
        kind: DependencyKind::Declared,
        line: Some(place.0),
    });
}
