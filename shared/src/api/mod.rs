//! The shapes that travel over `/api/v1`: one file per noun. Pages, islands, MCP tools and the CLI read these same types.
//! Nothing here decides anything; it only names fields.

mod capability;
mod cluster;
mod dependency;
mod entity;
mod finding;
mod history;
mod ownership;
mod page;
mod query;
mod report;
mod repository;
mod scan;
mod search;
mod shadow;
mod usage;

pub use capability::{
    CapabilityCounts, CapabilityDetail, CapabilitySummary, Eligible, Interface, OfferSummary, Start, Target,
};
pub use cluster::{ClusterFile, ClusterFirst, ClusterItem, LeftOut};
pub use dependency::{DependencyItem, ImportedAt};
pub use entity::{
    AlsoSays, Because, Definition, DefinitionEntry, EntityDetail, EntitySummary, RelationItem, Standing, StandingOffer,
};
pub use finding::FindingItem;
pub use history::{
    AdoptionItem, AdoptionSummary, CapabilityHistory, CapabilityTimes, Cohort, DurationBin, DurationCase, Durations,
    Estimate, ExplainedCommit, Explanation, Flow, FlowEnd, Gap, HistoryPoint, Mark, MatrixCell, MatrixColumn,
    MatrixRow, Moment, MoveItem, RollupItem, SparkPoint, Substitution, Survival, SurvivalPoint, TeamMatrix, Velocity,
};
pub use ownership::{
    ObservedTeam, OwnerClaim, OwnerPatch, OwnershipCommit, OwnershipItem, OwnershipRow, OwnershipSummary, ScoreParts,
    TeamDetail, TeamItem, TeamServes, TeamShadow, TeamUse, VerdictCounts,
};
pub use page::{Facet, FacetValue, Page, Problem};
pub use query::{
    AdoptionQuery, CapabilityQuery, ClusterQuery, DependencyQuery, EntityQuery, ExplainQuery, FindingQuery,
    HistoryQuery, MoveQuery, OwnershipQuery, RelationQuery, ReportQuery, RepositoryQuery, ShadowQuery,
    SubstitutionQuery, TeamQuery, UsageQuery,
};
pub use report::{
    DarkMatter, Decision, PlatformGap, ReportBody, ReportChange, ReportComparison, ReportFigure, ReportSummary,
    ShadowReport,
};
pub use repository::{LanguageLines, RepositoryItem, SourceItem};
pub use scan::{ScanCounts, ScanEvent, ScanItem, StartScan};
pub use search::{Overview, SearchHit};
pub use shadow::{CostRange, LedgerRow, Partner, Readiness, ShadowDetail, ShadowItem, ShadowPart, ShadowUser};
pub use usage::{EvidenceItem, UsageItem};
