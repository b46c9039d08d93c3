//! The whole story of one repository: is there news, read it, judge it, store it, all or nothing.
//! It must not stop the run: whatever goes wrong is a finding of this repository.
use super::{
    read_mirror::{FactCache, ReadFacts, ReadInput, ReadOutput, read_mirror},
    scan_progress::Outcome,
};
use crate::{
    catalog::{self, Ruleset},
    facts::model::{BlobKey, FileFacts, Needle},
    scan::{Finding, Limits, Located},
    store::{ScanKey, Store, StoreError, Visit},
};
use shared::{CommitId, RepositoryStatus, Severity, Timestamp};
use std::{collections::HashMap, sync::Arc};
use tokio::runtime::Handle;

/// Raised whenever the same commit and rules would give another catalog, so that a new binary scans everything again.
pub const SCANNER_VERSION: u32 = 3;

/// What every repository of one pass has in common.
pub(super) struct Pass {
    pub(super) store: Store,
    pub(super) rules: Ruleset,
    /// The rules' symbols, gathered once: an unchanged repository must cost no walk over all matchers.
    pub(super) needles: Vec<Needle>,
    pub(super) limits: Limits,
    pub(super) now: Timestamp,
}

impl Pass {
    /// The day of the run, `YYYY-MM-DD`.
    pub(super) fn today(&self) -> &str {
        &self.now.as_str()[..10]
    }

    /// The time of the run in seconds since 1970.
    pub(super) fn seconds(&self) -> i64 {
        chrono::DateTime::parse_from_rfc3339(self.now.as_str()).map_or(0, |now| now.timestamp())
    }
}

/// One repository of one source, and what the store holds of it.
#[derive(Clone)]
pub(super) struct Target {
    pub(super) source: i64,
    pub(super) located: Located,
    pub(super) stored: Option<ScanKey>,
}

impl Target {
    fn visit<'a>(&'a self, pass: &'a Pass) -> Visit<'a> {
        Visit { source: self.source, located: &self.located, at: &pass.now }
    }
}

/// Scans one repository.
pub(super) async fn scan_repository(pass: &Arc<Pass>, target: &Target) -> Result<Outcome, StoreError> {
    let output = read(pass, target).await;
    match output {
        ReadOutput::Unchanged => Ok(Outcome::Unchanged),
        ReadOutput::Stopped { status, finding } => {
            pass.store.save_failure(&target.visit(pass), status, &finding).await?;
            Ok(if status == RepositoryStatus::Empty { Outcome::Stored { n_errors: 0 } } else { Outcome::Failed })
        }
        ReadOutput::Read(read) => store(pass, target, *read).await,
    }
}

async fn read(pass: &Arc<Pass>, target: &Target) -> ReadOutput {
    let input = ReadInput {
        repository: target.located.name.clone(),
        git_dir: target.located.git_dir.clone(),
        limits: pass.limits.clone(),
        needles: pass.needles.clone(),
        unchanged_at: unchanged_at(target, &pass.rules),
    };
    let cache = StoredFacts { store: pass.store.clone(), handle: Handle::current() };
    let reading = tokio::task::spawn_blocking(move || read_mirror(&input, &cache));
    reading.await.unwrap_or_else(|panic| ReadOutput::Stopped {
        status: RepositoryStatus::Failed,
        finding: internal_error(&panic.to_string()),
    })
}

/// The stored commit, when it was judged by the same rules and the same scanner; otherwise the tip must be read again.
fn unchanged_at(target: &Target, rules: &Ruleset) -> Option<CommitId> {
    let key = target.stored.as_ref()?;
    (key.rules_hash == rules.hash && key.scanner_version == SCANNER_VERSION).then(|| key.commit.clone())
}

async fn store(pass: &Arc<Pass>, target: &Target, read: ReadFacts) -> Result<Outcome, StoreError> {
    pass.store.save_facts(&read.fresh).await?;
    let judging = Arc::clone(pass);
    let built = tokio::task::spawn_blocking(move || catalog::build(&read.facts, &judging.rules, judging.today())).await;
    let catalog = match built {
        Ok(catalog) => catalog,
        Err(panic) => {
            let (status, finding) = (RepositoryStatus::Failed, internal_error(&panic.to_string()));
            pass.store.save_failure(&target.visit(pass), status, &finding).await?;
            return Ok(Outcome::Failed);
        }
    };
    let key = ScanKey {
        commit: catalog.tip.commit.clone(),
        scanner_version: SCANNER_VERSION,
        rules_hash: pass.rules.hash.clone(),
    };
    pass.store.save_repository(&target.visit(pass), &catalog, &key).await?;
    let n_errors = catalog.findings.iter().filter(|finding| finding.severity == Severity::Error).count();
    Ok(Outcome::Stored { n_errors: n_errors as u64 })
}

fn internal_error(what: &str) -> Finding {
    Finding {
        rule: "scan-internal-error".into(),
        severity: Severity::Error,
        path: None,
        line: None,
        column: None,
        message: format!(
            "Reading stopped on a fault of Waymark's own: {what}. Please report it; the last good state stands."
        ),
    }
}

/// The store as the cache of parsed blobs, asked from a blocking thread.
pub(super) struct StoredFacts {
    pub(super) store: Store,
    pub(super) handle: Handle,
}

impl FactCache for StoredFacts {
    fn load(&self, keys: &[BlobKey]) -> HashMap<BlobKey, FileFacts> {
        // A cache that cannot answer costs time, not truth: everything is parsed again.
        self.handle.block_on(self.store.load_facts(keys)).unwrap_or_else(|error| {
            tracing::warn!(%error, "parse cache not readable");
            HashMap::new()
        })
    }
}
