//! `cargo xtask quality clones -- --repositories FOLDER`: measures clone detection on public repositories, prints the tables
//! and puts them into docs/clone-quality.md. It must not judge: labels are a committed table under tests/quality/clones.
mod clock;
mod jscpd;
mod read;
mod report;

use anyhow::{Context, Result, bail};
use server::catalog::clones;
use std::{fs, path::PathBuf};
use tests::quality::{
    checkouts::{self, Found},
    clones::{
        reports::{Clusters, Fragments},
        tables,
    },
    folder, root,
};

fn main() -> Result<()> {
    let folder_of_copies = argument()?;
    let listed = tables::repositories(&folder().join("clones"))?;
    let labels = tables::labels(&folder().join("clones"))?;
    let mut repositories = checkouts::find(&folder_of_copies, &listed)?;
    repositories.sort_by(|a, b| a.name.cmp(&b.name));
    repositories.dedup_by(|a, b| a.name == b.name);

    eprintln!("quality: reads {} repositories", repositories.len());
    let clock = clock::Clock::start();
    let code = read::read(&repositories);
    let reading = clock.took();
    let found = clones::clusters(&code.files);
    let all = clock.took();
    let names: Vec<String> = repositories.iter().map(|one| one.name.clone()).collect();
    let pairs: Vec<_> = labels.iter().filter(|pair| is_read(&code, &names, pair)).cloned().collect();

    let theirs = beside(&repositories, &code).inspect_err(|error| eprintln!("quality: jscpd was not run: {error:#}"));
    let fragments = theirs.as_ref().ok().map(|reported| Fragments::of(&reported.fragments));
    report::write(&report::Results {
        listed: &listed,
        labels: &labels,
        pairs: &pairs,
        names: &names,
        code: &code,
        clusters: &Clusters::of(&found.clusters, &code.files, &names),
        times: (reading, all),
        theirs: theirs.as_ref().map_err(ToString::to_string),
        fragments: fragments.as_ref(),
    })
}

/// Whether both of its repositories were read.
fn is_read(code: &read::Code, names: &[String], pair: &tables::Pair) -> bool {
    let has = |place: &tables::Place| {
        let at = names.iter().position(|name| *name == place.file.0).and_then(|at| u32::try_from(at).ok());
        code.files.iter().any(|file| Some(file.repository) == at)
    };
    has(&pair.a) && has(&pair.b)
}

/// The other tool over the same files, which are gone afterwards.
fn beside(repositories: &[Found], code: &read::Code) -> Result<jscpd::Reported> {
    let target = root().join("target/quality");
    fs::create_dir_all(&target)?;
    let place = tempfile::Builder::new().prefix("clones").tempdir_in(target)?;
    let (installed, checkouts) = (place.path().join("npm"), place.path().join("checkouts"));
    jscpd::install(&installed)?;
    eprintln!("quality: writes files for jscpd and runs it");
    read::write(repositories, code, &checkouts).context("the files cannot be written")?;
    jscpd::run(&installed, &checkouts, &place.path().join("report"))
}

fn argument() -> Result<PathBuf> {
    let mut arguments = std::env::args().skip(1).filter(|argument| argument != "--");
    match (arguments.next().as_deref(), arguments.next(), arguments.next()) {
        (Some("--repositories"), Some(folder), None) => Ok(PathBuf::from(folder)),
        _ => bail!("usage: clone-quality --repositories FOLDER, where FOLDER holds bare git repositories"),
    }
}
