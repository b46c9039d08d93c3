//! `cargo xtask quality [clones]`: measures detection, or clone detection, on public repositories and writes
//! docs/detection-quality.md or the tables of docs/clone-quality.md.
//! It must not measure anything itself: the programs `detection-quality` and `clone-quality` of the tests do.
use crate::sh;
use anyhow::Result;
use std::{
    path::{Path, PathBuf},
    process::Command,
};

/// Builds and runs the measurement with the arguments behind `--`; the word `clones` before them chooses the other one.
///
/// # Errors
/// When no folder of repositories is given, the build fails, or the measurement does.
pub(crate) fn quality(root: &Path, args: &[String]) -> Result<()> {
    let (name, folder) = measurement(args)?;
    // The whole workspace, as the benches build it: a part of it has other features, and would be compiled anew.
    sh::run(sh::cargo(root).args(["build", "--release", "--workspace", "--bin", name]))?;
    let program = sh::target_dir(root).join("release").join(name);
    sh::run(Command::new(program).current_dir(root).arg("--repositories").arg(folder))
}

/// The program of the tests that measures, and the folder of repositories.
fn measurement(args: &[String]) -> Result<(&'static str, PathBuf)> {
    match args {
        [part, rest @ ..] if part == "clones" => Ok(("clone-quality", sh::repositories("quality clones", rest)?)),
        _ => Ok(("detection-quality", sh::repositories("quality", args)?)),
    }
}

#[cfg(test)]
mod tests {
    use super::measurement;

    fn words(line: &str) -> Vec<String> {
        line.split(' ').map(str::to_owned).collect()
    }

    #[test]
    fn wants_a_folder() {
        let none = super::quality(std::path::Path::new("."), &["--".to_owned()]);
        assert!(none.unwrap_err().to_string().contains("--repositories FOLDER"));
        let none = measurement(&words("clones --")).unwrap_err().to_string();
        assert!(none.contains("cargo xtask quality clones -- --repositories FOLDER"), "{none}");
    }

    #[test]
    fn a_word_chooses_what_is_measured() {
        let chosen = |line| measurement(&words(line)).unwrap();
        assert_eq!(chosen("-- --repositories /copies"), ("detection-quality", "/copies".into()));
        assert_eq!(chosen("clones -- --repositories /copies"), ("clone-quality", "/copies".into()));
    }
}
