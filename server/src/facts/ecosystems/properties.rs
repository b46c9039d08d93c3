//! Properties of every parser: no bytes make one panic, and real files of public repositories are read.
//! For tests only; it must not know what a single parser does.
use super::PARSERS;
use crate::facts::{
    model::FileFacts,
    parser::Parser,
    testing::{self, from_contents},
};
use proptest::prelude::*;
use shared::RepoPath;
use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    sync::LazyLock,
};

/// One file of a parser's fixtures: the parser's index, the path in its case, the bytes.
type Fixture = (usize, RepoPath, Vec<u8>);

static FIXTURES: LazyLock<Vec<Fixture>> = LazyLock::new(|| {
    let mut out = vec![];
    for (index, parser) in PARSERS.iter().enumerate() {
        for case in testing::cases(parser.key()) {
            let files = testing::repository(&case, &[]);
            let wanted = files.entries.into_iter().filter(|entry| parser.wants(&entry.path));
            out.extend(wanted.map(|entry| {
                let bytes = fs::read(case.join(entry.path.as_str())).unwrap();
                (index, entry.path, bytes)
            }));
        }
    }
    out
});

/// The folder of public test data beside the project's checkout.
pub(crate) fn data() -> PathBuf {
    let data = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/data")).to_owned();
    let nested = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data")).to_owned();
    let found = [data, nested].into_iter().find(|path| path.is_dir());
    found.expect("the test data (shared/data) lies beside the project's checkout; put it there")
}

/// What must hold of anything a parser returns.
fn assert_sound(parser: &dyn Parser, facts: &FileFacts, bytes: &[u8]) {
    let n_lines = u32::try_from(bytes.iter().filter(|b| **b == b'\n').count() + 1).unwrap();
    let within = |line: Option<u32>| line.is_none_or(|line| (1..=n_lines).contains(&line));
    for dependency in &facts.dependencies {
        assert!(!dependency.name.is_empty() && !dependency.name.chars().any(char::is_control), "{dependency:?}");
        assert!(within(dependency.line), "{} {dependency:?} of {n_lines} lines", parser.key());
    }
    for package in &facts.packages {
        assert!(!package.name.chars().any(char::is_control) && within(package.line), "{package:?}");
    }
    for found in &facts.definitions {
        let entries = found.entries.iter().all(|entry| within(entry.line) && !entry.name.chars().any(char::is_control));
        assert!(within(found.line) && entries, "{} {found:?} of {n_lines} lines", parser.key());
        assert!(!found.name.chars().any(char::is_control), "{found:?}");
    }
    for claim in &facts.claims {
        let sound = !claim.value.is_empty() && !claim.value.chars().any(char::is_control);
        assert!(sound && within(Some(claim.line)), "{} {claim:?} of {n_lines} lines", parser.key());
    }
    for problem in &facts.problems {
        assert!(within(problem.line), "{} {problem:?} of {n_lines} lines", parser.key());
        assert!(!problem.message.chars().any(|c| c.is_control()), "{problem:?}");
    }
    serde_json::to_string(facts).expect("facts can be stored");
}

/// Parses and resolves one file as a repository of its own.
fn read_alone(parser: &dyn Parser, path: &RepoPath, bytes: &[u8]) {
    let facts = parser.parse(path.file_name(), bytes);
    assert_sound(parser, &facts, bytes);
    let files = from_contents(&BTreeMap::from([(path.clone(), bytes.to_vec())]), &[parser]);
    parser.resolve(&files);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn arbitrary_bytes_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..512), pick in any::<prop::sample::Index>()) {
        let (parser, path, _) = pick.get(&FIXTURES);
        read_alone(PARSERS[*parser], path, &bytes);
    }

    #[test]
    fn mutated_fixtures_never_panic(
        pick in any::<prop::sample::Index>(),
        cuts in proptest::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>(), any::<u8>()), 1..6),
    ) {
        let (parser, path, bytes) = pick.get(&FIXTURES);
        let mut bytes = bytes.clone();
        for (from, to, byte) in cuts {
            if bytes.is_empty() { break; }
            let (from, to) = (from.index(bytes.len()), to.index(bytes.len()));
            match byte % 4 {
                0 => bytes[from] = byte,
                1 => bytes.insert(from, byte),
                2 => drop(bytes.drain(from.min(to)..from.max(to).min(from.min(to) + 40))),
                _ => {
                    let copy = bytes[from.min(to)..from.max(to).min(from.min(to) + 40)].to_vec();
                    bytes.splice(to..to, copy);
                }
            }
        }
        read_alone(PARSERS[*parser], path, &bytes);
    }
}

/// Nesting far past every limit, and repetition that a careless parser would look through again and again.
#[test]
fn deep_nesting_never_overflows_the_stack() {
    let texts = [
        "[".repeat(20_000),
        "{".repeat(20_000),
        "{\"a\":".repeat(20_000),
        format!("a = {}", "[".repeat(20_000)),
        format!("a = {}", "{a=".repeat(20_000)),
        format!("{}b = 1", "a.".repeat(20_000)),
        format!("[{}b]", "a.".repeat(20_000)),
        "- ".repeat(20_000),
        "? ".repeat(20_000),
        "a: &a [*a]\n".repeat(1000),
        "require (\n".repeat(20_000),
        "-r requirements.txt\n".repeat(20_000),
    ];
    for (parser, path, _) in FIXTURES.iter() {
        for text in &texts {
            let facts = PARSERS[*parser].parse(path.file_name(), text.as_bytes());
            assert_sound(PARSERS[*parser], &facts, text.as_bytes());
        }
    }
}

/// Manifests of public repositories: sound facts, and counts that change only with the parsers.
#[test]
fn real_manifests_are_read() {
    let index = fs::read_to_string(data().join("INDEX.tsv")).unwrap();
    let mut counts: BTreeMap<&str, [usize; 4]> = BTreeMap::new();
    for row in index.lines().skip(1).map(|row| row.split('\t').collect::<Vec<_>>()) {
        let Ok(path) = RepoPath::new(row[3]) else { continue };
        let bytes = fs::read(data().join(row[0])).unwrap();
        for parser in PARSERS.iter().filter(|parser| parser.wants(&path) && parser.key() != "descriptor") {
            let facts = parser.parse(path.file_name(), &bytes);
            assert_sound(*parser, &facts, &bytes);
            let count = counts.entry(parser.key()).or_default();
            let found = [1, facts.packages.len(), facts.dependencies.len(), facts.problems.len()];
            count.iter_mut().zip(found).for_each(|(sum, n)| *sum += n);
        }
    }
    insta::assert_debug_snapshot!("real_manifests_files_packages_dependencies_problems", counts);
}
