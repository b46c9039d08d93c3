//! `cargo xtask known-answer`: compares a scan of a real organisation with what plain git says of it.
//! It must not compare anything itself: the program `known-answer` of the tests does.
use crate::sh;
use anyhow::Result;
use std::{path::Path, process::Command};

/// Builds and runs the comparison with the arguments behind `--`.
///
/// # Errors
/// When no folder of repositories is given, the build fails, or a figure differs.
pub(crate) fn known_answer(root: &Path, args: &[String]) -> Result<()> {
    let folder = sh::repositories("known-answer", args)?;
    sh::run(sh::cargo(root).args(["build", "--workspace", "--bin", "known-answer"]))?;
    let program = sh::target_dir(root).join("debug/known-answer");
    sh::run(Command::new(program).current_dir(root).arg("--repositories").arg(folder))
}

#[cfg(test)]
mod tests {
    #[test]
    fn wants_a_folder() {
        let none = super::known_answer(std::path::Path::new("."), &["--".to_owned()]);
        assert!(none.unwrap_err().to_string().contains("--repositories FOLDER"));
    }
}
