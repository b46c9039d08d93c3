//! Reads a timeline. Each function here has its counterpart in `write`.
//! It must not trust a length or number: space is taken as bytes are met.
use super::BytesError;
use crate::{
    facts::timeline::{BranchAuthor, FileSpan, LineCommit, LineGap, Timeline, UnreadFile},
    scan::{HistoryStart, Line},
};
use serde::de::DeserializeOwned;
use shared::{BlobId, RepoPath};
use std::{fmt::Write, sync::Arc};

const SHORT: BytesError = BytesError("it ends too early");
const WRONG: BytesError = BytesError("it holds what no history holds");

type Read<T> = Result<T, BytesError>;

struct Reader<'b>(&'b [u8]);

pub(super) fn timeline(body: &[u8]) -> Read<Timeline> {
    let mut from = Reader(body.get(1..).ok_or(SHORT)?);
    let reading = from.text()?.to_owned();
    let watched = from.json()?;
    let findings = from.json()?;
    let line = from.line()?;
    let (commits, branch_authors) = from.commits()?;
    if line.len() != commits.len() {
        return Err(WRONG);
    }
    let gaps = from
        .list(|from| Ok(LineGap { after: from.optional()?, before: from.small()?, reason: from.text()?.to_owned() }))?;
    let mut path: Option<Arc<RepoPath>> = None;
    let files = from.list(|from| {
        let span = from.span(path.as_ref())?;
        path = Some(Arc::clone(&span.path));
        Ok(span)
    })?;
    let unread = from.list(|from| {
        let position = from.small()?;
        Ok(UnreadFile { position, path: Arc::new(RepoPath::new(from.text()?).map_err(|_| WRONG)?) })
    })?;
    if !from.0.is_empty() {
        return Err(WRONG);
    }
    Ok(Timeline { reading, watched, line, commits, branch_authors, files, gaps, unread, findings })
}

impl<'b> Reader<'b> {
    fn take(&mut self, n: usize) -> Read<&'b [u8]> {
        let (taken, rest) = self.0.split_at_checked(n).ok_or(SHORT)?;
        self.0 = rest;
        Ok(taken)
    }

    fn byte(&mut self) -> Read<u8> {
        self.take(1)?.first().copied().ok_or(SHORT)
    }

    fn number(&mut self) -> Read<u64> {
        let mut number = 0u64;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            number |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Ok(number);
            }
        }
        Err(WRONG)
    }

    fn small(&mut self) -> Read<u32> {
        u32::try_from(self.number()?).map_err(|_| WRONG)
    }

    fn length(&mut self) -> Read<usize> {
        usize::try_from(self.number()?).map_err(|_| WRONG)
    }

    fn signed(&mut self) -> Read<i64> {
        let number = self.number()?;
        Ok((number >> 1) as i64 ^ -((number & 1) as i64))
    }

    fn optional(&mut self) -> Read<Option<u32>> {
        match self.number()? {
            0 => Ok(None),
            number => u32::try_from(number - 1).map(Some).map_err(|_| WRONG),
        }
    }

    fn text(&mut self) -> Read<&'b str> {
        let length = self.length()?;
        std::str::from_utf8(self.take(length)?).map_err(|_| WRONG)
    }

    fn json<T: DeserializeOwned>(&mut self) -> Read<T> {
        let length = self.length()?;
        serde_json::from_slice(self.take(length)?).map_err(|_| WRONG)
    }

    fn list<T>(&mut self, mut one: impl FnMut(&mut Self) -> Read<T>) -> Read<Vec<T>> {
        let n = self.length()?;
        let mut out = Vec::with_capacity(n.min(self.0.len()));
        for _ in 0..n {
            out.push(one(self)?);
        }
        Ok(out)
    }

    fn line(&mut self) -> Read<Line> {
        let start = match self.byte()? {
            0 => HistoryStart::Root,
            1 => HistoryStart::Shallow,
            2 => HistoryStart::Missing,
            _ => return Err(WRONG),
        };
        let width = usize::from(self.byte()?);
        let length = self.length()?;
        if length > 0 && !matches!(width, 20 | 32) {
            return Err(WRONG);
        }
        let bytes = self.take(length.checked_mul(width).ok_or(WRONG)?)?;
        Ok(Line::new(width, bytes.to_vec(), start))
    }

    fn commits(&mut self) -> Read<(Vec<LineCommit>, Vec<BranchAuthor>)> {
        let authors = self.list(|from| {
            let bytes = from.take(8)?;
            Ok(u64::from_le_bytes(bytes.try_into().map_err(|_| SHORT)?))
        })?;
        let author = |number: u64| usize::try_from(number).ok().and_then(|at| authors.get(at)).copied().ok_or(WRONG);
        let mut before = 0i64;
        let commits = self.list(|from| {
            let committed = before.wrapping_add(from.signed()?);
            let authored = committed.wrapping_add(from.signed()?);
            let first_work = authored.wrapping_add(from.signed()?);
            let last = from.number()?;
            before = committed;
            Ok(LineCommit { committed, authored, author: author(last >> 1)?, first_work, merge: last & 1 == 1 })
        })?;
        let mut before = 0u32;
        let branch_authors = self.list(|from| {
            before = before.checked_add(from.small()?).ok_or(WRONG)?;
            Ok(BranchAuthor { position: before, author: author(from.number()?)? })
        })?;
        Ok((commits, branch_authors))
    }

    fn span(&mut self, before: Option<&Arc<RepoPath>>) -> Read<FileSpan> {
        let path = self.path(before)?;
        let from = self.small()?;
        let to = match self.optional()? {
            None => None,
            Some(length) => Some(from.checked_add(length).ok_or(WRONG)?),
        };
        let width = usize::from(self.byte()?);
        let mut hex = String::with_capacity(2 * width);
        for byte in self.take(width)? {
            write!(hex, "{byte:02x}").map_err(|_| WRONG)?;
        }
        let blob = if hex.is_empty() { None } else { Some(BlobId::new(hex).map_err(|_| WRONG)?) };
        Ok(FileSpan { path, from, to, blob })
    }

    /// The path before is shared when it is the same.
    fn path(&mut self, before: Option<&Arc<RepoPath>>) -> Read<Arc<RepoPath>> {
        let same = self.length()?;
        let rest = self.text()?;
        let text = before.map(|path| path.as_str()).unwrap_or_default();
        if let Some(before) = before.filter(|_| rest.is_empty() && same == text.len()) {
            return Ok(Arc::clone(before));
        }
        let shared = text.get(..same).ok_or(WRONG)?;
        RepoPath::new(format!("{shared}{rest}")).map(Arc::new).map_err(|_| WRONG)
    }
}
