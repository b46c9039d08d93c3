//! What Azure pipelines use: tasks, templates of other repositories, and images
//! (<https://learn.microsoft.com/azure/devops/pipelines/yaml-schema/>).
//! It must not follow a template or evaluate an expression.
use super::{
    manifest, pipeline,
    yaml_file::{self, Node},
};
use crate::facts::{model::FileFacts, parser::Parser, yaml_name::is_yaml};
use shared::{RepoPath, Scope};
use std::collections::{BTreeMap, BTreeSet};

/// The parser of Azure's pipeline files.
pub(super) struct AzurePipelines;

const ECOSYSTEM: &str = "azure-pipelines";

/// Folders whose YAML is a pipeline's.
const FOLDERS: [&str; 4] = [".azure-pipelines", ".azuredevops", "azure-pipelines", ".pipelines"];

/// Keys below which nothing of a pipeline can stand.
const CLOSED: [&str; 6] = ["inputs", "env", "variables", "resources", "trigger", "pr"];

impl Parser for AzurePipelines {
    fn key(&self) -> &'static str {
        ECOSYSTEM
    }

    fn version(&self) -> u32 {
        1
    }

    fn wants(&self, path: &RepoPath) -> bool {
        let (text, name) = (path.as_str(), path.file_name());
        let folder = || text.split('/').any(|part| FOLDERS.contains(&part)) || text.starts_with("eng/pipelines/");
        is_yaml(name) && (name.starts_with("azure-pipeline") || folder())
    }

    fn parse(&self, _file_name: &str, bytes: &[u8]) -> FileFacts {
        let text = match manifest::text(bytes) {
            Ok(text) => text,
            Err(facts) => return *facts,
        };
        match yaml_file::read(text) {
            Ok(root) => read(&root),
            // An expression as a key or a value stands in every template; the file is no less broken for it.
            Err(problem) => FileFacts { problems: vec![*problem], ..FileFacts::default() },
        }
    }
}

fn read(root: &Node) -> FileFacts {
    let list = |key: &str| root.at(&["resources", key]).map(Node::items).unwrap_or_default();
    let mut reader = Reader::default();
    for repository in list("repositories") {
        reader.repository(repository);
    }
    for container in list("containers") {
        reader.containers.extend(container.text_of("container"));
        if let Some(image) = container.get("image") {
            pipeline::image(image, Scope::Build, &mut reader.facts);
        }
    }
    reader.walk(root);
    reader.facts
}

#[derive(Default)]
struct Reader<'n> {
    facts: FileFacts,
    /// Names of repositories by alias.
    repositories: BTreeMap<&'n str, (&'n str, Option<&'n str>)>,
    containers: BTreeSet<&'n str>,
}

impl<'n> Reader<'n> {
    fn repository(&mut self, node: &'n Node) {
        let (Some(alias), Some(name)) = (node.text_of("repository"), node.get("name")) else { return };
        let Some(text) = name.text() else { return };
        self.repositories.insert(alias, (text, node.text_of("ref")));
        pipeline::part(ECOSYSTEM, (text, node.text_of("ref")), name.line, &mut self.facts);
    }

    /// Steps, jobs and stages stand at any depth: below conditions, loops and the parameters of templates.
    fn walk(&mut self, node: &'n Node) {
        for item in node.items() {
            if let Some(task) = item.get("task") {
                self.task(task);
            }
            self.walk(item);
        }
        for (key, value) in node.entries() {
            match key.as_str() {
                "template" => self.template(value),
                "container" => self.container(value.get("image").unwrap_or(value), Scope::Build),
                "services" => value.entries().iter().for_each(|(_, image)| self.container(image, Scope::Test)),
                key if CLOSED.contains(&key) => {}
                _ => self.walk(value),
            }
        }
    }

    /// `Name@2`, `publisher.extension.Name@2`.
    fn task(&mut self, node: &Node) {
        let Some((name, version)) = node.text().and_then(|text| text.trim().split_once('@')) else { return };
        pipeline::part(ECOSYSTEM, (name, Some(version)), node.line, &mut self.facts);
    }

    /// `path@alias` of a repository that this file names; a path alone is the repository's own, and so is `@self`.
    fn template(&mut self, node: &Node) {
        let Some((path, alias)) = node.text().and_then(|text| text.trim().rsplit_once('@')) else { return };
        let Some((name, wanted)) = self.repositories.get(alias).copied() else { return };
        let name = format!("{name}/{}", path.trim_start_matches("./").trim_start_matches('/'));
        pipeline::part(ECOSYSTEM, (&name, wanted), node.line, &mut self.facts);
    }

    /// An image, or the alias of one; a bare word may be the alias of a file that includes this one.
    fn container(&mut self, node: &Node, scope: Scope) {
        let is_image = |text: &&str| text.contains([':', '/']) && !text.contains("${{") && !text.contains("$[");
        if node.text().filter(|text| !self.containers.contains(text)).filter(is_image).is_some() {
            pipeline::image(node, scope, &mut self.facts);
        }
    }
}
