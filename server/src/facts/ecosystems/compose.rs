//! Images of Compose files (<https://github.com/compose-spec/compose-spec/blob/main/spec.md>).
//! It must not follow `include` or `extends` into other files; those are read for themselves.
use super::{
    docker, manifest,
    yaml_file::{self, Node},
};
use crate::facts::{model::FileFacts, parser::Parser};
use shared::{RepoPath, Scope};
use std::collections::BTreeSet;

/// The parser of Compose files.
pub(super) struct Compose;

impl Parser for Compose {
    fn key(&self) -> &'static str {
        "compose"
    }

    fn version(&self) -> u32 {
        1
    }

    fn wants(&self, path: &RepoPath) -> bool {
        let name = path.file_name();
        let rest = name.strip_prefix("docker-compose").or_else(|| name.strip_prefix("compose"));
        // `compose-dev.yaml` and `compose.dev.yaml`, but not `composer.yaml`.
        (name.ends_with(".yml") || name.ends_with(".yaml"))
            && rest.is_some_and(|rest| rest.starts_with(['.', '-', '_']))
    }

    fn parse(&self, file_name: &str, bytes: &[u8]) -> FileFacts {
        manifest::settle(yaml_file::facts_of(bytes, |root, facts| read(root, scope_of(file_name), facts)))
    }
}

/// What the file's own name says of its purpose.
fn scope_of(file_name: &str) -> Scope {
    let says = |word: &str| file_name.split(['.', '-', '_']).any(|part| part == word);
    match () {
        () if ["test", "tests", "ci", "e2e"].into_iter().any(says) => Scope::Test,
        () if ["dev", "develop", "development", "local", "override"].into_iter().any(says) => Scope::Dev,
        () => Scope::Runtime,
    }
}

fn read(root: &Node, scope: Scope, facts: &mut FileFacts) {
    let services = root.get("services").map(Node::entries).unwrap_or_default();
    // What one service builds another may run: `image` beside `build` names the product.
    let built: BTreeSet<&str> = services
        .iter()
        .filter(|(_, service)| service.get("build").is_some())
        .filter_map(|(_, service)| service.text_of("image"))
        .collect();
    for (_, service) in services.iter().filter(|(_, service)| service.get("build").is_none()) {
        let Some(image) = service.get("image") else { continue };
        let Some(text) = image.text().filter(|text| !built.contains(text)) else { continue };
        docker::add_written(facts, text, scope, image.line);
    }
}
