//! One listed repository: scanned by us, its manifests written out and read by the oracles.
//! It must not compare.
use anyhow::{Context, Result, ensure};
use server::{
    catalog::{self, Ruleset},
    facts::model::RepositoryFacts,
    jobs::{NoCache, ReadInput, ReadOutput, read_mirror},
    scan::{BlobRead, Limits, Repository},
};
use std::{collections::BTreeMap, fs, path::Path};
use tests::quality::{
    capabilities::Seen,
    checkouts::Found,
    code_owners::{Question, sample},
    names::{self, Names},
    oracle::{Answers, Oracles},
};

/// What was measured so far.
#[derive(Default)]
pub(crate) struct Measured {
    pub ours: Names,
    pub theirs: Answers,
    pub questions: Vec<Question>,
    /// Offers seen, by repository and capability; whether each is homegrown.
    pub seen: BTreeMap<String, Seen>,
}

/// Scans it, and asks the oracles.
pub(crate) fn measure(
    found: &Found,
    rules: &Ruleset,
    oracles: &Oracles,
    target: &Path,
    into: &mut Measured,
) -> Result<()> {
    let facts = scan(found, rules)?;
    let prefix = format!("{}/", found.name);
    let mut ours = names::ours(&prefix, &facts.dependencies);
    into.seen.insert(found.name.clone(), offers(&facts, rules));
    let place = target.join("files").join(found.name.replace('/', "+"));
    into.questions.extend(write_files(found, &facts, &place)?);
    let kept = format!("{}-{}", found.name.replace('/', "+"), found.commit);
    let mut theirs = oracles.ask_once(&place, &target.join("answers"), &kept)?;
    theirs.names.retain(|path, _| place.join(path).is_file());
    let own = names::own(&facts.packages);
    ours.values_mut().chain(theirs.names.values_mut()).for_each(|names| names.retain(|name| !own.contains(name)));
    let theirs = theirs.below(&prefix);
    into.ours.extend(ours);
    into.theirs.names.extend(theirs.names);
    into.theirs.refused.extend(theirs.refused);
    Ok(())
}

fn scan(found: &Found, rules: &Ruleset) -> Result<RepositoryFacts> {
    let input = ReadInput {
        repository: found.located.name.clone(),
        git_dir: found.located.git_dir.clone(),
        limits: Limits::default(),
        needles: rules.needles(),
        unchanged_at: None,
    };
    let ReadOutput::Read(read) = read_mirror(&input, &NoCache) else {
        anyhow::bail!("it could not be read");
    };
    let commit = read.facts.tip.commit.as_str();
    ensure!(commit == found.commit, "its tip is {commit}, the list says {}", found.commit);
    Ok(read.facts)
}

fn offers(facts: &RepositoryFacts, rules: &Ruleset) -> Seen {
    let mut seen = Seen::new();
    for usage in catalog::build(facts, rules, "2026-01-01").usages {
        let homegrown = usage.path.to_string() == "homegrown";
        seen.entry(usage.capability).or_default().insert(usage.offer, homegrown);
    }
    seen
}

/// Writes what an oracle reads, and the Rust files that manifests name, empty. Files that a scan leaves out (vendored,
/// generated, fixtures) are left out here too: that is a decision, no reading. Gives the questions on its CODEOWNERS.
fn write_files(found: &Found, facts: &RepositoryFacts, place: &Path) -> Result<Option<Question>> {
    let repository = Repository::open(&found.located.git_dir, &Limits::default())?;
    let paths: Vec<String> = facts.files.iter().map(|file| file.path.to_string()).collect();
    if place.is_dir() {
        fs::remove_dir_all(place)?;
    }
    fs::create_dir_all(place)?;
    let mut question = None;
    for entry in &facts.files {
        let path = entry.path.as_str();
        let owners = [".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS"].contains(&path);
        if !owners && (entry.excluded.is_some() || !wanted(path)) {
            continue;
        }
        let bytes = match repository.read(&entry.blob, 32 << 20) {
            BlobRead::Read(bytes) if !path.ends_with(".rs") => bytes,
            BlobRead::Read(_) => vec![],
            _ => continue,
        };
        if owners && question.is_none() {
            let text = String::from_utf8_lossy(&bytes).into_owned();
            question = Some(Question { file: found.name.clone(), text, paths: sample(&paths, 60) });
        }
        let file = place.join(path);
        fs::create_dir_all(file.parent().context("a file lies in a folder")?)?;
        fs::write(file, bytes)?;
    }
    Ok(question)
}

/// Files that some oracle reads, by name. Nothing that configures a program (`.cargo`, `rust-toolchain`) is among them.
fn wanted(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    let lower = name.to_lowercase();
    let names = [
        "go.mod",
        "package.json",
        "package-lock.json",
        "npm-shrinkwrap.json",
        "yarn.lock",
        "pnpm-lock.yaml",
        "pnpm-workspace.yaml",
        "pyproject.toml",
        "setup.cfg",
        "Pipfile",
        "Pipfile.lock",
        "poetry.lock",
        "uv.lock",
        "pdm.lock",
        "Cargo.toml",
        "Cargo.lock",
        "pom.xml",
        "libs.versions.toml",
        "gradle.lockfile",
        "build.gradle",
        "build.gradle.kts",
        "buildscript-gradle.lockfile",
        "packages.config",
        "packages.lock.json",
        "dotnet-tools.json",
        "Gemfile",
        "Gemfile.lock",
        "composer.json",
        "composer.lock",
        "mix.exs",
        "mix.lock",
        "Package.resolved",
        "Podfile.lock",
        "pubspec.yaml",
        "pubspec.lock",
        "Chart.yaml",
        "Chart.lock",
        "requirements.yaml",
        "action.yml",
        "action.yaml",
        ".pre-commit-config.yaml",
        "Directory.Packages.props",
        "Directory.Build.props",
        "Directory.Build.targets",
    ];
    let endings = [".csproj", ".fsproj", ".vbproj", ".gemspec", ".tf", ".rs"];
    names.contains(&name)
        || endings.iter().any(|ending| name.ends_with(ending))
        || (path.contains("requirements") && (name.ends_with(".txt") || name.ends_with(".in")))
        || lower.contains("dockerfile")
        || lower.contains("compose") && (lower.ends_with(".yml") || lower.ends_with(".yaml"))
        || path.starts_with(".github/workflows/")
}
