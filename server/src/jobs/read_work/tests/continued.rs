//! A log that is continued is the log of reading at once.
//! For any place to stop, and for branches that were rewritten.
use super::*;
use proptest::prelude::*;

prop_compose! {
    /// What a commit does to five files of a few contents; a merge of the commit two before; who; a wrong date.
    fn any_commit()(
        files in prop::collection::btree_map(0..5_usize, prop::option::weighted(0.7, 0..6_usize), 0..4),
        merge in prop::bool::weighted(0.2),
        who in 0..4_usize,
        wrong in prop::option::weighted(0.1, prop_oneof![Just(0_i64), Just(4_102_444_800)]),
    ) -> (Vec<(&'static str, Option<Vec<u8>>)>, bool, usize, Option<i64>) {
        const PATHS: [&str; 5] = ["a.go", "b.go", "src/a.go", "src/c.go", "x.md"];
        const TEXTS: [&[u8]; 6] = [
            b"one\ntwo\nthree\n", b"one\n two\nthree\n", b"one\ntwo\nfour\n", b"five\nsix\n", b"binary\0\n", b"",
        ];
        let files = files.into_iter().map(|(path, text)| (PATHS[path], text.map(|text| TEXTS[text].to_vec())));
        (files.collect(), merge, who, wrong)
    }
}

type Any = (Vec<(&'static str, Option<Vec<u8>>)>, bool, usize, Option<i64>);

/// Commits of a line, of which some merge a commit of their own.
fn history(all: &[Any]) -> (Vec<Made>, Vec<usize>) {
    const NAMES: [&str; 4] = ["ann <ann@acme.example>", "bo <bo@acme.example>", " <>", "cy <bo@acme.example>"];
    let (mut made, mut line): (Vec<Made>, Vec<usize>) = (vec![], vec![]);
    for (day, (files, merge, who, wrong)) in all.iter().enumerate() {
        let mut parents: Vec<usize> = line.last().copied().into_iter().collect();
        if let Some(last) = line.last().copied().filter(|_| *merge) {
            let text = format!("branch {day}\n");
            let branch = Made::on(day as i64, &[("branch.go", Some(&text))]).by(NAMES[(who + 1) % 4]);
            made.push(branch.with_parents(&[last]));
            parents.push(made.len() - 1);
        }
        let files = files.iter().map(|(path, text)| (path.to_string(), text.clone())).collect();
        let on = Made { files, ..Made::on(day as i64, &[]) }.by(NAMES[*who]).with_parents(&parents);
        made.push(Made { committed: wrong.unwrap_or(on.committed), ..on });
        line.push(made.len() - 1);
    }
    (made, line)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn reading_in_two_parts_is_reading_at_once(all in prop::collection::vec(any_commit(), 2..60), cut in any::<prop::sample::Index>()) {
        let (made, line) = history(&all);
        let fixture = Fixture::new();
        let ids = fixture.import(&made);
        let tip = &ids[*line.last().unwrap()];
        let log = whole(&fixture, tip);
        let n = cut.index(line.len() - 1);
        let part = whole(&fixture, &ids[line[n]]);
        prop_assert_eq!(part.commits.len(), n + 1);
        let stored = WorkLog::from_bytes(&part.to_bytes()).unwrap();
        let (both, n_read) = continued(&fixture, tip, Some(stored));
        prop_assert_eq!(&both, &log);
        prop_assert_eq!(n_read, line.len() - n - 1);
        // Back again: the branch was rewritten to an older commit.
        prop_assert_eq!(continued(&fixture, &ids[line[n]], Some(log)).0, part);
    }
}

#[test]
fn a_rewritten_branch_is_read_from_where_both_part() {
    let fixture = Fixture::new();
    let text = "one\ntwo\nthree\n";
    let made = [
        Made::on(0, &[("a.go", Some(text))]),
        Made::on(1, &[("a.go", None), ("b.go", Some(text))]).with_parents(&[0]),
        Made::on(2, &[("b.go", None), ("c.go", Some(text))]).with_parents(&[1]).by("gone <gone@acme.example>"),
        Made::on(3, &[("b.go", Some("one\ntwo\n4\n"))]).with_parents(&[1]).by("new <new@acme.example>"),
        Made::on(4, &[("z.go", Some(text))]),
    ];
    let ids = fixture.import(&made);
    let former = whole(&fixture, &ids[2]);
    let (log, n_read) = continued(&fixture, &ids[3], Some(former.clone()));
    assert_eq!((&log, n_read), (&whole(&fixture, &ids[3]), 1));
    assert_eq!(touches(&log), ["0 a.go +3 -0", "1 a.go>b.go +0 -0 f", "2 b.go +1 -1"]);
    assert!(log.people.iter().all(|person| person.name != "gone"));
    let (other, n_read) = continued(&fixture, &ids[4], Some(former));
    assert_eq!((other, n_read), (whole(&fixture, &ids[4]), 1), "nothing is shared");
}

#[test]
fn a_log_of_the_tip_is_unchanged_and_one_of_another_reading_is_read_anew() {
    let fixture = Fixture::new();
    let ids = fixture.import(&chained(&[Made::on(0, &[("a.go", Some("1\n"))]), Made::on(1, &[])]));
    let log = whole(&fixture, &ids[1]);
    let WorkOutput::Unchanged(same) = output(&fixture, &ids[1], Some(log.clone())) else { panic!("it was read") };
    assert_eq!(*same, log);
    let old = WorkLog { reading: "work 0".to_owned(), ..log.clone() };
    assert_eq!(continued(&fixture, &ids[1], Some(old)), (log, 2));
}
