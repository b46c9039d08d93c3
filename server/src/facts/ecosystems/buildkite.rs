//! What Buildkite pipelines use: plugins and images (<https://buildkite.com/docs/pipelines/integrations/plugins/using>).
//! It must not fetch a plugin or fill a variable in.
use super::{
    manifest, pipeline,
    yaml_file::{self, Node},
};
use crate::facts::{model::FileFacts, parser::Parser, yaml_name::is_yaml};
use shared::{RepoPath, Scope};

/// The parser of Buildkite's pipeline files.
pub(super) struct Buildkite;

impl Parser for Buildkite {
    fn key(&self) -> &'static str {
        "buildkite"
    }

    fn version(&self) -> u32 {
        1
    }

    fn wants(&self, path: &RepoPath) -> bool {
        let (text, name) = (path.as_str(), path.file_name());
        let inside = text.starts_with(".buildkite/") || text.contains("/.buildkite/");
        (inside && is_yaml(name)) || matches!(name, "buildkite.yml" | "buildkite.yaml")
    }

    fn parse(&self, _file_name: &str, bytes: &[u8]) -> FileFacts {
        let fill = |root: &Node, facts: &mut FileFacts| {
            image(root, facts);
            steps(root.get("steps").unwrap_or(root), facts);
        };
        manifest::settle(yaml_file::facts_of(bytes, fill))
    }
}

/// Steps, and the steps of groups among them.
fn steps(list: &Node, facts: &mut FileFacts) {
    for step in list.items() {
        image(step, facts);
        if let Some(list) = step.get("plugins") {
            plugins(list, facts);
        }
        for inner in step.get("steps").map(Node::items).unwrap_or_default() {
            image(inner, facts);
            if let Some(list) = inner.get("plugins") {
                plugins(list, facts);
            }
        }
    }
}

fn image(holder: &Node, facts: &mut FileFacts) {
    if let Some(node) = holder.get("image") {
        pipeline::image(node, Scope::Build, facts);
    }
}

/// A list of names and of maps with one name each, or a map of names.
fn plugins(list: &Node, facts: &mut FileFacts) {
    for item in list.items() {
        if let Some(text) = item.text() {
            plugin(text, item.line, facts);
        }
        item.entries().iter().for_each(|(name, options)| with_options(name, (options, item.line), facts));
    }
    list.entries().iter().for_each(|(name, options)| with_options(name, (options, options.line), facts));
}

fn with_options(name: &str, (options, line): (&Node, u32), facts: &mut FileFacts) {
    plugin(name, line, facts);
    // The docker plugin runs the step in the image; the option means other things elsewhere.
    let is_docker = name == "docker" || name.starts_with("docker#") || name.starts_with("buildkite-plugins/docker#");
    if let Some(node) = options.get("image").filter(|_| is_docker) {
        pipeline::image(node, Scope::Build, facts);
    }
}

/// `name#v1` of Buildkite, `owner/name#v1` on GitHub, or an address; `./path` is the repository's own.
fn plugin(text: &str, line: u32, facts: &mut FileFacts) {
    if text.starts_with('.') || text.starts_with('/') || text.starts_with("file:") {
        return;
    }
    let (name, version) = text.split_once('#').map_or((text, None), |(name, version)| (name, Some(version)));
    let address = pipeline::host_path(name);
    let name = address.as_deref().unwrap_or(name);
    let name = name.strip_prefix("github.com/").map_or(name, |name| name.trim_end_matches("-buildkite-plugin"));
    let name = name.strip_prefix("buildkite-plugins/").unwrap_or(name);
    pipeline::part("buildkite", (name, version), line, facts);
}
