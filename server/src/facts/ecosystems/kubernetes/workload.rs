//! Images of whatever holds a pod: the lists of containers wherever they stand, and the templates of Argo and Tekton.
//! It must not read an image out of arguments, environment or configuration.
use crate::facts::{
    ecosystems::{docker, yaml_file::Node},
    model::FileFacts,
};
use shared::Scope;

/// Adds the images of a workload (Deployment, CronJob, Rollout, Workflow, Task and their like).
pub(super) fn images(root: &Node, scope: Scope, facts: &mut FileFacts) {
    let holder = |key: &str| match key {
        "containers" | "initContainers" | "ephemeralContainers" | "sidecars" | "steps" => Some(Shape::List),
        "container" | "script" | "stepTemplate" => Some(Shape::One),
        // A StepAction is one step.
        "spec" if root.text_of("kind") == Some("StepAction") => Some(Shape::One),
        _ => None,
    };
    walk(root, &holder, scope, facts);
}

/// Adds the images of a custom resource, where only lists of containers are certain.
pub(super) fn pod_images(root: &Node, facts: &mut FileFacts) {
    let holder = |key: &str| matches!(key, "containers" | "initContainers").then_some(Shape::List);
    walk(root, &holder, Scope::Runtime, facts);
}

enum Shape {
    List,
    One,
}

fn walk(node: &Node, holder: &impl Fn(&str) -> Option<Shape>, scope: Scope, facts: &mut FileFacts) {
    for (key, value) in node.entries() {
        match holder(key) {
            Some(Shape::List) => value.items().iter().for_each(|item| image(item, scope, facts)),
            Some(Shape::One) => image(value, scope, facts),
            None => {}
        }
        if !matches!(key.as_str(), "metadata" | "env" | "args" | "command" | "volumes" | "affinity") {
            walk(value, holder, scope, facts);
        }
    }
    for item in node.items() {
        walk(item, holder, scope, facts);
    }
}

fn image(container: &Node, scope: Scope, facts: &mut FileFacts) {
    let Some(image) = container.get("image") else { return };
    image.text().into_iter().for_each(|text| docker::add_written(facts, text, scope, image.line));
}
