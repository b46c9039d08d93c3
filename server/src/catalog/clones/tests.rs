//! Which files of several repositories become a cluster, of what kind, with which id; bounded for hostile estates.
//! It must not test how one file is read.
use super::*;
use crate::{
    catalog::ownership::model::Member,
    facts::{
        prints::print_of,
        work::model::{Hand, Lineage, Mass, Touch, WorkCommit, WorkLog},
    },
};
use shared::{BlobId, CloneKind, CommitId, EntityRef, RepoName, RepoPath, ShadowClaim};
use std::{
    fmt::Write,
    hash::{DefaultHasher, Hash, Hasher},
    sync::Arc,
    time::Instant,
};

/// A function of eight lines, another one for each seed.
fn function(seed: u32) -> String {
    let word = |n: u32| {
        format!(
            "{}{}",
            ["ledger", "branch", "street", "season", "receipt", "customer"][(n % 6) as usize],
            seed * 31 + n
        )
    };
    let mut out = format!("func {}({} Till, {} int) error {{\n", word(0), word(1), word(2));
    for n in 0..6 {
        writeln!(
            out,
            "\t{} := {}.{}({}, \"{}\")",
            word(n * 4 + 3),
            word(n + 1),
            word(n * 4 + 5),
            word(n * 4 + 6),
            word(n)
        )
        .unwrap();
    }
    out + "}\n"
}

fn functions(seeds: impl IntoIterator<Item = u32>) -> String {
    format!("package pay\n\n{}", seeds.into_iter().map(function).collect::<String>())
}

fn file(repository: u32, path: &str, text: &str) -> CodeFile {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    let path = RepoPath::new(path).unwrap();
    let print = Arc::new(print_of(path.file_name(), text.as_bytes()));
    CodeFile { repository, path, blob: BlobId::new(format!("{:040x}", hasher.finish())).unwrap(), print }
}

fn places(cluster: &Cluster, files: &[CodeFile]) -> Vec<String> {
    let place = |c: &Copied| {
        let file = &files[c.file as usize];
        format!("{}/{}:{}-{}", file.repository, file.path, c.from_line, c.to_line)
    };
    cluster.copies.iter().map(place).collect()
}

#[test]
fn equal_bytes_and_equal_tokens_are_clusters() {
    let text = functions(0..3);
    let other = functions(10..13);
    let files = [
        file(0, "a.go", &text),
        file(1, "b/c.go", &text),
        file(1, "own.go", &functions(20..23)),
        file(0, "x.go", &other),
        file(2, "y.go", &other.replace('\t', "  ")),
        file(3, "twice/a.go", &functions(30..33)),
        file(3, "twice/b.go", &functions(30..33)),
    ];
    let found = clusters(&files);
    let kinds: Vec<_> = found.clusters.iter().map(|c| (c.kind, places(c, &files))).collect();
    assert_eq!(kinds.len(), 2, "{kinds:?}");
    assert!(kinds.contains(&(CloneKind::Blob, vec!["0/a.go:1-26".into(), "1/b/c.go:1-26".into()])), "{kinds:?}");
    assert!(kinds.contains(&(CloneKind::Tokens, vec!["0/x.go:1-26".into(), "2/y.go:1-26".into()])), "{kinds:?}");
}

#[test]
fn a_copy_with_a_changed_line_is_a_near_clone_of_whole_files() {
    let text = functions(0..10);
    let changed = text.replacen(":=", "= fresh,", 1).replace("package pay", "package till");
    let files = [file(0, "a.go", &text), file(1, "b.go", &changed)];
    let found = clusters(&files);
    assert_eq!(found.clusters.len(), 1, "{:?}", found.clusters);
    let cluster = &found.clusters[0];
    assert_eq!((cluster.kind, cluster.n_lines), (CloneKind::Region, 82));
    assert_eq!(places(cluster, &files), ["0/a.go:1-82", "1/b.go:1-82"]);
}

#[test]
fn a_shared_stretch_is_a_cluster_of_lines() {
    let files = [
        file(0, "a.go", &functions([1, 2, 50, 51, 3, 4])),
        file(1, "b.go", &functions([10, 50, 51, 11, 12, 13, 14])),
        file(2, "c.go", &functions([20, 21, 22, 23, 24])),
    ];
    let found = clusters(&files);
    assert_eq!(found.clusters.len(), 1, "{:?}", found.clusters);
    let cluster = &found.clusters[0];
    assert_eq!(cluster.kind, CloneKind::Region);
    for (copy, from, to) in [(&cluster.copies[0], 19, 34), (&cluster.copies[1], 11, 26)] {
        assert!(copy.from_line.abs_diff(from) <= 1 && copy.to_line.abs_diff(to) <= 1, "{copy:?}");
        assert!(copy.similarity > 900);
    }
}

#[test]
fn an_id_stays_when_a_copy_comes() {
    let (text, near) = (functions(0..6), functions([0, 1, 2, 3, 4, 9]));
    let mut files = vec![file(0, "a.go", &text), file(1, "b.go", &text), file(2, "c.go", &near)];
    let before = clusters(&files);
    files.push(file(3, "d.go", &text));
    files.push(file(4, "e.go", &near.replace("package pay", "package x")));
    let after = clusters(&files);
    let ids = |found: &Found| found.clusters.iter().map(|c| c.id.clone()).collect::<std::collections::BTreeSet<_>>();
    assert_eq!(ids(&before), ids(&after));
    assert_eq!(ids(&before).len(), 2);
    assert!(ids(&after).iter().all(|id| id.len() == 16));
}

#[test]
fn five_thousand_equal_files_are_one_cluster_at_once() {
    let print = file(0, "a.go", &functions(0..40));
    let copy =
        |n: u32| CodeFile { repository: n % 200, path: RepoPath::new(format!("f{n}.go")).unwrap(), ..print.clone() };
    let files: Vec<CodeFile> = (0..5_000).map(copy).collect();
    let start = Instant::now();
    let found = clusters(&files);
    assert_eq!((found.clusters.len(), found.clusters[0].copies.len()), (1, 5_000));
    let item = &describe(&found.clusters, &nobody(&files))[0];
    assert_eq!((item.files.len(), item.n_files, item.repositories), (50, 5_000, 200));
    assert!(start.elapsed().as_secs() < 5);
}

#[test]
fn what_very_many_files_share_is_common_and_costs_little() {
    let files: Vec<CodeFile> =
        (0..400).map(|n| file(n, "a.go", &functions([7, 8, 1_000 + n * 2, 1_001 + n * 2]))).collect();
    let found = clusters(&files);
    assert_eq!(found.clusters, vec![]);
    assert!(found.n_common > 0);
}

#[test]
fn files_that_are_not_compared_are_counted_by_reason() {
    let files = [file(0, "a.go", "package a\n"), file(1, "b.go", "package a\n"), file(0, "c.go", &functions(0..3))];
    let found = clusters(&files);
    assert_eq!(found.left_out, [(crate::facts::prints::LeftOut::TooShort, 2, 0)]);
    assert_eq!(found.clusters, vec![]);
}

fn commit(digit: char) -> CommitId {
    CommitId::new(digit.to_string().repeat(40)).unwrap()
}

fn team(name: &str) -> EntityRef {
    format!("group:default/{name}").parse().unwrap()
}

fn nobody(files: &[CodeFile]) -> Context<'_> {
    Context {
        files,
        holder: &|file| Holder {
            repository: RepoName::new(format!("acme/r{}", file.repository)).unwrap(),
            component: None,
            owner: None,
        },
        origin: &|_| None,
        file_link: &|_, _| None,
        commit_link: &|_, _| None,
    }
}

#[test]
fn an_item_tells_who_was_first_and_how_far_copies_drifted() {
    let near = functions([0, 1, 2, 3, 4, 5, 6, 7, 8, 90]);
    let files = [file(0, "pkg/retry.go", &functions(0..10)), file(1, "lib/retry.go", &near)];
    let found = clusters(&files);
    let base = nobody(&files);
    let context = Context {
        holder: &|file| Holder { owner: Some(team(["red", "blue"][file.repository as usize])), ..(base.holder)(file) },
        origin: &|file| {
            let (at, changes) = [(1_700_000_000, 4), (1_600_000_000, 1)][file.repository as usize];
            Some(Origin { commit: commit('a'), at, team: Some(team("red")), changes })
        },
        file_link: &|file, line| Some(format!("https://git.example/{}#L{line}", file.path)),
        ..base
    };
    let items = describe(&found.clusters, &context);
    assert_eq!(items.len(), 1);
    let item = &items[0];
    assert_eq!((item.name.as_str(), item.teams.clone()), ("retry", vec![team("blue"), team("red")]));
    let first = item.first.as_ref().unwrap();
    assert_eq!((first.repository.as_str(), first.at.as_str()), ("acme/r1", "2020-09-13T12:26:40Z"));
    assert_eq!(
        (item.files[0].path.as_str(), item.files[0].similarity, item.files[0].changes),
        ("lib/retry.go", 1.0, 1)
    );
    assert!((0.8..0.95).contains(&item.files[1].similarity), "{}", item.files[1].similarity);
    assert_eq!((item.lines, item.duplicated_lines), (82, 82));
    assert_eq!(item.files[1].permalink.as_deref(), Some("https://git.example/pkg/retry.go#L1"));
}

#[test]
fn origins_follow_renames_and_leave_formatting_out() {
    let path = |path: &str| RepoPath::new(path).unwrap();
    let work = |digit: char, at: i64, person: u32, mass: Option<Mass>| WorkCommit {
        commit: commit(digit),
        at,
        authored: at,
        hands: vec![Hand { person, commits: 1, first_day: 0, last_day: 0 }],
        merger: None,
        mass,
    };
    let touch = |commit: u32, formatting: bool| Touch { commit, lineage: 0, added: 1, removed: 0, formatting };
    let log = WorkLog {
        reading: "1".into(),
        tip: commit('e'),
        start: crate::scan::HistoryStart::Root,
        people: vec![],
        commits: vec![
            work('a', 10, 1, None),
            work('b', 20, 0, None),
            work('c', 30, 0, Some(Mass::ManyFiles)),
            work('d', 40, 0, None),
            work('e', 50, 0, None),
        ],
        lineages: vec![
            Lineage { path: path("new.go"), earlier: vec![(0, path("old.go"))], from: 0, to: None },
            Lineage { path: path("gone.go"), earlier: vec![], from: 1, to: Some(2) },
        ],
        touches: vec![touch(0, false), touch(1, false), touch(2, false), touch(3, true), touch(4, false)],
        findings: vec![],
    };
    let member = |name: &str| Member { key: name.into(), bot: false, teams: vec![team(name)] };
    let paths = [path("new.go"), path("gone.go"), path("other.go")];
    let found = origins(&log, &[member("red"), member("blue")], &paths.iter().collect::<Vec<_>>());
    assert_eq!(found.len(), 1);
    let expected = Origin { commit: commit('a'), at: 10, team: Some(team("blue")), changes: 2 };
    assert_eq!(found[&path("new.go")], expected);
}

#[test]
fn what_was_measured_too_low_only_may_be_a_duplicate() {
    use ShadowClaim::{PossibleDuplicate, Shadow};
    for (kind, n_lines, claim) in [
        (CloneKind::Region, 6, PossibleDuplicate),
        (CloneKind::Region, 19, PossibleDuplicate),
        (CloneKind::Region, 20, Shadow),
        (CloneKind::Region, 400, Shadow),
        (CloneKind::Blob, 12, PossibleDuplicate),
        (CloneKind::Blob, 40, Shadow),
        (CloneKind::Tokens, 60, Shadow),
    ] {
        assert_eq!(claim_of(kind, n_lines), claim, "{kind} {n_lines}");
    }
}

/// How a copy was changed, and the clusters that are wanted with the original.
#[test]
fn known_changes_of_a_copy_are_found() {
    let seeds: Vec<u32> = (0..12).collect();
    let text = functions(seeds.clone());
    let renamed_one = text.replace("ledger0", "book0");
    let renamed_all: String = functions(seeds.iter().map(|seed| seed + 700));
    let inserted = text.replacen("}\n", "\taudit.Note(1)\n\tmetrics.Count(2)\n}\n", 3);
    let reformatted = text.replace(", ", ",\n\t\t").replace('\t', "  ");
    let split = functions([900, 901].into_iter().chain(seeds[..6].iter().copied()));
    let idioms = |n: u32| {
        let one = "\tif err != nil {\n\t\treturn nil, err\n\t}\n\tfor i := range list {\n\t\tlog.Println(i)\n\t}\n";
        format!("package a\n\nfunc f{n}() error {{\n{}}}\n", one.repeat(20))
    };
    for (what, a, b, wanted) in [
        ("copied", &text, text.clone(), Some(CloneKind::Blob)),
        ("reformatted", &text, reformatted, Some(CloneKind::Tokens)),
        ("one name changed", &text, renamed_one, Some(CloneKind::Region)),
        ("lines put in", &text, inserted, Some(CloneKind::Region)),
        ("half of it elsewhere", &text, split, Some(CloneKind::Region)),
        ("every name changed", &text, renamed_all, None),
        ("only idioms", &idioms(1), idioms(2), None),
    ] {
        let found = clusters(&[file(0, "a.go", a), file(1, "b.go", &b)]);
        assert_eq!(found.clusters.first().map(|cluster| cluster.kind), wanted, "{what}: {:?}", found.clusters);
    }
}
