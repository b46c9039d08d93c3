//! The manifests of public repositories that lie beside the checkout (`shared/data`), each as a repository of its own.
//! It must not compare.
use super::names::{self, Names};
use anyhow::{Context, Result};
use server::{
    facts::{self, PARSERS, Parser, model::RepositoryFiles},
    scan::{Tip, TreeEntry},
};
use shared::{BlobId, CommitId, RepoName, RepoPath, Timestamp};
use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

/// The kinds that an oracle reads.
const KINDS: &[&str] = &[
    "Cargo.toml",
    "Chart.yaml",
    "Directory.Packages",
    "composer.json",
    "csproj",
    "go.mod",
    "helm-requirements",
    "package.json",
    "pnpm-workspace",
    "pom.xml",
    "pyproject.toml",
    "requirements",
    "setup.cfg",
];

/// What every path of the shared data begins with in tables and answers.
pub const PREFIX: &str = "data/";

/// The folder of the data, when it is there.
///
/// # Errors
/// When it lies at neither of its places.
pub fn data() -> Result<PathBuf> {
    let root = super::root();
    let places = root.ancestors().skip(1).take(3).map(|folder| folder.join("shared/data/manifests"));
    let found = places.into_iter().find(|place| place.is_dir());
    found.context("the test data (shared/data) lies beside the project's checkout; put it there")
}

/// The files of an oracle's kinds, by `<kind>/<number>/<name>`.
///
/// # Errors
/// When the data cannot be read.
pub fn files() -> Result<BTreeMap<String, Vec<u8>>> {
    let data = data()?;
    let mut files = BTreeMap::new();
    for kind in KINDS {
        for entry in fs::read_dir(data.join(kind)).with_context(|| (*kind).to_owned())? {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            let (number, name) = name.split_once('-').context("data files begin with a number")?;
            files.insert(format!("{kind}/{number}/{name}"), fs::read(entry.path())?);
        }
    }
    Ok(files)
}

/// Writes the files below a folder, for the oracles.
///
/// # Errors
/// When the folder cannot be written.
pub fn write(folder: &Path) -> Result<()> {
    for (path, bytes) in files()? {
        let place = folder.join(path);
        fs::create_dir_all(place.parent().context("a file lies in a folder")?)?;
        fs::write(place, bytes)?;
    }
    Ok(())
}

/// What our parsers name in each file.
///
/// # Errors
/// When the data cannot be read.
pub fn ours() -> Result<Names> {
    let parsers: Vec<&dyn Parser> = PARSERS.to_vec();
    let mut out = Names::new();
    for (place, bytes) in files()? {
        let (folder, name) = place.rsplit_once('/').context("a file lies in a folder")?;
        let path = RepoPath::new(name)?;
        let mut files = empty_repository()?;
        files.entries.push(TreeEntry { path: path.clone(), blob: BlobId::new("b".repeat(40))?, executable: false });
        for parser in parsers.iter().filter(|parser| parser.wants(&path)) {
            files.parsed.insert((path.clone(), parser.key().to_owned()), Arc::new(parser.parse(name, &bytes)));
        }
        let facts = facts::assemble(&files, &parsers, vec![], false);
        out.extend(names::ours(&format!("{PREFIX}{folder}/"), &facts.dependencies));
    }
    Ok(out)
}

fn empty_repository() -> Result<RepositoryFiles> {
    let tip = Tip {
        branch: "main".to_owned(),
        commit: CommitId::new("c".repeat(40))?,
        committed_at: Timestamp::new("2026-01-02T03:04:05Z")?,
        shallow: false,
    };
    Ok(RepositoryFiles { repository: RepoName::new("data")?, tip, entries: vec![], parsed: BTreeMap::new() })
}
