//! Reads the committed tables of `tests/quality/clones`.
//! It must not judge what they say.
use super::places::{File, Lines};
use crate::quality::tables::{Listed, rows};
use anyhow::{Context, Result, bail, ensure};
use std::path::Path;

/// Two places that a person looked at.
#[derive(Debug, Clone)]
pub struct Pair {
    pub a: Place,
    pub b: Place,
    /// Somebody copied it and it could be shared; not what everybody must write so.
    pub is_clone: bool,
}

/// A stretch of a file.
#[derive(Debug, Clone)]
pub struct Place {
    pub file: File,
    pub lines: Lines,
}

/// `repositories.tsv`.
///
/// # Errors
/// When the file cannot be read or a line has another form.
pub fn repositories(folder: &Path) -> Result<Vec<Listed>> {
    rows(&folder.join("repositories.tsv"), ["repository", "commit"])?
        .into_iter()
        .map(|[name, commit]| {
            ensure!(commit.len() == 40 && name.split('/').count() == 2, "repositories.tsv: {name} {commit}");
            Ok(Listed { name, commit })
        })
        .collect()
}

/// `labels.tsv`.
///
/// # Errors
/// When the file cannot be read or a line has another form.
pub fn labels(folder: &Path) -> Result<Vec<Pair>> {
    let heading = ["repository_a", "path_a", "lines_a", "repository_b", "path_b", "lines_b", "label", "note"];
    rows(&folder.join("labels.tsv"), heading)?
        .into_iter()
        .map(|[repository_a, path_a, lines_a, repository_b, path_b, lines_b, label, _]| {
            let is_clone = match label.as_str() {
                "clone" => true,
                "boilerplate" => false,
                other => bail!("labels.tsv: a label is clone or boilerplate, not {other}"),
            };
            let a = Place { file: (repository_a, path_a), lines: lines(&lines_a)? };
            let b = Place { file: (repository_b, path_b), lines: lines(&lines_b)? };
            Ok(Pair { a, b, is_clone })
        })
        .collect()
}

/// `FROM-TO`.
fn lines(text: &str) -> Result<Lines> {
    let (from, to) = text.split_once('-').with_context(|| format!("labels.tsv: {text} is no FROM-TO"))?;
    let lines = Lines { from: from.parse()?, to: to.parse()? };
    ensure!(0 < lines.from && lines.from <= lines.to, "labels.tsv: {text} holds no line");
    Ok(lines)
}
