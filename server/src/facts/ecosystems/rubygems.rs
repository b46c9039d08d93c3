//! Ruby: `Gemfile`, `Gemfile.lock` and gemspecs (<https://bundler.io/man/gemfile.5.html>), all read as text.
//! It must not run Ruby, follow `eval_gemfile`, or name a gem that only a run would name.
mod gemfile;
mod gemspec;
mod lock;

use super::manifest;
use crate::facts::{
    model::{FileFacts, Package, RepositoryFiles},
    parser::{Parser, Resolved},
};
use shared::{RepoPath, Scope};
use std::collections::BTreeSet;

/// The parser of Ruby's package files.
pub(super) struct Rubygems;

impl Parser for Rubygems {
    fn key(&self) -> &'static str {
        "rubygems"
    }

    fn version(&self) -> u32 {
        1
    }

    fn wants(&self, path: &RepoPath) -> bool {
        let name = path.file_name();
        matches!(name, "Gemfile" | "gems.rb" | "Gemfile.lock" | "gems.locked")
            || (name.ends_with(".gemspec") && name.len() > ".gemspec".len())
    }

    fn in_history(&self, path: &RepoPath) -> bool {
        !matches!(path.file_name(), "Gemfile.lock" | "gems.locked")
    }

    fn max_bytes(&self) -> u64 {
        4 << 20
    }

    fn parse(&self, file_name: &str, bytes: &[u8]) -> FileFacts {
        match manifest::text(bytes) {
            Err(facts) => *facts,
            Ok(text) if matches!(file_name, "Gemfile.lock" | "gems.locked") => manifest::settle(lock::read(text)),
            Ok(text) if file_name.ends_with(".gemspec") => manifest::settle(gemspec::read(text)),
            Ok(text) => manifest::settle(gemfile::read(text)),
        }
    }

    /// Names packages without a name after their folder, takes a Gemfile beside a gemspec for what works on the gem rather
    /// than for an application, finds the programs that a gemspec only describes by a pattern, and drops gems of this
    /// repository.
    fn resolve(&self, files: &RepositoryFiles) -> Resolved {
        let mut out = Resolved::of_each_file(self.key(), files);
        let is_gemspec = |package: &Package| package.path.file_name().ends_with(".gemspec");
        let gems: BTreeSet<RepoPath> =
            out.packages.iter().filter(|package| is_gemspec(package)).map(|package| package.path.parent()).collect();
        for dependency in &mut out.dependencies {
            let decl = &mut dependency.decl;
            if decl.scope == Scope::Runtime && is_gemfile(&dependency.path) && gems.contains(&dependency.path.parent())
            {
                decl.scope = Scope::Dev;
            }
        }
        out.packages.retain(|package| is_gemspec(package) || !gems.contains(&package.path.parent()));
        let own = own_gems(self.key(), files, &out);
        out.dependencies.retain(|dependency| !own.contains(&dependency.decl.name));
        for package in &mut out.packages {
            if files.file(self.key(), &package.path).is_some_and(|facts| facts.extra == gemspec::programs_in_exe()) {
                let exe = package.path.parent().join("exe");
                if files.entries.iter().any(|entry| exe.as_ref() == Some(&entry.path.parent())) {
                    package.decl.hints.insert(0, gemspec::installs_a_command());
                }
            }
            if package.decl.name.is_empty() {
                package.decl.name = manifest::folder_name(&package.path, &files.repository);
            }
        }
        out
    }
}

fn is_gemfile(path: &RepoPath) -> bool {
    matches!(path.file_name(), "Gemfile" | "gems.rb")
}

/// Gems that a lock file of the repository takes from a folder, as far as a gemspec of the repository defines them.
fn own_gems(parser: &str, files: &RepositoryFiles, resolved: &Resolved) -> BTreeSet<String> {
    let locked: BTreeSet<String> = files
        .of_parser(parser)
        .filter_map(|(_, _, facts)| serde_json::from_value::<lock::Paths>(facts.extra.clone()).ok())
        .flat_map(|paths| paths.gems)
        .collect();
    let defined: BTreeSet<String> = resolved.packages.iter().map(|package| package.decl.name.clone()).collect();
    locked.intersection(&defined).cloned().collect()
}
