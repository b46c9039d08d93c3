//! Keeps the outcome of each step of a test run and prints the closing lines.
//! It must not run anything but the step it is handed.
use super::tally::Tally;
use anyhow::{Result, bail};
use std::time::{Duration, Instant};

/// The steps so far, in order.
#[derive(Default)]
pub(crate) struct Report {
    steps: Vec<Step>,
    tests: Tally,
}

struct Step {
    name: String,
    took: Duration,
    failure: Option<String>,
    /// Failures that the step itself has counted test by test.
    counted: u64,
}

impl Report {
    /// Does a step that either holds or not; gives its value when it holds.
    pub(crate) fn step<T>(&mut self, name: &str, step: impl FnOnce() -> Result<T>) -> Option<T> {
        self.heading(name);
        let start = Instant::now();
        let result = step();
        self.note(name, start.elapsed(), result.as_ref().err().map(|error| format!("{error:#}")), 0);
        result.ok()
    }

    /// Does a step that runs tests and counts them.
    pub(crate) fn counted(&mut self, name: &str, step: impl FnOnce() -> Result<Tally>) {
        self.heading(name);
        let start = Instant::now();
        match step() {
            Ok(tally) => {
                self.tests += tally;
                self.note(name, start.elapsed(), tally.failure(), tally.failed);
            }
            Err(error) => self.note(name, start.elapsed(), Some(format!("{error:#}")), 0),
        }
    }

    fn heading(&self, name: &str) {
        println!("\n=== {}. {name} ===", self.steps.len() + 1);
    }

    fn note(&mut self, name: &str, took: Duration, failure: Option<String>, counted: u64) {
        if let Some(failure) = &failure {
            println!("FAILED: {failure}");
        }
        println!("--- {name}: {} in {:.1} s", outcome(failure.is_some()), took.as_secs_f32());
        self.steps.push(Step { name: name.to_owned(), took, failure, counted });
    }

    /// Tests that failed, and one for each failed step that counts no tests.
    fn failed(&self) -> u64 {
        let uncounted = self.steps.iter().filter(|step| step.failure.is_some() && step.counted == 0).count();
        self.tests.failed + uncounted as u64
    }

    /// Prints the steps and, last, the line of counts.
    ///
    /// # Errors
    /// When a step failed or no test ran.
    pub(crate) fn close(self) -> Result<()> {
        println!("\n=== summary ===");
        for step in &self.steps {
            println!("{:<9} {:>7.1} s  {}", outcome(step.failure.is_some()), step.took.as_secs_f32(), step.name);
            if let Some(failure) = &step.failure {
                println!("                     {}", failure.lines().next().unwrap_or_default());
            }
        }
        let failed = self.failed();
        println!("{} passed, {failed} failed", self.tests.passed);
        if failed > 0 {
            // The lines above are the message; a second one from main would hide the counts.
            std::process::exit(1);
        }
        if self.tests.passed == 0 {
            bail!("no test ran");
        }
        Ok(())
    }
}

fn outcome(failed: bool) -> &'static str {
    if failed { "FAILED" } else { "ok" }
}

#[cfg(test)]
mod tests {
    use super::{Report, Tally};
    use anyhow::bail;

    #[test]
    fn failed_steps_and_failed_tests_add_up_once() {
        let mut report = Report::default();
        assert_eq!(report.step("fine", || Ok(7)), Some(7));
        assert_eq!(report.step("broken", || -> anyhow::Result<()> { bail!("no") }), None);
        report.counted("tests", || Ok(Tally { passed: 5, failed: 2, ignored: 0, finished: false }));
        report.counted("does not compile", || bail!("cargo failed"));
        assert_eq!((report.tests.passed, report.failed()), (5, 4));
    }

    #[test]
    fn a_binary_that_crashed_is_one_failure() {
        let mut report = Report::default();
        report.counted("tests", || Ok(Tally { passed: 5, failed: 0, ignored: 0, finished: false }));
        assert_eq!(report.failed(), 1);
    }
}
