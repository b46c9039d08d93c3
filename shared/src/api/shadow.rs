//! Homegrown platforms as the API gives them: who builds and uses them, what they cost, what would retire them.
//! Nothing here names a person.
use super::{ClusterItem, Moment};
use crate::{Confidence, EntityRef, RepoName, RepoPath, ShadowClaim, ShadowKind, Timestamp, WorkPhase};

/// Something homegrown that serves two or more teams beside a capability.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(utoipa::ToSchema, schemars::JsonSchema))]
pub struct ShadowItem {
    /// Stays the same from scan to scan as long as what it is about does.
    pub id: String,
    pub name: String,
    pub kind: ShadowKind,
    pub claim: ShadowClaim,
    /// The capability that it rivals, by name.
    pub capability: Option<String>,
    pub capability_title: Option<String>,
    /// A name for the capability that nobody named yet, when it rivals none.
    pub proposed: Option<String>,
    /// What showed it, in a sentence.
    pub why: String,
    /// Teams that build or use it.
    pub teams: Vec<EntityRef>,
    /// Components that use it, or hold a copy.
    pub consumers: u64,
    pub repositories: u64,
    /// Consumers now less those 90 days ago.
    pub growth_90d: i64,
    /// Distinct (author, day) pairs that touched its code, over its whole life and within the last 365 days.
    pub author_days: u64,
    pub author_days_year: u64,
    /// Of those 365 days; absent when no day rate is set.
    pub cost: Option<CostRange>,
    pub lines: u64,
    /// The newest change by a person.
    pub last_change: Option<Moment>,
    pub confidence: Confidence,
    /// Place in the order in which to retire them, from 1: the least work that frees the most first.
    pub retire_order: Option<u32>,
}

/// A cost with what it rests on.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(utoipa::ToSchema, schemars::JsonSchema))]
pub struct CostRange {
    pub low: f64,
    pub likely: f64,
    pub high: f64,
    /// ISO 4217, e.g. `EUR`.
    pub currency: String,
    /// What a day costs, as configured.
    pub day_rate: f64,
}

/// Everything about one of them.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(utoipa::ToSchema, schemars::JsonSchema))]
pub struct ShadowDetail {
    pub item: ShadowItem,
    /// The code that it consists of: what effort is counted on.
    pub parts: Vec<ShadowPart>,
    pub users: Vec<ShadowUser>,
    /// By quarter, then team, then phase.
    pub ledger: Vec<LedgerRow>,
    pub readiness: Readiness,
    /// Teams to build the golden path with: by effort and growth.
    pub partners: Vec<Partner>,
    /// Teams that have kept the capability's golden offer in two or more repositories for 90 days.
    pub champions: Vec<EntityRef>,
    /// Its duplicated code, the largest first; at most 50.
    pub clusters: Vec<ClusterItem>,
    /// What effort and cost rest on, each a sentence.
    pub assumptions: Vec<String>,
}

/// Code of a homegrown platform.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(utoipa::ToSchema, schemars::JsonSchema))]
pub struct ShadowPart {
    pub repository: RepoName,
    /// A file, or a folder with everything below it.
    pub path: RepoPath,
    pub component: Option<EntityRef>,
    pub owner: Option<EntityRef>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub permalink: Option<String>,
}

/// A component that uses it, or holds a copy.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(utoipa::ToSchema, schemars::JsonSchema))]
pub struct ShadowUser {
    pub component: EntityRef,
    pub repository: RepoName,
    pub owner: Option<EntityRef>,
    pub since: Option<Timestamp>,
    /// Whether it uses the golden offer too.
    pub migrating: bool,
    /// What shows it: a file and line.
    pub path: Option<RepoPath>,
    pub line: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub permalink: Option<String>,
}

/// Work of one team in one quarter.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(utoipa::ToSchema, schemars::JsonSchema))]
pub struct LedgerRow {
    /// e.g. `2025-Q3`.
    pub quarter: String,
    /// Absent: people of no known team.
    pub team: Option<EntityRef>,
    pub phase: WorkPhase,
    pub author_days: u64,
    pub lines_added: u64,
    pub lines_removed: u64,
    pub commits: u64,
}

/// What would have to be true to retire it.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(utoipa::ToSchema, schemars::JsonSchema))]
pub struct Readiness {
    /// Components that still use it without the golden offer, and those that have both.
    pub remaining: u64,
    pub migrating: u64,
    pub last_change: Option<Moment>,
    /// The golden offer's component, when there is one to go to.
    pub successor: Option<EntityRef>,
    /// Public names of this code that the successor's code has too, and those that it lacks (at most 50).
    pub covered: u64,
    pub missing: Vec<String>,
    pub n_missing: u64,
    /// In words, what stands in the way; empty when nothing does.
    pub blockers: Vec<String>,
}

/// A team worth asking.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(utoipa::ToSchema, schemars::JsonSchema))]
pub struct Partner {
    pub team: EntityRef,
    pub author_days_year: u64,
    pub consumers: u64,
    pub growth_90d: i64,
}
