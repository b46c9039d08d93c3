//! The shapes of the past: when each entity existed and when each component used each offer, exact to the commit.
//! Nothing here decides.
use crate::{
    catalog::model::Evidence,
    scan::{Finding, HistoryStart},
};
use serde::{Deserialize, Serialize};
use shared::{CommitId, End, EntityRef, OfferPath, RepoName, RepoPath};

/// A first-parent commit and its date.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moment {
    pub commit: CommitId,
    /// Seconds since 1970, made monotonic along the line.
    pub at: i64,
}

/// The past of one repository, judged by one ruleset. Written in one transaction.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RepositoryHistory {
    pub repository: RepoName,
    /// The commit up to which it is known: the scanned tip.
    pub tip: Moment,
    pub first: Moment,
    /// Anything but `Root` means that the past before `first` is unknown.
    pub start: HistoryStart,
    pub n_commits: u64,
    pub spans: Vec<Span>,
    pub intervals: Vec<Interval>,
    pub rule_changes: Vec<RuleChange>,
    pub gaps: Vec<PastGap>,
    /// By week, oldest first; weeks without a commit are absent.
    pub weeks: Vec<Week>,
    pub findings: Vec<Finding>,
}

/// From when to when an entity existed. One entity can have several: what is taken back and comes again.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Span {
    /// As it is called at the end of its life, or at the tip; earlier names and roots are the same entity.
    pub entity: EntityRef,
    pub from: Moment,
    /// The first commit without it; absent while it exists.
    pub to: Option<Moment>,
    pub root: RepoPath,
    /// What it was at the end: who could use a capability is judged by it.
    pub traits: Traits,
}

/// What eligibility and filters ask of a component.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Traits {
    pub title: Option<String>,
    pub subtype: Option<String>,
    pub lifecycle: Option<String>,
    /// In lower case, by lines of code, the most first; as `standings` counts them.
    pub languages: Vec<String>,
    pub tags: Vec<String>,
    pub owner: Option<EntityRef>,
    pub system: Option<EntityRef>,
}

/// One stretch in which a component used an offer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Interval {
    pub component: EntityRef,
    pub capability: String,
    pub offer: String,
    pub path: OfferPath,
    pub from: Moment,
    /// The first commit without it; absent while the tip shows it.
    pub to: Option<Moment>,
    pub end: End,
    /// What showed it first, at `from`.
    pub evidence: Evidence,
    /// False when it may have begun earlier: history is cut off, or only source shows it and only its surviving files
    /// were followed.
    pub exact: bool,
    /// The first sign of an attempt, when it lies before `from`.
    pub attempt: Option<Attempt>,
}

/// The work that led to a first-parent commit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attempt {
    /// The earliest commit of the merged branch that shows the offer; of a commit that is no merge, itself.
    pub commit: CommitId,
    /// When its author claims to have written it, at most the interval's `from`. Seconds since 1970.
    pub at: i64,
    /// Distinct (author, day) pairs of the branch from that commit on; at least 1.
    pub author_days: u32,
    /// Whether a merged branch shows it; a squashed or rebased one leaves only the author's date.
    pub branch: bool,
}

/// A commit that changed what a capability's document says of its offers or of who is eligible.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleChange {
    pub capability: String,
    pub moment: Moment,
    /// What changed, e.g. "offers: launchdarkly is tolerated, was vendor".
    pub text: String,
    /// Whether an offer changed its path or the selector changed: the same evidence then means something else.
    pub meaning: bool,
}

/// A stretch of the line whose trees could not be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PastGap {
    /// The last readable commit before it, and the first after it.
    pub from: Moment,
    pub to: Moment,
    pub reason: String,
}

/// What happened on the default branch in one week.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Week {
    /// Days from 1970-01-01 to its Monday.
    pub monday: i64,
    /// First-parent commits: merges, squashed ones and direct ones alike.
    pub merges: u32,
    /// Distinct authors, those of merged branches included.
    pub authors: u32,
    /// Days from the first authored commit of each change to its arrival, for changes with more than one commit or with
    /// an author's date before the committer's.
    pub lead_days: Vec<f32>,
}
