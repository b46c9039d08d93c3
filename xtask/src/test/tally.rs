//! Runs `cargo test`, passes its output on line by line, and adds up what the test binaries say of themselves.
//! It must not judge a test: it only counts.
use anyhow::{Context, Result};
use std::{
    io::{BufRead, BufReader},
    ops::AddAssign,
    process::{Command, Stdio},
};

/// Tests of one or more binaries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Tally {
    pub passed: u64,
    pub failed: u64,
    pub ignored: u64,
    /// Whether cargo ended with success.
    pub finished: bool,
}

impl Default for Tally {
    fn default() -> Self {
        Self { passed: 0, failed: 0, ignored: 0, finished: true }
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.ignored += other.ignored;
        self.finished &= other.finished;
    }
}

impl Tally {
    /// Why this does not count as passed, if so. An ignored test is a failure: nothing is skipped here.
    pub(crate) fn failure(&self) -> Option<String> {
        match self {
            Self { failed: 1.., .. } => Some(format!("{} tests failed", self.failed)),
            Self { finished: false, .. } => Some("a test binary did not build or crashed".to_owned()),
            Self { ignored: 1.., .. } => Some(format!("{} tests are ignored; run them or remove them", self.ignored)),
            Self { passed: 0, .. } => Some("no test ran".to_owned()),
            _ => None,
        }
    }

    /// Reads a line of the form `test result: ok. 3 passed; 0 failed; 1 ignored; …`; others count nothing.
    fn read_line(line: &str) -> Self {
        let mut tally = Self::default();
        let Some((_, counts)) = line.strip_prefix("test result: ").and_then(|rest| rest.split_once(". ")) else {
            return tally;
        };
        for (number, word) in counts.split("; ").filter_map(|part| part.trim().split_once(' ')) {
            let number = number.parse().unwrap_or(0);
            match word {
                "passed" => tally.passed = number,
                "failed" => tally.failed = number,
                "ignored" => tally.ignored = number,
                _ => {}
            }
        }
        tally
    }
}

/// Runs the call to its end and counts.
///
/// # Errors
/// When it cannot be started or its output cannot be read.
pub(crate) fn run(command: &mut Command) -> Result<Tally> {
    let mut child = command.stdout(Stdio::piped()).spawn().context("cargo could not be started")?;
    let stdout = child.stdout.take().context("cargo has no standard output")?;
    let mut tally = Tally::default();
    for line in BufReader::new(stdout).split(b'\n') {
        let line = String::from_utf8_lossy(&line?).into_owned();
        println!("{line}");
        tally += Tally::read_line(line.trim_end());
    }
    tally.finished = child.wait()?.success();
    Ok(tally)
}

#[cfg(test)]
mod tests {
    use super::Tally;

    #[test]
    fn reads_what_a_test_binary_closes_with() {
        let line = "test result: FAILED. 12 passed; 3 failed; 1 ignored; 0 measured; 4 filtered out; finished in 0.02s";
        assert_eq!(Tally::read_line(line), Tally { passed: 12, failed: 3, ignored: 1, finished: true });
        assert_eq!(Tally::read_line("test api::list ... ok"), Tally::default());
    }

    #[test]
    fn says_why_a_run_does_not_count() {
        let good = Tally { passed: 1, ..Tally::default() };
        assert_eq!(good.failure(), None);
        for bad in [
            Tally { failed: 1, ..good },
            Tally { finished: false, ..good },
            Tally { ignored: 1, ..good },
            Tally { passed: 0, ..good },
        ] {
            assert!(bad.failure().is_some(), "{bad:?}");
        }
    }
}
