//! `waymark scan`: scans the sources and prints what the catalog holds afterwards.
//! It must write nothing before every argument is known to be good.
use super::{Ended, Failure, Format, ScanArgs, bar::Bar, config::File, serve::open, usage};
use crate::jobs::Jobs;
use anyhow::{Context, anyhow};
use shared::{
    Severity,
    api::{FindingQuery, ScanCounts, ScanItem},
};
use std::{io::IsTerminal, sync::Arc};

pub(super) async fn run(args: ScanArgs, file: &File) -> Result<Ended, Failure> {
    let sources = file.sources(&args.sources).map_err(usage)?;
    let settings = file.settings(&args.shared).map_err(usage)?;
    let (store, _lock) = open(&settings).await?;
    if sources.is_empty() && store.list_sources().await.context("reading the sources")?.is_empty() {
        return Err(usage(anyhow!("nothing to scan; name folders or git URLs, e.g. waymark scan ~/src")));
    }
    let jobs = Jobs::new(store.clone(), settings.scan);
    let scan = jobs.run(&sources, Arc::new(Bar::new())).await?;
    let mut counts = store.load_scan_counts().await.context("counting")?;
    counts.duration_ms = scan.duration_ms.unwrap_or_default();
    for source in store.list_sources().await.context("reading the sources")? {
        if let Some(message) = source.message {
            eprintln!("waymark: {}: {message}", source.location);
        }
    }
    let terminal = std::io::stdout().is_terminal();
    match args.format.unwrap_or(if terminal { Format::Table } else { Format::Json }) {
        Format::Json => println!("{}", serde_json::to_string(&counts).context("writing JSON")?),
        Format::Table => print!("{}", table(&counts, &scan)),
    }
    let Some(fail_on) = args.fail_on else { return Ok(Ended::Well) };
    let severity = Severity::ALL.iter().filter(|s| **s <= fail_on).map(ToString::to_string).collect();
    let query = FindingQuery { severity, limit: Some(1), ..FindingQuery::default() };
    let found = store.list_findings(&query).await.context("counting findings")?.total;
    Ok(if found > 0 { Ended::WithFindings } else { Ended::Well })
}

fn table(counts: &ScanCounts, scan: &ScanItem) -> String {
    let rows = [
        ("repositories", counts.repositories),
        ("  unchanged", scan.unchanged),
        ("  failed", scan.failed),
        ("entities", counts.entities),
        ("components", counts.components),
        ("capabilities", counts.capabilities),
        ("usages", counts.usages),
        ("findings", counts.findings),
    ];
    let lines = rows.iter().map(|(name, n)| format!("{name:<16}{n:>8}\n"));
    lines.chain([format!("{:<16}{:>6.1} s\n", "took", counts.duration_ms as f64 / 1000.0)]).collect()
}
