//! What every handler may use: the store, the running scans, and the facts of this process.
//! It must not hold anything that belongs to one request.
use super::metrics::Registry;
use crate::store::Store;
use futures::future::BoxFuture;
use shared::api::{ScanEvent, ScanItem};
use std::{
    sync::Arc,
    time::{SystemTime, UNIX_EPOCH},
};
use tokio::sync::broadcast;

/// Starts scan runs. The jobs room is the one that does; the API only asks.
pub trait ScanStarter: Send + Sync {
    /// Adds `sources` (folders or URLs), then starts a run over every source, and answers at once with the queued or
    /// running scan. Empty `sources` scans what is known already.
    fn start(&self, sources: Vec<String>) -> BoxFuture<'_, Result<ScanItem, StartError>>;
}

/// Why no scan was started.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// Another run is under way; its id is where to look.
    #[error("scan {0} is still running; wait for it to end, then start the next")]
    Running(i64),
    /// A source is neither a folder of this machine nor a URL that can be mirrored.
    #[error("\"{source_text}\" cannot be scanned: {reason}")]
    BadSource {
        /// The source as given.
        source_text: String,
        /// What is wrong with it and what to do.
        reason: String,
    },
    /// This process serves only, or is shutting down.
    #[error("scans cannot be started here: {0}")]
    Unavailable(String),
    /// Anything the caller cannot mend.
    #[error("the scan could not be started")]
    Internal(#[source] anyhow::Error),
}

/// Shared by every request; cheap to clone.
#[derive(Clone)]
pub struct ApiState {
    pub store: Store,
    /// Where running scans report; `/scans/{id}/events` listens.
    pub events: broadcast::Sender<ScanEvent>,
    pub scans: Arc<dyn ScanStarter>,
    /// Whether this is the demo estate.
    pub demo: bool,
    /// `Host` names that are answered; empty answers all. Loopback servers name loopback only, so that a page of
    /// another site cannot reach them through a name it controls (DNS rebinding).
    pub hosts: Arc<[String]>,
    pub(crate) metrics: Arc<Registry>,
    /// Distinguishes the ETags of this process from those of another database once served on the same port.
    pub(super) salt: u128,
}

impl ApiState {
    /// The state of a server that answers loopback names only and serves no demo.
    pub fn new(store: Store, events: broadcast::Sender<ScanEvent>, scans: Arc<dyn ScanStarter>) -> Self {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        let loopback = ["localhost", "127.0.0.1", "[::1]"].map(str::to_owned);
        let salt = since.as_nanos();
        Self { store, events, scans, demo: false, hosts: loopback.into(), metrics: Arc::default(), salt }
    }

    /// Says that the catalog is the demo estate.
    #[must_use]
    pub fn demo(mut self, demo: bool) -> Self {
        self.demo = demo;
        self
    }

    /// Names the hosts that are answered, without port; an empty list answers all.
    #[must_use]
    pub fn answering(mut self, hosts: impl IntoIterator<Item = String>) -> Self {
        self.hosts = hosts.into_iter().collect();
        self
    }
}
