//! What GitLab pipelines use: components, included files of other projects, templates and images
//! (<https://docs.gitlab.com/ci/yaml/>). It must not follow an include or fill a variable in.
use super::{
    manifest, pipeline,
    yaml_file::{self, Node},
};
use crate::facts::{model::FileFacts, parser::Parser, yaml_name::is_yaml};
use shared::{RepoPath, Scope};

/// The parser of GitLab's pipeline files.
pub(super) struct GitlabCi;

const ECOSYSTEM: &str = "gitlab-ci";

/// Keys at the top that are no job.
const GLOBAL: [&str; 6] = ["variables", "workflow", "stages", "spec", "include", "cache"];

impl Parser for GitlabCi {
    fn key(&self) -> &'static str {
        ECOSYSTEM
    }

    fn version(&self) -> u32 {
        1
    }

    /// The file GitLab starts with, and where included ones usually lie.
    fn wants(&self, path: &RepoPath) -> bool {
        let (text, name) = (path.as_str(), path.file_name());
        if !is_yaml(name) {
            return false;
        }
        let folder = || [".gitlab/ci/", ".gitlab-ci/", ".gitlab/pipelines/"].iter().any(|folder| text.contains(folder));
        name.trim_end_matches(".yaml").trim_end_matches(".yml").ends_with(".gitlab-ci") || folder() || is_direct(text)
    }

    fn parse(&self, _file_name: &str, bytes: &[u8]) -> FileFacts {
        let text = match manifest::text(bytes) {
            Ok(text) => text,
            Err(facts) => return *facts,
        };
        let (roots, problems) = yaml_file::read_all(text);
        let mut facts = FileFacts { problems, ..FileFacts::default() };
        for root in &roots {
            read(root, &mut facts);
        }
        manifest::settle(facts)
    }
}

/// A file of `.gitlab/` itself, where GitLab's own settings have fixed names.
fn is_direct(path: &str) -> bool {
    let name = path.strip_prefix(".gitlab/");
    name.is_some_and(|name| {
        !name.contains('/') && !name.starts_with("route-map.") && !name.starts_with("changelog_config.")
    })
}

fn read(root: &Node, facts: &mut FileFacts) {
    if let Some(include) = root.get("include") {
        includes(include, facts);
    }
    images(root, facts);
    for (name, job) in root.entries() {
        if !GLOBAL.contains(&name.as_str()) {
            images(job, facts);
            if let Some(include) = job.at(&["trigger", "include"]) {
                includes(include, facts);
            }
        }
    }
}

/// `image` and `services` of a job, of `default`, or of the file.
fn images(holder: &Node, facts: &mut FileFacts) {
    if let Some(node) = holder.get("image") {
        pipeline::image(node.get("name").unwrap_or(node), Scope::Build, facts);
    }
    for service in holder.get("services").map(Node::items).unwrap_or_default() {
        pipeline::image(service.get("name").unwrap_or(service), Scope::Test, facts);
    }
}

fn includes(node: &Node, facts: &mut FileFacts) {
    let alone = node.items().is_empty().then_some(node);
    for include in alone.into_iter().chain(node.items()) {
        if let Some(text) = include.text() {
            remote(text, include.line, facts);
        }
        let at = |key: &str| include.get(key).and_then(|node| Some((node.text()?, node.line)));
        if let Some((text, line)) = at("remote") {
            remote(text, line, facts);
        }
        if let Some((name, line)) = at("template") {
            pipeline::part(ECOSYSTEM, (&format!("template:{name}"), None), line, facts);
        }
        if let Some((name, line)) = at("project") {
            pipeline::part(ECOSYSTEM, (name.trim_matches('/'), include.text_of("ref")), line, facts);
        }
        if let Some((text, line)) = at("component") {
            component(text, line, facts);
        }
    }
}

/// A file of the web; a path is the repository's own.
fn remote(text: &str, line: u32, facts: &mut FileFacts) {
    if let Some(name) = text.contains("://").then(|| pipeline::host_path(text)).flatten() {
        pipeline::part(ECOSYSTEM, (&name, None), line, facts);
    }
}

/// `host/group/project/component@1`. A host that only the server knows is left away.
fn component(text: &str, line: u32, facts: &mut FileFacts) {
    let (name, version) = text.rsplit_once('@').map_or((text, None), |(name, version)| (name, Some(version)));
    let host_of_server = ["$CI_SERVER_FQDN/", "${CI_SERVER_FQDN}/", "$CI_SERVER_HOST/", "${CI_SERVER_HOST}/"];
    let name = host_of_server.iter().find_map(|host| name.strip_prefix(host)).unwrap_or(name);
    // A component of this very project is its own.
    let own = ["$CI_PROJECT_PATH", "${CI_PROJECT_PATH}"].iter().any(|own| name.starts_with(own));
    if !own {
        pipeline::part(ECOSYSTEM, (name, version), line, facts);
    }
}
