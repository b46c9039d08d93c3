//! The demo estate: about forty real git repositories of an invented company, the same on every machine.
//! It must not reach into the catalog or its store: the estate is scanned like any other folder.

mod history;
mod items;
mod oddities;
mod plan;
mod platforms;
mod products;
mod render;
mod teams;
#[cfg(test)]
mod tests;

use crate::scan::{Author, Files, ScanError, Signed};
use history::Step;
use plan::{PLAN, Plan};
use render::State;
use std::{
    fs, io,
    path::{Path, PathBuf},
    thread,
};

/// Raised whenever the generator gives other commits, so that an older estate is built anew.
const VERSION: &str = "2";
/// Repositories built at once.
const N_WORKERS: usize = 8;
/// Says that the estate in a folder is complete, and of which version.
const MARKER: &str = ".waymark-demo";

/// Why there is no estate.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    #[error("{0} holds files that are no demo estate; give another folder, or empty it")]
    Occupied(PathBuf),
    #[error("{path} cannot be written: {source}; check that it exists and is yours")]
    Folder { path: PathBuf, source: io::Error },
    #[error(transparent)]
    Repository(#[from] ScanError),
}

/// Builds the estate in a folder, unless a complete one of this version is there; says how many repositories it has.
/// The same version gives the same commit ids everywhere. A half-built or older estate is replaced.
///
/// # Errors
/// `Occupied` when the folder holds other things, `Folder` and `Repository` when it cannot be written.
pub fn build_estate(folder: &Path) -> Result<usize, DemoError> {
    let failed = |source| DemoError::Folder { path: folder.to_owned(), source };
    let marker = folder.join(MARKER);
    let plans = || platforms::PLATFORMS.iter().chain(products::PRODUCTS).chain(oddities::ODDITIES);
    let n_repositories = plans().count() + 2;
    match fs::read_to_string(&marker) {
        Ok(version) if version.trim() == VERSION => return Ok(n_repositories),
        Ok(_) => clear(folder).map_err(failed)?,
        Err(_) if is_occupied(folder) => return Err(DemoError::Occupied(folder.to_owned())),
        Err(_) => {}
    }
    fs::create_dir_all(folder).map_err(failed)?;
    fs::write(&marker, "building\n").map_err(failed)?;
    build_all(&plans().collect::<Vec<_>>(), folder)?;
    build_org(folder)?;
    Author::create(&git_dir(folder, oddities::EMPTY), Some(&origin(oddities::EMPTY)))?.finish()?;
    fs::write(&marker, format!("{VERSION}\n")).map_err(failed)?;
    Ok(n_repositories)
}

/// Builds side by side: the work is mostly waiting for the disk, and no repository depends on another.
fn build_all(plans: &[&Plan], folder: &Path) -> Result<(), ScanError> {
    thread::scope(|scope| {
        let workers: Vec<_> = plans
            .chunks(plans.len().div_ceil(N_WORKERS).max(1))
            .map(|chunk| scope.spawn(move || chunk.iter().try_for_each(|plan| build(plan, folder))))
            .collect();
        workers
            .into_iter()
            .try_for_each(|worker| worker.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
    })
}

/// Removes the repositories of an older or half-built estate, and nothing else.
fn clear(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() && entry.path().extension().is_some_and(|extension| extension == "git") {
            fs::remove_dir_all(entry.path())?;
        }
    }
    Ok(())
}

fn is_occupied(folder: &Path) -> bool {
    fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_some())
}

fn git_dir(folder: &Path, name: &str) -> PathBuf {
    folder.join(format!("{name}.git"))
}

fn origin(name: &str) -> String {
    format!("https://git.northpier.example/northpier/{name}.git")
}

fn build(plan: &Plan, folder: &Path) -> Result<(), ScanError> {
    let mut author = Author::create(&git_dir(folder, plan.name), Some(&origin(plan.name)))?;
    let mut state = State { month: plan.months.0, described: false, parts: vec![], upkeep: 0 };
    let mut before = Files::new();
    for step in history::steps(plan) {
        state.advance(&step);
        let files = render::files(plan, &state);
        if files != before {
            commit(&mut author, plan.team_at(step.month()), &step, &files)?;
            before = files;
        }
    }
    author.finish().map(drop)
}

/// The organisation's own repository: teams joined one after the other.
fn build_org(folder: &Path) -> Result<(), ScanError> {
    let plan = Plan { name: "org", team: "platform-delivery", n_changes: 5, ..PLAN };
    let mut author = Author::create(&git_dir(folder, plan.name), Some(&origin(plan.name)))?;
    for (n, mut step) in history::steps(&plan).into_iter().enumerate() {
        step.message =
            if n == 0 { "Start the organisation".to_owned() } else { "Welcome people to their teams".to_owned() };
        commit(&mut author, plan.team, &step, &render::org::files(n + 1))?;
    }
    author.finish().map(drop)
}

fn commit(author: &mut Author, team: &str, step: &Step, files: &Files) -> Result<(), ScanError> {
    let (name, email) = step.author(team);
    let message = format!("{}\n", step.message);
    author.commit(files, &Signed { name: &name, email: &email, at: step.at, message: &message }).map(drop)
}
