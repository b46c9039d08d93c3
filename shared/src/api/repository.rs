//! Sources and repositories as the API gives them.
use crate::{CommitId, RepoName, RepositoryStatus, Timestamp};

/// Where repositories come from.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(utoipa::ToSchema, schemars::JsonSchema))]
pub struct SourceItem {
    pub id: i64,
    /// `folder` or `url`.
    pub kind: String,
    /// The folder's path or the URL.
    pub location: String,
    pub repositories: u64,
    pub last_scanned_at: Option<Timestamp>,
    /// What went wrong with the source as a whole the last time, and what to do.
    pub message: Option<String>,
}

/// One git repository.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(utoipa::ToSchema, schemars::JsonSchema))]
pub struct RepositoryItem {
    pub name: RepoName,
    pub source: i64,
    /// Where it is read from: a folder or a URL.
    pub location: String,
    /// The address a person can open, when one is known.
    pub web_url: Option<String>,
    pub status: RepositoryStatus,
    /// Why the status is not `ok`, and what to do.
    pub message: Option<String>,
    pub branch: Option<String>,
    pub commit: Option<CommitId>,
    pub committed_at: Option<Timestamp>,
    pub scanned_at: Option<Timestamp>,
    /// Lines of code by language, most first; vendored, generated and fixture files left out.
    pub languages: Vec<LanguageLines>,
    pub files: u64,
    pub entities: u64,
    pub components: u64,
    pub findings: u64,
}

/// Lines of code of one language.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(utoipa::ToSchema, schemars::JsonSchema))]
pub struct LanguageLines {
    pub language: String,
    pub lines: u64,
}
