//! The shapes of what a repository defines beside packages and descriptors: APIs, and resources such as flags and SLOs.
//! Nothing here parses or decides.
use serde::{Deserialize, Serialize};
use shared::{BlobId, RepoPath, api::DefinitionEntry};

/// Entries of one definition that are kept; `DefinitionDecl::n_entries` counts them all.
pub const MAX_ENTRIES: usize = 500;

/// Which kind of entity a definition makes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DefinitionKind {
    Api,
    Resource,
}

/// An API or resource that a file defines.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DefinitionDecl {
    pub kind: DefinitionKind,
    /// E.g. `openapi`, `grpc`, `mcp-server`, `skill`.
    pub format: String,
    /// What the file calls it; empty when it gives no name, then the folder or the component names it.
    pub name: String,
    pub title: Option<String>,
    /// The version that the file gives its content, e.g. `info.version`.
    pub version: Option<String>,
    pub description: Option<String>,
    /// In file order; at most `MAX_ENTRIES`.
    pub entries: Vec<DefinitionEntry>,
    /// How many the file holds.
    pub n_entries: u64,
    /// 1-based line where it begins.
    pub line: Option<u32>,
}

/// A definition with its place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Definition {
    pub decl: DefinitionDecl,
    pub path: RepoPath,
    pub blob: BlobId,
}

impl DefinitionDecl {
    /// A definition of nothing yet.
    pub fn new(kind: DefinitionKind, format: &str, name: &str, line: u32) -> Self {
        Self {
            kind,
            format: format.to_owned(),
            name: name.to_owned(),
            title: None,
            version: None,
            description: None,
            entries: vec![],
            n_entries: 0,
            line: Some(line),
        }
    }

    /// Adds an entry, or only counts it when there are too many.
    pub fn push(&mut self, entry: DefinitionEntry) {
        self.n_entries += 1;
        if self.entries.len() < MAX_ENTRIES {
            self.entries.push(entry);
        }
    }
}
