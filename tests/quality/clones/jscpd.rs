//! jscpd, installed at a pinned version and run over the same files.
//! It must not judge what it reports. That it cannot be had is no error: the rest is measured without it.
use crate::clock::{Clock, Took};
use anyhow::{Context, Result, ensure};
use serde::Deserialize;
use std::{fs, path::Path, process::Command};
use tests::quality::clones::{
    places::{File, Lines},
    reports::Fragment,
};

pub(crate) const VERSION: &str = "5.3.3";

/// Its names for the languages of the listed repositories that Waymark reads too.
const LANGUAGES: &str = "go,python,java,typescript,javascript,tsx,jsx,cpp,c,c-header,php,bash,groovy,swift,protobuf,kotlin,sql,\
                         ruby,rust,csharp,vue,svelte,elixir,dart";

/// What it reports, and what that took.
pub(crate) struct Reported {
    pub fragments: Vec<Fragment>,
    pub took: Took,
}

#[derive(Deserialize)]
struct Report {
    duplicates: Vec<Duplicate>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Duplicate {
    first_file: Stretch,
    second_file: Stretch,
}

#[derive(Deserialize)]
struct Stretch {
    name: String,
    start: u32,
    end: u32,
}

/// Installs it below `target`.
///
/// # Errors
/// When npm is absent or cannot install it.
pub(crate) fn install(target: &Path) -> Result<()> {
    fs::create_dir_all(target)?;
    let package = format!("jscpd@{VERSION}");
    let flags = ["install", "--silent", "--ignore-scripts", "--no-audit", "--no-fund", "--prefix"];
    finish(Command::new("npm").args(flags).arg(target).arg(package)).context("npm cannot install it")
}

fn finish(command: &mut Command) -> Result<()> {
    let output = command.output()?;
    ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr).trim());
    Ok(())
}

/// Compares the folders below `checkouts` with one another, not with themselves; comments are skipped.
pub(crate) fn run(installed: &Path, checkouts: &Path, target: &Path) -> Result<Reported> {
    let mut folders = fs::read_dir(checkouts)?.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>>>()?;
    folders.sort();
    let workers = crate::read::N_THREADS.to_string();
    let mut command = Command::new(installed.join("node_modules/.bin/jscpd"));
    command.args(["-a", "-k", "50", "-l", "5", "--skip-comments", "--skip-local", "--no-gitignore", "-z", "1mb"]);
    command.args(["--workers", &workers, "-r", "json", "-f", LANGUAGES, "-o"]).arg(target).args(folders);
    let clock = Clock::start();
    finish(&mut command).context("it failed")?;
    let took = clock.took();
    let report: Report = serde_json::from_slice(&fs::read(target.join("jscpd-report.json"))?)?;
    let fragments: Result<Vec<Fragment>> = report.duplicates.iter().map(|one| fragment(one, checkouts)).collect();
    Ok(Reported { fragments: fragments?, took })
}

fn fragment(duplicate: &Duplicate, checkouts: &Path) -> Result<Fragment> {
    Ok(Fragment { a: place(&duplicate.first_file, checkouts)?, b: place(&duplicate.second_file, checkouts)? })
}

/// `…/checkouts/owner+name/path`. No owner on GitHub has a `+` in their name.
fn place(stretch: &Stretch, checkouts: &Path) -> Result<(File, Lines)> {
    let below = Path::new(&stretch.name).strip_prefix(checkouts).with_context(|| stretch.name.clone())?;
    let (folder, path) = below.to_str().and_then(|name| name.split_once('/')).with_context(|| stretch.name.clone())?;
    Ok(((folder.replacen('+', "/", 1), path.to_owned()), Lines { from: stretch.start, to: stretch.end }))
}
