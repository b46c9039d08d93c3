//! Image references: `name:tag@digest` as written, and build arguments in them.
//! It must not guess a registry that is not written.
use super::super::manifest;
use crate::facts::model::DependencyDecl;
use shared::{DependencyKind, Ecosystem, Scope};
use std::collections::BTreeMap;

/// An image as a dependency: the name as written without tag, the tag as requirement, the digest as version.
/// `None` when it is no image reference.
pub(crate) fn dependency(image: &str, scope: Scope, line: u32) -> Option<DependencyDecl> {
    let (rest, digest) = match image.split_once('@') {
        Some((rest, digest)) => (rest, Some(digest)),
        None => (image, None),
    };
    // A colon before the last slash is a registry's port.
    let (name, tag) = match rest.rsplit_once(':') {
        Some((name, tag)) if !tag.contains('/') => (name, Some(tag)),
        _ => (rest, None),
    };
    let allowed = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'/' | b'.' | b'-' | b'_' | b':' | b'[' | b']');
    if !manifest::is_name(name) || !name.bytes().all(allowed) || name.starts_with(['/', '.', '-']) {
        return None;
    }
    Some(DependencyDecl {
        ecosystem: Ecosystem::known("docker"),
        name: name.to_owned(),
        requirement: tag.and_then(manifest::requirement),
        version: digest.and_then(manifest::requirement),
        scope,
        kind: DependencyKind::Declared,
        line: Some(line),
    })
}

/// Replaces `$NAME`, `${NAME}`, `${NAME:-default}` and `${NAME:+other}`.
///
/// # Errors
/// The name of the first argument without a value.
pub(super) fn substitute(text: &str, args: &BTreeMap<String, Option<String>>) -> Result<String, String> {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('$') {
        out.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        let expression;
        if let Some(braced) = rest.strip_prefix('{') {
            let Some((inside, after)) = braced.split_once('}') else { return Err(braced.to_owned()) };
            (expression, rest) = (inside, after);
        } else {
            let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).unwrap_or(rest.len());
            (expression, rest) = rest.split_at(end);
        }
        out.push_str(&value_of(expression, args)?);
    }
    out.push_str(rest);
    Ok(out)
}

fn value_of(expression: &str, args: &BTreeMap<String, Option<String>>) -> Result<String, String> {
    let known = |name: &str| args.get(name).cloned().flatten();
    let split = |mark: &str| expression.split_once(mark);
    if let Some((name, default)) = split(":-").or_else(|| split("-")) {
        return Ok(known(name).filter(|value| !value.is_empty()).unwrap_or_else(|| default.to_owned()));
    }
    if let Some((name, other)) = split(":+").or_else(|| split("+")) {
        return Ok(known(name).map(|_| other.to_owned()).unwrap_or_default());
    }
    known(expression).ok_or_else(|| expression.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_digests_and_ports_are_told_apart() {
        for (image, name, tag, digest) in [
            ("node", "node", None, None),
            ("node:20-alpine", "node", Some("20-alpine"), None),
            ("ghcr.io/acme/base:1@sha256:ab", "ghcr.io/acme/base", Some("1"), Some("sha256:ab")),
            ("localhost:5000/a/b", "localhost:5000/a/b", None, None),
            ("localhost:5000/a/b:2", "localhost:5000/a/b", Some("2"), None),
        ] {
            let found = dependency(image, Scope::Runtime, 1).unwrap();
            let got = (found.name.as_str(), found.requirement.as_deref(), found.version.as_deref());
            assert_eq!(got, (name, tag, digest), "{image}");
        }
        for image in ["", ":1", "a b", "./x", "{{image}}:1"] {
            assert_eq!(dependency(image, Scope::Runtime, 1), None, "{image}");
        }
    }
}
