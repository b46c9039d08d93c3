//! Definitions in YAML and JSON, found by content: OpenAPI, AsyncAPI, OpenSLO, Dapr components and flagd's flags.
//! It must not follow a `$ref` and reads only the upper levels of a file.
mod asyncapi;
mod dapr;
mod flags;
mod openapi;
mod openslo;

use super::{
    manifest,
    outline::{self, Node, Outline},
};
use crate::facts::{
    model::FileFacts,
    parser::Parser,
    yaml_name::{is_of_other_tools, is_yaml},
};
use memchr::memmem;
use shared::{RepoPath, api::DefinitionEntry};

/// The parser of definitions that only a file's content tells.
pub(super) struct Definitions;

/// Levels of a file that are read: `paths`, a path, a method, its summary, and one to see what lies below.
const LEVELS: usize = 5;

/// Bytes in which the keys of the top level that name a format are looked for.
const HEAD: usize = 16 << 10;

impl Parser for Definitions {
    fn key(&self) -> &'static str {
        "definition"
    }

    fn version(&self) -> u32 {
        1
    }

    fn wants(&self, path: &RepoPath) -> bool {
        let (text, name) = (path.as_str(), path.file_name());
        if is_yaml(name) {
            return !is_of_other_tools(text, name);
        }
        name.ends_with(".json") && (name.ends_with("flagd.json") || may_be_api(text, name))
    }

    fn in_history(&self, _path: &RepoPath) -> bool {
        false
    }

    fn max_bytes(&self) -> u64 {
        4 << 20
    }

    fn parse(&self, file_name: &str, bytes: &[u8]) -> FileFacts {
        let Some(format) = Format::of(bytes) else { return FileFacts::default() };
        let text = match manifest::text(bytes) {
            Ok(text) => text,
            Err(facts) => return *facts,
        };
        let json = file_name.ends_with(".json");
        let Outline { roots, problem } = if json { outline::json(text, LEVELS) } else { outline::yaml(text, LEVELS) };
        let mut facts = FileFacts { problems: problem.into_iter().collect(), ..FileFacts::default() };
        match format {
            Format::OpenApi => facts.definitions.extend(roots.first().and_then(openapi::read)),
            Format::AsyncApi => facts.definitions.extend(roots.first().and_then(asyncapi::read)),
            Format::Flags => facts.definitions.extend(roots.first().and_then(|root| flags::read(file_name, root))),
            Format::OpenSlo => facts.definitions.extend(openslo::read(&roots)),
            Format::Dapr => dapr::read(&roots, &mut facts),
        }
        drop_templates(&mut facts);
        manifest::settle(facts)
    }
}

enum Format {
    OpenApi,
    AsyncApi,
    Flags,
    OpenSlo,
    Dapr,
}

impl Format {
    /// Judged without parsing: most YAML is nothing of this.
    fn of(bytes: &[u8]) -> Option<Self> {
        let head = bytes.get(..HEAD.min(bytes.len()))?;
        let has = |mark: &str| memmem::find(bytes, mark.as_bytes()).is_some();
        match () {
            () if has_key(head, "openapi") || has_key(head, "swagger") => Some(Self::OpenApi),
            () if has_key(head, "asyncapi") => Some(Self::AsyncApi),
            () if has_key(head, "flags") && has("variants") && has("state") => Some(Self::Flags),
            () if has("openslo/v") || has("openslo.com/v") => Some(Self::OpenSlo),
            () if has("dapr.io/v1alpha1") => Some(Self::Dapr),
            () => None,
        }
    }
}

/// Whether a line begins with the key, in YAML at the first column, in JSON at any.
fn has_key(head: &[u8], key: &str) -> bool {
    let json = head.iter().find(|b| !b.is_ascii_whitespace()) == Some(&b'{');
    memmem::find_iter(head, key.as_bytes()).any(|at| {
        let before = head.get(..at).unwrap_or_default();
        let (quote, before) = match before.last() {
            Some(quote @ (b'"' | b'\'')) => (Some(*quote), before.get(..at - 1).unwrap_or_default()),
            _ => (None, before),
        };
        let first = before.last().is_none_or(|b| *b == b'\n' || *b == 0xbf || (json && quote.is_some()));
        let mut after = head.get(at + key.len()..).unwrap_or_default().iter().skip(usize::from(quote.is_some()));
        let closed = quote.is_none_or(|quote| head.get(at + key.len()) == Some(&quote));
        first && closed && after.find(|b| **b != b' ') == Some(&b':')
    })
}

/// A definition whose name is yet to be filled in belongs to a file that does not exist.
fn drop_templates(facts: &mut FileFacts) {
    let templated = |text: &str| manifest::is_templated(text) || text.contains("${");
    let found = facts.definitions.iter().find(|found| templated(&found.name));
    if let Some(problem) = found.map(|found| manifest::bad_name(&found.name, (found.line.unwrap_or(1), 1))) {
        facts.definitions.retain(|found| !templated(&found.name));
        if manifest::is_templated(&problem.message) {
            facts.problems.push(problem);
        }
    }
}

/// JSON by a name or in a folder that speaks of an API.
fn may_be_api(path: &str, name: &str) -> bool {
    const OTHERS: &[&str] = &["package.json", "package-lock.json", "composer.json", "launchSettings.json"];
    if OTHERS.contains(&name) || name.starts_with("tsconfig") || name.starts_with("appsettings") {
        return false;
    }
    let named = ["openapi", "swagger", "asyncapi", "api"].iter().any(|word| name.contains(word));
    let folder = |segment: &str| {
        matches!(segment, "openapi" | "swagger" | "asyncapi" | "api" | "apis" | "spec" | "specs" | "openapiv2")
    };
    named || path.split('/').any(folder)
}

/// An entry with its texts made safe to store.
pub(in crate::facts::ecosystems) fn entry(name: &str, description: Option<&str>, line: u32) -> DefinitionEntry {
    let description = description.map(|text| manifest::tidy(text, 400)).filter(|text| !text.is_empty());
    DefinitionEntry { name: manifest::tidy(name, 300), description, line: Some(line) }
}

/// The title of a definition, safe to store.
pub(in crate::facts::ecosystems) fn title(text: &str) -> Option<String> {
    Some(manifest::tidy(text, 200)).filter(|text| !text.is_empty())
}

/// `info.title`, `info.version` and `info.description`, as OpenAPI and AsyncAPI have them.
fn info(root: &Node, found: &mut crate::facts::model::DefinitionDecl) {
    let info = |key: &str| root.at(&["info", key]).and_then(Node::text);
    found.title = info("title").and_then(title);
    found.name = found.title.clone().unwrap_or_default();
    found.version = info("version").and_then(manifest::requirement);
    found.description = info("description").or_else(|| info("summary")).and_then(manifest::description);
}

#[cfg(test)]
mod tests;
