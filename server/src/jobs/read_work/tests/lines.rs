//! Which lines of which file were touched, through renames, and which commits are mass changes.
//! Expected counts come from the texts as written, or from `git log --numstat`.
use super::*;
use std::collections::BTreeMap;

#[test]
fn files_come_change_are_renamed_and_go() {
    let text = "one\ntwo\nthree\nfour\n";
    let log = linear(&[
        Made::on(
            0,
            &[("a.go", Some(text)), ("b.go", Some("b1\nb2")), ("go.sum", Some("x\n")), ("vendor/v.go", Some("v\n"))],
        ),
        Made::on(1, &[("a.go", Some("one\n2\nthree\nfour\nfive\n"))]),
        Made::on(2, &[("a.go", None), ("src/c.go", Some("one\n2\nthree\nfour\nfive\nsix\n"))]),
        Made::on(3, &[("src/c.go", Some("one\n 2\nthree\nfour\nfive\nsix")), ("go.sum", Some("y\n"))]),
        Made::on(4, &[("b.go", None), ("src/c.go", None), ("x/c.go", Some("one\n 2\nthree\nfour\nfive\nsix"))]),
        Made::on(5, &[("b.go", Some("again\n"))]),
    ]);
    assert_eq!(
        touches(&log),
        [
            "0 b.go +2 -0",
            "0 a.go +4 -0",
            "1 a.go +2 -1",
            "2 a.go>src/c.go +1 -0",
            "3 src/c.go +2 -2 f",
            "4 x b.go +0 -2",
            "4 src/c.go>x/c.go +0 -0 f",
            "5 b.go +1 -0",
        ]
    );
    let path = |text: &str| RepoPath::new(text).unwrap();
    let last = log.lineage_of(&path("x/c.go")).unwrap();
    assert_eq!(log.touches_of(last).count(), 5);
    assert_eq!(log.lineages[last as usize].earlier, [(2, path("a.go")), (4, path("src/c.go"))]);
    assert_eq!(log.lineages[log.lineage_of(&path("b.go")).unwrap() as usize].from, 5);
    assert_eq!((log.lineage_of(&path("a.go")), log.lineage_of(&path("zz"))), (None, None));
    let index = work::TouchIndex::new(&log);
    for lineage in 0..4 {
        assert!(index.touches_of(&log, lineage).eq(log.touches_of(lineage)));
    }
}

#[test]
fn two_files_may_change_their_names() {
    let (a, b) = ("a1\na2\na3\n", "b1\nb2\nb3\n");
    let log = linear(&[
        Made::on(0, &[("a.go", Some(a)), ("b.go", Some(b))]),
        Made::on(1, &[("a.go", None), ("b.go", None), ("x.go", Some(a)), ("a2.go", Some(b))]),
        Made::on(2, &[("a2.go", None), ("x.go", None), ("b.go", Some(a)), ("a.go", Some(b))]),
    ]);
    let paths: Vec<String> = log
        .lineages
        .iter()
        .map(|lineage| {
            let earlier: Vec<&str> = lineage.earlier.iter().map(|(_, path)| path.as_str()).collect();
            format!("{} < {}", lineage.path, earlier.join(" "))
        })
        .collect();
    assert_eq!(paths, ["a.go < b.go a2.go", "b.go < a.go x.go"]);
}

/// A number that looks random.
fn next(state: &mut u64) -> usize {
    *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    (*state >> 33) as usize
}

/// Commits that insert, drop, change and repeat lines of a few files.
fn edited(n: usize) -> Vec<Made> {
    let (mut state, mut files) = (7, BTreeMap::<String, Vec<String>>::new());
    let mut commits = vec![];
    for day in 0..n {
        let mut changed = vec![];
        for _ in 0..1 + next(&mut state) % 3 {
            let path = format!("f{}.go", next(&mut state) % 6);
            let lines = files.entry(path.clone()).or_default();
            for _ in 0..1 + next(&mut state) % 25 {
                let at = next(&mut state) % (lines.len() + 1);
                // Few words, so that many lines are equal, as braces are in code.
                let line = ["}", "", "{", "return"].get(next(&mut state) % 8).map(|word| word.to_string());
                let line = line.unwrap_or_else(|| format!("call {}", next(&mut state) % 90));
                match next(&mut state) % 4 {
                    0 if at < lines.len() => drop(lines.remove(at)),
                    1 if at < lines.len() => lines[at] = line,
                    _ => lines.insert(at, line),
                }
            }
            let end = if next(&mut state).is_multiple_of(4) { "" } else { "\n" };
            changed.push((path, Some((lines.join("\n") + end).into_bytes())));
        }
        commits.push(Made { files: changed, ..Made::on(day as i64, &[]) });
    }
    commits
}

#[test]
fn counts_are_those_of_git() {
    let fixture = Fixture::new();
    let ids = fixture.import(&chained(&edited(150)));
    let log = whole(&fixture, ids.last().unwrap());
    let git = fixture.git(&["log", "--first-parent", "--reverse", "--numstat", "--no-renames", "--format=%H"], b"");
    let mut expected = BTreeMap::new();
    let mut commit = "";
    for line in git.lines().filter(|line| !line.is_empty()) {
        match line.split('\t').collect::<Vec<_>>()[..] {
            [added, removed, path] => drop(expected.insert((commit, path), format!("{added} {removed}"))),
            _ => commit = line,
        }
    }
    let found: BTreeMap<(&str, &str), String> = log
        .touches
        .iter()
        .map(|touch| {
            let commit = log.commits[touch.commit as usize].commit.as_str();
            let path = log.lineages[touch.lineage as usize].path.as_str();
            ((commit, path), format!("{} {}", touch.added, touch.removed))
        })
        .collect();
    assert!(expected.len() > 200);
    assert_eq!(found, expected);
}

fn many(range: std::ops::Range<usize>, text: &str) -> Vec<(String, Option<Vec<u8>>)> {
    range.map(|n| (format!("d{}/f{n}.go", n % 7), Some(format!("file {n}\n{text}\n").into_bytes()))).collect()
}

#[test]
fn mass_changes_are_very_many_files_formatting_and_listed_commits() {
    let of = |day, files| Made { files, ..Made::on(day, &[]) };
    let mut commits = vec![
        of(0, many(0..150, "a b")),
        of(1, many(150..400, "a b")),
        of(2, many(0..110, "c")),
        of(3, many(0..90, "d")),
        of(4, many(0..30, " d ")),
        of(5, many(400..520, "e")),
        of(6, many(0..5, "listed")),
        of(7, many(1_000..2_100, "e")),
    ];
    let fixture = Fixture::new();
    let ids = fixture.import(&chained(&commits));
    assert_eq!(
        masses(&whole(&fixture, ids.last().unwrap())),
        [
            None,
            None,
            Some(Mass::ManyFiles),
            None,
            Some(Mass::Formatting),
            Some(Mass::ManyFiles),
            None,
            Some(Mass::ManyFiles)
        ]
    );
    let list = format!("# formatter\n{}\n{}\nnonsense\n", &ids[6][..8], ids[4]);
    commits.push(Made::on(8, &[(".git-blame-ignore-revs", Some(&list))]));
    let ids = fixture.import(&chained(&commits));
    let log = whole(&fixture, ids.last().unwrap());
    assert_eq!((log.commits[4].mass, log.commits[6].mass), (Some(Mass::Listed), Some(Mass::Listed)));
}

#[test]
fn the_first_commit_of_a_cut_off_history_is_nobodys() {
    let fixture = Fixture::new();
    let made = [Made::on(0, &[("a.go", Some("1\n"))]), Made::on(1, &[("b.go", Some("1\n"))]), Made::on(2, &[])];
    let ids = fixture.import(&chained(&made));
    std::fs::write(fixture.git_dir().join("shallow"), format!("{}\n", ids[1])).unwrap();
    let log = whole(&fixture, &ids[2]);
    assert_eq!((log.start, masses(&log)), (HistoryStart::Shallow, vec![Some(Mass::ManyFiles), None]));
    std::fs::remove_file(fixture.git_dir().join("shallow")).unwrap();
    let (deeper, n_read) = continued(&fixture, &ids[2], Some(log));
    assert_eq!((deeper, n_read), (whole(&fixture, &ids[2]), 3), "it is read anew when it goes further back");
}
