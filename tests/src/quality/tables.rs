//! Reads the committed tables of `tests/quality`: tab-separated, one heading line.
//! It must not judge what they say.
use anyhow::{Context, Result, bail, ensure};
use std::{fs, path::Path};

/// A repository of the measurement.
#[derive(Debug, Clone)]
pub struct Listed {
    /// `owner/name`.
    pub name: String,
    /// The commit that is measured.
    pub commit: String,
}

/// What a person says a repository uses of a capability.
#[derive(Debug, Clone)]
pub struct Label {
    /// `owner/name`.
    pub repository: String,
    pub capability: String,
    /// Offers used; none means that nothing is used.
    pub expected: Vec<String>,
    /// Whether a homegrown implementation is there, where that is judged.
    pub homegrown: Option<bool>,
    pub reason: String,
}

/// Who of the two named it: only we did, or only the oracle.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Side {
    Ours,
    Theirs,
}

/// What a person says of a disagreement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// The side that named it is right.
    Right,
    /// The side that named it is wrong.
    Wrong,
    /// Both are right by their own lights: it counts for nobody.
    DifferentByDesign,
}

/// A judgement on the disagreements of files and names that its patterns match; `*` stands for anything.
#[derive(Debug, Clone)]
pub struct Judgement {
    /// Repository and path, e.g. `acme/shop/web/package.json`; of the shared data `data/<kind>/<number>/<name>`.
    pub path: String,
    pub ecosystem: String,
    pub name: String,
    pub side: Side,
    pub verdict: Verdict,
    pub reason: String,
}

/// `repositories.tsv`.
///
/// # Errors
/// When the file cannot be read or a line has another form.
pub fn repositories(folder: &Path) -> Result<Vec<Listed>> {
    rows(&folder.join("repositories.tsv"), ["repository", "commit", "ecosystems"])?
        .into_iter()
        .map(|[name, commit, _]| {
            ensure!(commit.len() == 40 && name.split('/').count() == 2, "repositories.tsv: {name} {commit}");
            Ok(Listed { name, commit })
        })
        .collect()
}

/// `labels.tsv`.
///
/// # Errors
/// When the file cannot be read or a line has another form.
pub fn labels(folder: &Path) -> Result<Vec<Label>> {
    rows(&folder.join("labels.tsv"), ["repository", "capability", "expected", "homegrown", "reason"])?
        .into_iter()
        .map(|[repository, capability, expected, homegrown, reason]| {
            ensure!(!expected.is_empty() && !reason.is_empty(), "labels.tsv: {repository} {capability} says nothing");
            let expected = match expected.as_str() {
                "none" => vec![],
                offers => offers.split(',').map(str::to_owned).collect(),
            };
            let homegrown = match homegrown.as_str() {
                "" => None,
                "yes" => Some(true),
                "no" => Some(false),
                other => bail!("labels.tsv: homegrown is yes, no or empty, not {other}"),
            };
            Ok(Label { repository, capability, expected, homegrown, reason })
        })
        .collect()
}

/// `judged.tsv`.
///
/// # Errors
/// When the file cannot be read or a line has another form.
pub fn judgements(folder: &Path) -> Result<Vec<Judgement>> {
    rows(&folder.join("judged.tsv"), ["path", "ecosystem", "name", "side", "verdict", "reason"])?
        .into_iter()
        .map(|[path, ecosystem, name, side, verdict, reason]| {
            ensure!(!reason.is_empty(), "judged.tsv: {path} {name} has no reason");
            let side = match side.as_str() {
                "ours" => Side::Ours,
                "theirs" => Side::Theirs,
                other => bail!("judged.tsv: side is ours or theirs, not {other}"),
            };
            let verdict = match verdict.as_str() {
                "right" => Verdict::Right,
                "wrong" => Verdict::Wrong,
                "different-by-design" => Verdict::DifferentByDesign,
                other => bail!("judged.tsv: verdict is right, wrong or different-by-design, not {other}"),
            };
            Ok(Judgement { path, ecosystem, name, side, verdict, reason })
        })
        .collect()
}

/// The lines of a table, without its heading, which must be the given one.
///
/// # Errors
/// When the file cannot be read, or a line has another number of cells.
pub fn rows<const N: usize>(file: &Path, heading: [&str; N]) -> Result<Vec<[String; N]>> {
    let text = fs::read_to_string(file).with_context(|| file.display().to_string())?;
    let mut lines = text.lines().map(|line| line.split('\t').map(str::to_owned).collect::<Vec<_>>());
    let first = lines.next().unwrap_or_default();
    ensure!(first == heading, "{} begins with {first:?}, not {heading:?}", file.display());
    let cells = |line: Vec<String>| -> Result<[String; N]> {
        <[String; N]>::try_from(line).map_err(|line| anyhow::anyhow!("{}: {line:?} has not {N} cells", file.display()))
    };
    lines.map(cells).collect()
}
