//! Development containers: their image and features (<https://containers.dev/implementors/json_reference/>).
//! It must not read the Dockerfile or Compose file that one names; those are read for themselves.
use super::{
    docker,
    json_file::{JsonFile, Node},
    manifest,
};
use crate::facts::{
    model::{DependencyDecl, FileFacts},
    parser::Parser,
};
use shared::{DependencyKind, Ecosystem, RepoPath, Scope};

/// The parser of devcontainer.json.
pub(super) struct Devcontainer;

impl Parser for Devcontainer {
    fn key(&self) -> &'static str {
        "devcontainer"
    }

    fn version(&self) -> u32 {
        1
    }

    fn wants(&self, path: &RepoPath) -> bool {
        match path.file_name() {
            ".devcontainer.json" => true,
            "devcontainer.json" => path.as_str().split('/').any(|segment| segment == ".devcontainer"),
            _ => false,
        }
    }

    fn parse(&self, _file_name: &str, bytes: &[u8]) -> FileFacts {
        let text = match manifest::text(bytes) {
            Ok(text) => text,
            Err(facts) => return *facts,
        };
        let file = JsonFile::read(text);
        let mut facts = FileFacts::default();
        if let Some(image) = file.root.get("image") {
            let line = file.place(image).0;
            image.text().into_iter().for_each(|text| docker::add_written(&mut facts, text, Scope::Dev, line));
        }
        for (name, node) in file.root.get("features").map(Node::entries).unwrap_or_default() {
            facts.dependencies.extend(feature(name, file.place(node).0));
        }
        // The format is JSON with comments.
        facts.problems.extend(file.problems.into_iter().filter(|problem| problem.rule != "manifest-json-comments"));
        manifest::settle(facts)
    }
}

/// `ghcr.io/devcontainers/features/node:1`, with a tag or a digest. A local folder is the repository's own, an archive's
/// address has no version, and a bare word is a form that no tool reads any more.
fn feature(written: &str, line: u32) -> Option<DependencyDecl> {
    let local = written.starts_with(['.', '/']) || !written.contains('/') || written.contains("://");
    if local || written.contains(['$', '{']) {
        return None;
    }
    let mut found = docker::dependency(written, Scope::Dev, line)?;
    // Features of the first format are `owner/repository/feature@v1`.
    if found.version.as_ref().is_some_and(|version| !version.contains(':')) {
        found.requirement = found.version.take();
    }
    Some(DependencyDecl { ecosystem: Ecosystem::known("devcontainer"), kind: DependencyKind::Declared, ..found })
}
