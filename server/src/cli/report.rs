//! `waymark report`: prints the shadow report of a data folder, freezes it, lists frozen ones and compares two.
//! It must not scan, nor write a report before every argument is known to be good.

mod print;

use super::{Ended, Failure, Format, Shared, config::File, serve::open, usage};
use crate::{
    metrics::report::{Form, compare, compare_markdown},
    store::{Store, summary_of},
};
use anyhow::{Context, anyhow};
use clap::{Args, Subcommand};
use shared::{
    Timestamp,
    api::{ReportComparison, ReportQuery, ReportSummary, ShadowReport},
};
use std::{io::IsTerminal, path::PathBuf};

/// What the report of now is called beside ids.
const LIVE: &str = "live";

#[derive(Args)]
pub(super) struct ReportArgs {
    #[command(subcommand)]
    command: ReportCommand,
}

#[derive(Subcommand)]
enum ReportCommand {
    /// Print the shadow report as of the last scan, or a frozen one.
    #[command(
        after_help = "Examples:\n  waymark report shadow --data ./catalog\n  waymark report shadow --format pdf --output shadow.pdf --freeze\n  waymark report shadow --id 2026-11-21-1a2b3c4d --format html > shadow.html"
    )]
    Shadow(ShadowArgs),
    /// List the frozen reports, newest first.
    #[command(after_help = "Example:\n  waymark report list --data ./catalog")]
    List(ListArgs),
    /// Say what changed from one report to another; `live` is the one of now.
    #[command(after_help = "Example:\n  waymark report compare 2026-08-21-9f8e7d6c live")]
    Compare(CompareArgs),
}

#[derive(Args)]
struct ShadowArgs {
    #[command(flatten)]
    shared: Shared,
    /// html, md, csv, json or pdf; as the output file ends, else md on a terminal and json elsewhere.
    #[arg(long, value_name = "FORMAT")]
    format: Option<Form>,
    /// The file to write; standard output unless told.
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Freeze it first, so that its figures and its address stay.
    #[arg(long, conflicts_with = "id")]
    freeze: bool,
    /// A frozen report by its id.
    #[arg(long, value_name = "ID")]
    id: Option<String>,
}

#[derive(Args)]
struct ListArgs {
    #[command(flatten)]
    shared: Shared,
    /// How to print them: a table on a terminal, JSON elsewhere, unless told.
    #[arg(long, value_enum)]
    format: Option<Format>,
}

#[derive(Args)]
struct CompareArgs {
    #[command(flatten)]
    shared: Shared,
    /// The earlier one's id.
    #[arg(value_name = "FROM")]
    from: String,
    /// The later one's id.
    #[arg(value_name = "TO")]
    to: String,
    /// md or json: md on a terminal, json elsewhere, unless told.
    #[arg(long, value_name = "FORMAT")]
    format: Option<Form>,
}

pub(super) async fn run(args: ReportArgs, file: &File) -> Result<Ended, Failure> {
    match args.command {
        ReportCommand::Shadow(args) => shadow(args, file).await,
        ReportCommand::List(args) => list(args, file).await,
        ReportCommand::Compare(args) => compare_two(args, file).await,
    }
}

async fn shadow(args: ShadowArgs, file: &File) -> Result<Ended, Failure> {
    let settings = file.settings(&args.shared).map_err(usage)?;
    let terminal = std::io::stdout().is_terminal();
    let form = print::form(args.format, args.output.as_deref(), terminal).map_err(usage)?;
    let (store, _lock) = open(&settings).await?;
    let report = match (&args.id, args.freeze) {
        (Some(id), _) => named(&store, id).await?,
        (None, true) => store.freeze_shadow_report(&now()).await.context("freezing the report")?,
        (None, false) => named(&store, LIVE).await?,
    };
    if let Some(id) = report.id.as_ref().filter(|_| args.freeze) {
        eprintln!("waymark: frozen as {id}");
    }
    print::write(&form.write(&report), args.output.as_deref())?;
    Ok(Ended::Well)
}

async fn list(args: ListArgs, file: &File) -> Result<Ended, Failure> {
    let settings = file.settings(&args.shared).map_err(usage)?;
    let (store, _lock) = open(&settings).await?;
    let mut query = ReportQuery { limit: Some(200), ..ReportQuery::default() };
    let mut items: Vec<ReportSummary> = Vec::new();
    loop {
        let page = store.list_reports(&query).await.context("listing reports")?;
        items.extend(page.items);
        if page.next.is_none() {
            break;
        }
        query.cursor = page.next;
    }
    let terminal = std::io::stdout().is_terminal();
    match args.format.unwrap_or(if terminal { Format::Table } else { Format::Json }) {
        Format::Json => println!("{}", serde_json::to_string(&items).context("writing JSON")?),
        Format::Table => print!("{}", print::table(&items)),
    }
    Ok(Ended::Well)
}

async fn compare_two(args: CompareArgs, file: &File) -> Result<Ended, Failure> {
    let settings = file.settings(&args.shared).map_err(usage)?;
    let terminal = std::io::stdout().is_terminal();
    let form = print::form(args.format, None, terminal).map_err(usage)?;
    if !matches!(form, Form::Markdown | Form::Json) {
        return Err(usage(anyhow!("a comparison is printed as md or json, not as {}", form.name())));
    }
    let (store, _lock) = open(&settings).await?;
    let (from, to) = (named(&store, &args.from).await?, named(&store, &args.to).await?);
    let changes = compare(&from.body, &to.body);
    let comparison = ReportComparison { from: summary_of(&from), to: summary_of(&to), changes };
    match form {
        Form::Json => println!("{}", serde_json::to_string(&comparison).context("writing JSON")?),
        _ => print!("{}", compare_markdown(&comparison)),
    }
    Ok(Ended::Well)
}

/// A frozen report by its id, or the live one.
async fn named(store: &Store, id: &str) -> Result<ShadowReport, Failure> {
    if id == LIVE {
        return Ok(store.shadow_report(&now()).await.context("composing the report")?);
    }
    let found = store.find_report(id).await.context("reading the report")?;
    found.ok_or_else(|| usage(anyhow!("there is no report \"{id}\"; waymark report list shows those there are")))
}

fn now() -> Timestamp {
    let text = chrono::Utc::now().format("%Y-%m-%dT%H:%M:%SZ").to_string();
    Timestamp::new(text).expect("chrono writes RFC 3339 in UTC")
}
