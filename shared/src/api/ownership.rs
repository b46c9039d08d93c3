//! Ownership as the API gives it: what is declared, what the commits show, and the verdict.
//! Nothing here names a person: work is shown as that of teams.
use super::Moment;
use crate::{CommitId, EntityRef, OwnedPart, RepoName, RepoPath, Timestamp, Verdict};

/// The verdict on the owner of one component, or of the files of one CODEOWNERS rule.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(utoipa::ToSchema, schemars::JsonSchema))]
pub struct OwnershipItem {
    /// The component; of a rule whose files belong to none, the repository's first one.
    pub entity: EntityRef,
    pub title: Option<String>,
    pub repository: RepoName,
    pub part: OwnedPart,
    /// The component's root (empty for the repository's root), or the pattern of the rule as written.
    pub path: String,
    /// The owner in force; of a rule its first team.
    pub declared: Option<EntityRef>,
    /// Where that is written; absent when nobody claims it.
    pub claim: Option<OwnerClaim>,
    pub verdict: Verdict,
    /// Of the declared owner, 0 to 1 (DESIGN section 6); of what nobody claims, that of the best guess. Absent when
    /// nothing can be said.
    pub score: Option<f64>,
    /// The team that the work points to, when it is not the declared one. A guess.
    pub guess: Option<EntityRef>,
    /// Why, in one or two sentences with the figures.
    pub reason: String,
    /// Teams by their score, highest first, at most 8; work of people of no known team is the entry without a team.
    pub observed: Vec<ObservedTeam>,
    /// The commits that weigh most, newest first, at most 10.
    pub evidence: Vec<OwnershipCommit>,
    /// The smallest number of people who hold half of the recent work; absent when there is none.
    pub knowledge: Option<u32>,
    /// The newest commit by a person that is no mass change.
    pub last_work: Option<Moment>,
    /// The change to the descriptor or to CODEOWNERS that would make it true.
    pub patch: Option<OwnerPatch>,
    /// The time for which it was judged.
    pub judged_at: Timestamp,
}

/// Where an owner is declared.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(utoipa::ToSchema, schemars::JsonSchema))]
pub struct OwnerClaim {
    pub path: RepoPath,
    /// 1-based.
    pub line: Option<u32>,
    /// What stands there, e.g. `owner: team-a` or `/pay/ @acme/pay`.
    pub text: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub permalink: Option<String>,
}

/// How much of the work is a team's.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(utoipa::ToSchema, schemars::JsonSchema))]
pub struct ObservedTeam {
    /// Absent: people of no known team.
    pub team: Option<EntityRef>,
    /// The team's score, 0 to 1. A person of several teams counts for each of them in part.
    pub share: f64,
    pub parts: ScoreParts,
}

/// The five parts of a score, each 0 to 1 (DESIGN section 6), before they are weighed.
#[derive(Debug, Clone, Default, PartialEq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(utoipa::ToSchema, schemars::JsonSchema))]
pub struct ScoreParts {
    pub lines: f64,
    pub commits: f64,
    /// Absent when no merge shows who accepted it: the other parts then weigh more.
    pub merges: Option<f64>,
    /// Absent when CODEOWNERS says nothing of it.
    pub code_owners: Option<f64>,
    pub first_author: f64,
}

/// A commit that weighs in a verdict.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(utoipa::ToSchema, schemars::JsonSchema))]
pub struct OwnershipCommit {
    pub commit: CommitId,
    pub at: Timestamp,
    /// The team of its author; absent when unknown.
    pub team: Option<EntityRef>,
    /// Lines that it added and removed in these files.
    pub lines: u64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub permalink: Option<String>,
}

/// A change that can be applied with `git apply`.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(utoipa::ToSchema, schemars::JsonSchema))]
pub struct OwnerPatch {
    pub path: RepoPath,
    /// A unified diff.
    pub diff: String,
}

/// How many verdicts of each kind.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(utoipa::ToSchema, schemars::JsonSchema))]
pub struct VerdictCounts {
    pub confirmed: u64,
    pub disputed: u64,
    pub stale: u64,
    pub dormant: u64,
    pub orphan: u64,
    pub undeclared: u64,
    pub unknown: u64,
}

impl VerdictCounts {
    /// Counts one more.
    pub fn add(&mut self, verdict: Verdict) {
        *self.of_mut(verdict) += 1;
    }

    /// Components of that verdict.
    pub fn of(&self, verdict: Verdict) -> u64 {
        match verdict {
            Verdict::Confirmed => self.confirmed,
            Verdict::Disputed => self.disputed,
            Verdict::Stale => self.stale,
            Verdict::Dormant => self.dormant,
            Verdict::Orphan => self.orphan,
            Verdict::Undeclared => self.undeclared,
            Verdict::Unknown => self.unknown,
        }
    }

    fn of_mut(&mut self, verdict: Verdict) -> &mut u64 {
        match verdict {
            Verdict::Confirmed => &mut self.confirmed,
            Verdict::Disputed => &mut self.disputed,
            Verdict::Stale => &mut self.stale,
            Verdict::Dormant => &mut self.dormant,
            Verdict::Orphan => &mut self.orphan,
            Verdict::Undeclared => &mut self.undeclared,
            Verdict::Unknown => &mut self.unknown,
        }
    }

    /// All of them.
    pub fn total(&self) -> u64 {
        Verdict::ALL.iter().map(|verdict| self.of(*verdict)).sum()
    }

    /// Those with a declared owner: all but `undeclared`.
    pub fn declared(&self) -> u64 {
        self.total() - self.undeclared
    }

    /// Ownership truth: confirmed of declared; absent when nothing is declared.
    pub fn truth(&self) -> Option<f64> {
        let declared = self.declared();
        if declared == 0 { None } else { Some(self.confirmed as f64 / declared as f64) }
    }
}

/// Verdicts on components, of the organisation and of its parts.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(utoipa::ToSchema, schemars::JsonSchema))]
pub struct OwnershipSummary {
    pub verdicts: VerdictCounts,
    /// Confirmed of declared; absent when nothing is declared.
    pub truth: Option<f64>,
    pub judged_at: Option<Timestamp>,
    /// By declared owner, then by repository, the least true first.
    pub teams: Vec<OwnershipRow>,
    pub repositories: Vec<OwnershipRow>,
}

/// One team or repository of a summary.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(utoipa::ToSchema, schemars::JsonSchema))]
pub struct OwnershipRow {
    /// The reference of a team, or a repository's name; empty for what nobody claims.
    pub name: String,
    pub title: String,
    pub verdicts: VerdictCounts,
    pub truth: Option<f64>,
}

/// A group of the organisation, with what it owns.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(utoipa::ToSchema, schemars::JsonSchema))]
pub struct TeamItem {
    pub team: EntityRef,
    pub title: String,
    /// Whether a Group entity describes it; otherwise it is only named as an owner.
    pub described: bool,
    pub parent: Option<EntityRef>,
    /// People that User and Group entities put into it.
    pub members: u64,
    /// Verdicts on the components that it is declared to own.
    pub verdicts: VerdictCounts,
    pub truth: Option<f64>,
    /// Its components that use a golden offer, and those that use a vendor or a homegrown one.
    pub golden: u64,
    pub off_path: u64,
}

/// Everything about one team. People are counted, never named.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(utoipa::ToSchema, schemars::JsonSchema))]
pub struct TeamDetail {
    pub item: TeamItem,
    pub description: Option<String>,
    pub children: Vec<EntityRef>,
    /// What it is declared to own, and what the work says.
    pub owns: Vec<OwnershipItem>,
    /// What the work says is its, though another team or nobody is declared.
    pub works_on: Vec<OwnershipItem>,
    /// What it uses of each capability.
    pub uses: Vec<TeamUse>,
    /// Homegrown platforms that it takes part in, by id and name.
    pub builds: Vec<TeamShadow>,
    /// Components of its that components of other teams depend on.
    pub serves: Vec<TeamServes>,
    /// Whether it is a champion: capabilities whose golden offer it has kept in two or more repositories for 90 days.
    pub champion_of: Vec<String>,
}

/// A team's use of one capability.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(utoipa::ToSchema, schemars::JsonSchema))]
pub struct TeamUse {
    pub capability: String,
    pub title: String,
    /// Its components with a golden offer, and with a vendor or a homegrown one; a migrating one is in both.
    pub golden: u64,
    pub off_path: u64,
    /// Its components that could use the capability.
    pub eligible: u64,
}

/// A homegrown platform that a team takes part in.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(utoipa::ToSchema, schemars::JsonSchema))]
pub struct TeamShadow {
    pub id: String,
    pub name: String,
    pub capability: Option<String>,
    /// The team's own author-days in it.
    pub author_days: u64,
}

/// A component that other teams depend on.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(utoipa::ToSchema, schemars::JsonSchema))]
pub struct TeamServes {
    pub component: EntityRef,
    pub title: String,
    /// Components of other teams that depend on it, and those teams.
    pub consumers: u64,
    pub teams: Vec<EntityRef>,
}
