//! .NET: project files, central package versions, packages.config, lock files and tools
//! (<https://learn.microsoft.com/nuget/consume-packages/package-references-in-project-files>). It must not evaluate MSBuild:
//! conditions are not judged, and a property has a value only when it is plain text.
mod lists;
mod project;
mod repository;

use super::{
    manifest,
    xml_file::{self},
};
use crate::facts::{
    model::{DependencyDecl, FileFacts, RepositoryFiles},
    parser::{Parser, Resolved},
};
use shared::{DependencyKind, Ecosystem, RepoPath, Scope};

/// The parser of NuGet's and MSBuild's files.
pub(super) struct Nuget;

impl Parser for Nuget {
    fn key(&self) -> &'static str {
        "nuget"
    }

    fn version(&self) -> u32 {
        1
    }

    fn wants(&self, path: &RepoPath) -> bool {
        let name = path.file_name();
        match name.rsplit_once('.').map(|(_, ending)| ending) {
            Some("csproj" | "fsproj" | "vbproj" | "props" | "targets") => true,
            Some("config") => name == "packages.config",
            Some("json") => matches!(name, "packages.lock.json" | "global.json" | "dotnet-tools.json"),
            Some("dependencies") => name == "paket.dependencies",
            _ => false,
        }
    }

    fn in_history(&self, path: &RepoPath) -> bool {
        path.file_name() != "packages.lock.json"
    }

    fn max_bytes(&self) -> u64 {
        8 << 20
    }

    fn parse(&self, file_name: &str, bytes: &[u8]) -> FileFacts {
        let text = match manifest::text(bytes) {
            Ok(text) => text,
            Err(facts) => return *facts,
        };
        let facts = match file_name {
            "packages.lock.json" => lists::lock(text),
            "global.json" => lists::global(text),
            "dotnet-tools.json" => lists::tools(text),
            "paket.dependencies" => lists::paket(text),
            _ => match xml_file::read(text) {
                Ok(document) if file_name == "packages.config" => lists::config(&document),
                Ok(document) => project::read(&document, file_name),
                Err(problem) => FileFacts { problems: vec![problem], ..FileFacts::default() },
            },
        };
        manifest::settle(facts)
    }

    fn resolve(&self, files: &RepositoryFiles) -> Resolved {
        repository::resolve(files)
    }
}

fn ecosystem() -> Ecosystem {
    Ecosystem::known("nuget")
}

fn declared(name: &str, requirement: Option<String>, scope: Scope, line: u32) -> DependencyDecl {
    DependencyDecl {
        ecosystem: ecosystem(),
        name: name.to_owned(),
        requirement,
        version: None,
        scope,
        kind: DependencyKind::Declared,
        line: Some(line),
    }
}
