//! Pulumi projects (<https://www.pulumi.com/docs/iac/concepts/projects/project-file/>): the project, the packages it names
//! and the providers of a program written in YAML. Providers are of the ecosystem `pulumi`, under their own short names
//! (`aws`, `random`): they are neither Terraform providers nor packages of the program's language, which its own parser reads.
//! It must not evaluate an expression or follow a component's path.
use super::{
    manifest,
    yaml_file::{self, Node},
};
use crate::facts::{
    model::{DependencyDecl, FileFacts, PackageDecl},
    parser::Parser,
};
use shared::{DependencyKind, Ecosystem, RepoPath, Scope, Severity};

/// The parser of Pulumi.yaml.
pub(super) struct Pulumi;

impl Parser for Pulumi {
    fn key(&self) -> &'static str {
        "pulumi"
    }

    fn version(&self) -> u32 {
        1
    }

    fn wants(&self, path: &RepoPath) -> bool {
        matches!(path.file_name(), "Pulumi.yaml" | "Pulumi.yml")
    }

    fn parse(&self, _file_name: &str, bytes: &[u8]) -> FileFacts {
        manifest::settle(yaml_file::facts_of(bytes, read))
    }
}

fn read(root: &Node, facts: &mut FileFacts) {
    let Some(name) = root.get("name") else { return };
    match name.text() {
        Some(text) if text.contains("${") => {
            let message = "This is a template of a Pulumi project; it is read once it has been filled in.";
            let problem = manifest::problem("manifest-templated", Severity::Info, Some((name.line, 1)), message);
            facts.problems.push(problem);
            return;
        }
        Some(text) if manifest::is_name(text) => facts.packages.push(project(root, text, name.line)),
        text => facts.problems.push(manifest::bad_name(text.unwrap_or_default(), (name.line, 1))),
    }
    for (name, node) in root.get("packages").map(Node::entries).unwrap_or_default() {
        package(name, node, facts);
    }
    for plugin in root.at(&["plugins", "providers"]).map(Node::items).unwrap_or_default() {
        if let Some(name) = plugin.get("name").filter(|_| plugin.get("path").is_none()) {
            add(facts, name.text(), plugin.text_of("version"), name.line);
        }
    }
    for (_, resource) in root.get("resources").map(Node::entries).unwrap_or_default() {
        let Some(kind) = resource.get("type") else { continue };
        // `aws:s3:Bucket`; `pulumi:providers:aws` configures a provider, and `pulumi` itself is none.
        let parts: Vec<&str> = kind.text().unwrap_or_default().split(':').collect();
        match parts[..] {
            ["pulumi", "providers", name] => add(facts, Some(name), None, kind.line),
            ["pulumi", ..] | [_] | [] => {}
            [name, ..] => add(facts, Some(name), None, kind.line),
        }
    }
}

/// `random: terraform-provider@hashicorp/random`-like sources keep the key as their name; a path is the repository's own.
fn package(name: &str, node: &Node, facts: &mut FileFacts) {
    let source = node.text().or_else(|| node.text_of("source")).unwrap_or_default();
    if source.starts_with(['.', '/']) {
        return;
    }
    let version = node.text_of("version").or_else(|| source.rsplit_once('@').map(|(_, version)| version));
    add(facts, Some(name), version, node.line);
}

fn add(facts: &mut FileFacts, name: Option<&str>, version: Option<&str>, line: u32) {
    let Some(name) = name.filter(|name| manifest::is_name(name) && !name.contains('$')) else { return };
    let ecosystem = Ecosystem::known("pulumi");
    if facts.dependencies.iter().any(|known| known.name == name && known.ecosystem == ecosystem) {
        return;
    }
    facts.dependencies.push(DependencyDecl {
        ecosystem,
        name: name.to_owned(),
        requirement: version.and_then(manifest::requirement),
        version: None,
        scope: Scope::Runtime,
        kind: DependencyKind::Declared,
        line: Some(line),
    });
}

fn project(root: &Node, name: &str, line: u32) -> PackageDecl {
    PackageDecl {
        ecosystem: Ecosystem::known("pulumi"),
        name: name.to_owned(),
        version: None,
        description: root.text_of("description").and_then(manifest::description),
        hints: vec![manifest::hint("infrastructure", 70, "Pulumi.yaml defines a Pulumi project")],
        published: false,
        line: Some(line),
    }
}
