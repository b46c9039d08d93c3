//! The past of the whole organisation as metrics look at it: one plain value, loaded once a generation.
//! It must not divide anything; metrics do.
use shared::{
    Area, Confidence, End, EntityRef, OfferPath, RepoName, RepoPath, Timestamp,
    api::{Eligible, Target},
};

/// Seconds since 1970.
pub type Time = i64;

/// Everything that metrics over time need.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Past {
    /// When it was loaded for: the end of the last scan. Nothing later is known.
    pub now: Time,
    /// Hash of the rules that judged it.
    pub rules_version: String,
    pub capabilities: Vec<PastCapability>,
    pub repositories: Vec<PastRepository>,
    /// In the order of their references.
    pub components: Vec<PastComponent>,
}

/// One capability of the ruleset in force.
#[derive(Debug, Clone, PartialEq)]
pub struct PastCapability {
    pub name: String,
    pub title: String,
    pub area: Area,
    pub owner: Option<EntityRef>,
    pub target: Option<Target>,
    pub eligible: Option<Eligible>,
    pub offers: Vec<PastOffer>,
    pub rule_changes: Vec<PastRuleChange>,
}

impl PastCapability {
    /// Whether there is a golden path to adopt.
    pub fn has_golden(&self) -> bool {
        self.offers.iter().any(|offer| offer.path == OfferPath::Golden)
    }
}

/// One offer.
#[derive(Debug, Clone, PartialEq)]
pub struct PastOffer {
    pub name: String,
    pub path: OfferPath,
    pub confidence: Confidence,
    /// Since when it is offered: the first second of the day.
    pub since: Option<Time>,
    /// The matchers as a person reads them, e.g. `packages: go:go.einride.tech/sage`.
    pub detect: Vec<String>,
}

/// A commit that changed a capability's rules.
#[derive(Debug, Clone, PartialEq)]
pub struct PastRuleChange {
    pub at: Time,
    pub text: String,
    pub repository: RepoName,
    pub commit: String,
}

/// One repository.
#[derive(Debug, Clone, PartialEq)]
pub struct PastRepository {
    pub name: RepoName,
    /// `https://github.com/acme/api`, when known.
    pub web_url: Option<String>,
    pub branch: String,
    pub first: PastMoment,
    /// The tip up to which it is known.
    pub last: PastMoment,
    /// Why history starts at `first` when it does not start at a root commit, in words.
    pub cut_off: Option<String>,
    pub gaps: Vec<(Time, Time, String)>,
    pub weeks: Vec<PastWeek>,
}

/// A commit and its date.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PastMoment {
    pub commit: String,
    pub at: Time,
}

/// Work on the default branch in one week.
#[derive(Debug, Clone, PartialEq)]
pub struct PastWeek {
    /// The first second of its Monday.
    pub from: Time,
    pub merges: u32,
    pub authors: u32,
    /// Days from first work to arrival.
    pub lead_days: Vec<f32>,
}

/// One component, whether it still exists or not.
#[derive(Debug, Clone, PartialEq)]
pub struct PastComponent {
    pub reference: EntityRef,
    /// Position in `Past::repositories`.
    pub repository: usize,
    pub root: RepoPath,
    pub owner: Option<EntityRef>,
    pub system: Option<EntityRef>,
    pub language: Option<String>,
    /// When it existed, oldest first and apart from each other.
    pub spans: Vec<(PastMoment, Option<PastMoment>)>,
    /// Positions in `Past::capabilities` of those that it could use, in order.
    pub eligible: Vec<u32>,
    /// (position of the capability, until when): it need not use it. Absent end: for ever.
    pub exempt: Vec<(u32, Option<Time>)>,
    /// By capability, then by start.
    pub uses: Vec<PastUse>,
}

/// One stretch of use.
#[derive(Debug, Clone, PartialEq)]
pub struct PastUse {
    /// Position in `Past::capabilities`, and of the offer in it.
    pub capability: u32,
    pub offer: u32,
    pub path: OfferPath,
    pub from: PastMoment,
    pub to: Option<PastMoment>,
    pub end: End,
    pub exact: bool,
    pub attempt: Option<PastAttempt>,
    /// What showed it first: matcher, file.
    pub evidence: Option<(String, RepoPath)>,
}

/// The first sign of an attempt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PastAttempt {
    pub moment: PastMoment,
    pub author_days: u32,
    pub branch: bool,
}

/// Which components count. Empty lists do not restrict; the empty text stands for unknown.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Scope {
    pub owner: Vec<String>,
    pub system: Vec<String>,
    pub language: Vec<String>,
    pub repository: Vec<String>,
}

impl Scope {
    /// Whether the component counts.
    pub fn holds(&self, past: &Past, component: &PastComponent) -> bool {
        let any = |wanted: &[String], value: &str| wanted.is_empty() || wanted.iter().any(|want| want == value);
        // References are spelled out only where somebody asks for one.
        let one_of = |wanted: &[String], value: &Option<EntityRef>| {
            wanted.is_empty() || any(wanted, &value.as_ref().map(ToString::to_string).unwrap_or_default())
        };
        one_of(&self.owner, &component.owner)
            && one_of(&self.system, &component.system)
            && any(&self.language, component.language.as_deref().unwrap_or_default())
            && any(&self.repository, past.repositories[component.repository].name.as_str())
    }
}

/// A time as the API spells it.
pub fn timestamp(at: Time) -> Timestamp {
    let time = chrono::DateTime::from_timestamp(at.max(0), 0).unwrap_or_default();
    Timestamp::new(time.format("%Y-%m-%dT%H:%M:%SZ").to_string()).expect("chrono prints RFC 3339 with seconds")
}
