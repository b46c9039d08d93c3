//! What is written is read back, and damaged bytes are an error.
//! For tests only.
use crate::facts::timeline::{BranchAuthor, FileSpan, LineCommit, LineGap, Timeline, UnreadFile};
use crate::scan::{Finding, HistoryStart, Line};
use proptest::prelude::*;
use shared::{BlobId, RepoPath, Severity};
use std::sync::Arc;

fn path() -> impl Strategy<Value = Arc<RepoPath>> {
    "(a|b|é|src/){1,4}x".prop_map(|text| Arc::new(RepoPath::new(text).unwrap()))
}

fn commit() -> impl Strategy<Value = LineCommit> {
    (any::<i64>(), any::<i64>(), 0..4u64, any::<i64>(), any::<bool>()).prop_map(
        |(committed, authored, author, first_work, merge)| LineCommit {
            committed,
            authored,
            author: author.wrapping_mul(u64::MAX / 3),
            first_work,
            merge,
        },
    )
}

fn span() -> impl Strategy<Value = FileSpan> {
    let blob = prop::option::of("[0-9a-f]{40}|[0-9a-f]{64}").prop_map(|id| id.map(|id| BlobId::new(id).unwrap()));
    (path(), 0..1000u32, prop::option::of(0..1000u32), blob).prop_map(|(path, from, length, blob)| FileSpan {
        path,
        from,
        to: length.map(|length| from + length),
        blob,
    })
}

prop_compose! {
    fn timeline()(
        commits in prop::collection::vec(commit(), 0..20),
        files in prop::collection::vec(span(), 0..20),
        start in prop::sample::select(vec![HistoryStart::Root, HistoryStart::Shallow, HistoryStart::Missing]),
        after in prop::option::of(any::<u32>()),
        unread in prop::collection::vec((any::<u32>(), path()), 0..3),
    ) -> Timeline {
        let ids = (0..commits.len() * 20).map(|n| (n * 31 % 251) as u8).collect();
        let width = if commits.is_empty() { 0 } else { 20 };
        let finding = Finding {
            rule: "history-gap".into(),
            severity: Severity::Error,
            path: None,
            line: None,
            column: None,
            message: "something is missing; fetch it".into(),
        };
        Timeline {
            commits,
            files,
            branch_authors: vec![BranchAuthor { position: 3, author: 7 }, BranchAuthor { position: 9, author: 0 }],
            gaps: vec![LineGap { after, before: 7, reason: "lost".into() }],
            unread: unread.into_iter().map(|(position, path)| UnreadFile { position, path }).collect(),
            findings: vec![finding],
            ..Timeline::new("r1".into(), vec![RepoPath::new("a.go").unwrap()], Line::new(width, ids, start))
        }
    }
}

proptest! {
    #[test]
    fn what_is_written_is_read_back(timeline in timeline()) {
        prop_assert_eq!(Timeline::from_bytes(&timeline.to_bytes()), Ok(timeline));
    }

    #[test]
    fn damaged_bytes_are_an_error(timeline in timeline(), at in any::<prop::sample::Index>(), bit in 0..8u8) {
        let mut bytes = timeline.to_bytes();
        let at = at.index(bytes.len());
        bytes[at] ^= 1u8 << bit;
        prop_assert!(Timeline::from_bytes(&bytes).is_err());
        prop_assert!(Timeline::from_bytes(&bytes[..at]).is_err());
    }

    #[test]
    fn whatever_passes_the_check_is_no_panic(timeline in timeline(), at in any::<prop::sample::Index>(), byte in any::<u8>()) {
        let mut body = super::write::timeline(&timeline);
        let at = at.index(body.len());
        body[at] = byte;
        let _ = super::read::timeline(&body);
        prop_assert!(super::read::timeline(&body[..at]).is_err() || at == 0);
    }

    #[test]
    fn any_bytes_are_no_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        prop_assert!(Timeline::from_bytes(&bytes).is_err());
        let _ = super::read::timeline(&bytes);
    }
}
