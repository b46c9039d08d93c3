//! A past that is read for the first time.
//! For tests only.
use super::{fixture::Made, *};
use std::fs;

#[test]
fn versions_are_no_change_and_a_revert_is_a_new_span() {
    let fixture = Fixture::new();
    let (one, two) = (go_mod(&[("acme.dev/flags", "v1.0.0")]), go_mod(&[("acme.dev/flags", "v1.2.0")]));
    let none = go_mod(&[]);
    let ids = fixture.import(&[
        Made::on(0, &[], &[("go.mod", Some(&one)), ("main.go", Some("package main\n"))]),
        Made::on(1, &[0], &[("go.mod", Some(&two)), ("vendor/go.mod", Some(&one))]),
        Made::on(2, &[1], &[("go.mod", Some(&none)), ("main.go", Some("package main // 2\n"))]),
        Made::on(3, &[2], &[("go.mod", Some(&two))]),
        Made::on(4, &[3], &[("go.mod", None), ("cmd/go.mod", Some(&two))]),
    ]);
    let (timeline, fresh) = read_from(&input(&fixture, &ids[4]), None, &NoCache);
    assert_eq!(spans(&timeline, "go.mod"), [(0, Some(2), true), (2, Some(3), true), (3, Some(4), true)]);
    assert_eq!(spans(&timeline, "cmd/go.mod"), [(4, None, true)]);
    assert_eq!(spans(&timeline, "main.go"), [(0, None, false)]);
    assert_eq!(spans(&timeline, "vendor/go.mod"), []);
    assert_eq!(fresh.len(), 3, "three contents, whatever their paths and times");
    let symbols = SymbolParser::new(&[]);
    let followed = Followed::standard(&symbols, &[]);
    let facts = facts_of(fresh);
    assert!(followed.keys(&timeline).iter().all(|key| facts.contains_key(key)));
    let first = &timeline.files.iter().find(|span| span.path.as_str() == "go.mod").unwrap();
    let read = followed.facts_of(&facts, &first.path, first.blob.as_ref().unwrap());
    assert_eq!(
        read["go"].dependencies[0].version.as_deref().or(read["go"].dependencies[0].requirement.as_deref()),
        Some("v1.0.0")
    );
    assert_eq!(rules(&timeline), Vec::<&str>::new());
}

#[test]
fn a_merge_brings_its_branch_and_the_first_sign_lies_on_it() {
    let fixture = Fixture::new();
    let (with, without) = (go_mod(&[("acme.dev/flags", "v1.0.0")]), go_mod(&[]));
    let by = |author: &'static str, made: Made<'static>| Made { author, ..made };
    let ids = fixture.import(&[
        Made::on(0, &[], &[("go.mod", Some(&without))]),
        by("Two", Made::on(1, &[0], &[("README.md", Some("Two"))])),
        by("Two", Made::on(2, &[1], &[("tools/go.mod", Some(&with))])),
        by("Three", Made::on(3, &[2], &[("go.mod", Some(&with)), ("tools/go.mod", None)])),
        Made::on(4, &[0], &[("main.go", Some("package main\n"))]),
        Made::on(5, &[4, 3], &[("README.md", Some("Two")), ("go.mod", Some(&with))]),
    ]);
    let timeline = read_whole(&fixture, &ids[5]);
    assert_eq!(timeline.commits.iter().map(|commit| commit.merge).collect::<Vec<_>>(), [false, false, true]);
    assert_eq!((timeline.commits[2].committed - timeline.commits[2].first_work) / 86_400, 4);
    assert_eq!(timeline.branch_authors.len(), 2);
    let symbols = SymbolParser::new(&[]);
    let followed = Followed::standard(&symbols, &[]);
    let repository = Repository::open(&fixture.git_dir(), &Limits::default()).unwrap();
    let mut attempts = Attempts::new(&repository, &followed, &timeline.line);
    let (merge, path) = (CommitId::new(&*ids[5]).unwrap(), RepoPath::new("go.mod").unwrap());
    let shows = |name: &'static str| move |_: &RepoPath, facts: &[(&str, &FileFacts)]| requires(facts, name);
    let sign = attempts.first_sign(&merge, &path, &shows("acme.dev/flags")).unwrap();
    assert_eq!((sign.commit.commit.as_str(), sign.author_days), (&*ids[2], 2));
    assert_eq!(attempts.first_sign(&merge, &path, &shows("acme.dev/other")), None);
    let plain = CommitId::new(&*ids[4]).unwrap();
    assert_eq!(attempts.first_sign(&plain, &path, &shows("acme.dev/flags")), None, "no merge");
}

#[test]
fn odd_dates_and_authors_are_said_and_the_rest_stays_right() {
    let fixture = Fixture::new();
    let at = |committed: i64, made: Made<'static>| Made { committed, ..made };
    let nobody = Made { author: "", ..Made::on(2, &[1], &[("a", Some("3"))]) };
    let ids = fixture.import(&[
        Made::on(0, &[], &[("a", Some("1"))]),
        at(0, Made::on(1, &[0], &[("a", Some("2"))])),
        nobody,
        at(4_102_444_800, Made::on(3, &[2], &[("b", Some("4"))])),
        Made::on(4, &[3], &[("c", Some("5"))]),
    ]);
    let timeline = read_whole(&fixture, &ids[4]);
    let days: Vec<i64> = timeline.dates(NOW).iter().map(|at| (at - 1_577_836_800) / 86_400).collect();
    assert_eq!(days, [0, 0, 2, 2, 4]);
    assert_eq!(rules(&timeline), ["commit-date-implausible", "commit-author-unnamed"]);
    assert!(timeline.findings[0].message.contains(&ids[1]), "{}", timeline.findings[0].message);
    assert_eq!(spans(&timeline, "b"), [(3, None, false)]);
}

#[test]
fn a_lost_content_leaves_the_former_facts_and_a_lost_tree_is_a_gap() {
    let fixture = Fixture::new();
    let mods: Vec<String> =
        ["a", "b", "c", "d"].iter().map(|name| go_mod(&[(&format!("acme.dev/{name}"), "v1.0.0")])).collect();
    let ids = fixture.import(&[
        Made::on(0, &[], &[("go.mod", Some(&mods[0]))]),
        Made::on(1, &[0], &[("go.mod", Some(&mods[1]))]),
        Made::on(2, &[1], &[("go.mod", Some(&mods[2]))]),
        Made::on(3, &[2], &[("go.mod", Some(&mods[3]))]),
    ]);
    fixture.lose(&fixture.id(&format!("{}:go.mod", ids[1])));
    fixture.lose(&fixture.id(&format!("{}^{{tree}}", ids[2])));
    let timeline = read_whole(&fixture, &ids[3]);
    assert_eq!(spans(&timeline, "go.mod"), [(0, Some(3), true), (3, None, true)]);
    assert_eq!(timeline.gaps.iter().map(|gap| (gap.after, gap.before)).collect::<Vec<_>>(), [(Some(1), 3)]);
    assert_eq!(rules(&timeline), ["history-gap", "history-blob-unreadable"]);
}

#[test]
fn a_shallow_history_says_where_it_starts_and_is_read_anew_when_it_deepens() {
    let fixture = Fixture::new();
    let ids = fixture.import(&[
        Made::on(0, &[], &[("go.mod", Some(&go_mod(&[])))]),
        Made::on(1, &[0], &[("a", Some("1"))]),
        Made::on(2, &[1], &[("b", Some("1"))]),
    ]);
    let shallow = fixture.git_dir().join("shallow");
    fs::write(&shallow, format!("{}\n", ids[1])).unwrap();
    let short = read_whole(&fixture, &ids[2]);
    assert_eq!((short.line.len(), rules(&short)), (2, vec!["history-starts-here"]));
    assert!(short.findings[0].message.contains(&ids[1]), "{}", short.findings[0].message);
    assert_eq!(read_from(&input(&fixture, &ids[2]), Some(short.clone()), &NoCache).0, short);
    fs::remove_file(&shallow).unwrap();
    let whole = read_from(&input(&fixture, &ids[2]), Some(short), &NoCache).0;
    assert_eq!(whole, read_whole(&fixture, &ids[2]));
    assert_eq!((whole.line.len(), rules(&whole).len()), (3, 0));
}

#[test]
fn a_repository_that_cannot_be_opened_stops_with_a_finding() {
    let fixture = Fixture::new();
    let ids = fixture.import(&[Made::on(0, &[], &[("a", Some("1"))])]);
    let nowhere = HistoryInput { git_dir: fixture.git_dir().join("objects"), ..input(&fixture, &ids[0]) };
    let output = read_history(&nowhere, None, &NoCache, &mut |_| {});
    assert!(matches!(output, HistoryOutput::Stopped(_)), "{output:?}");
    let absent = input(&fixture, &"1".repeat(40));
    let output = read_history(&absent, None, &NoCache, &mut |_| {});
    assert!(matches!(output, HistoryOutput::Stopped(_)), "{output:?}");
}
