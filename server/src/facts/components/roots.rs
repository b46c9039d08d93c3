//! Finds the folders that are components: package roots and deployables, after folding what belongs together.
//! It must not decide types; it only keeps the hints.
use super::{Ground, deployments, programs, root_of};
use crate::facts::model::{Package, TypeHint};
use shared::RepoPath;
use std::collections::{BTreeMap, BTreeSet};

/// A folder that is a component, with what was seen there.
pub(crate) struct Root<'a> {
    pub(crate) folder: RepoPath,
    pub(crate) packages: Vec<&'a Package>,
    /// Hints from files that are no packages, with the file.
    pub(crate) hints: Vec<(TypeHint, Option<RepoPath>)>,
    /// Whether it holds a program that may serve: a Dockerfile, or a Go main package other than a protoc plugin.
    pub(crate) runs: bool,
}

/// Folders that hold how a thing is built and run, not a thing of its own.
const ABOUT_FOLDERS: &[&str] = &[
    "docker",
    "dockerfiles",
    "container",
    "containers",
    "build",
    "deploy",
    "deployment",
    "deployments",
    "chart",
    "charts",
    "helm",
    "k8s",
    "kubernetes",
    "infra",
    "infrastructure",
    "terraform",
    "tf",
    "iac",
    "ci",
    "ops",
    "package",
    "packaging",
];

/// Folders by which a Terraform tree is known; environments and modules below them are parts of it.
const TERRAFORM_FOLDERS: &[&str] =
    &["terraform", "tf", "infra", "infrastructure", "iac", "modules", "environments", "envs"];

pub(super) type Roots<'a> = BTreeMap<RepoPath, Root<'a>>;

pub(super) fn find<'a>(ground: &Ground<'a>) -> Vec<Root<'a>> {
    let (charts, packages): (Vec<&Package>, Vec<&Package>) =
        ground.packages.iter().filter(|package| !is_tool(package)).partition(|p| is_chart(p));
    let (modules, packages): (Vec<&Package>, Vec<&Package>) = packages.into_iter().partition(|p| is_proto_module(p));
    let mut roots = Roots::new();
    for package in packages {
        root_at(&mut roots, &package.path.parent()).packages.push(package);
    }
    let package_roots: BTreeSet<RepoPath> = roots.keys().cloned().collect();
    for package in charts {
        match owner(&package_roots, &package.path.parent()) {
            Some(folder) => root_at(&mut roots, &folder).hints.push(seen("service", 45, "Helm chart", &package.path)),
            None => root_at(&mut roots, &package.path.parent()).packages.push(package),
        }
    }
    add_dockerfiles(ground, &package_roots, &mut roots);
    add_terraform(ground, &package_roots, &mut roots);
    programs::add(ground, &mut roots);
    deployments::add(ground, &mut roots);
    add_proto_modules(&modules, &mut roots);
    drop_workspaces(ground, &mut roots);
    roots.into_values().collect()
}

pub(super) fn root_at<'r, 'a>(roots: &'r mut Roots<'a>, folder: &RepoPath) -> &'r mut Root<'a> {
    roots.entry(folder.clone()).or_insert_with(|| Root {
        folder: folder.clone(),
        packages: vec![],
        hints: vec![],
        runs: false,
    })
}

pub(super) fn seen(subtype: &str, weight: u8, reason: &str, path: &RepoPath) -> (TypeHint, Option<RepoPath>) {
    (TypeHint { subtype: subtype.to_owned(), reason: reason.to_owned(), weight }, Some(path.clone()))
}

fn is_chart(package: &Package) -> bool {
    package.decl.ecosystem.as_str() == "helm"
}

fn is_proto_module(package: &Package) -> bool {
    package.decl.ecosystem.as_str() == "buf"
}

/// Protobuf files are the interface of the component around them, and a component only where there is none.
fn add_proto_modules<'a>(modules: &[&'a Package], roots: &mut Roots<'a>) {
    for package in modules {
        let folder = package.path.parent();
        if root_of(roots.keys(), &folder).is_none() {
            root_at(roots, &folder).packages.push(package);
        }
    }
}

/// A package that serves the repository's own work: in a hidden folder, or below `tools/` and for nobody else to use.
fn is_tool(package: &Package) -> bool {
    const TOOLS: &[&str] = &["tools", "tool", "hack", "ci", "scripts"];
    // A Go module whose path has no host cannot be fetched by anybody.
    let no_host = || !package.decl.name.split('/').next().unwrap_or_default().contains('.');
    let usable = package.decl.published && (package.decl.ecosystem.as_str() != "go" || !no_host());
    let folder = package.path.parent();
    is_tooling(&package.path) || (!usable && folder.as_str().split('/').any(|name| TOOLS.contains(&name)))
}

/// Whether a folder of the path is the repository's own tooling.
pub(crate) fn is_tooling(path: &RepoPath) -> bool {
    path.parent().as_str().split('/').any(|folder| folder.starts_with('.'))
}

/// The package root that a folder about building or running belongs to: the nearest above, when only such folders (and one
/// name below them) lie between. The repository's root takes it only when it is the only package root.
fn owner(package_roots: &BTreeSet<RepoPath>, folder: &RepoPath) -> Option<RepoPath> {
    let above = root_of(package_roots.iter(), folder)?;
    if above == folder {
        return Some(above.clone());
    }
    if above.is_root() && package_roots.len() > 1 {
        return None;
    }
    let between = folder.as_str().strip_prefix(above.as_str())?.trim_start_matches('/');
    let first = between.split('/').next().unwrap_or_default();
    (ABOUT_FOLDERS.contains(&first) && between.split('/').count() <= 4).then(|| above.clone())
}

/// A folder without the folders about building and running at its end.
fn lifted(folder: &RepoPath) -> RepoPath {
    let mut folder = folder.clone();
    while !folder.is_root() && ABOUT_FOLDERS.contains(&folder.file_name()) {
        folder = folder.parent();
    }
    folder
}

fn add_dockerfiles<'a>(ground: &Ground<'a>, package_roots: &BTreeSet<RepoPath>, roots: &mut Roots<'a>) {
    for (path, _, _) in ground.files.of_parser("docker").filter(|(path, ..)| !is_tooling(path)) {
        let folder = path.parent();
        let at = owner(package_roots, &folder).unwrap_or_else(|| lifted(&folder));
        let root = root_at(roots, &at);
        root.hints.push(seen("service", 40, "a Dockerfile builds it", path));
        root.runs = true;
    }
}

fn add_terraform<'a>(ground: &Ground<'a>, package_roots: &BTreeSet<RepoPath>, roots: &mut Roots<'a>) {
    let mut folders: BTreeMap<RepoPath, RepoPath> = BTreeMap::new();
    for (path, _, _) in ground.files.of_parser("terraform").filter(|(path, ..)| !is_tooling(path)) {
        if path.as_str().ends_with(".tf") {
            folders.entry(terraform_root(&path.parent())).or_insert_with(|| path.clone());
        }
    }
    let tops: BTreeSet<RepoPath> = folders.keys().cloned().collect();
    for (folder, path) in &folders {
        let below_another = tops.iter().any(|top| top != folder && folder.starts_with(top));
        if below_another {
            continue;
        }
        match owner(package_roots, folder) {
            Some(owner) => root_at(roots, &owner).hints.push(seen("infrastructure", 15, "Terraform beside it", path)),
            None => root_at(roots, folder).hints.push(seen("infrastructure", 60, "Terraform root module", path)),
        }
    }
}

/// The topmost folder of the Terraform tree that a folder is part of: up to and with the first folder known by name.
fn terraform_root(folder: &RepoPath) -> RepoPath {
    let mut end = 0;
    for name in folder.as_str().split('/') {
        let start = end;
        end += name.len() + 1;
        if TERRAFORM_FOLDERS.contains(&name) {
            let keep = if name == "modules" { start } else { end };
            let top = folder.as_str().get(..keep.saturating_sub(1)).unwrap_or_default();
            return RepoPath::new(top).unwrap_or_else(|_| folder.clone());
        }
    }
    folder.clone()
}

fn drop_workspaces(ground: &Ground<'_>, roots: &mut Roots<'_>) {
    let folders: Vec<RepoPath> = roots.keys().cloned().collect();
    let with_own_sources: BTreeSet<RepoPath> = ground
        .sources()
        .filter_map(|(path, _, _)| {
            let root = root_of(folders.iter(), path)?;
            is_own_source(root, path).then(|| root.clone())
        })
        .collect();
    roots.retain(|folder, root| {
        let holds_others = folders.iter().any(|other| other != folder && other.starts_with(folder));
        let can_be_used = root.packages.iter().any(|package| package.decl.published);
        let only_packages = root.hints.is_empty() && !root.packages.is_empty();
        !holds_others || !only_packages || can_be_used || with_own_sources.contains(folder)
    });
}

/// Whether a file is more than configuration, scripts or tests around the members of a workspace.
pub(super) fn is_own_source(root: &RepoPath, path: &RepoPath) -> bool {
    const AROUND: &[&str] =
        &["scripts", "script", "tools", "hack", "ci", "docs", "doc", "test", "tests", "e2e", "config", "build"];
    let below = path.as_str().strip_prefix(root.as_str()).unwrap_or_default().trim_start_matches('/');
    below.split_once('/').is_some_and(|(first, _)| !first.starts_with('.') && !AROUND.contains(&first))
}
