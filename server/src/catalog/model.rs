//! The shapes the catalog room gives the store: everything one repository contributes, and what joins repositories.
//! Nothing here decides.
use super::rules::MatcherKind;
use crate::{
    facts::model::{Dependency, Package, Reason},
    scan::{Finding, Tip},
};
use serde::{Deserialize, Serialize};
use shared::{
    Area, BlobId, CommitId, Confidence, EntityRef, OfferPath, Origin, Reach, RepoName, RepoPath, RuleSource, Rung,
    SourceUse, State,
    api::{Definition, Eligible, Interface, Target},
};
use std::collections::BTreeMap;

/// What one repository at one commit, judged by one ruleset, contributes to the catalog. Written in one transaction.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RepositoryCatalog {
    pub repository: RepoName,
    pub tip: Tip,
    pub entities: Vec<Entity>,
    /// What descriptors declare, and what the repository itself shows; what joins repositories comes from `link`.
    pub relations: Vec<Relation>,
    pub packages: Vec<OwnedPackage>,
    pub dependencies: Vec<OwnedDependency>,
    pub usages: Vec<Usage>,
    pub standings: Vec<Standing>,
    /// READMEs and start documents by path, as written.
    pub texts: BTreeMap<RepoPath, String>,
    pub languages: BTreeMap<String, u64>,
    pub n_files: u64,
    pub findings: Vec<Finding>,
    pub partial: bool,
}

/// One entity as one repository sees it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Entity {
    pub reference: EntityRef,
    pub origin: Origin,
    pub title: Option<String>,
    pub description: Option<String>,
    /// `spec.type`, or the detected type.
    pub subtype: Option<String>,
    pub lifecycle: Option<String>,
    pub owner: Option<EntityRef>,
    pub system: Option<EntityRef>,
    pub tags: Vec<String>,
    /// As Backstage would give it. A detected entity's document is made by us and says so in an annotation.
    pub document: serde_json::Value,
    /// The package root, or the descriptor's folder.
    pub root: RepoPath,
    /// The descriptor file and its line, when declared.
    pub descriptor: Option<(RepoPath, u32)>,
    pub languages: BTreeMap<String, u64>,
    pub because: Vec<Reason>,
    pub also_says: Vec<AlsoSays>,
    /// The README to show: of the root, else of the repository.
    pub readme: Option<RepoPath>,
    /// What the file that defines it holds, when it is an API or a resource that a definition file shows.
    pub definition: Option<Definition>,
}

/// A value that a stronger source overruled (DESIGN section 3).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AlsoSays {
    pub field: String,
    pub value: String,
    pub source: String,
    pub path: Option<RepoPath>,
    pub line: Option<u32>,
}

/// One directed relation with its place.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Relation {
    pub from: EntityRef,
    /// `ownedBy`, `partOf`, `dependsOn`, `providesApi`, `consumesApi`, `childOf`, `memberOf`, `offers` …
    pub kind: String,
    pub to: EntityRef,
    /// A descriptor says so, or the repositories show it.
    pub observed: bool,
    pub path: Option<RepoPath>,
    pub line: Option<u32>,
}

/// A package and the component that publishes it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnedPackage {
    pub component: EntityRef,
    pub package: Package,
}

/// A dependency and the component whose root holds the file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnedDependency {
    pub component: Option<EntityRef>,
    pub dependency: Dependency,
    /// Whether source of the component imports it.
    pub source_use: SourceUse,
    /// The first import statement that shows it: file and 1-based line.
    pub imported_at: Option<(RepoPath, u32)>,
}

/// A component's use of one offer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Usage {
    pub component: EntityRef,
    pub capability: String,
    pub offer: String,
    pub path: OfferPath,
    /// Strongest first; at most 20 are kept.
    pub evidence: Vec<Evidence>,
}

/// One observation that a component uses an offer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// The matcher as written, e.g. `packages: npm:launchdarkly-*`.
    pub rule: String,
    pub rung: Rung,
    pub path: RepoPath,
    pub line: Option<u32>,
    pub blob: BlobId,
    pub commit: CommitId,
}

/// A component's standing towards a capability: a row for each it uses or could use.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    pub component: EntityRef,
    pub capability: String,
    pub state: State,
    pub eligible: bool,
    /// Reason and expiry, when exempt.
    pub exemption: Option<String>,
}

/// What `link` needs of one entity to join repositories.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkEntity {
    pub reference: EntityRef,
    pub repository: RepoName,
    pub origin: Origin,
    pub owner: Option<EntityRef>,
    pub descriptor: Option<(RepoPath, u32)>,
}

/// A package that some repository publishes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkPackage {
    pub ecosystem: String,
    pub name: String,
    pub component: EntityRef,
    pub repository: RepoName,
}

/// A dependency on a package that this catalog publishes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkDependency {
    pub ecosystem: String,
    pub name: String,
    pub component: EntityRef,
    pub repository: RepoName,
    pub path: RepoPath,
    pub line: Option<u32>,
}

/// What joins repositories: recomputed whole after a scan in which anything changed.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Links {
    /// Observed `dependsOn`, each with the repository whose file shows it.
    pub relations: Vec<(RepoName, Relation)>,
    /// Entities that lose to another repository's entity of the same reference.
    pub shadowed: Vec<(EntityRef, RepoName)>,
    /// Findings that need the whole catalog: unknown owners, doubled references.
    pub findings: Vec<(RepoName, Finding)>,
}

/// A capability with the rules that recognise its offers (DESIGN section 4), read and checked.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Capability {
    pub reference: EntityRef,
    pub title: String,
    pub description: Option<String>,
    pub area: Area,
    pub owner: Option<EntityRef>,
    /// `proposed`, `beta`, `ga` or `deprecated`.
    pub lifecycle: String,
    pub source: RuleSource,
    /// Whom a development dependency of a repository's root speaks for when it has several components.
    #[serde(default = "component")]
    pub reach: Reach,
    /// Absent when nobody said who could use it: then adoption is not computed.
    pub eligible: Option<Eligible>,
    pub exempt: Vec<Exemption>,
    pub offers: Vec<Offer>,
    pub interfaces: Vec<Interface>,
    /// Path of the start document in the owning repository.
    pub start: Option<RepoPath>,
    pub target: Option<Target>,
    /// Where it is written down; absent for the starter ruleset and files named by configuration.
    pub repository: Option<RepoName>,
    pub path: Option<RepoPath>,
    pub line: Option<u32>,
}

impl Capability {
    /// Matchers over all offers.
    pub fn n_matchers(&self) -> usize {
        self.offers.iter().map(|offer| offer.detect.matchers().count()).sum()
    }
}

/// A component that need not use the capability.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exemption {
    pub component: EntityRef,
    pub reason: String,
    /// The last day (`YYYY-MM-DD`) on which it holds; absent for ever.
    pub until: Option<String>,
}

/// One way to get a capability, and how to recognise it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Offer {
    pub name: String,
    pub path: OfferPath,
    /// The catalog's component that is the offer: packages it publishes count as matchers.
    pub component: Option<EntityRef>,
    /// The day (`YYYY-MM-DD`) since which it is offered.
    pub since: Option<String>,
    pub url: Option<String>,
    /// `possible` for heuristics whose precision nobody measured, as most homegrown offers of the starter ruleset.
    #[serde(default = "probable")]
    pub confidence: Confidence,
    pub detect: Detect,
}

/// What a capability stored before there was a reach has.
fn component() -> Reach {
    Reach::Component
}

/// What an offer stored before there was a confidence has.
fn probable() -> Confidence {
    Confidence::Probable
}

/// What shows that an offer is used. Each text is one matcher; `*` stands for anything within a segment.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Detect {
    /// `ecosystem:name`, e.g. `npm:launchdarkly-*`; rung 1 or 2.
    pub packages: Vec<String>,
    /// Container images without tag, e.g. `ghcr.io/acme/base-*`; rung 4.
    pub images: Vec<String>,
    /// GitHub Actions and reusable workflows without version, e.g. `acme/deploy-action`; shared parts of other CI systems
    /// with the system before a colon, e.g. `circleci:acme/deploy`; rung 4.
    pub actions: Vec<String>,
    /// Helm charts by name or `repository/name`; rung 4.
    pub charts: Vec<String>,
    /// Terraform modules and providers by source, e.g. `hashicorp/vault`; rung 4.
    pub modules: Vec<String>,
    /// Kubernetes resources by API group and kind, e.g. `networking.istio.io/*`; rung 4.
    pub resources: Vec<String>,
    /// Path globs from the repository's root, e.g. `**/feature_flags/**`; rung 6, homegrown rung 5.
    pub files: Vec<String>,
    /// Module paths in import statements; rung 3.
    pub imports: Vec<String>,
    /// Whole identifiers in source outside vendored and generated code; rung 3.
    pub symbols: Vec<String>,
}

impl Detect {
    /// Every matcher with where it looks, in the order of the keys.
    pub(crate) fn matchers(&self) -> impl Iterator<Item = (MatcherKind, &str)> {
        MatcherKind::ALL.into_iter().flat_map(|kind| self.of(kind).iter().map(move |text| (kind, text.as_str())))
    }

    /// The matchers of one key.
    pub(crate) fn of(&self, kind: MatcherKind) -> &Vec<String> {
        match kind {
            MatcherKind::Package => &self.packages,
            MatcherKind::Image => &self.images,
            MatcherKind::Action => &self.actions,
            MatcherKind::Chart => &self.charts,
            MatcherKind::Module => &self.modules,
            MatcherKind::Resource => &self.resources,
            MatcherKind::File => &self.files,
            MatcherKind::Import => &self.imports,
            MatcherKind::Symbol => &self.symbols,
        }
    }

    /// The matchers of one key, to change.
    pub(crate) fn of_mut(&mut self, kind: MatcherKind) -> &mut Vec<String> {
        match kind {
            MatcherKind::Package => &mut self.packages,
            MatcherKind::Image => &mut self.images,
            MatcherKind::Action => &mut self.actions,
            MatcherKind::Chart => &mut self.charts,
            MatcherKind::Module => &mut self.modules,
            MatcherKind::Resource => &mut self.resources,
            MatcherKind::File => &mut self.files,
            MatcherKind::Import => &mut self.imports,
            MatcherKind::Symbol => &mut self.symbols,
        }
    }
}
