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

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(author: &str, committer: &str) -> (i64, i64, u64) {
        let text = format!(
            "tree {}\n{author}\n{committer}\nencoding x\n\ncommitter Other <o@acme.example> 5 +0000\n",
            "1".repeat(40)
        );
        let header = Header::parse(text.as_bytes()).unwrap();
        (header.authored, header.committed, header.author)
    }

    #[test]
    fn damaged_lines_lose_only_what_they_say() {
        let good = "Ann <ann@acme.example> 1000 +0200";
        let who = parsed(&format!("author {good}"), &format!("committer {good}"));
        assert!(who.2 != 0);
        assert_eq!((who.0, who.1), (1000, 1000));
        let cases: [(&str, &str, (i64, i64)); 9] = [
            (
                "author Ann <ann@acme.example> -5 +0000",
                "committer Ann <ann@acme.example> 99999999999999999999 +0000",
                (-5, 253_402_300_799),
            ),
            ("author Ann <ann@acme.example> -99999999999999999999 +0", "committer A <a> 7", (-62_135_596_800, 7)),
            ("author Ann <ann@acme.example>", "committer A <a> 7 +0000", (7, 7)),
            ("author Ann", "committer", (0, 0)),
            ("author Ann <a>> 8 +0000", "committer A <a> x +0000", (8, 8)),
            ("nothing", "committer A <a> 7 +0000", (7, 7)),
            ("author Ann <a> 4 +0000", "committer A <a> - +0000", (4, 4)),
            ("author <> 3 +0000", "committer  <> 3 +0000", (3, 3)),
            ("author A <a> 3 +0000", "author B <b> 4 +0000", (3, 3)),
        ];
        for (author, committer, times) in cases {
            let (authored, committed, _) = parsed(author, committer);
            assert_eq!((authored, committed), times, "{author}");
        }
    }

    #[test]
    fn a_person_is_a_number_and_nobody_is_zero() {
        let number = |who: &str| parsed(&format!("author {who} 1 +0000"), "committer A <a> 1 +0000").2;
        assert_eq!(number("<>"), 0);
        assert_eq!(number(" < >"), 0);
        assert_eq!(number("Ann <ann@acme.example>"), number("Ann  <ann@acme.example>"));
        let all = [number("Ann <a>"), number("Ann <>"), number("<Ann>"), number("Bob <a>"), number("<a>")];
        assert!(all.iter().enumerate().all(|(i, n)| *n != 0 && !all[..i].contains(n)));
    }

    #[test]
    fn a_commit_without_a_tree_is_none() {
        for text in ["", "tree xyz\n", "author A <a> 1 +0000\n\ntree 1111111111111111111111111111111111111111\n"] {
            assert_eq!(Header::parse(text.as_bytes()), None);
        }
    }
}
