//! Accepts connections under the limits of RELIABILITY section 6, until told to stop; then lets requests finish.
//! It must not know what is served.
use axum::Router;
use hyper::server::conn::http1;
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    service::TowerToHyperService,
};
use std::{io, pin::pin, sync::Arc, time::Duration};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::Semaphore,
    task::JoinSet,
};
use tokio_util::sync::CancellationToken;

/// For the head of a request, and for the next request on an idle connection.
const HEAD_TIMEOUT: Duration = Duration::from_secs(10);
const MAX_HEAD: usize = 32 << 10;
const MAX_CONNECTIONS: usize = 1024;
/// For requests under way when the server is told to stop.
const DRAIN: Duration = Duration::from_secs(25);

/// Serves `router` on `listener` until `shutdown` ends, then finishes what is under way for at most 25 s.
///
/// # Errors
/// When the listener fails for good.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    serve_patiently(listener, router, shutdown, HEAD_TIMEOUT).await
}

/// As [`serve`], with another patience for heads.
pub(super) async fn serve_patiently(
    listener: TcpListener,
    router: Router,
    shutdown: impl Future<Output = ()> + Send + 'static,
    patience: Duration,
) -> io::Result<()> {
    let stopping = CancellationToken::new();
    let places = Arc::new(Semaphore::new(MAX_CONNECTIONS));
    let mut connections = JoinSet::new();
    let mut shutdown = pin!(shutdown);
    loop {
        while connections.try_join_next().is_some() {}
        let place = tokio::select! {
            place = places.clone().acquire_owned() => place.map_err(io::Error::other)?,
            () = &mut shutdown => break,
        };
        let stream = tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => stream,
                Err(error) => {
                    pause(&error).await;
                    continue;
                }
            },
            () = &mut shutdown => break,
        };
        let (router, stopping) = (router.clone(), stopping.clone());
        connections.spawn(async move {
            answer(stream, router, stopping, patience).await;
            drop(place);
        });
    }
    drop(listener);
    stopping.cancel();
    let drained = async { while connections.join_next().await.is_some() {} };
    if tokio::time::timeout(DRAIN, drained).await.is_err() {
        tracing::warn!("requests still under way after {} s were cut off", DRAIN.as_secs());
    }
    Ok(())
}

/// A connection that failed before it was ours is nobody's loss; without file handles, waiting is all that helps.
async fn pause(error: &io::Error) {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    if !matches!(error.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset) {
        tracing::error!(%error, "a connection could not be accepted");
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
}

async fn answer(stream: TcpStream, router: Router, stopping: CancellationToken, patience: Duration) {
    let mut builder = http1::Builder::new();
    builder.timer(TokioTimer::new()).header_read_timeout(patience).max_buf_size(MAX_HEAD);
    let served = builder.serve_connection(TokioIo::new(stream), TowerToHyperService::new(router));
    let mut served = pin!(served);
    let ended = tokio::select! {
        ended = served.as_mut() => ended,
        () = stopping.cancelled() => {
            served.as_mut().graceful_shutdown();
            served.await
        }
    };
    if let Err(error) = ended {
        tracing::debug!(%error, "a connection ended early");
    }
}
