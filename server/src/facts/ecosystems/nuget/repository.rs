//! Joins the MSBuild files of one repository: central versions and plain properties.
//! It must not run in circles: nested properties and imports are bounded.
use super::{super::manifest, declared, project::Extra};
use crate::{
    facts::{
        model::{Dependency, RepositoryFiles},
        parser::Resolved,
    },
    scan::Finding,
};
use serde::Deserialize;
use shared::{RepoPath, Scope, Severity};
use std::collections::BTreeMap;

/// A value may be made of properties made of properties, so many times.
const MAX_FILLS: usize = 8;

/// Longer values are not filled in further: each property may double the text.
const MAX_FILLED_BYTES: usize = 1_000;

/// Files that MSBuild imports by itself, from the nearest folder that has one.
const IMPORTED: &[&str] = &["Directory.Packages.props", "Directory.Build.props", "Directory.Build.targets"];

struct Projects {
    extras: BTreeMap<RepoPath, Extra>,
    /// Properties with one value wherever they are set; `None` for those with several.
    only: BTreeMap<String, Option<String>>,
}

pub(super) fn resolve(files: &RepositoryFiles) -> Resolved {
    let projects = Projects::of(files);
    let mut out = Resolved::of_each_file("nuget", files);
    for dependency in &mut out.dependencies {
        let Dependency { decl, path, .. } = dependency;
        if !projects.extras.contains_key(path) {
            continue;
        }
        let written = decl.requirement.take().or_else(|| projects.central(path, &decl.name));
        decl.requirement = written.map(|written| projects.fill(path, &written).unwrap_or(written));
    }
    for (path, blob, _) in files.of_parser("nuget") {
        for (name, version, line) in projects.extras.get(path).into_iter().flat_map(|extra| &extra.named_by_property) {
            match projects.fill(path, name).filter(|name| manifest::is_name(name) && !name.contains(['@', '(', ';'])) {
                Some(name) => {
                    let version =
                        version.as_ref().map(|written| projects.fill(path, written).unwrap_or(written.clone()));
                    let decl = declared(&name, version, Scope::Runtime, *line);
                    out.dependencies.push(Dependency { decl, path: path.clone(), blob: blob.clone() });
                }
                None => out.findings.push(unresolved(path, name, *line)),
            }
        }
    }
    out
}

fn unresolved(path: &RepoPath, name: &str, line: u32) -> Finding {
    let shown = manifest::tidy(name, 120);
    Finding {
        rule: "property-unresolved".to_owned(),
        severity: Severity::Info,
        path: Some(path.clone()),
        line: Some(line),
        column: None,
        message: format!(
            "\"{shown}\" uses a property that this repository does not set as plain text; it is left out."
        ),
    }
}

impl Projects {
    fn of(files: &RepositoryFiles) -> Self {
        let read = files.of_parser("nuget").filter(|(_, _, facts)| !facts.extra.is_null());
        let extras: BTreeMap<RepoPath, Extra> =
            read.filter_map(|(path, _, facts)| Some((path.clone(), Extra::deserialize(&facts.extra).ok()?))).collect();
        let mut only: BTreeMap<String, Option<String>> = BTreeMap::new();
        for (name, value) in extras.values().flat_map(|extra| &extra.properties) {
            let known = only.entry(name.clone()).or_insert_with(|| Some(value.clone()));
            if known.as_ref() != Some(value) {
                *known = None;
            }
        }
        Self { extras, only }
    }

    /// The file, what it imports, and the files that MSBuild imports for it, nearest first.
    fn chain<'p>(&'p self, path: &'p RepoPath) -> impl Iterator<Item = &'p Extra> {
        let folders = std::iter::successors(Some(path.parent()), |folder| (!folder.is_root()).then(|| folder.parent()));
        let above = folders.flat_map(|folder| IMPORTED.iter().filter_map(move |name| folder.join(name)));
        std::iter::once(path.clone()).chain(above).flat_map(move |file| {
            let extra = self.extras.get(&file);
            let imported = extra.into_iter().flat_map(|extra| &extra.imports).filter_map(move |import| {
                let import = import.replace("$(MSBuildThisFileDirectory)", "").replace('\\', "/");
                self.extras.get(&file.parent().join(&import)?)
            });
            extra.into_iter().chain(imported)
        })
    }

    fn central(&self, path: &RepoPath, name: &str) -> Option<String> {
        let name = name.to_lowercase();
        self.chain(path).find_map(|extra| extra.versions.get(&name).cloned())
    }

    fn property(&self, path: &RepoPath, name: &str) -> Option<String> {
        let near = self.chain(path).find_map(|extra| extra.properties.get(name).cloned());
        near.or_else(|| self.only.get(name).cloned().flatten())
    }

    /// The text with every `$(name)` replaced; `None` when one has no plain value here.
    fn fill(&self, path: &RepoPath, text: &str) -> Option<String> {
        let mut text = text.to_owned();
        for _ in 0..MAX_FILLS {
            let Some((before, after)) = text.split_once("$(") else { return Some(text) };
            let (name, after) = after.split_once(')')?;
            text = format!("{before}{}{after}", self.property(path, name)?);
            if text.len() > MAX_FILLED_BYTES {
                return None;
            }
        }
        None
    }
}
