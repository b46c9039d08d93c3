//! `Cargo.lock`, formats 1 to 4: one `[[package]]` per resolved package.
//! It must not report workspace members and path dependencies: they have no `source`.
use super::super::{
    manifest,
    toml_file::{self, TomlFile},
};
use crate::facts::model::{DependencyDecl, FileFacts};
use shared::{DependencyKind, Ecosystem, Scope};

/// Reads a lock file.
pub(super) fn read(text: &str) -> FileFacts {
    let file = TomlFile::read(text);
    let ecosystem = Ecosystem::known("cargo");
    let mut dependencies = vec![];
    for item in toml_file::list(&file.root, "package") {
        let Some(package) = item.get_ref().as_table() else { continue };
        let (Some(name), Some(_)) = (package.get("name"), package.get("source")) else { continue };
        let Some(text) = name.get_ref().as_str().filter(|name| manifest::is_name(name)) else { continue };
        dependencies.push(DependencyDecl {
            ecosystem: ecosystem.clone(),
            name: text.to_owned(),
            requirement: None,
            version: toml_file::text(package, "version").and_then(manifest::requirement),
            scope: Scope::Runtime,
            kind: DependencyKind::Resolved,
            line: Some(file.place(name).0),
        });
    }
    FileFacts { dependencies, problems: file.problems, ..FileFacts::default() }
}
