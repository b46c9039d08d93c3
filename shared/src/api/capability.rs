//! Capabilities and their offers as the API gives them.
use crate::{Area, Confidence, EntityRef, OfferPath, RepoName, RepoPath, RuleSource, Timestamp};

/// How a capability fares at the scanned tips. Each field is the length of the list it links to.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(utoipa::ToSchema, schemars::JsonSchema))]
pub struct CapabilityCounts {
    /// Components that use any offer.
    pub components: u64,
    /// Components with at least one usage of an offer of this path; a migrating component counts under both.
    pub golden: u64,
    pub tolerated: u64,
    pub vendor: u64,
    pub homegrown: u64,
    /// Components by state.
    pub migrating: u64,
    pub off_path: u64,
    pub none: u64,
    pub exempt: u64,
    /// Components that could use it (DESIGN section 1), whatever they use.
    pub eligible: u64,
}

/// A capability in a list.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(utoipa::ToSchema, schemars::JsonSchema))]
pub struct CapabilitySummary {
    pub name: String,
    #[serde(rename = "ref")]
    pub entity: EntityRef,
    pub title: String,
    pub description: Option<String>,
    pub area: Area,
    pub owner: Option<EntityRef>,
    /// `proposed`, `beta`, `ga` or `deprecated`.
    pub lifecycle: String,
    pub source: RuleSource,
    pub counts: CapabilityCounts,
    /// `possible` when every homegrown offer in use is recognised by a heuristic whose precision nobody measured.
    pub homegrown_confidence: Confidence,
    /// |A and E| / |E| (DESIGN section 5); absent when nothing is eligible or no offer is golden.
    pub adoption: Option<f64>,
    /// |A without H| / |A or H|; absent when both are empty.
    pub reuse_rate: Option<f64>,
    /// The adoption aimed at.
    pub target: Option<Target>,
}

/// The adoption aimed at, 0 to 1, and the day (`YYYY-MM-DD`) by when.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(utoipa::ToSchema, schemars::JsonSchema))]
pub struct Target {
    pub adoption: f64,
    pub by: Option<String>,
}

/// Everything the capability's page says.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(utoipa::ToSchema, schemars::JsonSchema))]
pub struct CapabilityDetail {
    #[serde(flatten)]
    pub summary: CapabilitySummary,
    pub offers: Vec<OfferSummary>,
    pub interfaces: Vec<Interface>,
    pub eligible: Eligible,
    pub start: Option<Start>,
    /// Where the capability is written down; absent for the starter ruleset and files named by configuration.
    pub repository: Option<RepoName>,
    pub path: Option<RepoPath>,
    pub permalink: Option<String>,
}

/// One way to get the capability, with how much it is used.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(utoipa::ToSchema, schemars::JsonSchema))]
pub struct OfferSummary {
    pub name: String,
    pub path: OfferPath,
    /// How far what recognises it can be trusted.
    pub confidence: Confidence,
    /// The catalog's component that is the offer.
    pub component: Option<EntityRef>,
    /// The day (`YYYY-MM-DD`) since which it is offered.
    pub since: Option<String>,
    /// Where the technology is described.
    pub url: Option<String>,
    pub components: u64,
    pub repositories: u64,
    /// The matchers as a person reads them, e.g. `packages: npm:@acme/flags`.
    pub detect: Vec<String>,
}

/// How the capability can be reached.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(utoipa::ToSchema, schemars::JsonSchema))]
pub struct Interface {
    #[serde(rename = "type")]
    pub kind: String,
    pub api: Option<String>,
    pub url: Option<String>,
}

/// The selector of components that could use the capability; an empty list does not restrict.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(utoipa::ToSchema, schemars::JsonSchema))]
pub struct Eligible {
    pub types: Vec<String>,
    pub languages: Vec<String>,
    pub lifecycles: Vec<String>,
    pub tags: Vec<String>,
}

/// How to start, as written in the owning repository.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(utoipa::ToSchema, schemars::JsonSchema))]
pub struct Start {
    pub repository: RepoName,
    pub path: RepoPath,
    /// The document, rendered and sanitised.
    pub html: String,
    pub permalink: Option<String>,
    pub committed_at: Option<Timestamp>,
}
