//! Sets of dependency names by file, in a spelling in which two readers can be compared.
//! It must not read any file format.
use server::facts::model::{Dependency, Package};
use std::collections::{BTreeMap, BTreeSet};

/// An ecosystem and a name in it.
pub type Named = (String, String);

/// The names of each file, by path.
pub type Names = BTreeMap<String, BTreeSet<Named>>;

/// The ecosystems that an oracle speaks of when it reads a file. We may say more of the same file: that is not compared.
pub fn spoken_of(path: &str) -> &'static [&'static str] {
    let name = path.rsplit('/').next().unwrap_or(path);
    match name {
        "go.mod" => &["go"],
        "Cargo.toml" | "Cargo.lock" => &["cargo"],
        "package.json" | "package-lock.json" | "npm-shrinkwrap.json" | "yarn.lock" | "pnpm-lock.yaml" => &["npm"],
        "pyproject.toml" | "setup.cfg" | "Pipfile" | "Pipfile.lock" | "poetry.lock" | "uv.lock" | "pdm.lock" => {
            &["pypi"]
        }
        "pom.xml" | "build.gradle" | "build.gradle.kts" | "gradle.lockfile" | "buildscript-gradle.lockfile" => {
            &["maven"]
        }
        "packages.config" | "packages.lock.json" | "dotnet-tools.json" => &["nuget"],
        "Gemfile" | "Gemfile.lock" => &["gem"],
        "composer.json" | "composer.lock" => &["composer"],
        "mix.exs" | "mix.lock" => &["hex"],
        "Package.resolved" => &["swift"],
        "Podfile.lock" => &["cocoapods"],
        "pubspec.yaml" | "pubspec.lock" => &["pub"],
        "Chart.yaml" | "Chart.lock" | "requirements.yaml" => &["helm"],
        ".pre-commit-config.yaml" => &["pre-commit"],
        "action.yml" | "action.yaml" => &["github-actions", "docker"],
        _ => by_ending(path, name),
    }
}

fn by_ending(path: &str, name: &str) -> &'static [&'static str] {
    let ends = |endings: &[&str]| endings.iter().any(|ending| name.ends_with(ending));
    if path.contains(".github/workflows/") {
        &["github-actions", "docker"]
    } else if ends(&[".csproj", ".fsproj", ".vbproj", ".props", ".targets"]) {
        &["nuget"]
    } else if ends(&[".gemspec"]) {
        &["gem"]
    } else if ends(&[".tf"]) {
        &["terraform"]
    } else if ends(&[".txt", ".in"]) {
        &["pypi"]
    } else {
        &["docker"]
    }
}

/// The spelling that two names share when the ecosystem takes them for one.
pub fn spelled(ecosystem: &str, name: &str) -> Named {
    let name = match ecosystem {
        "pypi" => {
            let lower = name.to_lowercase().replace(['_', '.'], "-");
            lower.split('-').filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-")
        }
        "nuget" | "composer" | "github-actions" | "terraform" | "swift" | "pre-commit" => name.to_lowercase(),
        "docker" => {
            let bare = name.strip_prefix("docker.io/").unwrap_or(name);
            bare.strip_prefix("library/").unwrap_or(bare).to_owned()
        }
        _ => name.to_owned(),
    };
    (ecosystem.to_owned(), name)
}

/// How a requirement begins that names a folder of the repository, no package of a registry: oracles name no such thing.
const OWN: &[&str] = &["path:", "workspace:", "link:", "file:", "portal:"];

/// The packages that a repository itself defines. Whether one of its parts needs another is told elsewhere; oracles differ
/// on naming such.
pub fn own(packages: &[Package]) -> BTreeSet<Named> {
    packages.iter().map(|package| spelled(package.decl.ecosystem.as_str(), &package.decl.name)).collect()
}

/// Our dependencies by file, below a prefix.
pub fn ours(prefix: &str, dependencies: &[Dependency]) -> Names {
    let mut names = Names::new();
    for dependency in dependencies {
        let own = |text: &String| OWN.iter().any(|start| text.starts_with(start));
        if dependency.decl.requirement.as_ref().is_some_and(own) {
            continue;
        }
        let path = format!("{prefix}{}", dependency.path);
        let (ecosystem, name) = (dependency.decl.ecosystem.as_str(), &dependency.decl.name);
        names.entry(path).or_default().insert(spelled(ecosystem, name));
    }
    names
}
