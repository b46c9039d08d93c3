//! What GitHub workflows and actions use: actions, reusable workflows and images
//! (<https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax>).
//! It must not evaluate an expression; a name made of one is left out.
use super::{
    manifest, pipeline,
    yaml_file::{self, Node},
};
use crate::facts::{
    model::{DependencyDecl, FileFacts, PackageDecl},
    parser::Parser,
    yaml_name::is_yaml,
};
use shared::{DependencyKind, Ecosystem, RepoPath, Scope};

/// The parser of workflows and action metadata.
pub(super) struct GithubActions;

impl Parser for GithubActions {
    fn key(&self) -> &'static str {
        "github-actions"
    }

    fn version(&self) -> u32 {
        3
    }

    fn wants(&self, path: &RepoPath) -> bool {
        let (text, name) = (path.as_str(), path.file_name());
        let workflow = [".github/workflows/", ".gitea/workflows/", ".forgejo/workflows/"]
            .iter()
            .find_map(|folder| text.strip_prefix(folder))
            .is_some_and(|rest| !rest.contains('/') && is_yaml(rest));
        workflow || matches!(name, "action.yml" | "action.yaml")
    }

    fn max_bytes(&self) -> u64 {
        512 << 10
    }

    fn parse(&self, file_name: &str, bytes: &[u8]) -> FileFacts {
        yaml_file::facts_of(bytes, |root, facts| read(file_name, root, facts))
    }
}

fn read(file_name: &str, root: &Node, facts: &mut FileFacts) {
    for (_, job) in root.get("jobs").map(Node::entries).unwrap_or_default() {
        read_job(job, facts);
    }
    // Some action.yml belongs to another tool; an action has `runs`.
    let Some(runs) = root.get("runs") else { return };
    if matches!(file_name, "action.yml" | "action.yaml") {
        facts.packages.push(action(root));
        steps(runs, facts);
        if let Some(image) = runs.get("image").filter(|image| image.text().is_some_and(|t| t.starts_with("docker://")))
        {
            uses(image, facts);
        }
    }
}

fn read_job(job: &Node, facts: &mut FileFacts) {
    if let Some(workflow) = job.get("uses") {
        uses(workflow, facts);
    }
    steps(job, facts);
    let container = job.get("container").map(|container| container.get("image").unwrap_or(container));
    let services = job.get("services").map(Node::entries).unwrap_or_default();
    let images = services.iter().filter_map(|(_, service)| service.get("image")).map(|image| (image, Scope::Test));
    for (image, scope) in container.map(|image| (image, Scope::Build)).into_iter().chain(images) {
        pipeline::image(image, scope, facts);
    }
}

fn steps(holder: &Node, facts: &mut FileFacts) {
    for step in holder.get("steps").map(Node::items).unwrap_or_default() {
        if let Some(node) = step.get("uses") {
            uses(node, facts);
        }
    }
}

/// `owner/repo/path@ref`, `docker://image`, or `./local` and `$/local`, which are the repository's own.
fn uses(node: &Node, facts: &mut FileFacts) {
    let Some(text) = node.text().map(str::trim) else { return };
    if ["./", "../", "$/"].iter().any(|own| text.starts_with(own)) || text.is_empty() {
        return;
    }
    if let Some(image) = text.strip_prefix("docker://") {
        pipeline::image_text(image, (node.line, Scope::Build), facts);
        return;
    }
    let (name, reference) = text.split_once('@').map_or((text, None), |(name, reference)| (name, Some(reference)));
    if name.contains("${{") {
        facts.problems.push(pipeline::unresolved("action", text, node.line));
        return;
    }
    // Gitea and Forgejo take whole addresses; those of GitHub are the same actions.
    let address = name.contains("://").then(|| pipeline::host_path(name)).flatten();
    let name = address.as_deref().map_or(name, |name| name.strip_prefix("github.com/").unwrap_or(name));
    if !manifest::is_name(name) || !name.contains('/') {
        facts.problems.push(manifest::bad_name(name, (node.line, 1)));
        return;
    }
    let reference = reference.filter(|reference| !reference.contains("${{"));
    let reference = reference.and_then(manifest::requirement);
    let is_commit = |text: &str| text.len() == 40 && text.bytes().all(|b| b.is_ascii_hexdigit());
    let (version, requirement) = match reference {
        Some(commit) if is_commit(&commit) => (Some(commit), None),
        other => (None, other),
    };
    facts.dependencies.push(DependencyDecl {
        ecosystem: Ecosystem::known("github-actions"),
        name: name.to_owned(),
        requirement,
        version,
        scope: Scope::Build,
        kind: DependencyKind::Declared,
        line: Some(node.line),
    });
}

/// An own action. Others name it by its repository, which the file does not know; so it has no name here.
fn action(root: &Node) -> PackageDecl {
    PackageDecl {
        ecosystem: Ecosystem::known("github-actions"),
        name: String::new(),
        version: None,
        description: root.text_of("description").and_then(manifest::description),
        hints: vec![manifest::hint("action", 80, "action.yml defines a GitHub action")],
        published: false,
        line: root.get("name").or_else(|| root.get("runs")).map(|node| node.line),
    }
}
