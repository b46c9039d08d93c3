//! `cargo xtask COMMAND`: builds, runs, tests and measures Waymark. One file per command.
//! It must not hold product logic, and the product never depends on it.
use anyhow::{Result, bail};
use std::process::ExitCode;

mod bench;
mod known_answer;
mod quality;
mod run;
mod sh;
mod test;
mod tidy;
mod web;

const HELP: &str = "\
Usage: cargo xtask COMMAND

  run [--release] [FLAG…] [-- PATH|URL…]
          build everything and start Waymark on loopback. With no PATH or URL it serves the demo estate;
          otherwise it scans and serves the git repositories found there. FLAGs go to the `waymark` command.
            cargo xtask run
            cargo xtask run --listen 127.0.0.1:9000 -- ~/src https://example.org/team/service.git
  test [NAME…]
          format, lints, tidy, every unit, API and browser test (starts a throwaway PostgreSQL by itself);
          with names, only the tests whose names hold one of them
  web     build the browser's half into target/site
  tidy    check the arrows between rooms and the other rules of the house
  bench [list|NAME…]
          build the release form and run the benchmarks under tests/benches
  quality -- --repositories FOLDER
          measure detection on the public repositories of tests/quality/repositories.tsv, whose bare copies lie in
          FOLDER, and write docs/detection-quality.md (wants Python 3.11, Node 20 and their registries once)
  quality clones -- --repositories FOLDER
          measure clone detection on those of tests/quality/clones/repositories.tsv, beside jscpd where npm can install
          it, and write the tables of docs/clone-quality.md
  known-answer -- --repositories FOLDER
          scan bare copies of the repositories of docs/examples/einride, which lie in FOLDER, and compare adoption over
          time with what plain git says
";

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    match dispatch(&args) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch(args: &[String]) -> Result<()> {
    let root = sh::workspace_root()?;
    let rest = args.get(1..).unwrap_or_default();
    match args.first().map(String::as_str) {
        Some("run") => run::run(&root, rest),
        Some("test") => test::test(&root, rest),
        Some("web") => no_arguments(rest).and_then(|()| web::web(&root).map(drop)),
        Some("tidy") => no_arguments(rest).and_then(|()| tidy::tidy(&root)),
        Some("bench") => bench::bench(&root, rest),
        Some("quality") => quality::quality(&root, rest),
        Some("known-answer") => known_answer::known_answer(&root, rest),
        Some("help" | "--help" | "-h") => {
            print!("{HELP}");
            Ok(())
        }
        Some(other) => bail!("there is no command `{other}`\n\n{HELP}"),
        None => bail!("name a command\n\n{HELP}"),
    }
}

fn no_arguments(rest: &[String]) -> Result<()> {
    match rest.first() {
        Some(extra) => bail!("this command takes no arguments, but got `{extra}`\n\n{HELP}"),
        None => Ok(()),
    }
}
