//! The Model Context Protocol: servers that a repository publishes (`server.json` of the registry,
//! <https://github.com/modelcontextprotocol/registry>) and those its people use (client configurations).
//! It must not keep an environment variable, a header or a query: secrets lie there.
mod launch;

use super::{
    definitions::entry,
    manifest,
    outline::{self, Node},
};
use crate::facts::{
    model::{DefinitionDecl, DefinitionKind, DependencyDecl, FileFacts},
    parser::Parser,
};
use shared::{DependencyKind, Ecosystem, RepoPath, Scope};

/// The parser of MCP manifests and client configurations.
pub(super) struct Mcp;

impl Parser for Mcp {
    fn key(&self) -> &'static str {
        "mcp"
    }

    fn version(&self) -> u32 {
        1
    }

    fn wants(&self, path: &RepoPath) -> bool {
        const NAMES: &[&str] =
            &["server.json", ".mcp.json", "mcp.json", "mcp_config.json", "claude_desktop_config.json"];
        NAMES.contains(&path.file_name()) || path.as_str().ends_with(".gemini/settings.json")
    }

    fn parse(&self, file_name: &str, bytes: &[u8]) -> FileFacts {
        let text = match manifest::text(bytes) {
            Ok(text) => text,
            Err(facts) => return *facts,
        };
        let outline = outline::json(text, 4);
        let mut facts = FileFacts::default();
        let Some(root) = outline.roots.first() else { return facts };
        if file_name == "server.json" {
            // Other programs have a server.json too; one that is broken cannot be told from theirs.
            facts.definitions.extend(server(root));
            return facts;
        }
        facts.problems.extend(outline.problem);
        for key in ["mcpServers", "servers"] {
            for (_, server) in root.get(key).map(Node::entries).unwrap_or_default() {
                facts.dependencies.extend(used(server));
            }
        }
        manifest::settle(facts)
    }
}

/// A server for others to use: its packages and remotes are the entries.
fn server(root: &Node) -> Option<DefinitionDecl> {
    let name = root.get("name")?;
    let text = name.text().filter(|text| manifest::is_name(text) && text.contains('/') && text.contains('.'))?;
    let schema = root.text_of("$schema").is_some_and(|schema| schema.contains("modelcontextprotocol"));
    if !schema && root.get("packages").is_none() && root.get("remotes").is_none() {
        return None;
    }
    let mut found = DefinitionDecl::new(DefinitionKind::Api, "mcp-server", text, name.line);
    found.title = Some(root.text_of("title").unwrap_or(text)).and_then(super::definitions::title);
    found.description = root.text_of("description").and_then(manifest::description);
    found.version = root.text_of("version").and_then(manifest::requirement);
    for package in root.get("packages").map(Node::items).unwrap_or_default() {
        let registry = package.text_of("registryType").or_else(|| package.text_of("registry_type"));
        let registry = registry.or_else(|| package.text_of("registry_name")).unwrap_or("package");
        let Some(name) = package.text_of("identifier").or_else(|| package.text_of("name")) else { continue };
        found.push(entry(&format!("{registry} {name}"), package.text_of("version"), package.line));
    }
    for remote in root.get("remotes").map(Node::items).unwrap_or_default() {
        let Some(place) = remote.text_of("url").and_then(host_and_path) else { continue };
        let transport = remote.text_of("type").or_else(|| remote.text_of("transport_type")).unwrap_or("remote");
        found.push(entry(&format!("{transport} {place}"), None, remote.line));
    }
    Some(found)
}

/// What a configured server is: a package or image that is started, or an address.
fn used(server: &Node) -> Option<DependencyDecl> {
    if let Some(command) = server.text_of("command") {
        let args = server.get("args").map(Node::items).unwrap_or_default();
        let args: Vec<&str> = args.iter().filter_map(Node::text).collect();
        return launch::dependency(command, &args, server.line);
    }
    let url = ["url", "serverUrl", "httpUrl"].iter().find_map(|key| server.text_of(key))?;
    Some(DependencyDecl {
        ecosystem: Ecosystem::known("mcp"),
        name: host_and_path(url)?,
        requirement: None,
        version: None,
        scope: Scope::Dev,
        kind: DependencyKind::Declared,
        line: Some(server.line),
    })
}

/// `flags.acme.dev/mcp` of an address without user, query and fragment; none for this machine and for templates.
fn host_and_path(url: &str) -> Option<String> {
    let (scheme, rest) = url.split_once("://")?;
    let rest = rest.split(['?', '#']).next().unwrap_or_default();
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    let host = host.rsplit('@').next().unwrap_or_default();
    let bare = host.split(':').next().unwrap_or_default();
    if !matches!(scheme, "http" | "https" | "ws" | "wss") || !bare.contains('.') || bare.starts_with("127.") {
        return None;
    }
    let name = format!("{}/{path}", host.to_ascii_lowercase());
    let name = name.trim_end_matches('/');
    (manifest::is_name(name) && !name.contains('$')).then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_lose_what_may_be_secret() {
        assert_eq!(host_and_path("https://u:p@Flags.acme.dev/mcp/?key=1#x").as_deref(), Some("flags.acme.dev/mcp"));
        assert_eq!(host_and_path("https://flags.acme.dev").as_deref(), Some("flags.acme.dev"));
        for url in
            ["http://localhost:3000/mcp", "http://127.0.0.1/x", "${URL}", "https://${HOST}.acme.dev/", "file://x.y"]
        {
            assert_eq!(host_and_path(url), None, "{url}");
        }
    }
}
