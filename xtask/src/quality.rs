//! `cargo xtask quality`: measures detection on public repositories and writes docs/detection-quality.md.
//! It must not measure anything itself: the program `detection-quality` of the tests does.
use crate::sh;
use anyhow::Result;
use std::{path::Path, process::Command};

/// Builds and runs the measurement with the arguments behind `--`.
///
/// # Errors
/// When no folder of repositories is given, the build fails, or the measurement does.
pub(crate) fn quality(root: &Path, args: &[String]) -> Result<()> {
    let folder = sh::repositories("quality", args)?;
    // The whole workspace, as the benches build it: a part of it has other features, and would be compiled anew.
    sh::run(sh::cargo(root).args(["build", "--release", "--workspace", "--bin", "detection-quality"]))?;
    let program = sh::target_dir(root).join("release/detection-quality");
    sh::run(Command::new(program).current_dir(root).arg("--repositories").arg(folder))
}

#[cfg(test)]
mod tests {
    #[test]
    fn wants_a_folder() {
        let none = super::quality(std::path::Path::new("."), &["--".to_owned()]);
        assert!(none.unwrap_err().to_string().contains("--repositories FOLDER"));
    }
}
