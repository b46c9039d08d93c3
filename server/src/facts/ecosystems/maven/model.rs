//! What a pom.xml inherits from parents and BOMs within the repository.
//! It must not run in circles: chains and nested properties are bounded.
use super::project::Extra;
use crate::facts::model::{DependencyDecl, RepositoryFiles};
use serde::Deserialize;
use shared::RepoPath;
use std::collections::BTreeMap;

/// Longer parent chains are cut.
const MAX_PARENTS: usize = 20;

/// A value may be made of properties made of properties, so many times.
const MAX_FILLS: usize = 10;

/// Longer values are not filled in further: each property may double the text.
const MAX_FILLED_BYTES: usize = 1_000;

/// Every pom.xml of a repository, and which is whose parent.
pub(super) struct Models {
    extras: BTreeMap<RepoPath, Extra>,
    /// `group:artifact` as far as known, to the file.
    by_name: BTreeMap<String, RepoPath>,
}

impl Models {
    pub(super) fn of(files: &RepositoryFiles) -> Self {
        let extra = |facts: &crate::facts::model::FileFacts| Extra::deserialize(&facts.extra).ok();
        let extras: BTreeMap<RepoPath, Extra> =
            files.of_parser("maven").filter_map(|(path, _, facts)| Some((path.clone(), extra(facts)?))).collect();
        let mut by_name = BTreeMap::new();
        for (path, _, facts) in files.of_parser("maven") {
            for package in &facts.packages {
                by_name.entry(package.name.clone()).or_insert_with(|| path.clone());
            }
        }
        Self { extras, by_name }
    }

    /// The parent in this repository: at its relative path when that is the right one, else by coordinates.
    fn parent(&self, path: &RepoPath) -> Option<&RepoPath> {
        let parent = self.extras.get(path)?.parent.as_ref()?;
        let at_path = || {
            let mut at = path.parent().join(&parent.relative_path)?;
            if !at.as_str().ends_with(".xml") {
                at = at.join("pom.xml")?;
            }
            let (at, extra) = self.extras.get_key_value(&at)?;
            (parent.name.split_once(':')?.1 == extra.artifact.as_deref()?).then_some(at)
        };
        let found = if parent.relative_path.is_empty() { None } else { at_path() };
        found.or_else(|| self.by_name.get(&parent.name)).filter(|found| *found != path)
    }

    /// The file and its parents, nearest first.
    fn chain<'m>(&'m self, path: &'m RepoPath) -> impl Iterator<Item = &'m Extra> {
        std::iter::successors(Some(path), |path| self.parent(path))
            .take(MAX_PARENTS)
            .filter_map(|at| self.extras.get(at))
    }

    /// Whether a dependency is the file's own parent and lies in the repository.
    pub(super) fn is_own_parent(&self, path: &RepoPath, decl: &DependencyDecl) -> bool {
        let parent = self.extras.get(path).and_then(|extra| extra.parent.as_ref());
        parent.is_some_and(|parent| parent.name == decl.name && Some(parent.line) == decl.line)
            && self.parent(path).is_some()
    }

    /// The version, own or inherited, as written.
    pub(super) fn version(&self, path: &RepoPath) -> Option<String> {
        self.chain(path).find_map(|extra| {
            let inherited = || extra.parent.as_ref().and_then(|parent| parent.version.clone());
            extra.version.clone().or_else(inherited)
        })
    }

    fn group(&self, path: &RepoPath) -> Option<String> {
        self.chain(path).find_map(|extra| {
            let inherited = || Some(extra.parent.as_ref()?.name.split_once(':')?.0.to_owned());
            extra.group.clone().or_else(inherited)
        })
    }

    /// A package's `group:artifact` with the group inherited and properties filled in.
    pub(super) fn package_name(&self, path: &RepoPath, written: &str) -> String {
        self.fill(path, written).unwrap_or_else(|| written.to_owned())
    }

    /// The version that the file, its parents, or BOMs of this repository manage, as written.
    pub(super) fn managed(&self, path: &RepoPath, name: &str) -> Option<String> {
        let lookup = |owner: &RepoPath, extra: &Extra| {
            let found = extra.managed.iter().find(|(key, _)| self.fill(owner, key).as_deref() == Some(name));
            found.and_then(|(_, version)| self.fill(owner, version))
        };
        let direct = self.chain(path).find_map(|extra| match extra.managed.get(name) {
            Some(version) => Some(version.clone()),
            None => lookup(path, extra),
        });
        direct.or_else(|| {
            let boms = self
                .chain(path)
                .flat_map(|extra| &extra.boms)
                .filter_map(|bom| self.by_name.get(&self.fill(path, bom)?));
            boms.filter_map(|bom| self.chain(bom).find_map(|extra| lookup(bom, extra))).next()
        })
    }

    /// The text with every `${…}` replaced; `None` when one has no value here.
    pub(super) fn fill(&self, path: &RepoPath, text: &str) -> Option<String> {
        let mut text = text.to_owned();
        for _ in 0..MAX_FILLS {
            let Some(start) = text.find("${") else { return Some(text) };
            let mut out = text[..start].to_owned();
            let mut rest = &text[start..];
            while let Some(inside) = rest.strip_prefix("${") {
                let (name, after) = inside.split_once('}')?;
                out.push_str(&self.property(path, name)?);
                let next = after.find("${").unwrap_or(after.len());
                out.push_str(&after[..next]);
                rest = &after[next..];
                if out.len() > MAX_FILLED_BYTES {
                    return None;
                }
            }
            text = out;
        }
        None
    }

    fn property(&self, path: &RepoPath, name: &str) -> Option<String> {
        match name.strip_prefix("project.").or_else(|| name.strip_prefix("pom.")) {
            Some("version") => self.version(path),
            Some("groupId") => self.group(path),
            Some("artifactId") => self.extras.get(path)?.artifact.clone(),
            Some("parent.version") => self.extras.get(path)?.parent.as_ref()?.version.clone(),
            Some("parent.groupId") => Some(self.extras.get(path)?.parent.as_ref()?.name.split_once(':')?.0.to_owned()),
            _ => self.chain(path).find_map(|extra| extra.properties.get(name).cloned()),
        }
    }
}
