//! Gradle builds: build and settings scripts read as text, version catalogs, properties and lock files
//! (<https://docs.gradle.org/current/userguide/dependency_management.html>). It must not run a script nor guess what one
//! computes.
mod argument;
mod catalog;
mod extra;
mod hints;
mod line;
mod lock;
mod plugin;
mod repository;
mod settings;
mod value;

use super::{
    manifest,
    scripts::{Dialect, Script},
};
use crate::facts::{
    model::{FileFacts, RepositoryFiles},
    parser::{Parser, Resolved},
};
use extra::Extra;
use shared::{Ecosystem, RepoPath};

/// The parser of Gradle's files.
pub(super) struct Gradle;

impl Parser for Gradle {
    fn key(&self) -> &'static str {
        "gradle"
    }

    fn version(&self) -> u32 {
        1
    }

    fn wants(&self, path: &RepoPath) -> bool {
        let name = path.file_name();
        let (_, ending) = name.rsplit_once('.').unwrap_or_default();
        match ending {
            "gradle" | "lockfile" => true,
            "kts" => name.ends_with(".gradle.kts"),
            "toml" => name.ends_with(".versions.toml"),
            "properties" => name == "gradle.properties",
            "kt" | "groovy" => is_build_logic(path),
            _ => false,
        }
    }

    fn in_history(&self, path: &RepoPath) -> bool {
        !path.file_name().ends_with(".lockfile")
    }

    fn parse(&self, file_name: &str, bytes: &[u8]) -> FileFacts {
        let text = match manifest::text(bytes) {
            Ok(text) => text,
            Err(facts) => return *facts,
        };
        if file_name.ends_with(".lockfile") {
            return lock::read(text, file_name);
        }
        if file_name.ends_with(".toml") {
            return catalog::read(text);
        }
        if file_name.ends_with(".properties") {
            let extra = Extra { properties: value::properties_file(text), ..Extra::default() };
            return FileFacts { extra: extra.stored(), ..FileFacts::default() };
        }
        let kotlin = file_name.ends_with(".kts") || file_name.ends_with(".kt");
        let script = Script::read(text, if kotlin { Dialect::KOTLIN } else { Dialect::GROOVY });
        let mut facts = FileFacts::default();
        let mut extra = Extra::default();
        for statement in &script.statements {
            value::read(&script, statement, &mut extra);
            plugin::read(&script, statement, &mut extra);
            line::read(&script, statement, (&mut facts, &mut extra));
            settings::read(&script, statement, &mut extra);
        }
        facts.extra = extra.stored();
        manifest::settle(facts)
    }

    fn resolve(&self, files: &RepositoryFiles) -> Resolved {
        repository::resolve(files)
    }
}

/// Whether a source file is part of the build itself rather than of what is built.
fn is_build_logic(path: &RepoPath) -> bool {
    path.as_str().split('/').any(|folder| matches!(folder, "buildSrc" | "build-logic" | "buildLogic"))
}

fn ecosystem() -> Ecosystem {
    Ecosystem::known("maven")
}
