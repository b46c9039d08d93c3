//! How far a run has come: counts that many workers raise, and the events made of them.
//! It must not know who watches.
use shared::{
    RepoName, ScanStatus, Timestamp,
    api::{ScanEvent, ScanItem},
};
use std::{
    sync::{Mutex, PoisonError},
    time::Instant,
};

/// Somebody who wants to see a run go on: a bar on the terminal, the events of the browser.
pub trait Observer: Send + Sync {
    fn see(&self, event: &ScanEvent);
}

/// Nobody watches.
pub struct Silent;

impl Observer for Silent {
    fn see(&self, _: &ScanEvent) {}
}

/// What became of one repository.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outcome {
    Unchanged,
    Stored { n_errors: u64 },
    Failed,
}

/// The state of one run, shared by its workers.
pub(super) struct Progress {
    item: Mutex<ScanItem>,
    started: Instant,
}

impl Progress {
    pub(super) fn new(id: i64, started_at: Timestamp) -> Self {
        let item = ScanItem {
            id,
            status: ScanStatus::Running,
            started_at,
            finished_at: None,
            repositories: 0,
            done: 0,
            past: 0,
            unchanged: 0,
            failed: 0,
            errors: 0,
            duration_ms: None,
            message: None,
        };
        Self { item: Mutex::new(item), started: Instant::now() }
    }

    /// Changes the counts and gives the event that tells of it.
    pub(super) fn update(&self, current: Option<&RepoName>, change: impl FnOnce(&mut ScanItem)) -> ScanEvent {
        let mut item = self.item.lock().unwrap_or_else(PoisonError::into_inner);
        change(&mut item);
        ScanEvent {
            scan: item.id,
            status: item.status,
            done: item.done,
            past: item.past,
            repositories: item.repositories,
            failed: item.failed,
            errors: item.errors,
            current: current.cloned(),
            seconds_left: self.seconds_left(&item),
        }
    }

    pub(super) fn finish_one(&self, name: &RepoName, outcome: Outcome) -> ScanEvent {
        self.update(Some(name), |item| {
            item.done += 1;
            match outcome {
                Outcome::Unchanged => item.unchanged += 1,
                Outcome::Stored { n_errors } => item.errors += n_errors,
                Outcome::Failed => {
                    item.failed += 1;
                    item.errors += 1;
                }
            }
        })
    }

    /// Counts one repository whose history is known up to its tip.
    pub(super) fn finish_past(&self, name: &RepoName) -> ScanEvent {
        self.update(Some(name), |item| item.past += 1)
    }

    pub(super) fn item(&self) -> ScanItem {
        self.item.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(super) fn elapsed_ms(&self) -> u64 {
        u64::try_from(self.started.elapsed().as_millis()).unwrap_or(u64::MAX)
    }

    /// Rate so far carried on, tips and histories alike; nothing before the first repository is done.
    fn seconds_left(&self, item: &ScanItem) -> Option<u64> {
        let done = item.done + item.past;
        let left = (2 * item.repositories).checked_sub(done)?;
        if done == 0 || item.status != ScanStatus::Running {
            return None;
        }
        Some(self.started.elapsed().as_secs() * left / done)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_add_up() {
        let progress = Progress::new(7, Timestamp::new("2026-11-21T10:00:00Z").unwrap());
        progress.update(None, |item| item.repositories = 3);
        let name = RepoName::new("acme/pay").unwrap();
        progress.finish_one(&name, Outcome::Stored { n_errors: 2 });
        progress.finish_one(&name, Outcome::Unchanged);
        let event = progress.finish_one(&name, Outcome::Failed);
        assert_eq!((event.done, event.failed, event.errors, event.scan), (3, 1, 3, 7));
        assert_eq!(event.seconds_left, Some(0));
        assert_eq!(progress.item().unchanged, 1);
    }
}
