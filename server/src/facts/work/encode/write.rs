//! Writes a work log. Each function here has its counterpart in `read`.
//! It must not leave anything out.
use super::FORMAT;
use crate::{
    facts::work::{Lineage, Mass, Touch, WorkCommit, WorkLog},
    scan::HistoryStart,
};
use shared::CommitId;

#[derive(Default)]
struct Writer(Vec<u8>);

pub(super) fn log(log: &WorkLog) -> Vec<u8> {
    let mut out = Writer(vec![FORMAT]);
    out.text(&log.reading);
    out.id(&log.tip);
    out.0.push(match log.start {
        HistoryStart::Root => 0,
        HistoryStart::Shallow => 1,
        HistoryStart::Missing => 2,
    });
    out.bytes(&serde_json::to_vec(&log.findings).unwrap_or_default());
    out.number(log.people.len());
    for person in &log.people {
        out.text(&person.name);
        out.text(&person.mail);
    }
    out.commits(&log.commits);
    out.lineages(&log.lineages);
    out.touches(&log.touches);
    out.0
}

impl Writer {
    fn number(&mut self, number: usize) {
        self.wide(number as u64);
    }

    fn small(&mut self, number: u32) {
        self.wide(number.into());
    }

    fn wide(&mut self, mut number: u64) {
        while number >= 0x80 {
            self.0.push((number & 0x7f) as u8 | 0x80);
            number >>= 7;
        }
        self.0.push(number as u8);
    }

    fn signed(&mut self, number: i64) {
        self.wide(((number << 1) ^ (number >> 63)) as u64);
    }

    /// Nothing is 0.
    fn optional(&mut self, number: Option<u32>) {
        self.wide(number.map_or(0, |number| u64::from(number) + 1));
    }

    fn bytes(&mut self, bytes: &[u8]) {
        self.number(bytes.len());
        self.0.extend_from_slice(bytes);
    }

    fn text(&mut self, text: &str) {
        self.bytes(text.as_bytes());
    }

    /// The bytes that the digits of an id stand for.
    fn id(&mut self, id: &CommitId) {
        let digit = |byte: u8| char::from(byte).to_digit(16).unwrap_or_default() as u8;
        let bytes: Vec<u8> =
            id.as_str().as_bytes().chunks(2).map(|pair| pair.iter().fold(0, |byte, c| byte << 4 | digit(*c))).collect();
        self.bytes(&bytes);
    }

    fn commits(&mut self, commits: &[WorkCommit]) {
        self.number(commits.len());
        let mut before = 0;
        for commit in commits {
            self.id(&commit.commit);
            self.signed(commit.at.wrapping_sub(before));
            self.signed(commit.at.wrapping_sub(commit.authored));
            before = commit.at;
            self.optional(commit.merger);
            self.0.push(match commit.mass {
                None => 0,
                Some(Mass::ManyFiles) => 1,
                Some(Mass::Formatting) => 2,
                Some(Mass::Listed) => 3,
            });
            self.number(commit.hands.len());
            for hand in &commit.hands {
                self.small(hand.person);
                self.small(hand.commits);
                self.signed(hand.last_day.into());
                self.signed(i64::from(hand.last_day) - i64::from(hand.first_day));
            }
        }
    }

    fn lineages(&mut self, lineages: &[Lineage]) {
        self.number(lineages.len());
        let mut before = "";
        for lineage in lineages {
            self.path(before, lineage.path.as_str());
            before = lineage.path.as_str();
            self.small(lineage.from);
            self.optional(lineage.to);
            self.number(lineage.earlier.len());
            for (until, path) in &lineage.earlier {
                self.small(*until);
                self.path(before, path.as_str());
            }
        }
    }

    fn path(&mut self, before: &str, path: &str) {
        let same = before.char_indices().zip(path.chars()).take_while(|((_, a), b)| a == b).last();
        let same = same.map_or(0, |((at, c), _)| at + c.len_utf8());
        self.number(same);
        self.text(&path[same..]);
    }

    fn touches(&mut self, touches: &[Touch]) {
        self.number(touches.len());
        let (mut commit, mut lineage) = (0, 0);
        for touch in touches {
            self.signed(i64::from(touch.commit) - commit);
            self.signed(i64::from(touch.lineage) - lineage);
            (commit, lineage) = (touch.commit.into(), touch.lineage.into());
            self.small(touch.added);
            self.wide(u64::from(touch.removed) << 1 | u64::from(touch.formatting));
        }
    }
}
