//! `cargo xtask tidy`: checks the rules of the house that no lint knows. One file per rule, one list.
//! It must not change a file.
use anyhow::{Result, bail};
use std::{fmt, fs, path::Path};

mod arrows;
mod header;
mod manifest;
mod size;
mod source;
mod words;

use source::Source;

/// Every rule over one Rust file.
const RULES: [fn(&Source) -> Vec<Problem>; 4] = [arrows::check, header::check, size::check, words::check];

/// The folders that hold Rust files of ours.
const FOLDERS: [&str; 7] = ["app", "server", "shared", "migrations", "tests", "xtask/src", "xtask/tests"];

/// One broken rule at one place.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Problem {
    level: Level,
    path: String,
    /// From 1; 0 is the file as a whole.
    line: usize,
    message: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Level {
    Error,
    Warning,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let level = if self.level == Level::Error { "error" } else { "warning" };
        write!(f, "{level}: {}:{}: {}", self.path, self.line, self.message)
    }
}

/// Prints every problem of the workspace.
///
/// # Errors
/// When one of them is an error, or a file cannot be read.
pub(crate) fn tidy(root: &Path) -> Result<()> {
    let mut problems = manifest::check(root)?;
    let sources = sources(root)?;
    problems.extend(sources.iter().flat_map(|source| RULES.iter().flat_map(|rule| rule(source))));
    problems.sort_by(|a, b| (a.level, &a.path, a.line).cmp(&(b.level, &b.path, b.line)));
    problems.iter().for_each(|problem| println!("{problem}"));
    let n_errors = problems.iter().filter(|problem| problem.level == Level::Error).count();
    println!("tidy: {} files, {n_errors} errors, {} warnings", sources.len(), problems.len() - n_errors);
    if n_errors > 0 {
        bail!("{n_errors} rules of the house are broken");
    }
    Ok(())
}

/// Every file of ours, with what the files around it say of it.
fn sources(root: &Path) -> Result<Vec<Source>> {
    let mut sources = Vec::new();
    for folder in FOLDERS {
        for file in crate::sh::files_under(&root.join(folder))? {
            if file.extension().is_some_and(|kind| kind == "rs") {
                let path = file.strip_prefix(root).unwrap_or(&file).to_string_lossy().replace('\\', "/");
                sources.push(Source::new(path, fs::read_to_string(&file)?));
            }
        }
    }
    let of_tests: Vec<String> = sources.iter().flat_map(Source::test_modules).collect();
    for source in &mut sources {
        source.test_only |= of_tests.iter().any(|module| source.is_under(module));
    }
    Ok(sources)
}

impl Source {
    fn problem(&self, level: Level, line: usize, message: impl Into<String>) -> Problem {
        Problem { level, path: self.path.clone(), line, message: message.into() }
    }
}
