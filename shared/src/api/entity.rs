//! Entities and relations as the API gives them.
use super::{EvidenceItem, FindingItem, LanguageLines};
use crate::{CommitId, Confidence, EntityKind, EntityRef, OfferPath, Origin, RepoName, RepoPath, State, Timestamp};

/// An entity in a list.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(utoipa::ToSchema, schemars::JsonSchema))]
pub struct EntitySummary {
    #[serde(rename = "ref")]
    pub entity: EntityRef,
    pub kind: EntityKind,
    pub name: String,
    pub namespace: String,
    pub title: Option<String>,
    pub description: Option<String>,
    #[serde(rename = "type")]
    pub subtype: Option<String>,
    pub lifecycle: Option<String>,
    /// The declared owner; whether it exists is `owner_exists`.
    pub owner: Option<EntityRef>,
    pub owner_exists: bool,
    pub system: Option<EntityRef>,
    pub origin: Origin,
    pub repository: Option<RepoName>,
    /// The folder of the package root, or of the descriptor.
    pub path: Option<RepoPath>,
    /// The language with the most lines.
    pub language: Option<String>,
    pub lines: u64,
    pub tags: Vec<String>,
    /// Distinct capabilities used by path, golden first.
    pub golden: u64,
    pub off_path: u64,
    pub findings: u64,
    /// When its first commit came to the default branch; absent while the past of its repository was not read.
    pub created_at: Option<Timestamp>,
    /// When it went, in a list as of a time when it was there; absent while it exists.
    pub gone_at: Option<Timestamp>,
}

/// Everything the entity's page says.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(utoipa::ToSchema, schemars::JsonSchema))]
pub struct EntityDetail {
    #[serde(flatten)]
    pub summary: EntitySummary,
    /// The entity as Backstage would give it: apiVersion, kind, metadata, spec.
    #[cfg_attr(not(target_arch = "wasm32"), schema(value_type = Object))]
    pub document: serde_json::Value,
    /// Why the catalog holds this entity and its fields: one reason a line, with its place.
    pub because: Vec<Because>,
    /// What lost to a stronger source (DESIGN section 3).
    pub also_says: Vec<AlsoSays>,
    /// What the file that defines it holds: of APIs, MCP servers, skills and the like.
    pub definition: Option<Definition>,
    /// Where that definition begins, in the browser.
    pub definition_permalink: Option<String>,
    /// Every relation that touches the entity, both ways.
    pub relations: Vec<RelationItem>,
    /// Per capability that the component uses or could use.
    pub standings: Vec<Standing>,
    pub languages: Vec<LanguageLines>,
    /// README of the package root, else of the repository, rendered and sanitised.
    pub readme_html: Option<String>,
    pub readme_path: Option<RepoPath>,
    pub findings_list: Vec<FindingItem>,
    pub dependencies: u64,
    /// Entities that depend on this one.
    pub dependents: u64,
    pub commit: Option<CommitId>,
    pub committed_at: Option<Timestamp>,
    pub scanned_at: Option<Timestamp>,
    /// The repository or folder in the browser, when the repository has a web address.
    pub web_url: Option<String>,
}

/// What a definition file (OpenAPI, GraphQL, an MCP server's manifest …) holds.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(utoipa::ToSchema, schemars::JsonSchema))]
pub struct Definition {
    /// E.g. `openapi`, `asyncapi`, `graphql`, `grpc`, `mcp-server`, `skill`, `slo`, `feature-flags`.
    pub format: String,
    /// The version that the file gives its content, e.g. `info.version`.
    pub version: Option<String>,
    pub path: RepoPath,
    /// 1-based line where the definition begins.
    pub line: Option<u32>,
    /// Operations, channels, methods, tools or flags, in file order; at most 500.
    pub entries: Vec<DefinitionEntry>,
    /// How many the file holds.
    pub n_entries: u64,
}

/// One operation, channel, method, tool or flag.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(utoipa::ToSchema, schemars::JsonSchema))]
pub struct DefinitionEntry {
    /// E.g. `GET /v1/orders`, `acme.orders.v1.Orders/Get`, `new-checkout`.
    pub name: String,
    pub description: Option<String>,
    /// 1-based.
    pub line: Option<u32>,
}

/// One reason, with its place.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(utoipa::ToSchema, schemars::JsonSchema))]
pub struct Because {
    /// E.g. "declared by a descriptor", "type service: a Dockerfile at the package root".
    pub text: String,
    pub repository: Option<RepoName>,
    pub path: Option<RepoPath>,
    pub line: Option<u32>,
    pub permalink: Option<String>,
}

/// A value of a field that a stronger source overruled.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(utoipa::ToSchema, schemars::JsonSchema))]
pub struct AlsoSays {
    pub field: String,
    pub value: String,
    /// E.g. `CODEOWNERS`, `package.json`.
    pub source: String,
    pub path: Option<RepoPath>,
    pub line: Option<u32>,
}

/// One directed relation.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(utoipa::ToSchema, schemars::JsonSchema))]
pub struct RelationItem {
    pub from: EntityRef,
    /// Backstage's relation types in camel case: `ownedBy`, `partOf`, `dependsOn`, `providesApi`, `consumesApi` …;
    /// only this direction is stored.
    #[serde(rename = "type")]
    pub kind: String,
    pub to: EntityRef,
    /// `declared` (a descriptor says so) or `observed` (the repositories show it), or `both`.
    pub origin: String,
    pub from_exists: bool,
    pub to_exists: bool,
    pub repository: Option<RepoName>,
    pub path: Option<RepoPath>,
    pub line: Option<u32>,
}

/// A component's standing towards one capability.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(utoipa::ToSchema, schemars::JsonSchema))]
pub struct Standing {
    pub capability: String,
    pub title: String,
    pub state: State,
    /// Whether any offer of the capability is golden. Without one, `off_path` only says that a choice was made.
    pub golden_offered: bool,
    pub eligible: bool,
    /// Reason and expiry of an exemption.
    pub exemption: Option<String>,
    pub offers: Vec<StandingOffer>,
}

/// One offer that the component uses, with its proof.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(utoipa::ToSchema, schemars::JsonSchema))]
pub struct StandingOffer {
    pub offer: String,
    pub path: OfferPath,
    /// How far what recognised the offer can be trusted.
    pub confidence: Confidence,
    pub evidence: Vec<EvidenceItem>,
}
