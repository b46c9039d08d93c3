//! `cargo xtask bench`: builds the release form and runs the benchmarks under `tests/benches`.
//! It must not measure anything itself: each benchmark prints its own figures, ratios above all.
use crate::{sh, web};
use anyhow::{Context, Result, ensure};
use std::{fs, path::Path};

/// Lists the benchmarks (`list`), or runs those named, or all.
///
/// # Errors
/// When a name is unknown, there is none at all, a build fails, or a benchmark does.
pub(crate) fn bench(root: &Path, args: &[String]) -> Result<()> {
    let known = names(&root.join("tests/benches"))?;
    if args.first().is_some_and(|arg| arg == "list") {
        known.iter().for_each(|name| println!("{name}"));
        return Ok(());
    }
    for name in args {
        ensure!(known.contains(name), "there is no benchmark `{name}`; there are: {}", known.join(", "));
    }
    ensure!(!known.is_empty(), "tests/benches holds no benchmark");
    web::web(root)?;
    eprintln!("xtask: building the release form (about 8 minutes on 2 cores the first time)");
    sh::run(sh::cargo(root).args(["build", "--release", "--workspace", "--bin", "waymark"]))?;
    let binary = sh::target_dir(root).join("release/waymark");
    for name in if args.is_empty() { known.as_slice() } else { args } {
        println!("\n== {name} ==");
        sh::run(sh::cargo(root).env("WAYMARK_BIN", &binary).args(["bench", "--workspace", "--bench", name]))?;
    }
    Ok(())
}

fn names(dir: &Path) -> Result<Vec<String>> {
    let mut names = Vec::new();
    if dir.is_dir() {
        for entry in fs::read_dir(dir).with_context(|| dir.display().to_string())? {
            let path = entry?.path();
            if path.extension().is_some_and(|kind| kind == "rs") {
                names.extend(path.file_stem().map(|stem| stem.to_string_lossy().into_owned()));
            }
        }
    }
    names.sort();
    Ok(names)
}

#[cfg(test)]
mod tests {
    #[test]
    fn finds_benchmarks_by_file() {
        let dir = tempfile::tempdir().unwrap();
        for file in ["scan.rs", "api.rs", "notes.md"] {
            std::fs::write(dir.path().join(file), "").unwrap();
        }
        assert_eq!(super::names(dir.path()).unwrap(), ["api", "scan"]);
        assert!(super::names(&dir.path().join("gone")).unwrap().is_empty());
    }
}
