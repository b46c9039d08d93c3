//! PHP: `composer.json` and `composer.lock` (<https://getcomposer.org/doc/04-schema.md>).
//! It must not run composer, nor report the platform (`php`, `ext-*`, `lib-*`) as packages.
use super::{
    json_file::{self, JsonFile, Node},
    manifest::{self, hint},
};
use crate::facts::{
    model::{DependencyDecl, FileFacts, PackageDecl, RepositoryFiles, TypeHint},
    parser::{Parser, Resolved},
};
use globset::GlobBuilder;
use shared::{DependencyKind, Ecosystem, RepoPath, Scope};
use std::collections::BTreeSet;

/// The parser of PHP's package files.
pub(super) struct Composer;

/// Packages whose direct use shows the type.
const FRAMEWORKS: &[(&str, &str, u8)] = &[
    ("laravel/framework", "service", 50),
    ("laravel/lumen-framework", "service", 50),
    ("symfony/framework-bundle", "service", 50),
    ("slim/slim", "service", 50),
    ("cakephp/cakephp", "service", 50),
    ("codeigniter4/framework", "service", 50),
    ("yiisoft/yii2", "service", 50),
    ("laminas/laminas-mvc", "service", 50),
    ("mezzio/mezzio", "service", 50),
    ("api-platform/core", "service", 55),
    ("drupal/core", "website", 60),
    ("drupal/core-recommended", "website", 60),
    ("johnpbloch/wordpress", "website", 60),
    ("roots/wordpress", "website", 60),
    ("magento/product-community-edition", "website", 60),
    ("shopware/core", "website", 55),
    ("statamic/cms", "website", 60),
    ("typo3/cms-core", "website", 55),
];

/// Folder repositories of one manifest that are looked at.
const MAX_PATHS: usize = 100;

impl Parser for Composer {
    fn key(&self) -> &'static str {
        "composer"
    }

    fn version(&self) -> u32 {
        1
    }

    fn wants(&self, path: &RepoPath) -> bool {
        matches!(path.file_name(), "composer.json" | "composer.lock")
    }

    fn in_history(&self, path: &RepoPath) -> bool {
        path.file_name() != "composer.lock"
    }

    fn max_bytes(&self) -> u64 {
        16 << 20
    }

    fn parse(&self, file_name: &str, bytes: &[u8]) -> FileFacts {
        match manifest::text(bytes) {
            Err(facts) => *facts,
            Ok(text) if file_name == "composer.lock" => manifest::settle(lock(text)),
            Ok(text) => manifest::settle(read(text)),
        }
    }

    /// Names packages without a name after their folder, and drops dependencies on packages that a manifest takes from
    /// folders of this repository.
    fn resolve(&self, files: &RepositoryFiles) -> Resolved {
        let mut out = Resolved::of_each_file(self.key(), files);
        let mut own = BTreeSet::new();
        for (path, _, facts) in files.of_parser(self.key()) {
            let globs: Vec<String> = serde_json::from_value(facts.extra.clone()).unwrap_or_default();
            for glob in globs.iter().filter_map(|glob| path.parent().join(glob)) {
                let Ok(glob) = GlobBuilder::new(glob.as_str()).literal_separator(true).build() else { continue };
                let matcher = glob.compile_matcher();
                let members = out.packages.iter().filter(|package| matcher.is_match(package.path.parent().as_str()));
                own.extend(members.map(|package| package.decl.name.clone()));
            }
        }
        out.dependencies.retain(|dependency| !own.contains(&dependency.decl.name));
        for package in &mut out.packages {
            if package.decl.name.is_empty() {
                package.decl.name = manifest::folder_name(&package.path, &files.repository);
            }
        }
        out
    }
}

fn read(text: &str) -> FileFacts {
    let mut file = JsonFile::read(text);
    let mut facts = FileFacts { problems: std::mem::take(&mut file.problems), ..FileFacts::default() };
    for (table, scope) in [("require", Scope::Runtime), ("require-dev", Scope::Dev)] {
        requirements(&file, table, scope, &mut facts);
    }
    facts.packages.extend(package(&file, &mut facts.problems));
    let hints = hints(&file, &facts);
    facts.packages.iter_mut().for_each(|package| package.hints.clone_from(&hints));
    let paths = folders(&file);
    if !paths.is_empty() {
        facts.extra = serde_json::to_value(paths).unwrap_or_default();
    }
    facts
}

fn requirements(file: &JsonFile<'_>, table: &str, scope: Scope, facts: &mut FileFacts) {
    let Some(node) = file.root.get(table) else { return };
    let entries = json_file::requirements(file, node, table, &mut facts.problems);
    for (key, value) in entries.iter().filter(|(key, _)| !is_platform(key)) {
        if !is_package_name(key) {
            facts.problems.push(manifest::bad_name(key, file.place(value)));
            continue;
        }
        let requirement = value.text().and_then(manifest::requirement);
        facts.dependencies.push(DependencyDecl {
            ecosystem: Ecosystem::known("composer"),
            name: key.to_ascii_lowercase(),
            version: requirement.as_deref().and_then(pinned),
            requirement,
            scope,
            kind: DependencyKind::Declared,
            line: Some(file.place(value).0),
        });
    }
}

/// What composer knows of the machine rather than of its registry.
fn is_platform(name: &str) -> bool {
    !name.contains('/')
        && (matches!(name, "php" | "hhvm" | "composer")
            || ["php-", "ext-", "lib-", "composer-"].iter().any(|prefix| name.starts_with(prefix)))
}

/// `vendor/package`.
fn is_package_name(name: &str) -> bool {
    let plain = |part: &str| {
        !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.'))
    };
    manifest::is_name(name) && name.split_once('/').is_some_and(|(vendor, package)| plain(vendor) && plain(package))
}

/// A lone `1.2.3` or `v1.2.3`.
fn pinned(written: &str) -> Option<String> {
    let version = written.trim_start_matches('=').trim();
    let digits = version.strip_prefix('v').unwrap_or(version);
    let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'+');
    let exact = digits.starts_with(|c: char| c.is_ascii_digit())
        && digits.bytes().all(plain)
        && !digits.ends_with(".x")
        && !digits.contains(" - ");
    exact.then(|| version.to_owned())
}

fn package(file: &JsonFile<'_>, problems: &mut Vec<crate::facts::model::Problem>) -> Option<PackageDecl> {
    let root = &file.root;
    let is_manifest = ["name", "require", "require-dev", "autoload"].iter().any(|key| root.get(key).is_some());
    if !is_manifest {
        return None;
    }
    let name = root.get("name").filter(|node| node.text().is_some());
    let written = name.and_then(Node::text).unwrap_or_default();
    // Composer itself takes a name without a vendor only in a project that nobody requires.
    let valid = manifest::is_name(written);
    if let (false, Some(name)) = (valid || written.is_empty(), name) {
        problems.push(manifest::bad_name(written, file.place(name)));
        return None;
    }
    Some(PackageDecl {
        ecosystem: Ecosystem::known("composer"),
        name: written.to_ascii_lowercase(),
        version: root.text_at("version").and_then(manifest::requirement),
        description: root.text_at("description").and_then(manifest::description),
        hints: vec![],
        published: is_package_name(written) && root.text_at("type") != Some("project"),
        line: Some(name.map_or(1, |name| file.place(name).0)),
    })
}

fn hints(file: &JsonFile<'_>, facts: &FileFacts) -> Vec<TypeHint> {
    let mut hints = vec![];
    let kind = file.root.text_at("type").unwrap_or("library");
    let bin = file.root.get("bin");
    if bin.is_some_and(|bin| bin.text().is_some() || !bin.items().is_empty()) {
        hints.push(hint("cli", 45, "composer.json has a bin entry"));
    }
    for dependency in facts.dependencies.iter().filter(|dependency| dependency.scope == Scope::Runtime) {
        if let Some((name, subtype, weight)) = FRAMEWORKS.iter().find(|(name, _, _)| *name == dependency.name) {
            // A bundle or plugin requires the framework that it extends.
            let weight = if kind == "project" || file.root.get("type").is_none() { *weight } else { 25 };
            hints.push(hint(subtype, weight, format!("composer.json depends on {name}")));
        }
    }
    if file.root.get("type").is_some() && kind != "project" {
        hints.push(hint("library", 40, format!("composer.json is of the type {}", manifest::tidy(kind, 40))));
    } else {
        hints.push(hint("library", 10, "it is a Composer package"));
    }
    hints.sort_by_key(|hint| std::cmp::Reverse(hint.weight));
    hints
}

/// The folders that `repositories` of the type path name; a list or an object.
fn folders(file: &JsonFile<'_>) -> Vec<String> {
    let Some(node) = file.root.get("repositories") else { return vec![] };
    let all = node.items().iter().chain(node.entries().iter().map(|(_, node)| node));
    let paths = all.filter(|node| node.text_at("type") == Some("path"));
    paths.filter_map(|node| node.text_at("url")).map(str::to_owned).take(MAX_PATHS).collect()
}

/// `composer.lock`: the packages for running and for development, but none that lies in a folder of this repository.
fn lock(text: &str) -> FileFacts {
    let file = JsonFile::read(text);
    let mut dependencies = vec![];
    for (table, scope) in [("packages", Scope::Runtime), ("packages-dev", Scope::Dev)] {
        for package in file.root.get(table).map_or(&[][..], Node::items) {
            let Some(name) = package.get("name") else { continue };
            let is_own = package.get("dist").and_then(|dist| dist.text_at("type")) == Some("path");
            let Some(text) = name.text().filter(|name| is_package_name(name) && !is_own) else { continue };
            dependencies.push(DependencyDecl {
                ecosystem: Ecosystem::known("composer"),
                name: text.to_ascii_lowercase(),
                requirement: None,
                version: package.text_at("version").and_then(manifest::requirement),
                scope,
                kind: DependencyKind::Resolved,
                line: Some(file.place(name).0),
            });
        }
    }
    FileFacts { dependencies, problems: file.problems, ..FileFacts::default() }
}
