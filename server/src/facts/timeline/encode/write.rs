//! Writes a timeline. Each function here has its counterpart in `read`.
//! It must not leave anything out.
use super::FORMAT;
use crate::{
    facts::timeline::{FileSpan, LineCommit, Timeline},
    scan::HistoryStart,
};
use serde::Serialize;
use shared::RepoPath;
use std::collections::HashMap;

#[derive(Default)]
struct Writer(Vec<u8>);

pub(super) fn timeline(timeline: &Timeline) -> Vec<u8> {
    let mut out = Writer(vec![FORMAT]);
    out.text(&timeline.reading);
    out.json(&timeline.watched);
    out.json(&timeline.findings);
    out.line(timeline);
    out.commits(timeline);
    out.number(timeline.gaps.len() as u64);
    for gap in &timeline.gaps {
        out.optional(gap.after);
        out.number(gap.before.into());
        out.text(&gap.reason);
    }
    out.files(&timeline.files);
    out.number(timeline.unread.len() as u64);
    for unread in &timeline.unread {
        out.number(unread.position.into());
        out.text(unread.path.as_str());
    }
    out.0
}

impl Writer {
    fn number(&mut self, mut number: u64) {
        while number >= 0x80 {
            self.0.push((number & 0x7f) as u8 | 0x80);
            number >>= 7;
        }
        self.0.push(number as u8);
    }

    fn signed(&mut self, number: i64) {
        self.number(((number << 1) ^ (number >> 63)) as u64);
    }

    /// Nothing is 0.
    fn optional(&mut self, number: Option<u32>) {
        self.number(number.map_or(0, |number| u64::from(number) + 1));
    }

    fn bytes(&mut self, bytes: &[u8]) {
        self.number(bytes.len() as u64);
        self.0.extend_from_slice(bytes);
    }

    fn text(&mut self, text: &str) {
        self.bytes(text.as_bytes());
    }

    /// For the few things that are small and have many shapes.
    fn json(&mut self, value: &impl Serialize) {
        self.bytes(&serde_json::to_vec(value).unwrap_or_default());
    }

    fn line(&mut self, timeline: &Timeline) {
        let line = &timeline.line;
        self.0.push(match line.start {
            HistoryStart::Root => 0,
            HistoryStart::Shallow => 1,
            HistoryStart::Missing => 2,
        });
        let width = line.bytes().next().map_or(0, <[u8]>::len);
        self.0.push(u8::try_from(width).unwrap_or_default());
        self.number(line.len() as u64);
        line.bytes().for_each(|id| self.0.extend_from_slice(id));
    }

    fn commits(&mut self, timeline: &Timeline) {
        let all = timeline.commits.iter().map(|commit| commit.author);
        let all = all.chain(timeline.branch_authors.iter().map(|branch| branch.author));
        let mut numbers: HashMap<u64, u64> = HashMap::new();
        let mut authors: Vec<u64> = vec![];
        for author in all {
            numbers.entry(author).or_insert_with(|| {
                authors.push(author);
                authors.len() as u64 - 1
            });
        }
        let number = |author: u64| numbers.get(&author).copied().unwrap_or_default();
        self.number(authors.len() as u64);
        authors.iter().for_each(|author| self.0.extend_from_slice(&author.to_le_bytes()));
        self.number(timeline.commits.len() as u64);
        let mut before = 0;
        for commit in &timeline.commits {
            self.commit(commit, before, number(commit.author));
            before = commit.committed;
        }
        self.number(timeline.branch_authors.len() as u64);
        let mut before = 0;
        for branch in &timeline.branch_authors {
            self.number(u64::from(branch.position.wrapping_sub(before)));
            self.number(number(branch.author));
            before = branch.position;
        }
    }

    fn commit(&mut self, commit: &LineCommit, before: i64, author: u64) {
        self.signed(commit.committed.wrapping_sub(before));
        self.signed(commit.authored.wrapping_sub(commit.committed));
        self.signed(commit.first_work.wrapping_sub(commit.authored));
        self.number(author << 1 | u64::from(commit.merge));
    }

    fn files(&mut self, files: &[FileSpan]) {
        self.number(files.len() as u64);
        let mut before: Option<&RepoPath> = None;
        for span in files {
            self.path(&span.path, before);
            self.number(span.from.into());
            self.optional(span.to.map(|to| to.wrapping_sub(span.from)));
            let blob = span.blob.as_ref().map(|blob| blob.as_str()).unwrap_or_default();
            self.0.push((blob.len() / 2) as u8);
            let digit = |at: usize| blob.get(at..at + 2).and_then(|hex| u8::from_str_radix(hex, 16).ok());
            self.0.extend((0..blob.len()).step_by(2).filter_map(digit));
            before = Some(&span.path);
        }
    }

    /// How many bytes are those of the path before, and the rest.
    fn path(&mut self, path: &RepoPath, before: Option<&RepoPath>) {
        let (text, before) = (path.as_str(), before.map(RepoPath::as_str).unwrap_or_default());
        let mut same = text.bytes().zip(before.bytes()).take_while(|(a, b)| a == b).count();
        while !text.is_char_boundary(same) {
            same -= 1;
        }
        self.number(same as u64);
        self.text(text.get(same..).unwrap_or_default());
    }
}
