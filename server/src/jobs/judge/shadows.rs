//! Finds homegrown platforms, counts the work on them, and stores both, with an alarm about what is new.
//! It must not decide or count; catalog and metrics do.
use super::{Judging, Logs, People, clones::Code};
use crate::{
    catalog::{
        ownership::model::RepositoryClaims,
        shadow::{self, Known, KnownCluster, KnownShadow, model::Candidate, model::Estate},
    },
    metrics::{
        DarkRow, dark_matter,
        past::Past,
        shadow::{Assembly, Effort, Work, assemble, effort, repository_days},
    },
    scan::Finding,
    store::Judged,
};
use anyhow::{Context, Result};
use shared::{
    OfferPath, RepoName,
    api::{DarkMatter, ShadowDetail},
};
use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

/// For how long something new stays an alarm. Seconds.
const NEWS_FOR: i64 = 30 * 86_400;

/// What is stored.
struct Judgement {
    candidates: Vec<Candidate>,
    details: Vec<ShadowDetail>,
    findings: Vec<(RepoName, Finding)>,
    dark: DarkMatter,
    known: Known,
}

/// Judges and stores.
///
/// # Errors
/// When the store fails.
pub(super) async fn judge(
    judging: &Judging,
    (claims, people): (&Arc<Vec<RepositoryClaims>>, &Arc<People>),
    code: Code,
    made_from: &str,
) -> Result<()> {
    let store = &judging.store;
    let mut estate = store.load_estate().await.context("loading the catalog")?;
    estate.clusters = store.load_clusters().await?;
    let (past, baseline) = (store.past().await?, store.load_baseline().await?);
    let former = baseline.as_ref().map(|(known, _)| known.clone());
    let (of, logs) = (judging.clone(), Logs::new(store));
    let (claims, people) = (Arc::clone(claims), Arc::clone(people));
    let judged = tokio::task::spawn_blocking(move || {
        estate.code = code.names();
        judgement(&of, &Seen { estate, past, claims, people, logs }, former)
    });
    let judgement = judged.await.context("judging homegrown platforms")?;
    mark(judging, &judgement.candidates).await.context("storing what clusters belong to")?;
    let is_old = |at: i64| judging.seconds() - at > NEWS_FOR;
    if baseline.is_none_or(|(_, at)| is_old(at)) {
        store.save_baseline(&judgement.known, &judging.now).await?;
    }
    store.save_dark_matter(&judgement.dark, &judging.now).await?;
    let saved = store.save_shadows(&judgement.details, &judgement.findings, made_from, &judging.now);
    saved.await.context("storing homegrown platforms")
}

/// Tells each cluster which capability it rivals and which platform it is part of.
async fn mark(judging: &Judging, candidates: &[Candidate]) -> Result<()> {
    let store = &judging.store;
    let (stored, left_out) = (store.load_clusters().await?, store.list_left_out().await?);
    let mut marked = stored.clone();
    shadow::mark(&mut marked, candidates);
    let Some((made_from, at)) = store.judgement(Judged::Clusters).await?.filter(|_| marked != stored) else {
        return Ok(());
    };
    Ok(store.save_clusters(&marked, &left_out, &made_from, &at).await?)
}

/// Everything that is looked at.
struct Seen {
    estate: Estate,
    past: Arc<Past>,
    claims: Arc<Vec<RepositoryClaims>>,
    people: Arc<People>,
    logs: Logs,
}

fn judgement(judging: &Judging, seen: &Seen, former: Option<Known>) -> Judgement {
    let candidates = shadow::candidates(&seen.estate);
    let (efforts, days) = seen.work(&candidates, judging.seconds());
    let details = assemble(&Assembly {
        estate: &seen.estate,
        candidates: &candidates,
        efforts: &efforts,
        past: &seen.past,
        rate: judging.rate.as_ref(),
        now: judging.seconds(),
    });
    // Nothing is new in what is seen for the first time.
    let findings = former.map(|known| shadow::new_shadow(&known, &candidates, &seen.estate)).unwrap_or_default();
    let known = Known {
        shadows: candidates.iter().map(KnownShadow::of_candidate).collect(),
        clusters: seen.estate.clusters.iter().map(KnownCluster::of_item).collect(),
    };
    Judgement { candidates, details, findings, dark: dark_matter(&seen.dark_rows(&days)), known }
}

impl Seen {
    /// The work on each candidate in each repository, and each repository's author-days of the last year.
    fn work(&self, candidates: &[Candidate], now: i64) -> (Vec<Effort>, HashMap<RepoName, u64>) {
        let (mut efforts, mut days) = (vec![], HashMap::new());
        for claims in self.claims.iter() {
            let repository = &claims.repository;
            let (Some(log), Some(members)) = (self.logs.of(repository), self.people.members.get(repository)) else {
                continue;
            };
            let work = Work { repository, log: &log, members };
            efforts.extend(effort(&work, candidates, &self.past));
            days.insert(repository.clone(), repository_days(&work, now));
        }
        (efforts, days)
    }

    fn dark_rows(&self, days: &HashMap<RepoName, u64>) -> Vec<DarkRow> {
        let components: HashMap<_, _> = self.estate.components.iter().map(|one| (&one.reference, one)).collect();
        let golden: HashSet<&RepoName> = self
            .estate
            .usages
            .iter()
            .filter(|usage| usage.path == OfferPath::Golden)
            .filter_map(|usage| Some(&components.get(&usage.component)?.repository))
            .collect();
        let mut lines: HashMap<&RepoName, u64> = HashMap::new();
        for component in &self.estate.components {
            *lines.entry(&component.repository).or_default() += component.lines;
        }
        let row = |claims: &RepositoryClaims| DarkRow {
            repository: claims.repository.clone(),
            lines: lines.get(&claims.repository).copied().unwrap_or_default(),
            author_days: days.get(&claims.repository).copied().unwrap_or_default(),
            claimed: claims.code_owners.is_some() || claims.components.iter().any(|one| one.descriptor.is_some()),
            golden: golden.contains(&claims.repository),
            owned: claims.components.iter().any(|one| one.owner.is_some()),
        };
        self.claims.iter().map(row).collect()
    }
}
