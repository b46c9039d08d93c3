//! Reads the header of a commit object line by line, so that a damaged line loses only what it says.
//! It must not name a person: a name and a mail address become a number. Format: git's commit objects.
use super::{PastCommit, repository::commit_id};
use gix::{ObjectId, objs::Kind};

/// The years 1 to 9999: claims beyond them are moved to the nearer end.
const SECONDS: std::ops::RangeInclusive<i64> = -62_135_596_800..=253_402_300_799;

/// What the header of a commit says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Header {
    pub tree: ObjectId,
    pub parents: Vec<ObjectId>,
    pub committed: i64,
    pub authored: i64,
    pub author: u64,
}

impl Header {
    /// Reads a commit object; an error says what is wrong with it.
    pub(super) fn read(repo: &gix::Repository, id: ObjectId) -> Result<Self, gix::Error> {
        let object = repo.find_object(id)?;
        if object.kind != Kind::Commit {
            return Err(gix::Error::from_error(std::io::Error::other(format!(
                "it is a {}, not a commit",
                object.kind
            ))));
        }
        Self::parse(&object.data)
            .ok_or_else(|| gix::Error::from_error(std::io::Error::other("the commit names no tree")))
    }

    /// The header in the bytes of a commit object; `None` when it names no tree.
    pub(super) fn parse(data: &[u8]) -> Option<Self> {
        let (mut tree, mut parents, mut author, mut committer) = (None, vec![], None, None);
        for line in data.split(|byte| *byte == b'\n').take_while(|line| !line.is_empty()) {
            if let Some(hex) = line.strip_prefix(b"tree ") {
                tree = tree.or(ObjectId::from_hex(hex).ok());
            } else if let Some(hex) = line.strip_prefix(b"parent ") {
                parents.extend(ObjectId::from_hex(hex).ok());
            } else if let Some(rest) = line.strip_prefix(b"author ") {
                author = author.or(Some(rest));
            } else if let Some(rest) = line.strip_prefix(b"committer ") {
                committer = Some(rest);
                break;
            }
        }
        let (authored, committed) = (author.and_then(seconds), committer.and_then(seconds));
        Some(Self {
            tree: tree?,
            parents,
            committed: committed.or(authored).unwrap_or(0),
            authored: authored.or(committed).unwrap_or(0),
            author: author.map_or(0, person),
        })
    }

    /// The same as plain data.
    pub(super) fn past(&self, id: ObjectId) -> PastCommit {
        PastCommit {
            commit: commit_id(id),
            committed: self.committed,
            authored: self.authored,
            author: self.author,
            parents: self.parents.iter().copied().map(commit_id).collect(),
        }
    }
}

/// The seconds of `Name <mail> seconds zone`.
fn seconds(line: &[u8]) -> Option<i64> {
    let after = line.rsplit(|byte| *byte == b'>').next()?;
    let word = after.split(|byte| *byte == b' ').find(|word| !word.is_empty())?;
    let text = std::str::from_utf8(word).ok()?;
    let digits = text.strip_prefix('-').unwrap_or(text);
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let end = if text.starts_with('-') { *SECONDS.start() } else { *SECONDS.end() };
    Some(text.parse().unwrap_or(end).clamp(*SECONDS.start(), *SECONDS.end()))
}

/// FNV-1a with 64 bits over the name and the mail address; 0 when both are empty.
fn person(line: &[u8]) -> u64 {
    let end = line.iter().rposition(|byte| *byte == b'>').unwrap_or(line.len());
    let mut who = line[..end].splitn(2, |byte| *byte == b'<').map(<[u8]>::trim_ascii);
    let (name, mail) = (who.next().unwrap_or_default(), who.next().unwrap_or_default());
    if name.is_empty() && mail.is_empty() {
        return 0;
    }
    let bytes = name.iter().chain(b"\0").chain(mail);
    let hash = bytes
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3));
    hash.max(1)
}
