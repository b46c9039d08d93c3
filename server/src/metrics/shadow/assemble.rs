//! Candidates, their effort and the past in; shadow platforms as the API gives them out.
//! It must not find candidates or read git.
use super::{
    assumptions::assumptions,
    effort::Effort,
    growth::{Growth, growth},
    ledger::{Ledger, ledger},
    rank::{champions, partners, retire_order},
    readiness::readiness,
};
use crate::{
    catalog::shadow::{
        mark,
        model::{Candidate, Estate, EstateComponent},
    },
    metrics::{
        link::{commit_id, moment},
        past::{Past, PastMoment, timestamp},
        rate::Rate,
    },
};
use shared::{
    Confidence, EntityRef, RepoName, ShadowClaim, ShadowKind,
    api::{ClusterItem, CostRange, Moment, ShadowDetail, ShadowItem, ShadowPart, ShadowUser},
};
use std::collections::{BTreeMap, BTreeSet};

/// Clusters that a detail lists.
const MOST_CLUSTERS: usize = 50;
/// A touched day is rarely a whole one; squash merges and pair work hide others.
const LOW: f64 = 0.5;
const HIGH: f64 = 1.5;

/// Everything that shadow platforms are told from.
#[derive(Debug, Clone, Copy)]
pub struct Assembly<'a> {
    pub estate: &'a Estate,
    pub candidates: &'a [Candidate],
    /// Of every repository.
    pub efforts: &'a [Effort],
    pub past: &'a Past,
    pub rate: Option<&'a Rate>,
    /// Seconds since 1970.
    pub now: i64,
}

/// Every candidate with its numbers, in the order of `candidates`. Permalinks to files are left open: the store knows where
/// a repository is read.
pub fn assemble(input: &Assembly<'_>) -> Vec<ShadowDetail> {
    let components: Components<'_> =
        input.estate.components.iter().map(|component| (&component.reference, component)).collect();
    let mut clusters = input.estate.clusters.clone();
    mark(&mut clusters, input.candidates);
    let mut efforts: BTreeMap<&str, Vec<&Effort>> = BTreeMap::new();
    for effort in input.efforts {
        efforts.entry(&effort.candidate).or_default().push(effort);
    }
    let detail = |candidate: &Candidate| {
        let held: BTreeSet<&str> = candidate.clusters.iter().map(String::as_str).collect();
        let clusters = clusters.iter().filter(|cluster| held.contains(cluster.id.as_str())).collect();
        let of = efforts.get(candidate.id.as_str()).cloned().unwrap_or_default();
        One { input, components: &components, candidate, clusters, efforts: of }.detail()
    };
    let mut details: Vec<ShadowDetail> = input.candidates.iter().map(detail).collect();
    retire_order(&mut details);
    details
}

/// By reference.
type Components<'a> = BTreeMap<&'a EntityRef, &'a EstateComponent>;

/// One candidate with what belongs to it.
pub(super) struct One<'a> {
    pub(super) input: &'a Assembly<'a>,
    components: &'a Components<'a>,
    pub(super) candidate: &'a Candidate,
    pub(super) clusters: Vec<&'a ClusterItem>,
    pub(super) efforts: Vec<&'a Effort>,
}

impl One<'_> {
    fn detail(self) -> ShadowDetail {
        let (input, candidate) = (self.input, self.candidate);
        let growth = growth(input, candidate, &self.clusters);
        let ledger = ledger(&self.efforts, input.now);
        let users = self.users(&growth);
        let last_change = self.last_change();
        let readiness = readiness(input, candidate, (&users, &growth), last_change);
        let mut clusters: Vec<ClusterItem> = self.clusters.iter().map(|cluster| (*cluster).clone()).collect();
        clusters.sort_by(|a, b| b.duplicated_lines.cmp(&a.duplicated_lines).then_with(|| a.id.cmp(&b.id)));
        clusters.truncate(MOST_CLUSTERS);
        ShadowDetail {
            item: self.item(&users, &growth, &ledger),
            parts: self.parts(),
            partners: partners(&ledger, &growth, &users),
            champions: champions(input, candidate.capability.as_deref()),
            assumptions: assumptions(&self, &ledger, &growth),
            ledger: ledger.rows,
            readiness,
            clusters,
            users,
        }
    }

    fn item(&self, users: &[ShadowUser], growth: &Growth, ledger: &Ledger) -> ShadowItem {
        let candidate = self.candidate;
        let probable = candidate.confidence == Confidence::Probable;
        let title = |name: &String| {
            let held = self.input.estate.capabilities.iter().find(|held| held.reference.name() == name);
            held.map(|held| held.title.clone())
        };
        ShadowItem {
            id: candidate.id.clone(),
            name: candidate.name.clone(),
            kind: candidate.kind,
            claim: if probable { ShadowClaim::Shadow } else { ShadowClaim::PossibleDuplicate },
            capability: candidate.capability.clone(),
            capability_title: candidate.capability.as_ref().and_then(title),
            proposed: candidate.proposed.clone(),
            why: candidate.why.clone(),
            teams: self.teams(users),
            consumers: self.consumers(users),
            repositories: self.repositories(users),
            growth_90d: growth.total,
            author_days: ledger.days,
            author_days_year: ledger.days_year,
            cost: self.input.rate.and_then(|rate| cost(ledger.days_year, rate)),
            lines: self.lines(),
            last_change: self.last_change(),
            confidence: candidate.confidence,
            retire_order: None,
        }
    }

    fn users(&self, growth: &Growth) -> Vec<ShadowUser> {
        let user = |user: &crate::catalog::shadow::model::User| {
            let component = self.components.get(&user.component)?;
            Some(ShadowUser {
                component: user.component.clone(),
                repository: component.repository.clone(),
                owner: component.owner.clone(),
                since: growth.since.get(&user.component).map(|at| timestamp(*at)),
                migrating: user.migrating,
                path: user.path.clone(),
                line: user.line,
                permalink: None,
            })
        };
        self.candidate.users.iter().filter_map(user).collect()
    }

    fn parts(&self) -> Vec<ShadowPart> {
        let part = |part: &crate::catalog::shadow::model::Part| ShadowPart {
            repository: part.repository.clone(),
            path: part.path.clone(),
            component: part.component.clone(),
            owner: self.owner(part.component.as_ref()),
            permalink: None,
        };
        self.candidate.parts.iter().map(part).collect()
    }

    fn owner(&self, component: Option<&EntityRef>) -> Option<EntityRef> {
        component.and_then(|reference| self.components.get(reference)).and_then(|held| held.owner.clone())
    }

    /// Owners of what uses it, of its code and of its copies.
    fn teams(&self, users: &[ShadowUser]) -> Vec<EntityRef> {
        let of_users = users.iter().filter_map(|user| user.owner.clone());
        let of_parts = self.candidate.parts.iter().filter_map(|part| self.owner(part.component.as_ref()));
        let copies = self.clusters.iter().flat_map(|cluster| &cluster.files);
        let of_copies = copies.filter_map(|file| file.owner.clone().or_else(|| self.owner(file.component.as_ref())));
        let teams: BTreeSet<EntityRef> = of_users.chain(of_parts).chain(of_copies).collect();
        teams.into_iter().collect()
    }

    /// Components; of copies also repositories where no component holds the file.
    fn consumers(&self, users: &[ShadowUser]) -> u64 {
        let copies = self.clusters.iter().flat_map(|cluster| &cluster.files).filter(|file| file.component.is_none());
        let loose: BTreeSet<&RepoName> = copies.map(|file| &file.repository).collect();
        let n_loose = if self.candidate.kind == ShadowKind::Cluster { loose.len() } else { 0 };
        (users.len() + n_loose) as u64
    }

    fn repositories(&self, users: &[ShadowUser]) -> u64 {
        let copies = self.clusters.iter().flat_map(|cluster| &cluster.files).map(|file| &file.repository);
        let parts = self.candidate.parts.iter().map(|part| &part.repository);
        let all: BTreeSet<&RepoName> = users.iter().map(|user| &user.repository).chain(copies).chain(parts).collect();
        all.len() as u64
    }

    /// Lines of its files; of copies, of all of them; where no file was read, of the components that it is.
    fn lines(&self) -> u64 {
        if self.candidate.kind == ShadowKind::Cluster {
            return self.clusters.iter().map(|cluster| cluster.lines + cluster.duplicated_lines).sum();
        }
        let read = self.candidate.parts.iter().flat_map(|part| self.input.estate.code_of(part));
        let lines: u64 = read.map(|(_, code)| u64::from(code.lines)).sum();
        if lines > 0 {
            return lines;
        }
        let roots = self.candidate.parts.iter().filter(|part| part.folder);
        let whole = roots
            .filter_map(|part| self.components.get(part.component.as_ref()?).filter(|held| held.root == part.path));
        whole.map(|component| component.lines).sum()
    }

    /// The newest change of any repository.
    fn last_change(&self) -> Option<Moment> {
        let changes = self.efforts.iter().filter_map(|effort| Some((effort.last_change.as_ref()?, &effort.repository)));
        let ((commit, at), repository) = changes.max_by_key(|((commit, at), repository)| (*at, *repository, commit))?;
        let at = PastMoment { commit: commit.clone(), at: *at };
        let known = self.input.past.repositories.iter().find(|held| held.name == *repository);
        let bare = || Moment { commit: commit_id(&at.commit), at: timestamp(at.at), permalink: None };
        Some(known.map_or_else(bare, |held| moment(held, &at)))
    }
}

/// Days times rate, with how far that may be off. Absent for a rate that is no amount of money.
fn cost(days: u64, rate: &Rate) -> Option<CostRange> {
    let likely = days as f64 * rate.day;
    let sound = rate.day.is_finite() && rate.day > 0.0;
    sound.then(|| CostRange {
        low: likely * LOW,
        likely,
        high: likely * HIGH,
        currency: rate.currency.clone(),
        day_rate: rate.day,
    })
}
