//! What the parsers of CI systems share: images whose text may hold variables, and references to shared parts.
//! It must not know a single system's keys, nor fill a variable in.
use super::{docker, manifest, yaml_file::Node};
use crate::facts::model::{DependencyDecl, FileFacts, Problem};
use shared::{DependencyKind, Ecosystem, Scope, Severity};

/// Marks of what is filled in when a pipeline runs, in all systems read here.
const MARKS: [&str; 5] = ["$", "<<", "{{", "%(", "%{"];

/// Whether a text is filled in when the pipeline runs.
pub(super) fn is_open(text: &str) -> bool {
    MARKS.iter().any(|mark| text.contains(mark))
}

/// Adds the image that a node names. One whose tag alone is open is known without it; of any other open one nothing is.
pub(super) fn image(node: &Node, scope: Scope, facts: &mut FileFacts) {
    let Some(text) = node.text().map(str::trim).filter(|text| !text.is_empty()) else { return };
    image_text(text, (node.line, scope), facts);
}

/// The same of a text at a line.
pub(super) fn image_text(text: &str, (line, scope): (u32, Scope), facts: &mut FileFacts) {
    let known = if is_open(text) { without_open_tag(text) } else { Some(text) };
    match known.map(|known| docker::dependency(known, scope, line)) {
        Some(Some(dependency)) => add(dependency, facts),
        Some(None) => facts.problems.push(manifest::bad_name(text, (line, 1))),
        None => facts.problems.push(unresolved("image", text, line)),
    }
}

/// `golang` of `golang:${VERSION}`; nothing of `${IMAGE}:1` or `host:$PORT/name`.
fn without_open_tag(text: &str) -> Option<&str> {
    let open = MARKS.iter().filter_map(|mark| text.find(mark)).min()?;
    let (head, tail) = text.split_at(open);
    let (name, tag) = head.rsplit_once([':', '@'])?;
    (!tag.contains('/') && !tail.contains('/') && !name.is_empty()).then_some(name)
}

/// The quiet problem of a reference that is only known when the pipeline runs.
pub(super) fn unresolved(noun: &str, text: &str, line: u32) -> Problem {
    let shown = manifest::tidy(text, 120);
    let kind = noun.trim_start_matches("pipeline-");
    let message =
        format!("The {kind} \"{shown}\" is known only when the pipeline runs; name it here to have it recognised.");
    manifest::problem(&format!("{noun}-unresolved"), Severity::Info, Some((line, 1)), message)
}

/// Adds a shared part of a pipeline: its name, and the version asked for. A commit is a version, all else a requirement.
pub(super) fn part(ecosystem: &'static str, (name, wanted): (&str, Option<&str>), line: u32, facts: &mut FileFacts) {
    if is_open(name) {
        facts.problems.push(unresolved("pipeline-part", name, line));
        return;
    }
    if !manifest::is_name(name) || !name.contains(char::is_alphabetic) {
        facts.problems.push(manifest::bad_name(name, (line, 1)));
        return;
    }
    let is_commit = |text: &&str| text.len() == 40 && text.bytes().all(|b| b.is_ascii_hexdigit());
    let wanted = wanted.filter(|wanted| !is_open(wanted));
    let dependency = DependencyDecl {
        ecosystem: Ecosystem::known(ecosystem),
        name: name.to_owned(),
        requirement: wanted.filter(|wanted| !is_commit(wanted)).and_then(manifest::requirement),
        version: wanted.filter(is_commit).and_then(manifest::requirement),
        scope: Scope::Build,
        kind: DependencyKind::Declared,
        line: Some(line),
    };
    add(dependency, facts);
}

/// Dependencies that a new one is compared with; more of them stand in no pipeline that people write.
const MAX_LOOKED_BACK: usize = 1_000;

/// The same part or image twice is one dependency, at its first line.
fn add(dependency: DependencyDecl, facts: &mut FileFacts) {
    let same = |known: &DependencyDecl| {
        (&known.ecosystem, &known.name, &known.requirement, &known.version)
            == (&dependency.ecosystem, &dependency.name, &dependency.requirement, &dependency.version)
    };
    if !facts.dependencies.iter().rev().take(MAX_LOOKED_BACK).any(same) {
        facts.dependencies.push(dependency);
    }
}

/// `host/path` of a git or web address: without scheme, user, port, query, fragment and `.git`.
pub(super) fn host_path(address: &str) -> Option<String> {
    let plain = address.split(['?', '#']).next().unwrap_or_default().trim_end_matches('/');
    let (host, path) = match plain.split_once("://") {
        Some((_, rest)) => rest.split_once('/')?,
        // git@host:path
        None => plain.split_once(':').filter(|(host, _)| host.contains('@'))?,
    };
    let host = host.rsplit('@').next().unwrap_or(host).split(':').next().unwrap_or(host);
    let path = path.trim_matches('/').trim_end_matches(".git");
    (!host.is_empty() && !path.is_empty()).then(|| format!("{host}/{path}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_open_tag_leaves_the_name_known() {
        for (text, name) in [
            ("golang:${VERSION}", Some("golang")),
            ("ghcr.io/acme/base:$TAG-alpine", Some("ghcr.io/acme/base")),
            ("golang:1.${MINOR}", Some("golang")),
            ("cimg/node:<< parameters.tag >>", Some("cimg/node")),
            ("$IMAGE:1", None),
            ("host:$PORT/name", None),
            ("${REGISTRY}/acme/base:1", None),
            ("acme/$NAME", None),
        ] {
            assert_eq!(without_open_tag(text), name, "{text}");
        }
    }

    #[test]
    fn addresses_become_host_and_path() {
        for (address, expected) in [
            ("https://github.com/acme/hooks", Some("github.com/acme/hooks")),
            ("https://x:y@git.acme.dev:8443/hooks.git/?a#b", Some("git.acme.dev/hooks")),
            ("git@github.com:acme/hooks.git", Some("github.com/acme/hooks")),
            ("ssh://git@github.com/acme/hooks.git", Some("github.com/acme/hooks")),
            ("hooks", None),
            ("https://", None),
        ] {
            assert_eq!(host_path(address).as_deref(), expected, "{address}");
        }
    }
}
