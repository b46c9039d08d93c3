//! Usages and their evidence as the API gives them.
use super::Moment;
use crate::{BlobId, CommitId, Confidence, EntityRef, OfferPath, RepoName, RepoPath, State};

/// A component's use of one offer of one capability, with its proof.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(utoipa::ToSchema, schemars::JsonSchema))]
pub struct UsageItem {
    pub component: EntityRef,
    pub repository: RepoName,
    pub capability: String,
    pub offer: String,
    /// How the offer stands to the golden path.
    pub path: OfferPath,
    /// How far what recognised the offer can be trusted.
    pub confidence: Confidence,
    /// The component's state for the capability, over all its usages of it.
    pub state: State,
    /// The owner of the component, when known.
    pub owner: Option<EntityRef>,
    /// Strongest first.
    pub evidence: Vec<EvidenceItem>,
    /// The first commit that shows it; absent while the past of its repository was not read.
    pub from: Option<Moment>,
    /// The first commit without it; absent while it is used.
    pub to: Option<Moment>,
}

/// One observation that a component uses an offer.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(utoipa::ToSchema, schemars::JsonSchema))]
pub struct EvidenceItem {
    /// The matcher that fired, e.g. `packages: npm:launchdarkly-*`.
    pub rule: String,
    /// 1 (strongest: resolved in a lock file) to 7 (text mention).
    pub rung: u8,
    pub path: RepoPath,
    /// 1-based; absent when the file's existence is the evidence.
    pub line: Option<u32>,
    pub blob: BlobId,
    pub commit: CommitId,
    pub permalink: Option<String>,
}
