//! The words both halves speak: names, identifiers and the shapes that travel over the API.
//! It compiles to WebAssembly, so it has no I/O, no clock and no database.

pub mod api;
mod entity_ref;
mod ids;
mod words;

pub use entity_ref::{EntityRef, EntityRefError};
pub use ids::{BlobId, CommitId, Ecosystem, IdError, RepoName, RepoPath, RepoUrl, Timestamp};
pub use words::{
    Area, CloneKind, Confidence, DependencyKind, End, EntityKind, MarkKind, OfferPath, Origin, OwnedPart, Reach,
    RepositoryStatus, RuleSource, Rung, ScanStatus, Scope, Severity, ShadowClaim, ShadowKind, SourceUse, State, Unit,
    UnknownWord, Verdict, WorkPhase,
};
