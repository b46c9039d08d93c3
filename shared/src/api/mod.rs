//! The shapes that travel over `/api/v1`: one file per noun. Pages, islands, MCP tools and the CLI read these same types.
//! Nothing here decides anything; it only names fields.

mod capability;
mod dependency;
mod entity;
mod finding;
mod history;
mod page;
mod query;
mod repository;
mod scan;
mod search;
mod usage;

pub use capability::{
    CapabilityCounts, CapabilityDetail, CapabilitySummary, Eligible, Interface, OfferSummary, Start, Target,
};
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
pub use page::{Facet, FacetValue, Page, Problem};
pub use query::{
    AdoptionQuery, CapabilityQuery, DependencyQuery, EntityQuery, ExplainQuery, FindingQuery, HistoryQuery, MoveQuery,
    RelationQuery, RepositoryQuery, SubstitutionQuery, UsageQuery,
};
pub use repository::{LanguageLines, RepositoryItem, SourceItem};
pub use scan::{ScanCounts, ScanEvent, ScanItem, StartScan};
pub use search::{Overview, SearchHit};
pub use usage::{EvidenceItem, UsageItem};
