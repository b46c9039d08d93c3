//! Reduced histories of a public organisation, compared with what git itself says of them.
//! For tests only.
use super::*;
use crate::facts::ecosystems::test_data;
use std::{collections::BTreeMap, fs};

/// The first commit (as the stream's messages name their source) and whether the last one shows it, by signal.
type Truth = BTreeMap<String, (String, bool)>;

fn truth(repository: &str) -> Truth {
    let text = fs::read_to_string(test_data().join("org/streams/TRUTH.tsv")).unwrap();
    let rows = text.lines().map(|line| line.split('\t').collect::<Vec<_>>());
    let of = |row: &Vec<&str>| row[0].rsplit('/').next() == Some(repository) && row[1].starts_with("go.einride.tech/");
    rows.filter(of).map(|row| (row[1].to_owned(), (row[2].to_owned(), row[4] == "yes"))).collect()
}

/// The same by the timeline: the first commit at which a `go.mod` defines or requires the module or one below it.
fn seen(fixture: &Fixture, timeline: &Timeline, facts: &TimelineFacts, signal: &str) -> Option<(String, bool)> {
    let symbols = SymbolParser::new(&[]);
    let followed = Followed::standard(&symbols, &[]);
    let shows = |facts: &FileFacts| {
        let required = facts.dependencies.iter().map(|dependency| &dependency.name);
        required.chain(facts.packages.iter().map(|package| &package.name)).any(|name| name.starts_with(signal))
    };
    let held = timeline.files.iter().filter(|span| {
        let read = span.blob.as_ref().map(|blob| followed.facts_of(facts, &span.path, blob)).unwrap_or_default();
        read.get("go").is_some_and(|facts| shows(facts))
    });
    let held: Vec<_> = held.collect();
    let first = held.iter().map(|span| span.from).min()?;
    let commit = timeline.line.id(first as usize).unwrap();
    let message = fixture.git(&["log", "-1", "--format=%B", commit.as_str()], b"");
    let source = message.lines().find_map(|line| line.strip_prefix("source-commit: ")).unwrap();
    Some((source.to_owned(), held.iter().any(|span| span.to.is_none())))
}

#[test]
fn modules_are_first_seen_where_git_first_sees_them() {
    let mut n_compared = 0;
    let streams = fs::read_dir(test_data().join("org/streams")).unwrap().map(|entry| entry.unwrap().path());
    for stream in streams.filter(|path| path.extension().is_some_and(|ending| ending == "fi")) {
        let name = stream.file_stem().unwrap().to_string_lossy().into_owned();
        let fixture = Fixture::new();
        fixture.stream(&fs::read(&stream).unwrap());
        let tip = fixture.id("refs/heads/main");
        let (timeline, fresh) = read_from(&input(&fixture, &tip), None, &NoCache);
        let count = fixture.git(&["rev-list", "--first-parent", "--count", "main"], b"");
        assert_eq!(timeline.line.len().to_string(), count, "{name}");
        assert_eq!(Timeline::from_bytes(&timeline.to_bytes()).unwrap(), timeline, "{name}");
        assert!(timeline.dates(NOW + 400 * 86_400).is_sorted(), "{name}");
        let facts = facts_of(fresh);
        for (signal, expected) in truth(&name) {
            assert_eq!(seen(&fixture, &timeline, &facts, &signal), Some(expected), "{name} {signal}");
            n_compared += 1;
        }
    }
    assert!(n_compared > 30, "{n_compared} signals were compared");
}
