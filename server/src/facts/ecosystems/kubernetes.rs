//! Kubernetes manifests: images of workloads, kinds that an operator serves, and what Kustomize, Argo CD and Flux fetch.
//! It must not render a chart or an overlay, nor follow a reference out of the file.
mod gitops;
mod head;
mod join;
mod kustomize;
mod remote;
mod workload;

use super::{
    docker, manifest,
    yaml_file::{self, Node},
};
use crate::facts::{
    model::{DependencyDecl, FileFacts, RepositoryFiles},
    parser::{Parser, Resolved},
    yaml_stream::{self, Chunk},
};
use head::{Head, Reading};
use memchr::memmem;
use serde::{Deserialize, Serialize};
use shared::{DependencyKind, Ecosystem, RepoPath, Scope};

/// The parser of Kubernetes manifests and Kustomize files.
pub(super) struct Kubernetes;

/// What a file says that only the whole repository makes sense of.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Extra {
    /// `group/Kind` of the custom resource definitions.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    defined: Vec<String>,
    /// Name and address of chart repositories.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    repositories: Vec<(String, String)>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    releases: Vec<Release>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    artifacts: Vec<Artifact>,
    /// Names of artifacts that releases take for their chart.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    chart_refs: Vec<String>,
}

/// A chart of a named repository.
#[derive(Debug, Serialize, Deserialize)]
struct Release {
    chart: String,
    requirement: Option<String>,
    repository: String,
    line: u32,
}

/// Flux's OCIRepository: a chart when a release says so or its layers do, else an image-like bundle of manifests.
#[derive(Debug, Serialize, Deserialize)]
struct Artifact {
    name: String,
    /// Without scheme, with tag or digest.
    image: String,
    is_chart: bool,
    line: u32,
}

impl Parser for Kubernetes {
    fn key(&self) -> &'static str {
        "kubernetes"
    }

    fn version(&self) -> u32 {
        1
    }

    fn wants(&self, path: &RepoPath) -> bool {
        let name = path.file_name();
        let yaml = name.ends_with(".yaml") || name.ends_with(".yml");
        if !yaml {
            return name == "Kustomization";
        }
        !matches!(name, "pnpm-lock.yaml" | "values.yaml" | "Chart.yaml" | "action.yml" | "action.yaml")
            && !path.as_str().starts_with(".github/")
    }

    /// Bundles of resource definitions are megabytes long, and other YAML of that size is told apart by two searches.
    fn max_bytes(&self) -> u64 {
        16 << 20
    }

    fn parse(&self, file_name: &str, bytes: &[u8]) -> FileFacts {
        let kustomization = matches!(file_name, "kustomization.yaml" | "kustomization.yml" | "Kustomization");
        if !(kustomization || holds_key(bytes, b"apiVersion:") && holds_key(bytes, b"kind:")) || is_template(bytes) {
            return FileFacts::default();
        }
        let text = match manifest::text(bytes) {
            Ok(text) => text,
            Err(facts) => return *facts,
        };
        let mut reader = Reader::default();
        for chunk in yaml_stream::split(text) {
            reader.read(&chunk, kustomization);
        }
        reader.finish()
    }

    fn resolve(&self, files: &RepositoryFiles) -> Resolved {
        join::resolve(self.key(), files)
    }
}

/// Whether a key stands at the start of a line.
fn holds_key(bytes: &[u8], key: &[u8]) -> bool {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    memmem::find_iter(bytes, key).any(|at| at == 0 || bytes[at - 1] == b'\n')
}

/// Whether a line starts with a template's action: a Go template around documents is none of them yet.
fn is_template(bytes: &[u8]) -> bool {
    bytes.starts_with(b"{{")
        || bytes.starts_with(b"{%")
        || memmem::find(bytes, b"\n{{").is_some()
        || memmem::find(bytes, b"\n{%").is_some()
}

#[derive(Default)]
struct Reader {
    facts: FileFacts,
    extra: Extra,
}

impl Reader {
    fn read(&mut self, chunk: &Chunk<'_>, kustomization: bool) {
        let head = Head::of(chunk);
        let reading = if kustomization { Reading::Kustomization } else { head.reading(chunk) };
        if reading == Reading::Nothing {
            return;
        }
        self.extra.defined.extend(head.defined(chunk));
        if let Some(name) = head.resource() {
            docker::add(&mut self.facts, resource(name, head.kind_line));
        }
        if reading == Reading::NameOnly || chunk.is_empty() {
            return;
        }
        match yaml_file::read_deep(chunk) {
            Ok(root) => self.content(&reading, head.kind, &root),
            // A template is nothing yet; what is no YAML at all may be one of a dialect unknown here.
            Err(problem) if problem.rule == "manifest-templated" => {}
            Err(problem) => self.facts.problems.push(*problem),
        }
    }

    fn content(&mut self, reading: &Reading, kind: &str, root: &Node) {
        match reading {
            Reading::Kustomization => kustomize::read(root, &mut self.facts),
            Reading::Workload(scope) => workload::images(root, *scope, &mut self.facts),
            Reading::PodLike => workload::pod_images(root, &mut self.facts),
            Reading::List => root.get("items").map(Node::items).unwrap_or_default().iter().for_each(|item| {
                workload::images(item, Scope::Runtime, &mut self.facts);
            }),
            Reading::Argo => gitops::argo(root, &mut self.facts),
            Reading::Flux => gitops::flux(kind, root, &mut self.facts, &mut self.extra),
            Reading::Nothing | Reading::NameOnly => {}
        }
    }

    fn finish(mut self) -> FileFacts {
        let empty = Extra::default();
        let extra = serde_json::to_value(&self.extra).unwrap_or_default();
        if serde_json::to_value(&empty).unwrap_or_default() != extra {
            self.facts.extra = extra;
        }
        manifest::settle(self.facts)
    }
}

fn resource(name: String, line: u32) -> DependencyDecl {
    DependencyDecl {
        ecosystem: Ecosystem::known("kubernetes"),
        name,
        requirement: None,
        version: None,
        scope: Scope::Runtime,
        kind: DependencyKind::Declared,
        line: Some(line),
    }
}
