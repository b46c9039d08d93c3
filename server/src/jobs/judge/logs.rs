//! Work logs one at a time: all of an organisation's together need not fit into memory.
//! It must not judge.
use crate::{facts::work::WorkLog, store::Store};
use shared::RepoName;
use tokio::runtime::Handle;

/// Loads from a blocking thread.
pub(super) struct Logs {
    store: Store,
    handle: Handle,
}

impl Logs {
    pub(super) fn new(store: &Store) -> Self {
        Self { store: store.clone(), handle: Handle::current() }
    }

    /// The work on a repository; `None` while it was not read.
    pub(super) fn of(&self, repository: &RepoName) -> Option<WorkLog> {
        let bytes = self.handle.block_on(self.store.load_work(repository));
        let bytes =
            bytes.inspect_err(|error| tracing::warn!(%repository, %error, "the work cannot be loaded")).ok()??;
        // The next scan reads a damaged log anew.
        let log = WorkLog::from_bytes(&bytes);
        log.inspect_err(|error| tracing::warn!(%repository, %error, "the work cannot be loaded")).ok()
    }
}
