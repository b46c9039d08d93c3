//! Releases of helmfiles (<https://helmfile.readthedocs.io/en/latest/#configuration>).
//! It must not follow `bases` or `helmfiles`, nor fill in a template.
use crate::facts::{
    ecosystems::{
        manifest,
        yaml_file::{self, Node},
    },
    model::{DependencyDecl, FileFacts},
};
use shared::{DependencyKind, Ecosystem, RepoPath, Scope};
use std::collections::BTreeMap;

/// `helmfile.yaml`, or any YAML in the folder `helmfile.d`.
pub(super) fn is_helmfile(path: &RepoPath) -> bool {
    let name = path.file_name();
    let yaml = name.ends_with(".yaml") || name.ends_with(".yml");
    yaml && (matches!(name, "helmfile.yaml" | "helmfile.yml") || path.parent().file_name() == "helmfile.d")
}

/// The charts that a helmfile releases.
pub(super) fn read(text: &str) -> FileFacts {
    let (roots, mut problems) = yaml_file::read_all(text);
    let at = |key: &'static str| roots.iter().filter_map(move |root| root.get(key)).flat_map(Node::items);
    let repositories: BTreeMap<&str, &str> = at("repositories")
        .filter_map(|repository| Some((repository.text_of("name")?, repository.text_of("url")?)))
        .collect();
    let dependencies = at("releases").filter_map(|release| chart(release, &repositories)).collect();
    problems.truncate(manifest::MAX_SYNTAX_PROBLEMS);
    FileFacts { dependencies, problems, ..FileFacts::default() }
}

/// `repository/chart` or `oci://host/path/chart`; a path is an own chart.
fn chart(release: &Node, repositories: &BTreeMap<&str, &str>) -> Option<DependencyDecl> {
    let node = release.get("chart")?;
    let text = node.text()?;
    let name = match text.split_once("://") {
        Some(("oci", place)) => place.to_owned(),
        Some(_) => return None,
        None => {
            let (repository, name) = text.split_once('/').filter(|(repository, _)| !repository.starts_with('.'))?;
            match repositories.get(repository) {
                Some(url) => format!("{}/{name}", super::host_path(url)),
                // The repository may be said in a base; without one it is a folder.
                None if name.contains('/') || repository.is_empty() => return None,
                None => name.to_owned(),
            }
        }
    };
    manifest::is_name(&name).then(|| DependencyDecl {
        ecosystem: Ecosystem::known("helm"),
        name,
        requirement: release.text_of("version").and_then(manifest::requirement),
        version: None,
        scope: Scope::Runtime,
        kind: DependencyKind::Declared,
        line: Some(node.line),
    })
}
