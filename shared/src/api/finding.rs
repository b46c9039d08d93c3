//! Findings as the API gives them.
use crate::{RepoName, RepoPath, Severity};

/// A problem with a place.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(utoipa::ToSchema, schemars::JsonSchema))]
pub struct FindingItem {
    pub repository: Option<RepoName>,
    pub path: Option<RepoPath>,
    /// 1-based; absent when the problem is with the whole file.
    pub line: Option<u32>,
    pub column: Option<u32>,
    /// The rule's stable name, e.g. `descriptor-invalid-yaml`.
    pub rule: String,
    pub severity: Severity,
    /// What is wrong and what to do about it.
    pub message: String,
    /// A link to the line at the scanned commit, when the repository has a web address.
    pub permalink: Option<String>,
}
