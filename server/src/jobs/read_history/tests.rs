//! Reading the past of repositories made by git.
//! For tests only.
mod fixture;
mod incremental;
mod organisation;
mod whole;

use super::*;
use crate::{
    facts::timeline::TimelineFacts,
    jobs::read_mirror::{FactCache, NoCache},
};
use fixture::Fixture;
use std::collections::HashMap;

/// A cache that knows what was given to it.
#[derive(Default)]
struct Remembered(HashMap<BlobKey, FileFacts>);

impl FactCache for Remembered {
    fn load(&self, keys: &[BlobKey]) -> HashMap<BlobKey, FileFacts> {
        keys.iter().filter_map(|key| Some((key.clone(), self.0.get(key)?.clone()))).collect()
    }
}

/// 2026-01-01.
const NOW: i64 = 1_767_225_600;

fn input(fixture: &Fixture, tip: &str) -> HistoryInput {
    HistoryInput {
        git_dir: fixture.git_dir(),
        limits: Limits::default(),
        tip: CommitId::new(tip).unwrap(),
        needles: vec![],
        watched: vec![],
        now: NOW,
    }
}

/// The timeline up to a tip, and what was parsed for it.
fn read_from(
    input: &HistoryInput,
    stored: Option<Timeline>,
    cache: &dyn FactCache,
) -> (Timeline, HashMap<BlobKey, FileFacts>) {
    let mut fresh = HashMap::new();
    let mut twice = vec![];
    let output = read_history(input, stored, cache, &mut |chunk| {
        for (key, facts) in chunk {
            if fresh.insert(key.clone(), facts).is_some() {
                twice.push(key);
            }
        }
    });
    assert_eq!(twice, [], "no content is parsed twice");
    match output {
        HistoryOutput::Read { timeline, .. } | HistoryOutput::Unchanged(timeline) => (*timeline, fresh),
        HistoryOutput::Stopped(finding) => panic!("{finding:?}"),
    }
}

fn read_whole(fixture: &Fixture, tip: &str) -> Timeline {
    read_from(&input(fixture, tip), None, &NoCache).0
}

/// Each span of a path: from, to, and whether its content is known.
fn spans(timeline: &Timeline, path: &str) -> Vec<(u32, Option<u32>, bool)> {
    let of_path = timeline.files.iter().filter(|span| span.path.as_str() == path);
    of_path.map(|span| (span.from, span.to, span.blob.is_some())).collect()
}

fn rules(timeline: &Timeline) -> Vec<&str> {
    timeline.findings.iter().map(|finding| finding.rule.as_str()).collect()
}

/// A `go.mod` that requires some modules.
fn go_mod(requires: &[(&str, &str)]) -> String {
    let lines: String = requires.iter().map(|(name, version)| format!("require {name} {version}\n")).collect();
    format!("module acme.dev/shop\n\ngo 1.22\n\n{lines}")
}

/// Whether a `go.mod` requires a module.
fn requires(facts: &[(&str, &FileFacts)], name: &str) -> bool {
    facts.iter().any(|(_, facts)| facts.dependencies.iter().any(|dependency| dependency.name == name))
}

fn facts_of(fresh: HashMap<BlobKey, FileFacts>) -> TimelineFacts {
    fresh.into_iter().map(|(key, facts)| (key, std::sync::Arc::new(facts))).collect()
}
