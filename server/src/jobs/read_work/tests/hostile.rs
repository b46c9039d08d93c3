//! Names, contents and damage that nobody should meet, and somebody does.
//! Each gives a log; what is lost is a finding.
use super::*;

#[test]
fn names_of_any_bytes_and_length_are_people() {
    let huge = [&vec![b'n'; 10 << 20][..], b" <huge@acme.example>"].concat();
    let names: [&[u8]; 5] =
        [b" <>", b"J\xf6rg <j\xff@acme.example>", b"A\x1b[31m \x07 <a@acme.example>", &huge, b"=cmd <x@y>"];
    let made: Vec<Made> = names
        .iter()
        .enumerate()
        .map(|(day, who)| Made { author: who.to_vec(), committer: b" <>".to_vec(), ..Made::on(day as i64, &[]) })
        .collect();
    let log = linear(&made);
    let found: Vec<(&str, usize)> = log.people.iter().map(|person| (person.mail.as_str(), person.name.len())).collect();
    assert_eq!(
        found,
        [("", 0), ("j\u{fffd}@acme.example", 6), ("a@acme.example", 5), ("huge@acme.example", 200), ("x@y", 4)]
    );
    assert_eq!(WorkLog::from_bytes(&log.to_bytes()).unwrap(), log);
}

#[test]
fn files_that_are_no_text_of_usual_shape_have_no_lineage() {
    let line = "x".repeat(30_000);
    let large = "line\n".repeat(300_000);
    let log = linear(&[
        Made::on(
            0,
            &[("bin.go", Some("a\0b\n")), ("line.js", Some(&line)), ("large.go", Some(&large)), ("a.go", Some("1\n"))],
        ),
        Made::on(1, &[("a.go", Some("1\0\n")), ("bin.go", Some("text\n"))]),
        Made::on(2, &[("a.go", Some("2\n")), ("bin.go", None)]),
    ]);
    assert_eq!(touches(&log), ["0 a.go +1 -0", "1 x a.go +0 -1", "1 bin.go +1 -0", "2 a.go +1 -0", "2 x bin.go +0 -1"]);
}

#[test]
fn a_commit_over_five_thousand_files_is_one_mass_change() {
    let files = |text: &str| {
        (0..5_000).map(|n| (format!("d{}/f{n}.go", n % 50), Some(format!("{text} {}\n", n % 3).into_bytes()))).collect()
    };
    let moved = (0..5_000).flat_map(|n| {
        [(format!("d{}/f{n}.go", n % 50), None), (format!("e/f{n}.go"), Some(format!("b {}\n", n % 3).into_bytes()))]
    });
    let of = |day, files| Made { files, ..Made::on(day, &[]) };
    let log = linear(&[of(0, files("a")), of(1, files("b")), of(2, moved.collect())]);
    assert_eq!(masses(&log), [Some(Mass::ManyFiles); 3]);
    assert_eq!((log.lineages.len(), log.touches.len()), (5_000, 15_000));
    let kept =
        |lineage: &&work::Lineage| lineage.earlier.iter().all(|(_, path)| path.file_name() == lineage.path.file_name());
    assert!(log.lineages.iter().all(|lineage| kept(&lineage)), "equal contents keep their names");
}

#[test]
fn lost_contents_and_trees_are_findings_and_the_rest_is_read() {
    let fixture = Fixture::new();
    let made = [
        Made::on(0, &[("a.go", Some("1\n")), ("b.go", Some("b\n"))]),
        Made::on(1, &[("a.go", Some("1\n2\n"))]),
        Made::on(2, &[("a.go", Some("1\n2\n3\n"))]),
        Made::on(3, &[("b.go", Some("b\nc\n"))]),
        Made::on(4, &[("b.go", Some("b\nc\nd\n"))]),
    ];
    let ids = fixture.import(&chained(&made));
    fixture.lose(&fixture.id(&format!("{}:a.go", ids[1])));
    fixture.lose(&fixture.id(&format!("{}^{{tree}}", ids[3])));
    let log = whole(&fixture, &ids[4]);
    assert_eq!(touches(&log), ["0 a.go +1 -0", "0 b.go +1 -0", "1 a.go +0 -0", "2 a.go +0 -0", "3 b.go +2 -0"]);
    assert_eq!(log.commits.len(), 4, "the commit whose tree is lost is left out");
    assert_eq!(rules(&log), ["work-content-unreadable", "work-content-unreadable", "work-commit-unreadable"]);
    for n in 0..4 {
        let part = whole(&fixture, &ids[n]);
        assert_eq!(continued(&fixture, &ids[4], Some(part)).0, log, "in two parts at {n}");
    }
    fixture.lose(&ids[0]);
    let log = whole(&fixture, &ids[4]);
    assert_eq!((log.start, log.commits.len(), log.commits[0].mass), (HistoryStart::Missing, 3, Some(Mass::ManyFiles)));
}

#[test]
fn what_is_no_repository_stops() {
    let fixture = Fixture::new();
    let WorkOutput::Stopped(finding) = output(&fixture, &"1".repeat(40), None) else { panic!("nothing can be read") };
    assert_eq!(finding.rule, "repository-broken");
    std::fs::remove_file(fixture.git_dir().join("HEAD")).unwrap();
    assert!(matches!(output(&fixture, &"1".repeat(40), None), WorkOutput::Stopped(_)));
}
