//! A past that is continued, cut and watched.
//! For tests only.
use super::{fixture::Made, *};
use proptest::prelude::*;

fn without_rewrites(mut timeline: Timeline) -> Timeline {
    timeline.findings.retain(|finding| finding.rule != "history-rewritten");
    timeline
}

#[test]
fn an_unchanged_tip_reads_nothing_and_a_new_one_only_what_is_new() {
    let fixture = Fixture::new();
    let text = |version: &str| go_mod(&[("acme.dev/flags", version)]);
    let ids = fixture.import(&[
        Made::on(0, &[], &[("go.mod", Some(&text("v1.0.0")))]),
        Made::on(1, &[0], &[("go.mod", Some(&text("v1.1.0")))]),
        Made::on(2, &[1], &[("go.mod", Some(&text("v1.2.0")))]),
    ]);
    let (first, known) = read_from(&input(&fixture, &ids[1]), None, &NoCache);
    let again =
        read_history(&input(&fixture, &ids[1]), Some(first.clone()), &NoCache, &mut |_| panic!("nothing is read"));
    assert!(matches!(again, HistoryOutput::Unchanged(timeline) if *timeline == first));
    let cache = Remembered(known);
    let (second, fresh) = read_from(&input(&fixture, &ids[2]), Some(first), &cache);
    assert_eq!(fresh.len(), 1);
    assert_eq!(second, read_whole(&fixture, &ids[2]));
    assert_eq!(spans(&second, "go.mod"), [(0, None, true)], "a stored span is continued");
}

#[test]
fn a_rewritten_branch_is_read_from_what_it_shares() {
    let fixture = Fixture::new();
    let ids = fixture.import(&[
        Made::on(0, &[], &[("go.mod", Some(&go_mod(&[])))]),
        Made::on(1, &[0], &[("a", Some("1"))]),
        Made::on(2, &[1], &[("go.mod", None), ("b", Some("1"))]),
        Made::on(3, &[0], &[("c", Some("1"))]),
        Made::on(4, &[], &[("d", Some("1"))]),
    ]);
    let stored = read_whole(&fixture, &ids[2]);
    let (rewritten, _) = read_from(&input(&fixture, &ids[3]), Some(stored.clone()), &NoCache);
    assert_eq!(rules(&rewritten), ["history-rewritten"]);
    let message = &rewritten.findings[0].message;
    assert!(message.contains(&ids[2]) && message.contains(&ids[0]), "{message}");
    assert_eq!(without_rewrites(rewritten.clone()), read_whole(&fixture, &ids[3]));
    let (unrelated, _) = read_from(&input(&fixture, &ids[4]), Some(rewritten), &NoCache);
    assert_eq!(rules(&unrelated), ["history-rewritten", "history-rewritten"]);
    assert_eq!(without_rewrites(unrelated), read_whole(&fixture, &ids[4]));
    let (back, _) = read_from(&input(&fixture, &ids[0]), Some(stored), &NoCache);
    assert_eq!(without_rewrites(back), read_whole(&fixture, &ids[0]));
}

#[test]
fn newly_watched_files_are_read_and_what_is_known_is_not() {
    let fixture = Fixture::new();
    let source = "package main\n\nimport \"acme.dev/flags\"\n\nfunc main() { flags.On() }\n";
    let ids = fixture.import(&[
        Made::on(0, &[], &[("go.mod", Some(&go_mod(&[]))), ("main.go", Some("package main\n"))]),
        Made::on(1, &[0], &[("main.go", Some(source))]),
        Made::on(2, &[1], &[("main.go", Some(&format!("{source}\n// more\n")))]),
    ]);
    let (plain, known) = read_from(&input(&fixture, &ids[2]), None, &NoCache);
    assert_eq!(spans(&plain, "main.go"), [(0, None, false)]);
    let watching = HistoryInput { watched: vec![RepoPath::new("main.go").unwrap()], ..input(&fixture, &ids[2]) };
    let (watched, fresh) = read_from(&watching, Some(plain), &Remembered(known));
    assert_eq!(spans(&watched, "main.go"), [(0, Some(1), true), (1, None, true)]);
    assert!(fresh.keys().all(|key| !key.parser.starts_with("go/")), "go.mod is known");
    let fewer =
        read_history(&input(&fixture, &ids[2]), Some(watched.clone()), &NoCache, &mut |_| panic!("nothing is read"));
    assert!(
        matches!(fewer, HistoryOutput::Unchanged(timeline) if *timeline == watched),
        "it watches more than is wanted"
    );
}

#[test]
fn another_reading_is_read_anew_from_what_is_known() {
    let fixture = Fixture::new();
    let ids = fixture.import(&[
        Made::on(0, &[], &[("go.mod", Some(&go_mod(&[("acme.dev/flags", "v1.0.0")])))]),
        Made::on(1, &[0], &[("go.mod", Some(&go_mod(&[])))]),
    ]);
    let (timeline, known) = read_from(&input(&fixture, &ids[1]), None, &NoCache);
    let older = Timeline { reading: "older".into(), files: vec![], ..timeline.clone() };
    let (again, fresh) = read_from(&input(&fixture, &ids[1]), Some(older), &Remembered(known));
    assert_eq!((again, fresh.len()), (timeline, 0));
}

const PATHS: [&str; 4] = ["go.mod", "a/go.mod", "main.go", "vendor/go.mod"];

/// Two first-parent lines that share a beginning: how long each part is, and what each commit does to which file.
fn two_lines() -> impl Strategy<Value = (usize, usize, Vec<(usize, usize, i64)>)> {
    let done = (0..PATHS.len(), 0..4usize, -400..400i64);
    (0..5usize, 0..4usize, prop::collection::vec(done, 10..14))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn a_continued_past_is_the_whole_past((n_shared, n_first, done) in two_lines()) {
        let texts = [None, Some(go_mod(&[])), Some(go_mod(&[("acme.dev/a", "v1.0.0")])), Some(go_mod(&[("acme.dev/a", "v1.1.0")]))];
        let made: Vec<Made<'_>> = done.iter().enumerate().map(|(at, (path, text, day))| {
            let parents = match at {
                0 => vec![],
                // The second line goes off where the shared part ends, or has a root of its own.
                at if at == n_shared + n_first => n_shared.checked_sub(1).into_iter().collect(),
                // Now and then a merge of the commit before the last.
                at if at % 3 == 2 && at > n_shared + n_first + 1 => vec![at - 1, at - 2],
                at => vec![at - 1],
            };
            Made::on(500 + day, &parents, &[(PATHS[*path], texts[*text].as_deref())])
        }).collect();
        let fixture = Fixture::new();
        let ids = fixture.import(&made);
        let new = ids.last().unwrap();
        let whole = read_whole(&fixture, new);
        for old in &ids {
            let (stored, known) = read_from(&input(&fixture, old), None, &NoCache);
            let stored = Timeline::from_bytes(&stored.to_bytes()).unwrap();
            let (continued, _) = read_from(&input(&fixture, new), Some(stored), &Remembered(known));
            prop_assert_eq!(without_rewrites(continued), whole.clone(), "continued from {}", old);
        }
    }
}
