//! Finds the components of a repository: one per package root or deployable, and the repository itself when nothing else is.
//! It must not read files: it knows which parser read which path, the packages, and the counts.
//!
//! The rules, in order:
//! 1. Every folder with a package file is a root; several files in one folder are one component.
//! 2. Folders that begin with a dot hold the repository's own tooling and are no roots (`.sage/go.mod`, `.github/actions`),
//!    nor are packages below `tools/` and its like that nobody can depend on.
//! 3. A chart, Dockerfile or Terraform folder below a root by names like `deploy/`, `docker/`, `charts/<name>` only belongs
//!    to that root, unless that root is the repository's and other package roots exist: then it stands for itself.
//! 4. A Dockerfile elsewhere makes its folder a component, a Terraform tree its topmost folder.
//! 5. Manifests of what is deployed that lie outside all of these make their topmost free folder a component.
//! 6. A package root that others lie below, that nobody can depend on, and that has neither a Dockerfile nor sources of its
//!    own is a workspace, not a component.
mod deployments;
mod kind;
pub(crate) mod presence;
mod programs;
mod roots;

use super::model::{DetectedComponent, FileEntry, Package, Reason, RepositoryFiles};
use super::readme;
pub(crate) use roots::{Root, is_tooling};
use shared::RepoPath;
use std::collections::BTreeMap;

/// What of a repository's files counts.
pub(crate) struct Ground<'a> {
    pub(crate) files: &'a RepositoryFiles,
    /// Every file with its reason when excluded.
    pub(crate) entries: &'a [FileEntry],
    pub(crate) packages: &'a [Package],
}

impl Ground<'_> {
    /// Language and lines of code of each source file that counts.
    pub(crate) fn sources(&self) -> impl Iterator<Item = (&RepoPath, &str, u64)> {
        self.entries.iter().filter(|entry| entry.excluded.is_none()).filter_map(|entry| {
            let source = self.files.file("source", &entry.path)?.source.as_ref()?;
            Some((&entry.path, source.language.as_deref()?, u64::from(source.code)))
        })
    }
}

/// The components by root, in path order; never empty.
pub(crate) fn detect(ground: &Ground<'_>) -> Vec<DetectedComponent> {
    let mut roots = roots::find(ground);
    if roots.is_empty() {
        roots.push(kind::repository_itself(ground));
    }
    let mut languages = languages_by_root(ground, &roots);
    roots
        .into_iter()
        .map(|root| {
            let readme = readme_of(ground, &root.folder);
            let text = readme.as_ref().and_then(|path| ground.files.file("text", path)?.text.as_deref());
            DetectedComponent {
                title: title(ground, &root),
                description: root.packages.iter().find_map(|package| package.decl.description.clone()),
                subtype: kind::of(&root),
                because: reasons(&root),
                languages: languages.remove(&root.folder).unwrap_or_default(),
                summary: text.and_then(readme::summary_of),
                readme,
                root: root.folder,
            }
        })
        .collect()
}

/// The deepest root that holds the path.
pub(crate) fn root_of<'r>(roots: impl Iterator<Item = &'r RepoPath>, path: &RepoPath) -> Option<&'r RepoPath> {
    roots.filter(|root| path.starts_with(root)).max_by_key(|root| root.as_str().len())
}

/// Tools in hidden folders say nothing of what a component is written in: a build tool in Go builds packages of any language.
fn languages_by_root(ground: &Ground<'_>, roots: &[Root<'_>]) -> BTreeMap<RepoPath, BTreeMap<String, u64>> {
    let mut languages: BTreeMap<RepoPath, BTreeMap<String, u64>> = BTreeMap::new();
    for (path, language, code) in ground.sources().filter(|(path, ..)| !is_tooling(path)) {
        if let Some(root) = root_of(roots.iter().map(|root| &root.folder), path) {
            *languages.entry(root.clone()).or_default().entry(language.to_owned()).or_default() += code;
        }
    }
    languages
}

fn title(ground: &Ground<'_>, root: &Root<'_>) -> String {
    let named = || root.packages.iter().filter(|package| !package.decl.name.is_empty());
    if let Some(package) = named().find(|package| package.decl.published).or_else(|| named().next()) {
        return package.decl.name.clone();
    }
    let folder = root.folder.file_name();
    let repository = ground.files.repository.as_str();
    if folder.is_empty() { repository.rsplit('/').next().unwrap_or(repository) } else { folder }.to_owned()
}

/// Each reason once, packages first.
fn reasons(root: &Root<'_>) -> Vec<Reason> {
    let mut reasons: Vec<Reason> = vec![];
    for package in &root.packages {
        let text = match package.decl.name.as_str() {
            "" => format!("{} package file", package.decl.ecosystem),
            name => format!("{} package {name}", package.decl.ecosystem),
        };
        reasons.push(Reason { text, path: Some(package.path.clone()), line: package.decl.line });
        for hint in &package.decl.hints {
            let text = format!("{}: {}", hint.subtype, hint.reason);
            reasons.push(Reason { text, path: Some(package.path.clone()), line: package.decl.line });
        }
    }
    for (hint, path) in &root.hints {
        reasons.push(Reason { text: format!("{}: {}", hint.subtype, hint.reason), path: path.clone(), line: None });
    }
    let mut seen = std::collections::BTreeSet::new();
    reasons.retain(|reason| seen.insert((reason.text.clone(), reason.path.clone())));
    reasons
}

/// The README directly in the folder; Markdown before other forms.
fn readme_of(ground: &Ground<'_>, folder: &RepoPath) -> Option<RepoPath> {
    let texts = ground.entries.iter().filter(|entry| entry.path.parent() == *folder && entry.excluded.is_none());
    texts
        .map(|entry| &entry.path)
        .filter(|path| readme::is_readme(path.file_name()) && ground.files.file("text", path).is_some())
        .min_by_key(|path| (!path.as_str().to_ascii_lowercase().ends_with(".md"), path.as_str().len()))
        .cloned()
}
