//! Dependencies as the API gives them.
use crate::{DependencyKind, Ecosystem, EntityRef, RepoName, RepoPath, Scope, SourceUse};

/// One dependency written in one file.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(utoipa::ToSchema, schemars::JsonSchema))]
pub struct DependencyItem {
    pub repository: RepoName,
    /// The component whose package root holds the file, when there is one.
    pub component: Option<EntityRef>,
    pub ecosystem: Ecosystem,
    pub name: String,
    /// The requirement as written, e.g. `^1.2`; absent in lock files.
    pub requirement: Option<String>,
    /// The exact version, when the file names one.
    pub version: Option<String>,
    pub scope: Scope,
    pub kind: DependencyKind,
    pub path: RepoPath,
    /// 1-based.
    pub line: Option<u32>,
    /// The entity of this catalog that publishes the package, when one does.
    pub provided_by: Option<EntityRef>,
    pub permalink: Option<String>,
    /// Whether source of the component imports it.
    pub source_use: SourceUse,
    /// The first import statement that shows it.
    pub imported_at: Option<ImportedAt>,
}

/// Where an import statement stands.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(utoipa::ToSchema, schemars::JsonSchema))]
pub struct ImportedAt {
    pub path: RepoPath,
    /// 1-based.
    pub line: u32,
    pub permalink: Option<String>,
}
