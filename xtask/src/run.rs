//! `cargo xtask run`: builds both halves and starts the server, on the demo estate or on repositories that are named.
//! It must not pass anything but arguments to the server: what it shows comes through the normal path.
use crate::{sh, web};
use anyhow::{Context, Result};
use std::{ffi::OsString, path::Path, process::Command};

/// Builds what is out of date and hands the process over to `waymark`.
///
/// # Errors
/// When a build fails or the server cannot be started.
pub(crate) fn run(root: &Path, args: &[String]) -> Result<()> {
    let call = Call::parse(args);
    say(1, "the browser's half (the first time about 2 minutes on 2 cores; nothing when unchanged)");
    web::web(root)?;
    let form = if call.release { ("release form, about 8 minutes", "release") } else { ("about 4 minutes", "debug") };
    say(2, &format!("the server ({} on 2 cores the first time; seconds when little changed)", form.0));
    let mut build = sh::cargo(root);
    // Of the workspace, not of the package: cargo then picks the features that `cargo xtask test` builds with, and the
    // two commands share one build.
    build.args(["build", "--workspace", "--bin", "waymark"]);
    if call.release {
        build.arg("--release");
    }
    sh::run(&mut build)?;
    match call.scan.len() {
        0 => say(3, "the demo estate; stop it with Ctrl-C"),
        n => say(3, &format!("scanning {n} place{} and serving; stop it with Ctrl-C", if n == 1 { "" } else { "s" })),
    }
    let binary = sh::target_dir(root).join(form.1).join(format!("waymark{}", std::env::consts::EXE_SUFFIX));
    become_process(Command::new(binary).args(call.server_args(root)))
}

fn say(step: u8, what: &str) {
    eprintln!("[{step}/3] {what}");
}

#[derive(Debug, PartialEq, Eq)]
struct Call {
    release: bool,
    flags: Vec<String>,
    scan: Vec<String>,
}

impl Call {
    /// Splits at the first `--`: before it flags of the server and `--release`, after it what to scan.
    fn parse(args: &[String]) -> Self {
        let split = args.iter().position(|arg| arg == "--");
        let (before, after) = split.map_or((args, &[][..]), |at| (&args[..at], &args[at + 1..]));
        Self {
            release: before.iter().any(|arg| arg == "--release"),
            flags: before.iter().filter(|arg| *arg != "--release").cloned().collect(),
            scan: after.to_vec(),
        }
    }

    fn server_args(&self, root: &Path) -> Vec<OsString> {
        if self.scan.is_empty() {
            return std::iter::once("demo".into()).chain(self.flags.iter().map(OsString::from)).collect();
        }
        let mut args: Vec<OsString> = vec!["serve".into()];
        if !self.flags.iter().any(|flag| flag == "--data" || flag.starts_with("--data=")) {
            args.extend(["--data".into(), root.join("target/data/run").into()]);
        }
        args.extend(self.flags.iter().map(OsString::from));
        args.extend(self.scan.iter().flat_map(|place| ["--scan".into(), OsString::from(place)]));
        args
    }
}

/// The server takes this process's place, so that signals and the exit code are its own.
#[cfg(unix)]
fn become_process(command: &mut Command) -> Result<()> {
    use std::os::unix::process::CommandExt;
    let error = command.exec();
    Err(error).with_context(|| format!("{} could not be started", command.get_program().to_string_lossy()))
}

#[cfg(not(unix))]
fn become_process(command: &mut Command) -> Result<()> {
    let status = command.status().context("the server could not be started")?;
    std::process::exit(status.code().unwrap_or(1))
}

#[cfg(test)]
mod tests {
    use super::Call;
    use std::path::Path;

    fn args(words: &str) -> Vec<String> {
        let words: Vec<String> = words.split_whitespace().map(str::to_owned).collect();
        let args = Call::parse(&words).server_args(Path::new("/w"));
        args.into_iter().map(|arg| arg.into_string().unwrap()).collect()
    }

    #[test]
    fn nothing_named_is_the_demo() {
        assert_eq!(args(""), ["demo"]);
        assert_eq!(args("--release --listen 127.0.0.1:9000"), ["demo", "--listen", "127.0.0.1:9000"]);
        assert!(Call::parse(&["--release".to_owned()]).release);
    }

    #[test]
    fn places_are_scanned() {
        assert_eq!(args("-- a b"), ["serve", "--data", "/w/target/data/run", "--scan", "a", "--scan", "b"]);
        assert_eq!(args("--data=/d -- a"), ["serve", "--data=/d", "--scan", "a"]);
    }
}
