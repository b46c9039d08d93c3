//! What CircleCI pipelines use: orbs and images (<https://circleci.com/docs/configuration-reference/>).
//! It must not fetch an orb or fill a parameter in.
use super::{
    manifest, pipeline,
    yaml_file::{self, Node},
};
use crate::facts::{model::FileFacts, parser::Parser, yaml_name::is_yaml};
use shared::{RepoPath, Scope};

/// The parser of CircleCI's configuration.
pub(super) struct Circleci;

impl Parser for Circleci {
    fn key(&self) -> &'static str {
        "circleci"
    }

    fn version(&self) -> u32 {
        1
    }

    fn wants(&self, path: &RepoPath) -> bool {
        path.as_str().starts_with(".circleci/") && is_yaml(path.file_name())
    }

    fn parse(&self, _file_name: &str, bytes: &[u8]) -> FileFacts {
        manifest::settle(yaml_file::facts_of(bytes, read))
    }
}

fn read(root: &Node, facts: &mut FileFacts) {
    parts(root, facts);
    for (_, orb) in root.get("orbs").map(Node::entries).unwrap_or_default() {
        // An orb written out in place is the repository's own; what it uses is not.
        match orb.text() {
            Some(text) => reference(text, orb.line, facts),
            None => read_inline(orb, facts),
        }
    }
}

fn read_inline(orb: &Node, facts: &mut FileFacts) {
    parts(orb, facts);
    for nested in orb.get("orbs").map(Node::entries).unwrap_or_default().iter().map(|(_, nested)| nested) {
        if let Some(text) = nested.text() {
            reference(text, nested.line, facts);
        }
    }
}

fn reference(text: &str, line: u32, facts: &mut FileFacts) {
    let (name, version) = text.split_once('@').map_or((text, None), |(name, version)| (name, Some(version)));
    pipeline::part("circleci", (name, version), line, facts);
}

/// The images of jobs and executors: the first is what the steps run in, the others are services beside it.
fn parts(holder: &Node, facts: &mut FileFacts) {
    for (_, part) in ["jobs", "executors"].iter().filter_map(|key| holder.get(key)).flat_map(Node::entries) {
        for (index, image) in part.get("docker").map(Node::items).unwrap_or_default().iter().enumerate() {
            if let Some(node) = image.get("image") {
                pipeline::image(node, if index == 0 { Scope::Build } else { Scope::Test }, facts);
            }
        }
    }
}
