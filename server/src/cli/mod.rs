//! The command line: what `waymark` can be asked, and the exit code each outcome has.
//! It must not do the work; it reads settings, opens the store and calls jobs and web.

mod bar;
mod config;
mod demo;
mod report;
mod rules;
mod scan;
mod serve;

use clap::{Args, Parser, Subcommand, ValueEnum};
use std::{path::PathBuf, process::ExitCode};

/// How a command ended, as the exit code tells it (DESIGN section 9).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ended {
    Well,
    /// Findings at or above `--fail-on`.
    WithFindings,
}

/// A command that did not do its work.
#[derive(Debug)]
enum Failure {
    /// The person can put it right by asking differently: exit 2.
    Usage(anyhow::Error),
    /// Something did not work: exit 1.
    Failed(anyhow::Error),
}

impl From<anyhow::Error> for Failure {
    fn from(error: anyhow::Error) -> Self {
        Self::Failed(error)
    }
}

fn usage(error: impl Into<anyhow::Error>) -> Failure {
    Failure::Usage(error.into())
}

#[derive(Parser)]
#[command(
    name = "waymark",
    version,
    about = "An internal developer platform catalog that reads git",
    after_help = "Examples:\n  waymark demo\n  waymark serve --scan ~/src\n  waymark scan ~/src --data ./catalog --format json"
)]
struct Waymark {
    #[command(subcommand)]
    command: Command,
    /// The configuration file; `waymark.toml` in this folder when there is one.
    #[arg(long, global = true, env = "WAYMARK_CONFIG", value_name = "FILE")]
    config: Option<PathBuf>,
}

#[derive(Subcommand)]
enum Command {
    /// Scan the repositories found under folders, or at git URLs, and print what the catalog now holds.
    #[command(
        after_help = "Example:\n  waymark scan ~/src https://git.example/acme/pay --data ./catalog --format json"
    )]
    Scan(ScanArgs),
    /// Serve the catalog in the browser and over HTTP.
    #[command(after_help = "Example:\n  waymark serve --data ./catalog --listen 127.0.0.1:7007 --scan ~/src")]
    Serve(ServeArgs),
    /// Build an invented organisation of about 40 git repositories, scan it and serve it.
    #[command(after_help = "Example:\n  waymark demo --listen 127.0.0.1:7007")]
    Demo(DemoArgs),
    /// Print, freeze, list and compare shadow reports.
    Report(report::ReportArgs),
    /// Try, explain and list the rules that recognise what teams use.
    Rules(rules::RulesArgs),
}

/// Settings that scanning and serving share. Each is also a key of the configuration file.
#[derive(Args, Clone, Default)]
struct Shared {
    /// The data folder: database, mirrors and cache. [config: server.data]
    #[arg(long, env = "WAYMARK_SERVER_DATA", value_name = "DIR")]
    data: Option<PathBuf>,
    /// The database, when it is not SQLite in the data folder: postgres://… [config: server.database]
    #[arg(long, env = "WAYMARK_SERVER_DATABASE", value_name = "URL", hide_env_values = true)]
    database: Option<String>,
    /// Files with Capability documents, before those that repositories hold. [config: scan.capabilities]
    #[arg(long, env = "WAYMARK_SCAN_CAPABILITIES", value_name = "FILE", value_delimiter = ',')]
    capabilities: Vec<PathBuf>,
    /// Repositories read at the same time; twice the processors unless told. [config: scan.workers]
    #[arg(long, env = "WAYMARK_SCAN_WORKERS", value_name = "N")]
    workers: Option<usize>,
    /// Whether to read the past of each repository too; true unless told. [config: scan.history]
    #[arg(long, env = "WAYMARK_SCAN_HISTORY", value_name = "BOOL")]
    history: Option<bool>,
    /// What a day of work costs: scans then give homegrown platforms a cost. [config: report.day_rate]
    #[arg(long, env = "WAYMARK_REPORT_DAY_RATE", value_name = "AMOUNT")]
    day_rate: Option<f64>,
    /// The currency of the day rate; EUR unless told. [config: report.currency]
    #[arg(long, env = "WAYMARK_REPORT_CURRENCY", value_name = "ISO_4217")]
    currency: Option<String>,
    /// A file that says which authors belong to which team. [config: ownership.team_map]
    #[arg(long, env = "WAYMARK_OWNERSHIP_TEAM_MAP", value_name = "FILE")]
    team_map: Option<PathBuf>,
}

#[derive(Args)]
struct ScanArgs {
    /// Folders with git repositories at any depth, or git URLs; the configured sources when none is given.
    #[arg(value_name = "PATH_OR_URL")]
    sources: Vec<String>,
    #[command(flatten)]
    shared: Shared,
    /// How to print the counts: a table on a terminal, JSON elsewhere, unless told.
    #[arg(long, value_enum)]
    format: Option<Format>,
    /// Exit with 3 when there are findings of this severity or worse.
    #[arg(long, value_name = "SEVERITY")]
    fail_on: Option<shared::Severity>,
}

#[derive(Args)]
struct ServeArgs {
    #[command(flatten)]
    shared: Shared,
    /// The address to listen on. [config: server.listen]
    #[arg(long, env = "WAYMARK_SERVER_LISTEN", value_name = "ADDR")]
    listen: Option<String>,
    /// Folders or git URLs to scan at start. [config: scan.sources]
    #[arg(long, env = "WAYMARK_SCAN_SOURCES", value_name = "PATH_OR_URL", num_args = 1.., value_delimiter = ',')]
    scan: Vec<String>,
}

#[derive(Args)]
struct DemoArgs {
    #[command(flatten)]
    shared: Shared,
    /// The address to listen on.
    #[arg(long, env = "WAYMARK_SERVER_LISTEN", value_name = "ADDR")]
    listen: Option<String>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Table,
    Json,
}

/// Reads the arguments of the process, does what they ask, and gives the exit code.
pub fn main() -> ExitCode {
    let asked = Waymark::parse();
    tracing_subscriber::fmt()
        .with_env_filter(tracing_subscriber::EnvFilter::try_from_default_env().unwrap_or_else(|_| "warn".into()))
        .with_writer(std::io::stderr)
        .init();
    crate::scan::install_tls();
    let runtime = match tokio::runtime::Runtime::new() {
        Ok(runtime) => runtime,
        Err(error) => return exit_code(Err(Failure::Failed(error.into()))),
    };
    exit_code(runtime.block_on(run(asked)))
}

async fn run(asked: Waymark) -> Result<Ended, Failure> {
    let file = config::File::read(asked.config.as_deref()).map_err(usage)?;
    match asked.command {
        Command::Scan(args) => scan::run(args, &file).await,
        Command::Serve(args) => serve::run(args, &file).await,
        Command::Demo(args) => demo::run(args, &file).await,
        Command::Report(args) => report::run(args, &file).await,
        Command::Rules(args) => rules::run(args, &file).await,
    }
}

fn exit_code(outcome: Result<Ended, Failure>) -> ExitCode {
    match outcome {
        Ok(Ended::Well) => ExitCode::SUCCESS,
        Ok(Ended::WithFindings) => ExitCode::from(3),
        Err(Failure::Usage(error)) => {
            eprintln!("waymark: {error:#}");
            ExitCode::from(2)
        }
        Err(Failure::Failed(error)) => {
            eprintln!("waymark: {error:#}");
            ExitCode::FAILURE
        }
    }
}
