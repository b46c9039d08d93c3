//! Reads a work log. Each function here has its counterpart in `write`.
//! It must not trust a length or number: space is taken as bytes are met.
use super::LogBytesError;
use crate::{
    facts::work::{Hand, Lineage, Mass, Person, Touch, WorkCommit, WorkLog},
    scan::HistoryStart,
};
use shared::{CommitId, RepoPath};
use std::fmt::Write;

const SHORT: LogBytesError = LogBytesError("it ends too early");
const WRONG: LogBytesError = LogBytesError("it holds what no history holds");

type Read<T> = Result<T, LogBytesError>;

struct Reader<'b>(&'b [u8]);

pub(super) fn log(body: &[u8]) -> Read<WorkLog> {
    let mut from = Reader(body.get(1..).ok_or(SHORT)?);
    let reading = from.text()?.to_owned();
    let tip = from.id()?;
    let start = match from.byte()? {
        0 => HistoryStart::Root,
        1 => HistoryStart::Shallow,
        2 => HistoryStart::Missing,
        _ => return Err(WRONG),
    };
    let findings = serde_json::from_slice(from.bytes()?).map_err(|_| WRONG)?;
    let people = from.list(|from| Ok(Person { name: from.text()?.to_owned(), mail: from.text()?.to_owned() }))?;
    let commits = from.commits(people.len())?;
    let lineages = from.lineages(commits.len())?;
    let touches = from.touches(commits.len(), lineages.len())?;
    if !from.0.is_empty() {
        return Err(WRONG);
    }
    Ok(WorkLog { reading, tip, start, people, commits, lineages, touches, findings })
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

    fn wide(&mut self) -> Read<u64> {
        let mut number = 0_u64;
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
        u32::try_from(self.wide()?).map_err(|_| WRONG)
    }

    /// A position in a list of so many.
    fn below(&mut self, n: usize) -> Read<u32> {
        self.small().and_then(|number| if (number as usize) < n { Ok(number) } else { Err(WRONG) })
    }

    fn length(&mut self) -> Read<usize> {
        usize::try_from(self.wide()?).map_err(|_| WRONG)
    }

    fn signed(&mut self) -> Read<i64> {
        let number = self.wide()?;
        Ok((number >> 1) as i64 ^ -((number & 1) as i64))
    }

    fn optional(&mut self, n: usize) -> Read<Option<u32>> {
        let number = self.wide()?.checked_sub(1).map(u32::try_from).transpose().map_err(|_| WRONG)?;
        if number.is_some_and(|number| number as usize >= n) { Err(WRONG) } else { Ok(number) }
    }

    fn bytes(&mut self) -> Read<&'b [u8]> {
        let length = self.length()?;
        self.take(length)
    }

    fn text(&mut self) -> Read<&'b str> {
        std::str::from_utf8(self.bytes()?).map_err(|_| WRONG)
    }

    fn id(&mut self) -> Read<CommitId> {
        let mut hex = String::new();
        for byte in self.bytes()? {
            write!(hex, "{byte:02x}").map_err(|_| WRONG)?;
        }
        CommitId::new(hex).map_err(|_| WRONG)
    }

    fn list<T>(&mut self, mut one: impl FnMut(&mut Self) -> Read<T>) -> Read<Vec<T>> {
        let n = self.length()?;
        // Nothing that is listed takes less than a byte.
        let mut out = Vec::with_capacity(n.min(self.0.len()));
        for _ in 0..n {
            out.push(one(self)?);
        }
        Ok(out)
    }

    fn commits(&mut self, n_people: usize) -> Read<Vec<WorkCommit>> {
        let mut before = 0_i64;
        self.list(|from| {
            let commit = from.id()?;
            let at = before.wrapping_add(from.signed()?);
            let authored = at.wrapping_sub(from.signed()?);
            before = at;
            let merger = from.optional(n_people)?;
            let mass = match from.byte()? {
                0 => None,
                1 => Some(Mass::ManyFiles),
                2 => Some(Mass::Formatting),
                3 => Some(Mass::Listed),
                _ => return Err(WRONG),
            };
            let hands = from.list(|from| from.hand(n_people))?;
            Ok(WorkCommit { commit, at, authored, hands, merger, mass })
        })
    }

    fn hand(&mut self, n_people: usize) -> Read<Hand> {
        let (person, commits, last) = (self.below(n_people)?, self.small()?, self.signed()?);
        let first = last.checked_sub(self.signed()?).ok_or(WRONG)?;
        let day = |day: i64| i32::try_from(day).map_err(|_| WRONG);
        Ok(Hand { person, commits, first_day: day(first)?, last_day: day(last)? })
    }

    fn lineages(&mut self, n_commits: usize) -> Read<Vec<Lineage>> {
        let mut before = String::new();
        self.list(|reader| {
            let path = reader.path(&before)?;
            before = path.as_str().to_owned();
            let (from, to) = (reader.below(n_commits)?, reader.optional(n_commits)?);
            let earlier = reader.list(|reader| Ok((reader.below(n_commits)?, reader.path(&before)?)))?;
            Ok(Lineage { path, earlier, from, to })
        })
    }

    fn path(&mut self, before: &str) -> Read<RepoPath> {
        let same = self.length()?;
        let shared = before.get(..same).ok_or(WRONG)?;
        RepoPath::new(format!("{shared}{}", self.text()?)).map_err(|_| WRONG)
    }

    fn touches(&mut self, n_commits: usize, n_lineages: usize) -> Read<Vec<Touch>> {
        let (mut commit, mut lineage) = (0_i64, 0_i64);
        let position =
            |number: i64, n: usize| u32::try_from(number).ok().filter(|number| (*number as usize) < n).ok_or(WRONG);
        self.list(|from| {
            commit = commit.checked_add(from.signed()?).ok_or(WRONG)?;
            lineage = lineage.checked_add(from.signed()?).ok_or(WRONG)?;
            let (added, last) = (from.small()?, from.wide()?);
            Ok(Touch {
                commit: position(commit, n_commits)?,
                lineage: position(lineage, n_lineages)?,
                added,
                removed: u32::try_from(last >> 1).map_err(|_| WRONG)?,
                formatting: last & 1 == 1,
            })
        })
    }
}
