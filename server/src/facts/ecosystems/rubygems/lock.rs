//! `Gemfile.lock`: sections of indented lines, as Bundler writes and reads them
//! (<https://github.com/ruby/rubygems/blob/master/bundler/lib/bundler/lockfile_parser.rb>).
//! It must not report the gems of `PATH` sections: they are this repository's own.
use super::super::manifest;
use crate::facts::model::{DependencyDecl, FileFacts};
use serde::{Deserialize, Serialize};
use shared::{DependencyKind, Ecosystem, Scope, Severity};
use std::collections::HashSet;

/// The gems that the lock file takes from folders.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Paths {
    pub gems: Vec<String>,
}

/// Reads a lock file.
pub(super) fn read(text: &str) -> FileFacts {
    let mut facts = FileFacts::default();
    let mut paths = Paths::default();
    let mut section = "";
    let mut remote = None;
    let mut seen = HashSet::new();
    for (line, number) in text.lines().zip(1u32..) {
        if line.starts_with("<<<<<<<") {
            facts.problems.push(conflict(number));
        } else if !line.starts_with(' ') {
            (section, remote) = (line.trim(), None);
        } else if let Some(from) = line.trim().strip_prefix("remote: ") {
            remote = Some(from);
        } else if let Some((name, version)) = locked(line).filter(|_| has_specs(section)) {
            if section == "PATH" {
                paths.gems.push(name.to_owned());
            } else if seen.insert((name, version)) {
                let from = remote.filter(|_| section == "GIT");
                facts.dependencies.push(resolved(name, version, from, number));
            }
        }
    }
    if !paths.gems.is_empty() {
        facts.extra = serde_json::to_value(paths).unwrap_or_default();
    }
    facts
}

fn has_specs(section: &str) -> bool {
    matches!(section, "GEM" | "GIT" | "PATH" | "PLUGIN SOURCE")
}

/// `    name (1.2.3-x86_64-linux)`, exactly four spaces deep; what a gem needs stands two deeper. The platform is no part
/// of the version.
fn locked(line: &str) -> Option<(&str, &str)> {
    let rest = line.strip_prefix("    ").filter(|rest| !rest.starts_with(' '))?;
    let (name, version) = rest.split_once(" (")?;
    let version = version.trim_end().strip_suffix(')')?.split('-').next()?;
    manifest::is_name(name).then_some((name, version))
}

fn resolved(name: &str, version: &str, remote: Option<&str>, line: u32) -> DependencyDecl {
    DependencyDecl {
        ecosystem: Ecosystem::known("gem"),
        name: name.to_owned(),
        requirement: remote.and_then(|remote| manifest::requirement(&format!("git+{remote}"))),
        version: manifest::requirement(version),
        scope: Scope::Runtime,
        kind: DependencyKind::Resolved,
        line: Some(line),
    }
}

fn conflict(line: u32) -> crate::facts::model::Problem {
    let message = "A merge conflict was committed here; run `bundle install` and commit the lock file anew.";
    manifest::problem("lock-merge-conflict", Severity::Warning, Some((line, 1)), message)
}
