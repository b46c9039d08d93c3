//! The past as the API gives it: series over time, who came, who left, how long it took, and what each number is made of.
//! Nothing here decides anything; it only names fields.
use super::{CapabilityCounts, Target};
use crate::{Area, CommitId, End, EntityRef, MarkKind, OfferPath, RepoName, RepoPath, Timestamp, Unit};

/// A first-parent commit of the default branch and its date: the committer's, made monotonic.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(utoipa::ToSchema, schemars::JsonSchema))]
pub struct Moment {
    pub commit: CommitId,
    pub at: Timestamp,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub permalink: Option<String>,
}

/// How a capability stood at the end of one period.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(utoipa::ToSchema, schemars::JsonSchema))]
pub struct HistoryPoint {
    /// The last second of the period, e.g. `2022-01-31T23:59:59Z`; of the running period the time asked about.
    pub at: Timestamp,
    /// Units (components, repositories or teams) that could use it.
    pub eligible: u64,
    /// Units with at least one usage of an offer of this path; a migrating unit counts under both.
    pub golden: u64,
    pub tolerated: u64,
    pub vendor: u64,
    pub homegrown: u64,
    /// Units with a golden and an off-path offer.
    pub migrating: u64,
    /// Units that are eligible and golden: the numerator of adoption. A repository or team is both when its components
    /// are, be they the same or not.
    pub golden_eligible: u64,
    /// `golden_eligible / eligible`; absent when nothing is eligible.
    pub adoption: Option<f64>,
}

/// Something on the time axis that a reader must know of.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(utoipa::ToSchema, schemars::JsonSchema))]
pub struct Mark {
    pub at: Timestamp,
    pub kind: MarkKind,
    /// In words, e.g. "flagship is offered", "history of acme/api starts here (shallow)".
    pub text: String,
    pub repository: Option<RepoName>,
    pub commit: Option<CommitId>,
    pub permalink: Option<String>,
}

/// A stretch of one repository's history that could not be read: nothing is known of it.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(utoipa::ToSchema, schemars::JsonSchema))]
pub struct Gap {
    pub repository: RepoName,
    pub from: Timestamp,
    pub to: Timestamp,
    pub reason: String,
}

/// How a capability fared over time.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(utoipa::ToSchema, schemars::JsonSchema))]
pub struct CapabilityHistory {
    pub capability: String,
    /// `day`, `month` or `quarter`.
    pub interval: String,
    pub scope: Unit,
    /// Hash of the rules that judged all of it: the past is judged by the rules of today.
    pub rules_version: String,
    /// Oldest first; none before the first commit of any repository that counts.
    pub points: Vec<HistoryPoint>,
    pub marks: Vec<Mark>,
    pub gaps: Vec<Gap>,
    pub target: Option<Target>,
}

/// One capability in the adoption list.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(utoipa::ToSchema, schemars::JsonSchema))]
pub struct AdoptionItem {
    pub name: String,
    pub title: String,
    pub area: Area,
    pub owner: Option<EntityRef>,
    /// Whether an offer is golden: without one there is nothing to adopt, and the row shows what is used instead.
    pub has_golden: bool,
    /// Components at the time asked about, under the filters.
    pub counts: CapabilityCounts,
    pub golden_eligible: u64,
    /// `golden_eligible / counts.eligible`; absent when nothing is eligible or no offer is golden.
    pub adoption: Option<f64>,
    /// Of the eligible, those with golden offers only.
    pub conformance: Option<f64>,
    /// Adoption now less adoption 90 days before, in shares (0.05 is five points).
    pub delta_90d: Option<f64>,
    pub reuse_rate: Option<f64>,
    /// Of components created in the 365 days before with a choice, the share that started golden.
    pub new_component_share: Option<f64>,
    pub new_components: u64,
    pub target: Option<Target>,
    /// The last 24 months, oldest first.
    pub spark: Vec<SparkPoint>,
}

/// One point of a small line.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(utoipa::ToSchema, schemars::JsonSchema))]
pub struct SparkPoint {
    pub at: Timestamp,
    pub adoption: Option<f64>,
    pub eligible: u64,
}

/// Adoption over all capabilities of the organisation or of an area: pairs of component and capability are counted.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(utoipa::ToSchema, schemars::JsonSchema))]
pub struct RollupItem {
    /// An area, or absent for the organisation.
    pub area: Option<Area>,
    /// Capabilities with a golden offer and someone eligible.
    pub capabilities: u64,
    pub eligible: u64,
    pub golden_eligible: u64,
    pub adoption: Option<f64>,
    pub conformance: Option<f64>,
    pub delta_90d: Option<f64>,
    pub reuse_rate: Option<f64>,
    pub new_component_share: Option<f64>,
    /// Pairs with a golden and with a homegrown offer.
    pub golden: u64,
    pub homegrown: u64,
    pub spark: Vec<SparkPoint>,
}

/// The organisation, its areas, and what the answer is about.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(utoipa::ToSchema, schemars::JsonSchema))]
pub struct AdoptionSummary {
    pub at: Timestamp,
    pub rules_version: String,
    pub organisation: RollupItem,
    pub areas: Vec<RollupItem>,
    /// The oldest first-parent commit of any repository; absent when no history was read.
    pub since: Option<Timestamp>,
    pub repositories: u64,
    /// Repositories whose history is cut off or has gaps.
    pub incomplete: u64,
    pub marks: Vec<Mark>,
}

/// Teams by capabilities at one time.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(utoipa::ToSchema, schemars::JsonSchema))]
pub struct TeamMatrix {
    pub at: Timestamp,
    /// Most used first.
    pub capabilities: Vec<MatrixColumn>,
    /// By name, the components of nobody last.
    pub teams: Vec<MatrixRow>,
}

/// One capability of the matrix.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(utoipa::ToSchema, schemars::JsonSchema))]
pub struct MatrixColumn {
    pub name: String,
    pub title: String,
    pub area: Area,
}

/// One team of the matrix, a cell for each column.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(utoipa::ToSchema, schemars::JsonSchema))]
pub struct MatrixRow {
    /// The owner; absent for components that nobody owns.
    pub team: Option<EntityRef>,
    pub components: u64,
    pub cells: Vec<MatrixCell>,
}

/// Components of one team and one capability.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(utoipa::ToSchema, schemars::JsonSchema))]
pub struct MatrixCell {
    pub eligible: u64,
    pub golden: u64,
    pub golden_eligible: u64,
    pub vendor: u64,
    pub homegrown: u64,
    /// With a vendor or a homegrown offer: who has both counts once.
    #[serde(default)]
    pub off_path: u64,
}

/// Where the users of a capability's offers went between two dates.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(utoipa::ToSchema, schemars::JsonSchema))]
pub struct Substitution {
    pub capability: String,
    pub from: Timestamp,
    pub to: Timestamp,
    pub scope: Unit,
    /// Largest first. Flows of the same offer on both sides are those who stayed.
    pub flows: Vec<Flow>,
}

/// Units that had one set of offers at the first date and another at the second.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(utoipa::ToSchema, schemars::JsonSchema))]
pub struct Flow {
    pub from: FlowEnd,
    pub to: FlowEnd,
    pub n: u64,
    /// The units, by name: `component:default/api`, a repository, or a team.
    pub members: Vec<String>,
}

/// One end of a flow: an offer, or one of `none` (there, using nothing), `absent` (not there).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(utoipa::ToSchema, schemars::JsonSchema))]
pub struct FlowEnd {
    /// The offer's name, several joined by ` + `, or `none` or `absent`.
    pub name: String,
    /// The path when all offers have one; absent for `none`, `absent` and mixtures.
    pub path: Option<OfferPath>,
}

/// Components created in one quarter, and what they use now.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(utoipa::ToSchema, schemars::JsonSchema))]
pub struct Cohort {
    /// e.g. `2022-Q1`.
    pub quarter: String,
    /// Eligible components whose first commit lies in the quarter.
    pub created: u64,
    /// Of these, with a choice within 90 days of their first commit.
    pub chose: u64,
    /// Of those, whose first choice was golden only.
    pub started_golden: u64,
    /// Of `created`, with golden evidence at the time asked about.
    pub golden_now: u64,
    /// `started_golden / chose`.
    pub share: Option<f64>,
}

/// A distribution of durations, with those still under way.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(utoipa::ToSchema, schemars::JsonSchema))]
pub struct Durations {
    /// Cases that ended.
    pub n: u64,
    /// Cases that had not ended when they were last seen.
    pub censored: u64,
    /// Days by which half, three quarters and nine tenths of all cases have ended (Kaplan-Meier, so that the censored
    /// count); absent when fewer ended.
    pub p50_days: Option<f64>,
    pub p75_days: Option<f64>,
    pub p90_days: Option<f64>,
    /// Cases that a merged branch shows being worked on; of the others git tells only how long, not how much.
    #[serde(default)]
    pub with_branch: u64,
    /// Components that are no case because their beginning is unknown: history is cut off, or only source shows it.
    #[serde(default)]
    pub left_out: u64,
    pub bins: Vec<DurationBin>,
    pub members: Vec<DurationCase>,
}

/// Cases of one length.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(utoipa::ToSchema, schemars::JsonSchema))]
pub struct DurationBin {
    pub from_days: u32,
    /// Absent for the last, open bin.
    pub to_days: Option<u32>,
    pub ended: u64,
    pub censored: u64,
}

/// One component's case.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(utoipa::ToSchema, schemars::JsonSchema))]
pub struct DurationCase {
    pub component: EntityRef,
    pub repository: RepoName,
    /// The golden offer; empty when none was used yet.
    pub offer: String,
    pub from: Moment,
    /// From when the days count, when that is later than `from`: the day on which the capability was first offered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub counted_from: Option<Timestamp>,
    /// Absent when censored.
    pub to: Option<Moment>,
    pub days: f64,
    /// Distinct (author, day) pairs of the branch work, when a merged branch shows it.
    pub author_days: Option<u64>,
}

/// One step of a Kaplan-Meier curve.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(utoipa::ToSchema, schemars::JsonSchema))]
pub struct SurvivalPoint {
    pub days: f64,
    /// The share still using the offer.
    pub share: f64,
    pub at_risk: u64,
    pub left: u64,
}

/// How long adopters stay.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(utoipa::ToSchema, schemars::JsonSchema))]
pub struct Survival {
    /// Components that ever used a golden offer.
    pub adopters: u64,
    /// Those who left it while they went on existing.
    pub leavers: u64,
    /// Of adopters at least 90 days old, the share still using it.
    pub stickiness: Option<f64>,
    pub curve: Vec<SurvivalPoint>,
}

/// Difference in differences of merges per active author-week, adopters against matched non-adopters.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(utoipa::ToSchema, schemars::JsonSchema))]
pub struct Velocity {
    /// Pairs of an adopting and a matched repository.
    pub pairs: u64,
    /// The least number of pairs for which a figure is given.
    pub least: u64,
    pub merges: Option<Estimate>,
    /// Days from the first work on a change to its merge.
    pub lead_time: Option<Estimate>,
    /// Why there is no figure.
    pub refused: Option<String>,
}

/// A figure with its bootstrap 95 % interval.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(utoipa::ToSchema, schemars::JsonSchema))]
pub struct Estimate {
    pub value: f64,
    pub low: f64,
    pub high: f64,
}

/// How a capability came to be used: cohorts, durations, survival.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(utoipa::ToSchema, schemars::JsonSchema))]
pub struct CapabilityTimes {
    pub capability: String,
    pub at: Timestamp,
    pub cohorts: Vec<Cohort>,
    pub time_to_integrate: Durations,
    pub time_to_adopt: Durations,
    pub survival: Survival,
    pub velocity: Velocity,
}

/// One component that came to an offer, and perhaps left it.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(utoipa::ToSchema, schemars::JsonSchema))]
pub struct MoveItem {
    pub component: EntityRef,
    pub repository: RepoName,
    pub owner: Option<EntityRef>,
    pub capability: String,
    pub offer: String,
    pub path: OfferPath,
    /// The first commit of the interval.
    pub from: Moment,
    /// The first commit without it; absent while it is used.
    pub to: Option<Moment>,
    pub ended: End,
    /// What the component used of this capability when it came, and when it left.
    pub replaced: Vec<String>,
    pub replaced_by: Vec<String>,
    pub days: f64,
    /// Where the offer was seen first, and the matcher.
    pub evidence_path: Option<RepoPath>,
    pub evidence_rule: Option<String>,
}

/// What a number is made of, and how to get it again without us.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(utoipa::ToSchema, schemars::JsonSchema))]
pub struct Explanation {
    pub metric: String,
    pub title: String,
    pub formula: String,
    /// In a sentence, with the figures in it.
    pub sentence: String,
    pub capability: Option<String>,
    pub scope: Unit,
    pub at: Timestamp,
    pub value: Option<f64>,
    pub numerator: u64,
    pub denominator: u64,
    /// Exactly `numerator` and `denominator` names.
    pub numerator_members: Vec<String>,
    pub denominator_members: Vec<String>,
    pub rules_version: String,
    /// The commit at which each repository was judged.
    pub commits: Vec<ExplainedCommit>,
    /// Shell commands that show the same with git alone.
    pub reproduce: Vec<String>,
}

/// A repository at the time of a number.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(utoipa::ToSchema, schemars::JsonSchema))]
pub struct ExplainedCommit {
    pub repository: RepoName,
    pub commit: CommitId,
    pub at: Timestamp,
    pub permalink: Option<String>,
}
