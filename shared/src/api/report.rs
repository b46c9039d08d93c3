//! The shadow report: what leadership reads, frozen so that a link and its figures stay the same.
//! Nothing here names a person.
use super::{ShadowItem, TeamMatrix};
use crate::{EntityRef, Timestamp};

/// One report: live, or a frozen snapshot of it.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(utoipa::ToSchema, schemars::JsonSchema))]
pub struct ShadowReport {
    /// Absent while it is live.
    pub id: Option<String>,
    /// When it was frozen; the last scan of a live one.
    pub at: Timestamp,
    /// Hash of the rules that judged it.
    pub rules_version: String,
    /// SHA-256 over `body` as JSON, in hexadecimal.
    pub digest: String,
    pub body: ReportBody,
    /// What to decide; editable, and no part of the digest.
    pub decisions: Vec<Decision>,
}

/// The figures of a report.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(utoipa::ToSchema, schemars::JsonSchema))]
pub struct ReportBody {
    /// One sentence with the figures that matter most.
    pub headline: String,
    /// How sure it is, and what that rests on, in one sentence.
    pub confidence: String,
    pub figures: Vec<ReportFigure>,
    /// Why teams build their own, the most felt first.
    pub gaps: Vec<PlatformGap>,
    /// Components off the golden path, team by capability.
    pub matrix: TeamMatrix,
    /// The largest ten; `n_shadows` counts all.
    pub shadows: Vec<ShadowItem>,
    pub n_shadows: u64,
    pub n_possible: u64,
    pub dark: DarkMatter,
    /// What changed since the report before; empty in the first one.
    pub changes: Vec<ReportChange>,
    /// The report that `changes` compares with.
    pub since: Option<ReportSummary>,
    /// What figures rest on, each a sentence.
    pub assumptions: Vec<String>,
}

/// One figure.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(utoipa::ToSchema, schemars::JsonSchema))]
pub struct ReportFigure {
    /// e.g. `shadow_platforms`, `author_days`, `cost`, `ownership_truth`.
    pub key: String,
    pub label: String,
    pub value: Option<f64>,
    /// As a person reads it, e.g. "EUR 310,000 to 620,000".
    pub text: String,
    /// The page with the list that it counts.
    pub href: Option<String>,
}

/// A reason of the platform's own that teams build beside it.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(utoipa::ToSchema, schemars::JsonSchema))]
pub struct PlatformGap {
    pub capability: String,
    pub title: String,
    pub owner: Option<EntityRef>,
    /// e.g. "No golden offer for Python, which 6 of the 9 homegrown users are written in."
    pub reasons: Vec<String>,
    /// Components on a vendor or homegrown offer of it.
    pub off_path: u64,
    pub teams: u64,
}

/// What lies outside any claim, any golden path and any owner (DESIGN section 5). Shares are 0 to 1.
#[derive(Debug, Clone, Default, PartialEq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(utoipa::ToSchema, schemars::JsonSchema))]
pub struct DarkMatter {
    pub repositories: u64,
    pub repositories_share: Option<f64>,
    pub lines: u64,
    pub lines_share: Option<f64>,
    pub author_days: u64,
    pub author_days_share: Option<f64>,
    /// Some of these repositories, the largest first; at most 10.
    pub examples: Vec<String>,
}

/// A difference to the report before.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(utoipa::ToSchema, schemars::JsonSchema))]
pub struct ReportChange {
    /// `figure`, `new_shadow`, `gone_shadow`, `grown` or `shrunk`.
    pub kind: String,
    /// In one sentence.
    pub text: String,
    pub before: Option<f64>,
    pub after: Option<f64>,
    pub href: Option<String>,
}

/// Something to decide.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(utoipa::ToSchema, schemars::JsonSchema))]
pub struct Decision {
    pub text: String,
    /// A team or a role; never a person.
    pub owner: String,
    /// `YYYY-MM-DD`.
    pub due: Option<String>,
}

/// A frozen report in a list.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(utoipa::ToSchema, schemars::JsonSchema))]
pub struct ReportSummary {
    pub id: String,
    pub at: Timestamp,
    pub digest: String,
    pub headline: String,
}

/// Two reports side by side.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(utoipa::ToSchema, schemars::JsonSchema))]
pub struct ReportComparison {
    pub from: ReportSummary,
    pub to: ReportSummary,
    pub changes: Vec<ReportChange>,
}
