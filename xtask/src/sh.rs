//! Starts other programs, cargo above all, says what takes how long, and lists files.
//! It must not know what any command is for.
use anyhow::{Context, Result, ensure};
use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    time::Instant,
};

/// The folder that holds the product's workspace: the parent of xtask's own.
///
/// # Errors
/// When xtask's folder has no parent.
pub(crate) fn workspace_root() -> Result<PathBuf> {
    Ok(Path::new(env!("CARGO_MANIFEST_DIR")).parent().context("xtask lies in no workspace")?.to_path_buf())
}

/// Where cargo puts what it builds for the product's workspace; a relative `CARGO_TARGET_DIR` is meant from its root.
pub(crate) fn target_dir(root: &Path) -> PathBuf {
    root.join(std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| "target".into(), PathBuf::from))
}

/// A cargo call in the product's workspace.
pub(crate) fn cargo(root: &Path) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    // What `cargo run` set for xtask itself must not leak into the builds: they would be made anew each time.
    for (key, _) in std::env::vars_os() {
        let key = key.to_string_lossy();
        if key.starts_with("CARGO_PKG_") || key.starts_with("CARGO_MANIFEST_") {
            command.env_remove(key.as_ref());
        }
    }
    if std::env::var_os("CI").is_some() {
        command.env("CARGO_INCREMENTAL", "0");
    }
    command.current_dir(root);
    command
}

/// A cargo call in xtask's own workspace, sharing the build that `cargo xtask` itself made.
pub(crate) fn cargo_xtask(root: &Path, subcommand: &str) -> Command {
    let mut command = cargo(root);
    command.arg(subcommand).args(["--manifest-path", "xtask/Cargo.toml"]);
    if subcommand != "fmt" {
        command.args(["--target-dir", "target/xtask"]);
    }
    command
}

/// Runs a program to its end, its output going where ours goes.
///
/// # Errors
/// When it cannot be started or ends with anything but success; the message names the call.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    let shown = show(command);
    let status = command.status().with_context(|| format!("`{shown}` could not be started"))?;
    ensure!(status.success(), "`{shown}` failed: {status}");
    Ok(())
}

/// Runs a program to its end and gives what it printed.
///
/// # Errors
/// When it cannot be started or fails; the message holds what it printed to standard error.
pub(crate) fn output(command: &mut Command) -> Result<String> {
    let shown = show(command);
    let output = command.output().with_context(|| format!("`{shown}` could not be started"))?;
    ensure!(
        output.status.success(),
        "`{shown}` failed: {}\n{}{}",
        output.status,
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Does one named part of a command and prints how long it took.
///
/// # Errors
/// What the part failed with, the name before it.
pub(crate) fn timed<T>(name: &str, part: impl FnOnce() -> Result<T>) -> Result<T> {
    let start = Instant::now();
    let result = part().with_context(|| name.to_owned())?;
    eprintln!("xtask: {name:<24} {:>6.1} s", start.elapsed().as_secs_f32());
    Ok(result)
}

/// Finds a program on PATH.
pub(crate) fn which(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|dir| dir.join(name)).find(|file| file.is_file())
}

/// Every file under a folder, in order of path; none when the folder is absent.
///
/// # Errors
/// When a folder cannot be read.
pub(crate) fn files_under(dir: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    if !dir.is_dir() {
        return Ok(files);
    }
    for entry in fs::read_dir(dir).with_context(|| dir.display().to_string())? {
        let entry = entry?;
        match entry.file_type()?.is_dir() {
            true => files.extend(files_under(&entry.path())?),
            false => files.push(entry.path()),
        }
    }
    files.sort();
    Ok(files)
}

fn show(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
}

/// The folder of bare repositories that a command was given: `--repositories FOLDER`, perhaps behind `--`.
///
/// # Errors
/// When it was given anything else.
pub(crate) fn repositories(command: &str, args: &[String]) -> Result<PathBuf> {
    match args.strip_prefix(&["--".to_owned()]).unwrap_or(args) {
        [flag, folder] if flag == "--repositories" => Ok(std::path::absolute(folder)?),
        _ => anyhow::bail!("give the folder of bare repositories: cargo xtask {command} -- --repositories FOLDER"),
    }
}
