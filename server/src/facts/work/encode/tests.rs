//! What is written is read back, and nothing else is.
//! For tests only.
use super::*;
use crate::{
    facts::work::{Hand, Lineage, Mass, Person, Touch, WorkCommit},
    scan::{Finding, HistoryStart},
};
use proptest::prelude::*;
use shared::{CommitId, RepoPath, Severity};

fn path(text: &str) -> RepoPath {
    RepoPath::new(text).unwrap()
}

fn log() -> WorkLog {
    let commit = |n: u32, at: i64, mass| WorkCommit {
        commit: CommitId::new(format!("{n:040x}")).unwrap(),
        at,
        authored: at - 5,
        hands: vec![Hand { person: n % 2, commits: n + 1, first_day: -3, last_day: 20_000 }],
        merger: Some(1).filter(|_| n == 2),
        mass,
    };
    WorkLog {
        reading: "work 1".to_owned(),
        tip: CommitId::new("f".repeat(64)).unwrap(),
        start: HistoryStart::Shallow,
        people: vec![Person::default(), Person { name: "Ann É".to_owned(), mail: "ann@acme.example".to_owned() }],
        commits: vec![commit(0, 5, Some(Mass::ManyFiles)), commit(1, 5, None), commit(2, i64::MAX, Some(Mass::Listed))],
        lineages: vec![
            Lineage { path: path("a/é.go"), earlier: vec![(1, path("a/è.go")), (2, path("x"))], from: 0, to: None },
            Lineage { path: path("a/éa.go"), earlier: vec![], from: 1, to: Some(2) },
        ],
        touches: vec![
            Touch { commit: 0, lineage: 1, added: u32::MAX, removed: u32::MAX, formatting: true },
            Touch { commit: 2, lineage: 0, added: 0, removed: 3, formatting: false },
        ],
        findings: vec![Finding {
            rule: "work-content-unreadable".to_owned(),
            severity: Severity::Warning,
            path: Some(path("a")),
            line: None,
            column: None,
            message: "m".to_owned(),
        }],
    }
}

#[test]
fn a_log_comes_back_as_it_was() {
    let log = log();
    assert_eq!(WorkLog::from_bytes(&log.to_bytes()).unwrap(), log);
}

#[test]
fn damaged_bytes_are_an_error() {
    let bytes = log().to_bytes();
    for end in 0..bytes.len() {
        assert!(WorkLog::from_bytes(&bytes[..end]).is_err(), "{end}");
    }
    assert_eq!(WorkLog::from_bytes(&[9; 40]).unwrap_err(), LogBytesError("it is of another format"));
}

#[test]
fn positions_beyond_their_list_are_an_error() {
    let mut wrong = log();
    wrong.touches[0].lineage = 2;
    assert!(WorkLog::from_bytes(&wrong.to_bytes()).is_err());
    let mut wrong = log();
    wrong.commits[2].merger = Some(2);
    assert!(WorkLog::from_bytes(&wrong.to_bytes()).is_err());
}

proptest! {
    #[test]
    fn damage_that_keeps_the_check_sum_is_an_error_or_another_log(at in any::<prop::sample::Index>(), byte in any::<u8>()) {
        let mut body = write::log(&log());
        let at = at.index(body.len());
        body[at] = byte;
        // Nothing is promised but that it neither panics nor takes much memory.
        if let Ok(read) = read::log(&body) {
            prop_assert!(read.touches.len() <= body.len());
        }
    }
}
