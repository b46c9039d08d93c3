//! Search over everything, and the counts of the home page.
use crate::{Area, Confidence};

/// One thing found.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(utoipa::ToSchema, schemars::JsonSchema))]
pub struct SearchHit {
    /// What it is: an entity kind, `repository` or `package`.
    pub kind: String,
    /// The entity reference, or the repository's or package's name.
    pub id: String,
    pub title: String,
    pub description: Option<String>,
    /// The page to open.
    pub page: String,
}

/// What the catalog holds: the numbers of the home page. Each is the `total` of the list it links to.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(utoipa::ToSchema, schemars::JsonSchema))]
pub struct Overview {
    pub repositories: u64,
    pub entities: u64,
    pub components: u64,
    pub capabilities: u64,
    /// Capabilities with at least one usage.
    pub capabilities_used: u64,
    pub usages: u64,
    pub golden: u64,
    pub tolerated: u64,
    pub vendor: u64,
    pub homegrown: u64,
    /// `possible` when every homegrown offer in use is recognised by a heuristic whose precision nobody measured.
    pub homegrown_confidence: Confidence,
    pub findings: u64,
    /// Findings of error severity.
    pub errors: u64,
    /// Components without an owner.
    pub unowned: u64,
    pub areas: Vec<(Area, u64)>,
    /// Whether this is the demo estate.
    pub demo: bool,
}
