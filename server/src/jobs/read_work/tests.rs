//! Reading the work on repositories made by git.
//! For tests only.
mod continued;
mod fixture;
mod hostile;
mod lines;
mod people;

use super::*;
use crate::facts::work::{Mass, Touch};
use fixture::{Fixture, Made};

/// 2026-01-01.
const NOW: i64 = 1_767_225_600;

fn output(fixture: &Fixture, tip: &str, stored: Option<WorkLog>) -> WorkOutput {
    let tip = CommitId::new(tip).unwrap();
    read_work(&WorkInput { git_dir: fixture.git_dir(), limits: Limits::default(), tip, now: NOW }, stored)
}

/// The log up to a tip, and how many commits were read for it.
fn continued(fixture: &Fixture, tip: &str, stored: Option<WorkLog>) -> (WorkLog, usize) {
    match output(fixture, tip, stored) {
        WorkOutput::Read { log, n_read } => (*log, n_read),
        other => panic!("{other:?}"),
    }
}

fn whole(fixture: &Fixture, tip: &str) -> WorkLog {
    continued(fixture, tip, None).0
}

/// The work of commits of which each has the one before as its parent.
fn linear(commits: &[Made]) -> WorkLog {
    let fixture = Fixture::new();
    let ids = fixture.import(&chained(commits));
    whole(&fixture, ids.last().unwrap())
}

fn chained(commits: &[Made]) -> Vec<Made> {
    let parents = |at: usize| at.checked_sub(1).into_iter().collect();
    commits.iter().enumerate().map(|(at, made)| Made { parents: parents(at), ..made.clone() }).collect()
}

/// Touches as `commit path +added -removed`, with `f` for formatting, `>` after and `x` before what it became.
fn touches(log: &WorkLog) -> Vec<String> {
    let shown = |touch: &Touch| {
        let lineage = &log.lineages[touch.lineage as usize];
        let sign = if lineage.to == Some(touch.commit) { "x " } else { "" };
        let path = log.path_at(touch.lineage, touch.commit).unwrap();
        let from = lineage.earlier.iter().find(|(until, _)| *until == touch.commit);
        let from = from.map(|(_, path)| format!("{path}>")).unwrap_or_default();
        let formatting = if touch.formatting { " f" } else { "" };
        format!("{} {sign}{from}{path} +{} -{}{formatting}", touch.commit, touch.added, touch.removed)
    };
    log.touches.iter().map(shown).collect()
}

fn rules(log: &WorkLog) -> Vec<&str> {
    log.findings.iter().map(|finding| finding.rule.as_str()).collect()
}

fn masses(log: &WorkLog) -> Vec<Option<Mass>> {
    log.commits.iter().map(|commit| commit.mass).collect()
}
