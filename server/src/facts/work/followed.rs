//! Which files' work is followed: what people write, not what tools write or what was copied in.
//! It must not look into files: binary and very large ones are known only by their content.
use crate::{facts::exclusion::excluding, scan::Follow};
use shared::RepoPath;

/// How work is read. Raised when the same history gives another log.
pub const READING: &str = "work 1";

/// Lock files: written by package managers.
const LOCK_FILES: &[&str] = &[
    "Cargo.lock",
    "Gemfile.lock",
    "Package.resolved",
    "Pipfile.lock",
    "Podfile.lock",
    "Cartfile.resolved",
    "bun.lock",
    "bun.lockb",
    "chart.lock",
    "Chart.lock",
    "composer.lock",
    "conan.lock",
    "deno.lock",
    "flake.lock",
    "go.sum",
    "go.work.sum",
    "gradle.lockfile",
    "mix.lock",
    "npm-shrinkwrap.json",
    "package-lock.json",
    "packages.lock.json",
    "paket.lock",
    "pdm.lock",
    "pixi.lock",
    "pnpm-lock.yaml",
    "poetry.lock",
    "pubspec.lock",
    "requirements.lock",
    "uv.lock",
    "yarn.lock",
    ".terraform.lock.hcl",
];

/// What a walk over work is asked for. Called for every folder and file that changes.
pub fn follow(path: &str, is_folder: bool) -> Follow {
    // Folders are judged by the names on the way to a file, so any name of a file does.
    let file = if is_folder { RepoPath::new(format!("{path}/x")) } else { RepoPath::new(path) };
    match file {
        Ok(file) if excluding(&file).is_none() && !LOCK_FILES.contains(&file.file_name()) => Follow::Content,
        _ => Follow::Nothing,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_tools_write_is_not_followed() {
        for path in
            ["Cargo.lock", "web/package-lock.json", "a/vendor/b.go", "js/a.min.js", "x.pb.go", "t/testdata/a.go"]
        {
            assert_eq!(follow(path, false), Follow::Nothing, "{path}");
        }
        for path in ["src/lock.rs", "go.mod", "README.md", "examples/a.go", ".github/CODEOWNERS"] {
            assert_eq!(follow(path, false), Follow::Content, "{path}");
        }
        assert_eq!((follow("a/vendor", true), follow("a/b", true)), (Follow::Nothing, Follow::Content));
    }
}
