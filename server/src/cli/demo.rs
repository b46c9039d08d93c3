//! `waymark demo`: builds the demo estate as real git repositories, scans it through the normal path, and serves it.
//! It must not write to the database itself.
use super::{
    DemoArgs, Ended, Failure,
    bar::Bar,
    config::File,
    serve::{Serving, listen, open, serve},
    usage,
};
use crate::{
    demo,
    jobs::{Jobs, Source},
    metrics::rate::Rate,
};
use anyhow::Context;
use std::sync::Arc;

/// What a day of work costs in the demo, unless told otherwise.
const DAY_RATE: f64 = 800.0;

pub(super) async fn run(args: DemoArgs, file: &File) -> Result<Ended, Failure> {
    let named = args.shared.data.is_some();
    let mut settings = file.settings(&args.shared).map_err(usage)?;
    if !named {
        // The demo never mixes with a real catalog.
        settings.data = settings.data.join("demo");
        settings.scan.data.clone_from(&settings.data);
    }
    // The invented organisation has an invented day rate, so that every figure can be seen.
    settings.scan.rate = settings.scan.rate.or_else(|| Rate::new(DAY_RATE, "EUR").ok());
    let address = file.listen(args.listen).map_err(usage)?;
    let listener = listen(address).await?;
    let (store, lock) = open(&settings).await?;
    store.fail_interrupted_scans().await.context("tidying up after the last run")?;
    let estate = settings.data.join("estate");
    eprintln!("Building the demo estate in {} …", estate.display());
    let folder = estate.clone();
    let built = tokio::task::spawn_blocking(move || demo::build_estate(&folder));
    let n = built.await.context("building the demo estate")?.context("building the demo estate")?;
    eprintln!("Scanning {n} repositories …");
    let source = Source::parse(&estate.display().to_string()).map_err(usage)?;
    Jobs::new(store.clone(), settings.scan.clone()).run(&[source], Arc::new(Bar::new())).await?;
    let ended = serve(Serving { store, settings, listener, sources: vec![], demo: true }).await;
    drop(lock);
    ended
}
