//! Scan runs and their live events as the API gives them.
use crate::{RepoName, ScanStatus, Timestamp};

/// One run over the sources.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(utoipa::ToSchema, schemars::JsonSchema))]
pub struct ScanItem {
    pub id: i64,
    pub status: ScanStatus,
    pub started_at: Timestamp,
    pub finished_at: Option<Timestamp>,
    /// Repositories found in the sources.
    pub repositories: u64,
    /// Repositories dealt with so far, the unchanged and the failed included.
    pub done: u64,
    /// Repositories whose history is known up to the tip, of `repositories`; read after all tips.
    #[serde(default)]
    pub past: u64,
    pub unchanged: u64,
    pub failed: u64,
    /// Findings of error severity met so far.
    pub errors: u64,
    pub duration_ms: Option<u64>,
    /// Why the run failed as a whole.
    pub message: Option<String>,
}

/// What `waymark scan --format json` prints: counts of what the catalog holds after the run.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(utoipa::ToSchema, schemars::JsonSchema))]
pub struct ScanCounts {
    pub repositories: u64,
    pub entities: u64,
    pub components: u64,
    pub capabilities: u64,
    pub usages: u64,
    pub findings: u64,
    pub duration_ms: u64,
}

/// One step of a running scan, as sent over `/api/v1/scans/{id}/events` (server-sent events, event name `progress`).
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(utoipa::ToSchema, schemars::JsonSchema))]
pub struct ScanEvent {
    pub scan: i64,
    pub status: ScanStatus,
    /// k of n.
    pub done: u64,
    /// Histories read, of `repositories`; begins when `done` has reached it.
    #[serde(default)]
    pub past: u64,
    pub repositories: u64,
    pub failed: u64,
    pub errors: u64,
    /// The repository that was just finished or is being read.
    pub current: Option<RepoName>,
    /// Seconds left, estimated from the rate so far.
    pub seconds_left: Option<u64>,
}

/// The body of `POST /api/v1/scans`: empty scans every source again; `sources` adds folders or URLs first.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(utoipa::ToSchema, schemars::JsonSchema))]
pub struct StartScan {
    #[serde(default)]
    pub sources: Vec<String>,
}
