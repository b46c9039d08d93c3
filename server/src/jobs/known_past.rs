//! The past of a public organisation's repositories against what plain git says of them: the whole way from a git
//! directory to intervals. For tests only; it reads the public test data beside the checkout.
use super::{
    read_history::{HistoryInput, HistoryOutput, read_history},
    read_mirror::{FactCache, NoCache, ReadInput, ReadOutput, read_mirror},
};
use crate::{
    catalog::{
        self, Ruleset,
        history::{
            judge,
            model::{Interval, RepositoryHistory},
            source_only,
        },
    },
    facts::{
        SymbolParser,
        model::{BlobKey, FileFacts},
        timeline::{Dates, Followed},
    },
    scan::Limits,
};
use shared::{End, RepoName};
use std::{
    cell::RefCell,
    collections::{BTreeMap, HashMap},
    fs,
    path::Path,
    process::{Command, Stdio},
    sync::Arc,
};

const RULES: &str = "
apiVersion: waymark.dev/v1
kind: Capability
metadata: {name: build-platform}
spec:
  area: developer-platform
  extends: none
  reach: repository
  offers:
    - {name: sage, path: golden, since: 2022-01-26, detect: {packages: ['go:go.einride.tech/sage']}}
    - {name: mage-tools, path: vendor, detect: {packages: ['go:go.einride.tech/mage-tools']}}
---
apiVersion: waymark.dev/v1
kind: Capability
metadata: {name: api-design}
spec:
  area: developer-platform
  extends: none
  offers:
    - {name: aip, path: golden, detect: {packages: ['go:go.einride.tech/aip']}}
";

const OFFERS: [(&str, &str); 3] =
    [("sage", "go.einride.tech/sage"), ("mage-tools", "go.einride.tech/mage-tools"), ("aip", "go.einride.tech/aip")];

/// Where a file that names a module is no use of it: in the library itself, and where it was indirect at first.
const DIFFERENT: [(&str, &str); 2] = [("aip", "einride/aip-go"), ("aip", "einride/extend")];

/// 2026-11-21.
const NOW: i64 = 1_795_219_200;

/// What was read of the past, kept for judging.
#[derive(Default)]
struct Kept(RefCell<HashMap<BlobKey, FileFacts>>);

impl FactCache for Kept {
    fn load(&self, keys: &[BlobKey]) -> HashMap<BlobKey, FileFacts> {
        let kept = self.0.borrow();
        keys.iter().filter_map(|key| Some((key.clone(), kept.get(key)?.clone()))).collect()
    }
}

fn git(folder: &Path, args: &[&str], input: Stdio) -> String {
    let mut command = Command::new("git");
    command.current_dir(folder).args(args).stdin(input);
    command.env_clear().env("PATH", std::env::var_os("PATH").unwrap_or_default()).env("GIT_CONFIG_GLOBAL", "/dev/null");
    let output = command.env("GIT_CONFIG_SYSTEM", "/dev/null").output().unwrap();
    assert!(output.status.success(), "git {args:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn past_of(git_dir: &Path, name: &str, rules: &Ruleset) -> RepositoryHistory {
    let (repository, limits, git_dir) = (RepoName::new(name).unwrap(), Limits::default(), git_dir.to_owned());
    let input = ReadInput { repository, git_dir: git_dir.clone(), limits, needles: vec![], unchanged_at: None };
    let ReadOutput::Read(read) = read_mirror(&input, &NoCache) else { panic!("{name} is not readable") };
    let tip = catalog::build(&read.facts, rules, "2026-11-21");
    let (commit, watched, limits) = (tip.tip.commit.clone(), source_only(&tip), Limits::default());
    let input = HistoryInput { git_dir, limits, tip: commit, needles: vec![], watched, now: NOW };
    let kept = Kept::default();
    let mut sink = |fresh: Vec<(BlobKey, FileFacts)>| kept.0.borrow_mut().extend(fresh);
    let HistoryOutput::Read { timeline, .. } = read_history(&input, None, &NoCache, &mut sink) else {
        panic!("the past of {name} is not readable")
    };
    let symbols = SymbolParser::new(&[]);
    let keys: Vec<BlobKey> = Followed::standard(&symbols, &timeline.watched).keys(&timeline).into_iter().collect();
    let facts = kept.load(&keys).into_iter().map(|(key, facts)| (key, Arc::new(facts))).collect();
    judge(&timeline, &Dates::of(&timeline.commits, NOW).at, &facts, rules, &tip)
}

/// One repository as its stream rebuilds it, and its past.
struct Rebuilt {
    name: String,
    git_dir: tempfile::TempDir,
    history: RepositoryHistory,
}

impl Rebuilt {
    fn all() -> Vec<Self> {
        let (rules, findings) = Ruleset::compose(&[("rules.yaml".to_owned(), RULES.to_owned())], &[]);
        assert!(findings.is_empty(), "{findings:?}");
        let streams = crate::facts::ecosystems::test_data().join("org/streams");
        let mut streams: Vec<_> = fs::read_dir(streams).unwrap().map(|entry| entry.unwrap().path()).collect();
        streams.sort();
        streams.retain(|path| path.extension().is_some_and(|extension| extension == "fi"));
        let rebuilt = |stream: &std::path::PathBuf| {
            let name = format!("einride/{}", stream.file_stem().unwrap().to_string_lossy());
            let git_dir = tempfile::tempdir().unwrap();
            git(git_dir.path(), &["init", "-q", "--bare", "-b", "main", "."], Stdio::null());
            git(git_dir.path(), &["fast-import", "--quiet"], fs::File::open(stream).unwrap().into());
            let history = past_of(git_dir.path(), &name, &rules);
            Self { name, git_dir, history }
        };
        streams.iter().map(rebuilt).collect()
    }

    /// The commit of the original repository that a commit stands for.
    fn source(&self, commit: &str) -> String {
        let message = git(self.git_dir.path(), &["log", "-1", "--format=%B", commit], Stdio::null());
        let id = message.lines().find_map(|line| line.strip_prefix("source-commit: "));
        id.expect("every message of a stream holds its source").trim().to_owned()
    }

    /// The commits that changed how often go.mod files name a module, oldest first.
    fn commits_changing(&self, module: &str) -> Vec<String> {
        let needle = format!("-S{module} v");
        let args = ["log", "--first-parent", "--reverse", "--format=%H", &needle, "main", "--", "*go.mod"];
        git(self.git_dir.path(), &args, Stdio::null()).lines().map(str::to_owned).collect()
    }

    fn intervals(&self, offer: &str) -> Vec<&Interval> {
        self.history.intervals.iter().filter(|interval| interval.offer == offer).collect()
    }
}

/// Source id of the first commit, and whether the end still holds it, by repository and signal.
fn truth() -> BTreeMap<(String, String), (String, bool)> {
    let file = crate::facts::ecosystems::test_data().join("org/streams/TRUTH.tsv");
    let text = fs::read_to_string(file).unwrap();
    let row = |line: &str| {
        let column: Vec<&str> = line.split('\t').collect();
        ((column[0].to_owned(), column[1].to_owned()), (column[2].to_owned(), column[4] == "yes"))
    };
    text.lines().skip(1).map(row).collect()
}

#[test]
fn every_interval_of_a_real_organisation_begins_and_ends_with_its_commit() {
    let (truth, repositories) = (truth(), Rebuilt::all());
    assert_eq!(repositories.len(), 20);
    let mut n_compared = 0;
    for (offer, module) in OFFERS {
        for rebuilt in repositories.iter().filter(|rebuilt| !DIFFERENT.contains(&(offer, &rebuilt.name))) {
            let intervals = rebuilt.intervals(offer);
            let Some((first, held_at_end)) = truth.get(&(rebuilt.name.clone(), module.to_owned())) else {
                assert!(intervals.is_empty(), "{} never named {module}", rebuilt.name);
                continue;
            };
            let begun = intervals.iter().map(|interval| &interval.from).min_by_key(|from| from.at);
            let begun = begun.unwrap_or_else(|| panic!("{} names {module}", rebuilt.name));
            assert_eq!(rebuilt.source(begun.commit.as_str()), *first, "{} {module}", rebuilt.name);
            assert!(intervals.iter().all(|interval| interval.exact), "{} {module}", rebuilt.name);
            assert_eq!(intervals.iter().any(|interval| interval.to.is_none()), *held_at_end, "{}", rebuilt.name);
            if !held_at_end {
                let left = intervals.iter().filter_map(|interval| interval.to.as_ref()).max_by_key(|to| to.at);
                let went = rebuilt.commits_changing(module).pop();
                assert_eq!(left.map(|to| to.commit.as_str().to_owned()), went, "{} {module}", rebuilt.name);
                assert!(intervals.iter().all(|interval| interval.end == End::Left));
            }
            n_compared += 1;
        }
    }
    assert_eq!(n_compared, 33);
}

#[test]
fn the_predecessor_was_left_for_the_platform_everywhere() {
    let repositories = Rebuilt::all();
    let left: Vec<_> = repositories.iter().filter(|rebuilt| !rebuilt.intervals("mage-tools").is_empty()).collect();
    assert_eq!(left.len(), 12);
    for rebuilt in left {
        let (before, after) = (rebuilt.intervals("mage-tools"), rebuilt.intervals("sage"));
        assert_eq!((before.len(), after.len(), before[0].end), (1, 1, End::Left), "{}", rebuilt.name);
        assert_eq!((&before[0].component, before[0].to.as_ref()), (&after[0].component, Some(&after[0].from)));
    }
}
