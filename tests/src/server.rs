//! A whole server in this process on a database of its own: the one file of the harness that touches the server crate.
//! It must not reach around the doors: it opens, scans and serves as the command line does.
use crate::{Client, Engine, Folder, Reply};
use futures::{FutureExt, future::BoxFuture};
use server::{
    api::{ApiState, ScanStarter, StartError},
    jobs::{Jobs, Observer, ScanSettings, Silent, Source},
    scan::Limits,
    store::Store,
    web,
};
use shared::api::{ScanEvent, ScanItem};
use std::{path::Path, sync::Arc};
use tempfile::TempDir;
use tokio::{net::TcpListener, sync::broadcast};

/// A server without a socket until [`TestServer::listen`] is called.
pub struct TestServer {
    jobs: Jobs,
    client: Client,
    router: axum::Router,
    _data: TempDir,
}

impl TestServer {
    /// An empty catalog.
    ///
    /// # Panics
    /// When the database cannot be opened.
    pub async fn start(engine: Engine) -> Self {
        Self::with_capabilities(engine, Vec::new()).await
    }

    /// An empty catalog that knows capability files: name and text of each.
    ///
    /// # Panics
    /// When the database cannot be opened.
    pub async fn with_capabilities(engine: Engine, capabilities: Vec<(String, String)>) -> Self {
        let data = TempDir::new().expect("the temporary folder can be written");
        let store = Store::open(&engine.fresh_database(data.path()).await).await.expect("a fresh database opens");
        let settings = ScanSettings {
            data: data.path().to_path_buf(),
            capabilities,
            workers: 2,
            history: true,
            team_map: None,
            rate: None,
            limits: Limits::default(),
        };
        let jobs = Jobs::new(store.clone(), settings);
        let (events, _) = broadcast::channel(256);
        let starter = Arc::new(Starter { jobs: jobs.clone(), events: events.clone() });
        let router = web::router(ApiState::new(store, events, starter));
        Self { jobs, client: Client::new(router.clone()), router, _data: data }
    }

    /// A catalog of what is in a folder, scanned through the normal path.
    pub async fn with(engine: Engine, folder: &Folder) -> Self {
        let server = Self::start(engine).await;
        server.scan(folder.path()).await;
        server
    }

    /// Scans a folder, and whatever was scanned before, and waits for the end.
    ///
    /// # Panics
    /// When the run as a whole fails.
    pub async fn scan(&self, folder: &Path) -> ScanItem {
        let source = Source::parse(&folder.to_string_lossy()).expect("the folder exists");
        self.jobs.run(&[source], Arc::new(Silent)).await.expect("the store takes the scan")
    }

    /// Calls the server in this process.
    #[must_use]
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// `GET` of a path that must succeed.
    pub async fn get(&self, path: &str) -> Reply {
        self.client.get(path).await.ok()
    }

    /// The `items` of a list, over all its pages.
    ///
    /// # Panics
    /// When the answer is no list, or its pages do not end.
    pub async fn items(&self, path: &str) -> Vec<serde_json::Value> {
        let mut items = Vec::new();
        let mut next = path.to_owned();
        for _ in 0..1000 {
            let page = self.get(&next).await.json();
            items.extend(page["items"].as_array().expect("a list has items").iter().cloned());
            let Some(cursor) = page["next"].as_str() else { return items };
            let joint = if path.contains('?') { '&' } else { '?' };
            next = format!("{path}{joint}cursor={cursor}");
        }
        panic!("{path} never ends");
    }

    /// Serves on a free port of loopback as long as the test runs; gives `http://127.0.0.1:PORT`.
    ///
    /// # Panics
    /// When there is no free port.
    pub async fn listen(&self) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("loopback has a free port");
        let address = listener.local_addr().expect("a bound socket has an address");
        tokio::spawn(web::serve(listener, self.router.clone(), std::future::pending()));
        format!("http://{address}")
    }
}

/// Starts the scans that a page asks for, as `waymark serve` does.
struct Starter {
    jobs: Jobs,
    events: broadcast::Sender<ScanEvent>,
}

struct Told(broadcast::Sender<ScanEvent>);

impl Observer for Told {
    fn see(&self, event: &ScanEvent) {
        // Nobody listening is no fault.
        let _ = self.0.send(event.clone());
    }
}

impl ScanStarter for Starter {
    fn start(&self, sources: Vec<String>) -> BoxFuture<'_, Result<ScanItem, StartError>> {
        async move {
            if let Some(id) = self.jobs.running() {
                return Err(StartError::Running(id));
            }
            let parse = |text: String| {
                let source = Source::parse(&text);
                source.map_err(|error| StartError::BadSource { source_text: text, reason: error.to_string() })
            };
            let sources = sources.into_iter().map(parse).collect::<Result<Vec<_>, _>>()?;
            let told = Arc::new(Told(self.events.clone()));
            self.jobs.start(&sources, told).await.map_err(StartError::Internal)
        }
        .boxed()
    }
}
