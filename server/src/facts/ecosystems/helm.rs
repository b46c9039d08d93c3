//! Helm charts: Chart.yaml, requirements.yaml of version 1, and Chart.lock (<https://helm.sh/docs/topics/charts/>).
//! Templates are not YAML and are never read.
use super::{
    manifest,
    yaml_file::{self, Node},
};
use crate::facts::{
    model::{DependencyDecl, FileFacts, PackageDecl},
    parser::Parser,
};
use shared::{DependencyKind, Ecosystem, RepoPath, Scope};

/// The parser of Helm charts.
pub(super) struct Helm;

impl Parser for Helm {
    fn key(&self) -> &'static str {
        "helm"
    }

    fn version(&self) -> u32 {
        1
    }

    fn wants(&self, path: &RepoPath) -> bool {
        matches!(path.file_name(), "Chart.yaml" | "Chart.lock" | "requirements.yaml" | "requirements.lock")
    }

    fn max_bytes(&self) -> u64 {
        512 << 10
    }

    fn parse(&self, file_name: &str, bytes: &[u8]) -> FileFacts {
        let text = match manifest::text(bytes) {
            Ok(text) => text,
            Err(facts) => return *facts,
        };
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
            match dependency(item, lock) {
                Some(dependency) => facts.dependencies.push(dependency),
                None => {
                    facts.problems.extend(item.text_of("name").map(|name| manifest::bad_name(name, (item.line, 1))))
                }
            }
        }
        facts
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

/// The name is `host/path/name` for a chart repository, without the scheme, and the bare name for an alias, a local chart
/// or none: so a rule can match by either.
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

fn full_name(repository: Option<&str>, name: &str) -> Option<String> {
    let Some((scheme, rest)) = repository.unwrap_or_default().split_once("://") else { return Some(name.to_owned()) };
    if scheme == "file" {
        return Some(name.to_owned());
    }
    // Credentials have no place in a name.
    let rest = rest.rsplit_once('@').map_or(rest, |(_, host)| host);
    let full = format!("{}/{name}", rest.trim_matches('/'));
    manifest::is_name(&full).then_some(full)
}
