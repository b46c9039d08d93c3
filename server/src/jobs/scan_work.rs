//! The work on one repository, and the code at its tip: is there news, read it, store it.
//! It must not stop the run: whatever goes wrong leaves what was stored before as it was.
use super::{
    read_code::{CodeInput, CodeOutput, PrintCache, read_code},
    read_work::{WorkInput, WorkOutput, read_work},
    scan_repository::{Pass, Target},
};
use crate::{
    facts::work::{self, WorkLog},
    store::{Store, StoreError, WorkKey},
};
use shared::{BlobId, CommitId};
use std::collections::HashMap;
use tokio::runtime::Handle;

/// Whether work and code of a repository are stored as they would be read today.
pub(super) fn is_work_current(target: &Target, work: Option<&WorkKey>, code: Option<&WorkKey>) -> bool {
    // Only a repository that was read well has a tip to read from.
    let Some(scanned) = &target.stored else { return true };
    is_current(work, &scanned.commit, work::READING) && is_current(code, &scanned.commit, &CodeOutput::reading())
}

fn is_current(held: Option<&WorkKey>, tip: &CommitId, reading: &str) -> bool {
    held.is_some_and(|key| key.tip == *tip && key.reading == reading)
}

/// Reads and stores what is new of the work on a repository.
pub(super) async fn scan_work(pass: &Pass, target: &Target, held: Option<&WorkKey>) -> Result<(), StoreError> {
    let Some(scanned) = &target.stored else { return Ok(()) };
    let reading = work::READING;
    if is_current(held, &scanned.commit, reading) {
        return Ok(());
    }
    let name = &target.located.name;
    let stored = pass.store.load_work(name).await?.and_then(|bytes| WorkLog::from_bytes(&bytes).ok());
    let input = WorkInput {
        git_dir: target.located.git_dir.clone(),
        limits: pass.limits.clone(),
        tip: scanned.commit.clone(),
        now: pass.seconds(),
    };
    let output = tokio::task::spawn_blocking(move || read_work(&input, stored)).await;
    let log = match output {
        Ok(WorkOutput::Unchanged(log)) => *log,
        Ok(WorkOutput::Read { log, .. }) => *log,
        Ok(WorkOutput::Stopped(finding)) => {
            tracing::warn!(repository = %name, message = finding.message, "the work could not be read");
            return Ok(());
        }
        Err(panic) => {
            tracing::error!(repository = %name, %panic, "the work could not be read");
            return Ok(());
        }
    };
    let key = WorkKey { tip: log.tip.clone(), reading: log.reading.clone() };
    pass.store.save_work(name, &key, &log.to_bytes(), &log.findings).await?;
    Ok(())
}

/// Reads and stores the fingerprints of the code at a repository's tip.
pub(super) async fn scan_code(pass: &Pass, target: &Target, held: Option<&WorkKey>) -> Result<(), StoreError> {
    let Some(scanned) = &target.stored else { return Ok(()) };
    let reading = CodeOutput::reading();
    if is_current(held, &scanned.commit, &reading) {
        return Ok(());
    }
    let name = &target.located.name;
    let input = CodeInput { git_dir: target.located.git_dir.clone(), limits: pass.limits.clone() };
    let cache = StoredPrints { store: pass.store.clone(), handle: Handle::current() };
    let output = tokio::task::spawn_blocking(move || {
        let output = read_code(&input, &cache)?;
        cache.save(&output)?;
        anyhow::Ok(output)
    });
    let read = output.await.map_err(anyhow::Error::from).and_then(|read| read);
    match read {
        // The branch has moved on since its tip was scanned: the next run reads both.
        Ok(output) if output.tip != scanned.commit => Ok(()),
        Ok(output) => {
            let listing = serde_json::to_vec(&output.listing).expect("a listing has text keys only");
            let key = WorkKey { tip: output.tip, reading };
            pass.store.save_code(name, &key, &listing).await?;
            Ok(())
        }
        Err(error) => {
            tracing::warn!(repository = %name, %error, "the code could not be read");
            Ok(())
        }
    }
}

/// The store as the cache of fingerprints, asked from a blocking thread.
struct StoredPrints {
    store: Store,
    handle: Handle,
}

impl PrintCache for StoredPrints {
    fn known(&self, keys: &[(BlobId, String)]) -> HashMap<(BlobId, String), Vec<u8>> {
        // A cache that cannot answer costs time, not truth: everything is read again.
        let loaded = self.handle.block_on(self.store.load_prints(keys, crate::facts::prints::VERSION));
        loaded.unwrap_or_else(|error| {
            tracing::warn!(%error, "fingerprints not readable");
            HashMap::new()
        })
    }
}

impl StoredPrints {
    fn save(&self, output: &CodeOutput) -> anyhow::Result<()> {
        Ok(self.handle.block_on(self.store.save_prints(crate::facts::prints::VERSION, &output.fresh))?)
    }
}
