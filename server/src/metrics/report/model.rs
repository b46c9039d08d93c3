//! What a report is composed of.
//! Nothing here decides.
use crate::metrics::rate::Rate;
use shared::{
    EntityRef, Timestamp,
    api::{DarkMatter, ReportBody, ReportSummary, ShadowItem, TeamMatrix, VerdictCounts},
};
use std::collections::BTreeSet;

/// Everything that a report is made of.
#[derive(Debug, Clone)]
pub struct ReportInput {
    /// The end of the last scan.
    pub at: Timestamp,
    /// The day on which it is read, `YYYY-MM-DD`.
    pub today: String,
    pub shadows: Vec<ShadowItem>,
    /// The share of author-days in these platforms by people of known teams, 0 to 1.
    pub known_work: Option<f64>,
    /// Whether any repository's work was read; without it effort is unknown, not zero.
    pub has_work: bool,
    /// Verdicts on the owners of components.
    pub verdicts: VerdictCounts,
    pub matrix: TeamMatrix,
    pub dark: DarkMatter,
    pub capabilities: Vec<ReportCapability>,
    /// The newest frozen report.
    pub previous: Option<Previous>,
    pub rate: Option<Rate>,
}

/// The report before.
#[derive(Debug, Clone)]
pub struct Previous {
    pub summary: ReportSummary,
    pub body: ReportBody,
}

/// A capability with what may keep teams from its golden path.
#[derive(Debug, Clone, PartialEq)]
pub struct ReportCapability {
    pub name: String,
    pub title: String,
    pub owner: Option<EntityRef>,
    /// `proposed`, `beta`, `ga` or `deprecated`.
    pub lifecycle: String,
    pub golden: Vec<GoldenOffer>,
    pub start: StartPage,
    /// Components with a vendor or a homegrown offer of it.
    pub off_path: Vec<OffPath>,
}

/// A golden offer: for whom it is, and whether anybody still works on it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GoldenOffer {
    pub name: String,
    /// Ecosystems of its packages, e.g. `npm`.
    pub ecosystems: BTreeSet<String>,
    /// The language of its component.
    pub language: Option<String>,
    /// Whether something else than packages proves it (an image, a chart, a file …), which any language can use.
    pub any_language: bool,
    /// The newest commit of its component's repository.
    pub last_commit: Option<Timestamp>,
}

/// Whether a capability says how to begin.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum StartPage {
    /// It names no start document.
    #[default]
    Unnamed,
    /// It names one that is not there.
    Missing,
    There,
}

/// A component off the golden path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OffPath {
    pub language: Option<String>,
    pub owner: Option<EntityRef>,
    /// Whether it built its own, rather than took a vendor's.
    pub homegrown: bool,
}
