//! `cargo xtask test`: everything that must hold before a change lands, in one call, on a machine that may be new.
//! It must not skip anything silently: what cannot be run is a failure that says what to do.
use crate::{sh, tidy, web};
use anyhow::Result;
use std::path::Path;

mod postgres;
mod provision;
mod report;
mod tally;

use report::Report;

/// Runs every check, goes on past failures where it can, and closes with `N passed, N failed`. With a filter it runs
/// only the tests whose names hold one of its words, with all that they need.
///
/// # Errors
/// When any check failed.
pub(crate) fn test(root: &Path, filter: &[String]) -> Result<()> {
    let mut report = Report::default();
    if filter.is_empty() {
        static_checks(root, &mut report);
    }
    checks(root, filter, &mut report);
    report.close()
}

/// What reads the sources only.
fn static_checks(root: &Path, report: &mut Report) {
    report.step("format", || {
        sh::run(sh::cargo(root).args(["fmt", "--all", "--", "--check"]))?;
        sh::run(sh::cargo_xtask(root, "fmt").args(["--", "--check"]))
    });
    report.step("rules of the house (tidy)", || tidy::tidy(root));
}

/// What builds and runs. Only what nothing can do without stops the run: the tools and the browser's half.
fn checks(root: &Path, filter: &[String], report: &mut Report) {
    let tools = report.step("tools: git, PostgreSQL, Chromium, axe-core", || provision::provision(root));
    let Some(tools) = tools else { return };
    let Some(sizes) = report.step("the browser's half", || web::web(root)) else { return };
    if filter.is_empty() {
        report.step("budget: WASM, JS and CSS as brotli", || sizes.check());
        lints(root, report);
        report.counted("tests of xtask", || tally::run(sh::cargo_xtask(root, "test").arg("--no-fail-fast")));
    }
    report.counted("tests: unit, API on SQLite and PostgreSQL, browser", || {
        let postgres = postgres::Throwaway::start(&tools.postgres)?;
        let mut cargo = sh::cargo(root);
        cargo.args(["test", "--workspace", "--no-fail-fast"]);
        cargo.env("TEST_POSTGRES_URL", postgres.url());
        cargo.env("AXE_CORE", &tools.axe).env("CHROMEDRIVER", &tools.chromedriver).env("CHROMIUM", &tools.chromium);
        if !filter.is_empty() {
            // Examples in docs are read as tests too, and take a build each: not for a few tests by name.
            cargo.args(["--lib", "--bins", "--tests", "--"]).args(filter);
        }
        tally::run(&mut cargo)
    });
}

/// Warnings are errors, and the app is linted for both of its halves.
fn lints(root: &Path, report: &mut Report) {
    const STRICT: [&str; 3] = ["--", "-D", "warnings"];
    report.step("lints of the workspace", || {
        sh::run(sh::cargo(root).args(["clippy", "--workspace", "--all-targets"]).args(STRICT))
    });
    report.step("lints of the app's browser half", || {
        sh::run(sh::cargo(root).args(["clippy", "-p", "app", "--target", "wasm32-unknown-unknown"]).args(STRICT))
    });
    report.step("lints of xtask", || sh::run(sh::cargo_xtask(root, "clippy").arg("--all-targets").args(STRICT)));
}
