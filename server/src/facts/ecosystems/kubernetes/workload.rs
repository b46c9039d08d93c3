//! Images of whatever holds a pod: the lists of containers wherever they stand, and the templates of Argo and Tekton.
//! It must not read an image out of arguments, environment or configuration.
use crate::facts::{
    ecosystems::{docker, yaml_file::Node},
    model::FileFacts,
};
use shared::Scope;

/// Adds the images of a workload (Deployment, CronJob, Rollout, Workflow, Task and their like).
pub(super) fn images(root: &Node, scope: Scope, facts: &mut FileFacts) {
    let params = defaults(root);
    let holder = |key: &str| match key {
        "containers" | "initContainers" | "ephemeralContainers" | "sidecars" | "steps" => Some(Shape::List),
        "container" | "script" | "stepTemplate" => Some(Shape::One),
        // A StepAction is one step.
        "spec" if root.text_of("kind") == Some("StepAction") => Some(Shape::One),
        _ => None,
    };
    walk(root, &holder, &Images { scope, params }, facts);
}

/// Adds the images of a custom resource, where only lists of containers are certain.
pub(super) fn pod_images(root: &Node, facts: &mut FileFacts) {
    let holder = |key: &str| matches!(key, "containers" | "initContainers").then_some(Shape::List);
    walk(root, &holder, &Images { scope: Scope::Runtime, params: vec![] }, facts);
}

/// How images of one document are read.
struct Images<'a> {
    scope: Scope,
    /// Defaults of Tekton's parameters, by name.
    params: Vec<(&'a str, &'a str)>,
}

/// `params` of a task with their defaults (<https://tekton.dev/docs/pipelines/tasks/#specifying-parameters>).
fn defaults(root: &Node) -> Vec<(&str, &str)> {
    let params = root.at(&["spec", "params"]).map(Node::items).unwrap_or_default();
    params.iter().filter_map(|param| Some((param.text_of("name")?, param.text_of("default")?))).collect()
}

enum Shape {
    List,
    One,
}

fn walk(node: &Node, holder: &impl Fn(&str) -> Option<Shape>, images: &Images<'_>, facts: &mut FileFacts) {
    for (key, value) in node.entries() {
        match holder(key) {
            Some(Shape::List) => value.items().iter().for_each(|item| image(item, images, facts)),
            Some(Shape::One) => image(value, images, facts),
            None => {}
        }
        if !matches!(key.as_str(), "metadata" | "env" | "args" | "command" | "volumes" | "affinity") {
            walk(value, holder, images, facts);
        }
    }
    for item in node.items() {
        walk(item, holder, images, facts);
    }
}

fn image(container: &Node, images: &Images<'_>, facts: &mut FileFacts) {
    let Some((node, text)) = container.get("image").and_then(|node| Some((node, node.text()?))) else { return };
    let fill = |text: String, (name, default): &(&str, &str)| {
        text.replace(&format!("$(params.{name})"), default).replace(&format!("$(inputs.params.{name})"), default)
    };
    let filled = images.params.iter().fold(text.to_owned(), fill);
    docker::add_written(facts, &filled, images.scope, node.line);
}
