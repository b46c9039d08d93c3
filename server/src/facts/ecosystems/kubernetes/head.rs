//! What a document says of itself in its first column: apiVersion and kind, read without parsing it.
//! It must not look deeper than the names that a resource definition gives.
use crate::facts::{ecosystems::manifest, yaml_stream::Chunk};
use shared::Scope;

/// The envelope of one document.
pub(super) struct Head<'a> {
    /// `apps` of `apps/v1`; empty for the core group.
    group: &'a str,
    pub(super) kind: &'a str,
    /// 1-based line in the file.
    pub(super) kind_line: u32,
}

/// How much of a document is worth parsing.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Reading {
    Nothing,
    /// Its kind says all.
    NameOnly,
    Workload(Scope),
    /// A custom resource with containers somewhere.
    PodLike,
    List,
    Kustomization,
    Argo,
    Flux,
}

/// Groups that every cluster serves (<https://kubernetes.io/docs/reference/kubernetes-api/>) besides those of the form
/// `*.k8s.io` below, and files that configure Kubernetes itself.
const BUILT_IN: [&str; 7] = ["", "apps", "autoscaling", "batch", "extensions", "policy", "componentconfig"];

/// Built-in kinds that are one of several ways to get something: every cluster has them, and not every team uses them.
const CHOICES: [(&str, &str); 2] = [("autoscaling", "HorizontalPodAutoscaler"), ("batch", "CronJob")];

/// Prefixes of built-in groups that end in `.k8s.io`; every other such group, e.g. `gateway.networking.k8s.io`, is an
/// addition that a platform has to install.
const BUILT_IN_K8S: [&str; 30] = [
    "admission",
    "admissionregistration",
    "apiextensions",
    "apiregistration",
    "apiserver",
    "apiserver.config",
    "audit",
    "authentication",
    "authorization",
    "certificates",
    "client.authentication",
    "coordination",
    "discovery",
    "events",
    "flowcontrol.apiserver",
    "imagepolicy",
    "internal.apiserver",
    "kubeadm",
    "kubelet.config",
    "kubeproxy.config",
    "kubescheduler.config",
    "kustomize.config",
    "metrics",
    "networking",
    "node",
    "rbac.authorization",
    "resource",
    "scheduling",
    "storage",
    "storagemigration",
];

impl<'a> Head<'a> {
    /// The first `apiVersion` and `kind` in the first column; empty where there is none.
    pub(super) fn of(chunk: &Chunk<'a>) -> Self {
        let (mut version, mut kind, mut kind_line) = ("", "", chunk.line);
        for (number, line) in (chunk.line..).zip(chunk.text.lines()) {
            let line = line.strip_prefix('\u{feff}').unwrap_or(line);
            if let Some(value) = line.strip_prefix("apiVersion:").filter(|_| version.is_empty()) {
                version = scalar(value);
            } else if let Some(value) = line.strip_prefix("kind:").filter(|_| kind.is_empty()) {
                (kind, kind_line) = (scalar(value), number);
            }
            if !(version.is_empty() || kind.is_empty()) {
                break;
            }
        }
        let group = match version.split_once('/') {
            Some((group, _)) => group,
            None if version == "v1" => "",
            // Other tools borrow the two words; none of them has a group.
            None => {
                kind = "";
                ""
            }
        };
        Self { group, kind, kind_line }
    }

    /// How to read the document.
    pub(super) fn reading(&self, chunk: &Chunk<'_>) -> Reading {
        match (self.group, self.kind) {
            (_, "") => Reading::Nothing,
            _ if self.is_descriptor() => Reading::Nothing,
            ("kustomize.config.k8s.io", _) => Reading::Kustomization,
            ("", "List") => Reading::List,
            ("", "Pod" | "PodTemplate" | "ReplicationController")
            | ("apps" | "extensions", "Deployment" | "StatefulSet" | "DaemonSet" | "ReplicaSet")
            | ("batch", "Job" | "CronJob")
            | ("serving.knative.dev", "Service" | "Configuration")
            | (
                "argoproj.io",
                "Rollout" | "Workflow" | "WorkflowTemplate" | "ClusterWorkflowTemplate" | "CronWorkflow",
            ) => Reading::Workload(Scope::Runtime),
            (
                "tekton.dev",
                "Task" | "ClusterTask" | "Pipeline" | "TaskRun" | "PipelineRun" | "StepAction" | "Condition",
            ) => Reading::Workload(Scope::Build),
            ("argoproj.io", "Application" | "ApplicationSet") => Reading::Argo,
            ("source.toolkit.fluxcd.io" | "helm.toolkit.fluxcd.io", _) => Reading::Flux,
            _ if self.resource().is_some() && chunk.text.contains("ontainers:") => Reading::PodLike,
            _ => Reading::NameOnly,
        }
    }

    /// `group/Kind`, unless every cluster has it or it cannot be the name of one.
    pub(super) fn resource(&self) -> Option<String> {
        // Groups are domain names; tools like Skaffold write a word.
        let custom = CHOICES.contains(&(self.group, self.kind)) || (self.group.contains('.') && !self.is_built_in());
        let kind = self.kind.starts_with(|c: char| c.is_ascii_uppercase())
            && self.kind.bytes().all(|b| b.is_ascii_alphanumeric());
        let group =
            self.group.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'.' | b'-'));
        let name = format!("{}/{}", self.group, self.kind);
        (custom && kind && group && manifest::is_name(&name)).then_some(name)
    }

    fn is_built_in(&self) -> bool {
        let k8s = |prefix: &str| BUILT_IN_K8S.contains(&prefix);
        BUILT_IN.contains(&self.group) || self.is_descriptor() || self.group.strip_suffix(".k8s.io").is_some_and(k8s)
    }

    /// Whether it describes an entity of the catalog, or makes such.
    fn is_descriptor(&self) -> bool {
        matches!(self.group, "backstage.io" | "waymark.dev") || self.group.ends_with(".backstage.io")
    }

    /// The kinds that the document defines: by a CustomResourceDefinition, or Crossplane's CompositeResourceDefinition.
    pub(super) fn defined(&self, chunk: &Chunk<'_>) -> Vec<String> {
        match (self.group, self.kind) {
            ("apiextensions.k8s.io", "CustomResourceDefinition")
            | ("apiextensions.crossplane.io", "CompositeResourceDefinition") => defined_in(chunk.text),
            _ => vec![],
        }
    }
}

/// `spec.group` with `spec.names.kind` and `spec.claimNames.kind`. Definitions are too long and too deep to be parsed for
/// three words, so lines are read by their indentation.
fn defined_in(text: &str) -> Vec<String> {
    let spec = text.lines().skip_while(|line| !line.starts_with("spec:")).skip(1);
    let (mut level, mut group, mut kinds, mut in_names) = (None, "", vec![], false);
    for line in spec {
        let content = line.trim_start();
        if content.is_empty() || content.starts_with('#') {
            continue;
        }
        let indent = line.len() - content.len();
        if indent == 0 {
            break;
        }
        if indent == *level.get_or_insert(indent) {
            in_names = content.starts_with("names:") || content.starts_with("claimNames:");
            group = content.strip_prefix("group:").map_or(group, scalar);
        } else if in_names {
            kinds.extend(content.strip_prefix("kind:").map(scalar));
        }
    }
    kinds.into_iter().map(|kind| format!("{group}/{kind}")).collect()
}

/// A plain or quoted scalar after its key, without a comment.
fn scalar(text: &str) -> &str {
    text.split(" #").next().unwrap_or_default().trim().trim_matches(['"', '\''])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn head(text: &str) -> (Option<String>, Vec<String>, u32) {
        let chunk = Chunk { text, line: 5 };
        let head = Head::of(&chunk);
        (head.resource(), head.defined(&chunk), head.kind_line)
    }

    #[test]
    fn only_what_a_platform_adds_is_a_resource() {
        for (version, kind, found) in [
            ("networking.istio.io/v1", "VirtualService", true),
            ("gateway.networking.k8s.io/v1", "HTTPRoute", true),
            ("snapshot.storage.k8s.io/v1", "VolumeSnapshot", true),
            ("networking.k8s.io/v1", "Ingress", false),
            ("rbac.authorization.k8s.io/v1", "Role", false),
            ("v1", "ConfigMap", false),
            ("v3", "service", false),
            ("skaffold/v4beta6", "Config", false),
            ("backstage.io/v1alpha1", "Component", false),
            ("scaffolder.backstage.io/v1beta3", "Template", false),
            ("{{ .group }}/v1", "Thing", false),
            ("acme.dev/v1", "{{kind}}", false),
        ] {
            let text = format!("---\n# x\napiVersion: \"{version}\" # why\nkind: {kind}\nmetadata:\n  kind: No\n");
            assert_eq!(head(&text).0.is_some(), found, "{version} {kind}");
            assert_eq!(head(&text).2, 8);
        }
    }

    #[test]
    fn definitions_give_their_kinds() {
        let text = "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nspec:\n    # x\n    group: acme.dev\n    \
                    names:\n        plural: things\n        kind: Thing\n    versions:\n    - schema:\n        kind: No\n";
        assert_eq!(head(text).1, ["acme.dev/Thing"]);
    }
}
