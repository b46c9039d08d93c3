//! How steps become lineages, without a repository.
//! For tests only.
use super::*;
use crate::scan::{FileWork, HistoryStart, Named, WorkFile, WorkHead, WorkStep, Worked};
use shared::{CommitId, RepoPath};

const AT: i64 = 1_600_000_000;

fn id(n: usize) -> CommitId {
    CommitId::new(format!("{n:040x}")).unwrap()
}

fn step(n: usize, files: &[(&str, FileWork)]) -> WorkStep {
    let author = Named { name: "Ann".to_owned(), mail: "ann@acme.example".to_owned() };
    let own = Worked { author: author.clone(), authored: AT, ..Worked::default() };
    let head = WorkHead { commit: id(n), committed: AT, committer: author, own, merge: false, branch: vec![] };
    let file = |(path, what): &(&str, FileWork)| WorkFile {
        path: RepoPath::new(*path).unwrap(),
        what: what.clone(),
        added: 1,
        removed: 0,
        formatting: false,
    };
    WorkStep { head, files: files.iter().map(file).collect(), unreadable: None, unread: vec![] }
}

fn built(steps: &[&[(&str, FileWork)]]) -> WorkLog {
    let mut builder = Builder::new(WorkLog::new(READING.to_owned(), id(0), HistoryStart::Root), &[]);
    steps.iter().enumerate().for_each(|(n, files)| builder.add(step(n, files)));
    builder.finish(id(steps.len()), &Listed::default(), AT)
}

/// Lineages as `path from..to`.
fn shown(log: &WorkLog) -> Vec<String> {
    let to = |to: Option<u32>| to.map_or("open".to_owned(), |to| to.to_string());
    log.lineages.iter().map(|lineage| format!("{} {}..{}", lineage.path, lineage.from, to(lineage.to))).collect()
}

#[test]
fn two_files_exchange_their_names_in_one_commit() {
    let from = |path: &str| FileWork::Renamed { from: RepoPath::new(path).unwrap() };
    let log = built(&[
        &[("a", FileWork::Came), ("b", FileWork::Came), ("c", FileWork::Came)],
        &[("a", from("b")), ("b", from("a")), ("c", FileWork::Changed)],
        &[("a", FileWork::Went)],
        &[("a", FileWork::Came)],
    ]);
    assert_eq!(shown(&log), ["a 0..2", "a 3..open", "b 0..open", "c 0..open"]);
    assert_eq!(log.lineages[2].earlier, [(1, RepoPath::new("a").unwrap())]);
    assert_eq!((log.path_at(2, 0).unwrap().as_str(), log.path_at(2, 1).unwrap().as_str()), ("a", "b"));
    assert_eq!(log.lineage_of(&RepoPath::new("a").unwrap()), Some(1));
}

#[test]
fn steps_that_no_tree_gives_are_survived() {
    let unknown = FileWork::Renamed { from: RepoPath::new("never").unwrap() };
    let log = built(&[&[("a", FileWork::Changed), ("b", FileWork::Went), ("c", unknown)], &[("a", FileWork::Came)]]);
    assert_eq!(shown(&log), ["a 0..1", "a 1..open", "c 0..open"]);
    assert!(log.touches.iter().all(|touch| (touch.lineage as usize) < log.lineages.len()));
}
