//! What every lock file comes down to: installed copies, each with a name, a version and a scope.
//! It must not read a file.
use super::super::manifest;
use crate::facts::model::DependencyDecl;
use shared::{DependencyKind, Ecosystem, Scope};
use std::{borrow::Cow, collections::HashMap};

/// One installed copy under its real name.
pub(super) struct Installed<'a> {
    /// 1-based.
    pub line: u32,
    pub name: Cow<'a, str>,
    pub version: Option<Cow<'a, str>>,
    pub scope: Scope,
}

/// One dependency per name and version: the first place, the widest scope.
pub(super) fn declare<'a>(installed: impl Iterator<Item = Installed<'a>>) -> Vec<DependencyDecl> {
    let mut seen: HashMap<(String, Option<String>), usize> = HashMap::new();
    let mut out: Vec<DependencyDecl> = vec![];
    for copy in installed {
        if !manifest::is_name(&copy.name) {
            continue;
        }
        let version = copy.version.as_deref().and_then(manifest::requirement);
        let key = (copy.name.into_owned(), version);
        if let Some(earlier) = seen.get(&key).and_then(|index| out.get_mut(*index)) {
            earlier.scope = wider(earlier.scope, copy.scope);
            continue;
        }
        let (ecosystem, name) = registry_name(&key.0);
        out.push(DependencyDecl {
            ecosystem,
            name,
            requirement: None,
            version: key.1.clone(),
            scope: copy.scope,
            kind: DependencyKind::Resolved,
            line: Some(copy.line),
        });
        seen.insert(key, out.len() - 1);
    }
    out
}

/// The registry and the name in it: JSR serves `@scope/name` to npm clients as `@jsr/scope__name`
/// (<https://jsr.io/docs/npm-compatibility>).
pub(super) fn registry_name(name: &str) -> (Ecosystem, String) {
    match name.strip_prefix("@jsr/").and_then(|rest| rest.split_once("__")) {
        Some((scope, name)) => (Ecosystem::known("jsr"), format!("@{scope}/{name}")),
        None => (Ecosystem::known("npm"), name.to_owned()),
    }
}

/// Runtime before optional and peer before dev: a package needed at run time is needed at run time.
pub(super) fn wider(one: Scope, other: Scope) -> Scope {
    let rank = |scope| match scope {
        Scope::Runtime => 0,
        Scope::Optional => 1,
        Scope::Peer => 2,
        _ => 3,
    };
    if rank(other) < rank(one) { other } else { one }
}
