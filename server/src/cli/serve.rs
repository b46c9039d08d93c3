//! `waymark serve`: opens the data folder, listens, and scans in the background when sources are named.
//! It must not listen before the settings are known to be good.
use super::{
    Ended, Failure, ServeArgs,
    bar::Bar,
    config::{File, Settings},
    usage,
};
use crate::{
    api::{ApiState, ScanStarter, StartError},
    jobs::{Jobs, Observer, Source},
    store::Store,
    web,
};
use anyhow::{Context, anyhow};
use futures::{FutureExt, future::BoxFuture};
use shared::api::{ScanEvent, ScanItem};
use std::{net::SocketAddr, path::Path, sync::Arc};
use tokio::{net::TcpListener, sync::broadcast};

pub(super) async fn run(args: ServeArgs, file: &File) -> Result<Ended, Failure> {
    let sources = file.sources(&args.scan).map_err(usage)?;
    let settings = file.settings(&args.shared).map_err(usage)?;
    let address = file.listen(args.listen).map_err(usage)?;
    let listener = listen(address).await?;
    let (store, _lock) = open(&settings).await?;
    store.fail_interrupted_scans().await.context("tidying up after the last run")?;
    serve(Serving { store, settings, listener, sources, demo: false }).await
}

/// Everything a server needs, opened.
pub(super) struct Serving {
    pub(super) store: Store,
    pub(super) settings: Settings,
    pub(super) listener: TcpListener,
    /// Scanned in the background at start.
    pub(super) sources: Vec<Source>,
    pub(super) demo: bool,
}

/// Serves until the process is told to stop.
pub(super) async fn serve(serving: Serving) -> Result<Ended, Failure> {
    let address = serving.listener.local_addr().context("the address listened on")?;
    let (events, _) = broadcast::channel(256);
    let jobs = Jobs::new(serving.store.clone(), serving.settings.scan);
    let starter = Arc::new(Starter { jobs, events: events.clone() });
    let state = ApiState::new(serving.store, events, Arc::clone(&starter) as Arc<dyn ScanStarter>).demo(serving.demo);
    println!("Waymark serves http://{address}/  (Ctrl+C stops it)");
    if !serving.sources.is_empty() {
        starter.jobs.start(&serving.sources, starter.observer()).await?;
    }
    web::serve(serving.listener, web::router(state), stop_signal()).await.context("serving")?;
    Ok(Ended::Well)
}

/// Starts the runs that the browser and the API ask for.
struct Starter {
    jobs: Jobs,
    events: broadcast::Sender<ScanEvent>,
}

impl Starter {
    fn observer(&self) -> Arc<dyn Observer> {
        Arc::new(Both { bar: Bar::new(), events: self.events.clone() })
    }
}

impl ScanStarter for Starter {
    fn start(&self, sources: Vec<String>) -> BoxFuture<'_, Result<ScanItem, StartError>> {
        async move {
            if let Some(id) = self.jobs.running() {
                return Err(StartError::Running(id));
            }
            let parse = |text: String| {
                Source::parse(&text)
                    .map_err(|error| StartError::BadSource { source_text: text, reason: error.to_string() })
            };
            let sources = sources.into_iter().map(parse).collect::<Result<Vec<_>, _>>()?;
            self.jobs.start(&sources, self.observer()).await.map_err(StartError::Internal)
        }
        .boxed()
    }
}

/// The terminal and the browser see the same events.
struct Both {
    bar: Bar,
    events: broadcast::Sender<ScanEvent>,
}

impl Observer for Both {
    fn see(&self, event: &ScanEvent) {
        self.bar.see(event);
        // Nobody listening is no fault.
        let _ = self.events.send(event.clone());
    }
}

pub(super) async fn listen(address: SocketAddr) -> Result<TcpListener, Failure> {
    TcpListener::bind(address).await.map_err(|error| {
        let advice = match error.kind() {
            std::io::ErrorKind::AddrInUse => {
                "the port is in use; stop the other program, or name another port with --listen"
            }
            _ => "name another address with --listen",
        };
        Failure::Failed(anyhow!("cannot listen on {address}: {error}; {advice}"))
    })
}

/// Opens the store of a data folder, held by this process alone until the lock is dropped.
pub(super) async fn open(settings: &Settings) -> Result<(Store, std::fs::File), Failure> {
    let data = &settings.data;
    std::fs::create_dir_all(data).map_err(|error| {
        usage(anyhow!("cannot use the data folder {}: {error}; name another with --data", data.display()))
    })?;
    let lock = lock(data)?;
    let store = match &settings.database {
        Some(url) => Store::open(url).await,
        None => Store::open_sqlite(&data.join("waymark.db")).await,
    };
    Ok((store.with_context(|| format!("opening the catalog in {}", data.display()))?, lock))
}

fn lock(data: &Path) -> Result<std::fs::File, Failure> {
    let path = data.join("waymark.lock");
    let file = std::fs::File::create(&path).map_err(|error| {
        usage(anyhow!("cannot write in the data folder {}: {error}; name another with --data", data.display()))
    })?;
    file.try_lock().map_err(|_| {
        Failure::Failed(anyhow!(
            "another waymark uses the data folder {}; stop it, or name another folder with --data",
            data.display()
        ))
    })?;
    Ok(file)
}

/// Ends with Ctrl+C, or SIGTERM where there is one.
async fn stop_signal() {
    let interrupt = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        let Ok(mut terminate) = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) else {
            let _ = interrupt.await;
            return;
        };
        tokio::select! { _ = interrupt => {}, _ = terminate.recv() => {} }
    }
    #[cfg(not(unix))]
    let _ = interrupt.await;
}
