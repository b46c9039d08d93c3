//! What the files of one repository say together: kinds it defines itself, repositories that releases name, itself.
//! It must not look into another repository.
use super::{Extra, remote};
use crate::facts::{
    ecosystems::docker,
    model::{Dependency, DependencyDecl, RepositoryFiles},
    parser::Resolved,
};
use serde::Deserialize;
use shared::{BlobId, Ecosystem, RepoName, RepoPath, Scope};
use std::collections::{BTreeMap, BTreeSet};

/// Joins releases with their repositories, and leaves out a chart's templates, own kinds and the repository itself.
pub(super) fn resolve(parser: &str, files: &RepositoryFiles) -> Resolved {
    let charts = chart_folders(files);
    let built = built_folders(files);
    let in_template = |path: &RepoPath| is_template(path, &charts);
    let mut resolved = Resolved::of_each_file(parser, files);
    let extras: Vec<(&RepoPath, &BlobId, Extra)> = files
        .of_parser(parser)
        .filter(|(_, _, facts)| !facts.extra.is_null())
        .map(|(path, blob, facts)| (path, blob, Extra::deserialize(&facts.extra).unwrap_or_default()))
        .collect();
    let joined = Joined::of(&extras);
    for (path, blob, extra) in &extras {
        let place = |decl| Dependency { decl, path: (*path).clone(), blob: (*blob).clone() };
        resolved.dependencies.extend(joined.dependencies(extra).map(place));
    }
    resolved.dependencies.retain(|dependency| {
        !in_template(&dependency.path)
            && !joined.defined.contains(dependency.decl.name.as_str())
            && !is_own(&dependency.decl, &files.repository)
            && !is_built(&dependency.decl, &built)
    });
    resolved
}

/// Folders of charts, whose templates are filled in by Helm.
fn chart_folders(files: &RepositoryFiles) -> BTreeSet<String> {
    let charts = files.entries.iter().filter(|entry| entry.path.file_name() == "Chart.yaml");
    charts.map(|entry| entry.path.parent().as_str().to_owned()).collect()
}

fn is_template(path: &RepoPath, charts: &BTreeSet<String>) -> bool {
    let text = path.as_str();
    text.starts_with("templates/") && charts.contains("")
        || text.match_indices("/templates/").any(|(at, _)| charts.contains(&text[..at]))
}

/// Whether a git source is this very repository: a GitOps repository names itself in every Application.
fn is_own(dependency: &DependencyDecl, repository: &RepoName) -> bool {
    let (name, own) = (dependency.name.to_lowercase(), repository.as_str().to_lowercase());
    dependency.ecosystem == Ecosystem::known("git") && name.strip_suffix(&own).is_some_and(|rest| rest.ends_with('/'))
}

/// Names of the folders that hold a Dockerfile, at any depth below them.
fn built_folders(files: &RepositoryFiles) -> BTreeSet<&str> {
    let is_dockerfile = |path: &RepoPath| matches!(path.file_name(), "Dockerfile" | "Containerfile");
    let dockerfiles = files.entries.iter().filter(|entry| is_dockerfile(&entry.path));
    dockerfiles.flat_map(|entry| entry.path.as_str().split('/')).collect()
}

/// Whether an image is a bare word without tag that a folder with a Dockerfile is named after: what a build tool puts the
/// repository's own image in place of.
fn is_built(dependency: &DependencyDecl, built: &BTreeSet<&str>) -> bool {
    dependency.ecosystem == Ecosystem::known("docker")
        && dependency.requirement.is_none()
        && dependency.version.is_none()
        && built.contains(dependency.name.as_str())
}

struct Joined<'a> {
    defined: BTreeSet<&'a str>,
    /// Addresses by the name of a HelmRepository; more than one when clusters differ.
    repositories: BTreeMap<&'a str, BTreeSet<&'a str>>,
    chart_refs: BTreeSet<&'a str>,
}

impl<'a> Joined<'a> {
    fn of(extras: &'a [(&RepoPath, &BlobId, Extra)]) -> Self {
        let mut joined = Self { defined: BTreeSet::new(), repositories: BTreeMap::new(), chart_refs: BTreeSet::new() };
        for (_, _, extra) in extras {
            joined.defined.extend(extra.defined.iter().map(String::as_str));
            joined.chart_refs.extend(extra.chart_refs.iter().map(String::as_str));
            for (name, url) in &extra.repositories {
                joined.repositories.entry(name).or_default().insert(url);
            }
        }
        joined
    }

    fn dependencies(&self, extra: &Extra) -> impl Iterator<Item = DependencyDecl> {
        let releases = extra.releases.iter().filter_map(|release| {
            let addresses = self.repositories.get(release.repository.as_str());
            let address = addresses.filter(|urls| urls.len() == 1).and_then(|urls| urls.first());
            let address = address.copied().unwrap_or_default();
            remote::chart(address, &release.chart, release.requirement.as_deref(), release.line)
        });
        let artifacts = extra.artifacts.iter().filter_map(|artifact| {
            let image = docker::dependency(&artifact.image, Scope::Runtime, artifact.line)?;
            let chart = artifact.is_chart || self.chart_refs.contains(artifact.name.as_str());
            let ecosystem = if chart { Ecosystem::known("helm") } else { image.ecosystem.clone() };
            Some(DependencyDecl { ecosystem, ..image })
        });
        releases.chain(artifacts).collect::<Vec<_>>().into_iter()
    }
}
