//! Helm charts: Chart.yaml, requirements.yaml of version 1, Chart.lock (<https://helm.sh/docs/topics/charts/>), the images
//! of a chart's values, and helmfiles. Templates are not YAML and are never read.
mod helmfile;
mod values;

use super::{
    manifest,
    yaml_file::{self, Node},
};
use crate::facts::{
    model::{Dependency, DependencyDecl, FileFacts, PackageDecl, RepositoryFiles},
    parser::{Parser, Resolved},
};
use shared::{DependencyKind, Ecosystem, RepoPath, Scope};
pub(super) use values::images as value_images;

/// The parser of Helm charts.
pub(super) struct Helm;

impl Parser for Helm {
    fn key(&self) -> &'static str {
        "helm"
    }

    fn version(&self) -> u32 {
        2
    }

    fn wants(&self, path: &RepoPath) -> bool {
        let name = path.file_name();
        matches!(name, "Chart.yaml" | "Chart.lock" | "requirements.yaml" | "requirements.lock")
            || values::is_values(name)
            || helmfile::is_helmfile(path)
    }

    fn in_history(&self, path: &RepoPath) -> bool {
        !matches!(path.file_name(), "Chart.lock" | "requirements.lock")
    }

    fn max_bytes(&self) -> u64 {
        512 << 10
    }

    fn parse(&self, file_name: &str, bytes: &[u8]) -> FileFacts {
        let text = match manifest::text(bytes) {
            Ok(text) => text,
            Err(facts) => return *facts,
        };
        if !matches!(file_name, "Chart.yaml" | "Chart.lock" | "requirements.yaml" | "requirements.lock") {
            return if values::is_values(file_name) { values::read(text) } else { helmfile::read(text) };
        }
        let root = match yaml_file::read(text) {
            Ok(root) => root,
            Err(problem) => return FileFacts { problems: vec![*problem], ..FileFacts::default() },
        };
        let mut facts = FileFacts::default();
        if file_name == "Chart.yaml" {
            facts.packages.extend(chart(&root));
        }
        let lock = file_name.ends_with(".lock");
        for item in root.get("dependencies").map(Node::items).unwrap_or_default() {
            let local = item.text_of("repository").is_some_and(|text| text.starts_with("file://"));
            match dependency(item, lock) {
                _ if local => {}
                Some(dependency) => facts.dependencies.push(dependency),
                None => {
                    facts.problems.extend(item.text_of("name").map(|name| manifest::bad_name(name, (item.line, 1))))
                }
            }
        }
        facts
    }

    /// Values count beside a Chart.yaml only; elsewhere they are anybody's. A chart in the folder `charts` is own.
    fn resolve(&self, files: &RepositoryFiles) -> Resolved {
        let mut resolved = Resolved::of_each_file(self.key(), files);
        let is_chart =
            |folder: &RepoPath| folder.join("Chart.yaml").is_some_and(|chart| files.file(self.key(), &chart).is_some());
        let docker = Ecosystem::known("docker");
        let keep = |dependency: &Dependency| {
            let (folder, name) = (dependency.path.parent(), &dependency.decl.name);
            let own = !name.contains('/') && folder.join(&format!("charts/{name}")).is_some_and(|own| is_chart(&own));
            if dependency.decl.ecosystem == docker { is_chart(&folder) } else { !own }
        };
        resolved.dependencies.retain(keep);
        resolved
    }
}

fn chart(root: &Node) -> Option<PackageDecl> {
    let name = root.get("name")?;
    let text = name.text().filter(|text| manifest::is_name(text))?;
    let library = root.text_of("type") == Some("library");
    let hint = if library {
        manifest::hint("library", 70, "Chart.yaml is of type library")
    } else {
        manifest::hint("chart", 70, "Chart.yaml defines a Helm chart")
    };
    Some(PackageDecl {
        ecosystem: Ecosystem::known("helm"),
        name: text.to_owned(),
        version: root.text_of("version").and_then(manifest::requirement),
        description: root.text_of("description").and_then(manifest::description),
        hints: vec![hint],
        published: true,
        line: Some(name.line),
    })
}

/// The name is `host/path/name` for a chart repository, without the scheme, and the bare name for an alias or none: so a rule can match by either.
fn dependency(item: &Node, lock: bool) -> Option<DependencyDecl> {
    let node = item.get("name")?;
    let name = node.text().filter(|text| manifest::is_name(text))?;
    let version = item.text_of("version").and_then(manifest::requirement);
    let conditional = item.get("condition").or_else(|| item.get("tags")).is_some();
    let (requirement, version, kind) =
        if lock { (None, version, DependencyKind::Resolved) } else { (version, None, DependencyKind::Declared) };
    Some(DependencyDecl {
        ecosystem: Ecosystem::known("helm"),
        name: full_name(item.text_of("repository"), name)?,
        requirement,
        version,
        scope: if conditional { Scope::Optional } else { Scope::Runtime },
        kind,
        line: Some(node.line),
    })
}

/// The chart with its repository's `host/path`; `None` when that makes no name.
pub(super) fn full_name(repository: Option<&str>, name: &str) -> Option<String> {
    let repository = repository.unwrap_or_default();
    if !repository.contains("://") {
        return Some(name.to_owned());
    }
    let full = format!("{}/{name}", host_path(repository));
    manifest::is_name(&full).then_some(full)
}

/// An address without scheme and outer slashes; credentials have no place in a name.
fn host_path(url: &str) -> &str {
    let place = url.split_once("://").map_or(url, |(_, place)| place);
    place.rsplit_once('@').map_or(place, |(_, host)| host).trim_matches('/')
}
