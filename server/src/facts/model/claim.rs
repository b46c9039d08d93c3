//! The shapes of claims: what a vendor's descriptor asserts of a component, one field at a time.
//! Nothing here weighs a claim against another.
use serde::{Deserialize, Serialize};
use shared::{BlobId, RepoPath};

/// The field a claim speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClaimField {
    Name,
    Title,
    Description,
    /// A team's name.
    Owner,
    Lifecycle,
    Type,
    System,
    Tag,
    /// A web address.
    Link,
    /// The name of another component or resource.
    DependsOn,
    /// An approver of a Kubernetes OWNERS file: a person, or an alias that `OWNERS_ALIASES` names. Never an owner by itself.
    Approver,
    /// The name of an alias in `OWNERS_ALIASES`; who stands behind it is not read.
    Alias,
}

/// One field as one file states it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClaimDecl {
    /// The file format, for people: `opslevel.yml`, `cortex.yaml`, `OWNERS` …
    pub source: String,
    /// Which of the file's documents speaks, from 0.
    pub subject: u32,
    pub field: ClaimField,
    pub value: String,
    /// 1-based.
    pub line: u32,
}

/// A claim with its place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claim {
    pub decl: ClaimDecl,
    pub path: RepoPath,
    pub blob: BlobId,
}
