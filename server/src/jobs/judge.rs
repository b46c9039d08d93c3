//! What can be judged only over all repositories: owners, equal code, homegrown platforms. After tips, pasts and work.
//! It must not read source; of git it reads the few files that declare owners.
mod clones;
mod logs;
mod made_from;
mod owners;
mod people;
mod shadows;

use super::{read_claims::read_claims, scan_repository::Target};
use crate::{
    catalog::ownership::model::RepositoryClaims,
    metrics::rate::Rate,
    scan::Limits,
    store::{Judged, Store, WorkKey},
};
use anyhow::{Context, Result};
use logs::Logs;
use made_from::MadeFrom;
use people::People;
use shared::{RepoName, Timestamp};
use std::{collections::HashMap, path::PathBuf, sync::Arc};

/// Raised whenever the same repositories would be judged otherwise.
const VERSION: &str = "1";

/// What a run judges by.
#[derive(Clone)]
pub(super) struct Judging {
    pub(super) store: Store,
    pub(super) limits: Limits,
    pub(super) now: Timestamp,
    pub(super) rules_hash: String,
    /// The team map's text, when one is configured.
    pub(super) team_map: Option<String>,
    pub(super) rate: Option<Rate>,
    /// Where each repository of the run lies.
    pub(super) git_dirs: HashMap<RepoName, PathBuf>,
}

/// The keys of what was read, and the texts that follow from them.
struct Read {
    work: HashMap<RepoName, WorkKey>,
    code: HashMap<RepoName, WorkKey>,
}

impl Judging {
    /// Where the repositories of a run lie.
    pub(super) fn places(targets: &[Target]) -> HashMap<RepoName, PathBuf> {
        targets.iter().map(|target| (target.located.name.clone(), target.located.git_dir.clone())).collect()
    }

    fn seconds(&self) -> i64 {
        chrono::DateTime::parse_from_rfc3339(self.now.as_str()).map_or(0, |now| now.timestamp())
    }

    /// From what verdicts and platforms are made: all that was read, what it is judged by, and the day, as both age.
    fn made_from(&self, read: &Read) -> String {
        let rate = self.rate.as_ref().map(|rate| format!("{} {}", rate.day, rate.currency)).unwrap_or_default();
        let parts = [VERSION, &self.rules_hash, self.team_map.as_deref().unwrap_or_default(), &rate];
        let text = parts.into_iter().fold(MadeFrom::default(), MadeFrom::with);
        text.with_keys(&read.work).with_keys(&read.code).with(&self.now.as_str()[..10]).text()
    }

    async fn is_current(&self, of: Judged, made_from: &str) -> Result<bool> {
        Ok(self.store.judgement(of).await?.is_some_and(|(from, _)| from == made_from))
    }
}

/// Judges what changed since it was judged last.
///
/// # Errors
/// When the store fails.
pub(super) async fn judge(judging: Judging) -> Result<()> {
    let store = &judging.store;
    let read = Read { work: store.find_work_keys().await?, code: store.find_code_keys().await? };
    let made_from = judging.made_from(&read);
    // Platforms come last: when they are made from this, everything is.
    if judging.is_current(Judged::Shadows, &made_from).await? {
        return Ok(());
    }
    let claims = claims(&judging, &read).await?;
    let people = Arc::new(People::gather(&judging, &claims).await?);
    let claims = Arc::new(claims);
    owners::judge(&judging, &claims, &people, &made_from).await?;
    let code = clones::judge(&judging, &read, (&claims, &people)).await?;
    shadows::judge(&judging, (&claims, &people), code, &made_from).await
}

/// What each repository claims of its owners, with the texts of its files.
async fn claims(judging: &Judging, read: &Read) -> Result<Vec<RepositoryClaims>> {
    let mut claims = judging.store.load_claims().await.context("loading what owners are claimed")?;
    let places: Vec<_> = claims
        .iter()
        .map(|of| Some((judging.git_dirs.get(&of.repository)?.clone(), read.work.get(&of.repository)?.tip.clone())))
        .collect();
    let limits = judging.limits.clone();
    let reading = tokio::task::spawn_blocking(move || {
        for (claims, place) in claims.iter_mut().zip(places) {
            if let Some((git_dir, tip)) = place {
                read_claims(&git_dir, &limits, &tip, claims);
            }
        }
        claims
    });
    reading.await.context("reading what owners are claimed")
}
