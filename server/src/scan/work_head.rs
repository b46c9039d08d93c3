//! Reads who wrote a commit: names and mail addresses of its header, and the trailers of its message.
//! It must not decide who is the same person. Format: git's commit objects, and git-interpret-trailers(1).
use super::{Named, Worked, commit::Header};
use gix::ObjectId;

/// Characters that are kept of a name or an address, and bytes that are looked at for them.
const MAX_NAME: usize = 200;
const MAX_NAME_BYTES: usize = 4_096;
/// Co-authors that are kept of one commit.
const MAX_CO_AUTHORS: usize = 20;
const CO_AUTHOR: &[u8] = b"co-authored-by:";

/// What is kept of one commit.
#[derive(Debug, Clone)]
pub(super) struct NamedHeader {
    pub parents: Vec<ObjectId>,
    pub committed: i64,
    pub committer: Named,
    pub own: Worked,
}

impl NamedHeader {
    /// Reads the bytes of a commit object; `None` when it names no tree.
    pub(super) fn parse(data: &[u8]) -> Option<Self> {
        let header = Header::parse(data)?;
        let end = memchr::memmem::find(data, b"\n\n").unwrap_or(data.len());
        let (head, message) = data.split_at(end);
        let (mut author, mut committer) = (None, None);
        for line in head.split(|byte| *byte == b'\n') {
            if let Some(rest) = line.strip_prefix(b"author ") {
                author = author.or(Some(rest));
            } else if let Some(rest) = line.strip_prefix(b"committer ") {
                committer = Some(rest);
                break;
            }
        }
        let merge = header.parents.len() > 1;
        Some(Self {
            parents: header.parents,
            committed: header.committed,
            committer: committer.map(named).unwrap_or_default(),
            own: Worked {
                author: author.map(named).unwrap_or_default(),
                co_authors: co_authors(message),
                authored: header.authored,
                merge,
            },
        })
    }
}

/// The person of `Name <mail> seconds zone`.
fn named(line: &[u8]) -> Named {
    let end = line.iter().rposition(|byte| *byte == b'>').unwrap_or(line.len());
    let mut who = line[..end].splitn(2, |byte| *byte == b'<');
    let mut next = || clean(who.next().unwrap_or_default());
    Named { name: next(), mail: next() }
}

fn clean(bytes: &[u8]) -> String {
    let bytes = bytes.trim_ascii();
    let text = String::from_utf8_lossy(&bytes[..bytes.len().min(MAX_NAME_BYTES)]);
    let kept: String = text.chars().filter(|c| !c.is_control()).collect();
    let kept: String = kept.trim().chars().take(MAX_NAME).collect();
    kept.trim_end().to_owned()
}

/// Those whom lines `Co-authored-by: Name <mail>` name, each once.
fn co_authors(message: &[u8]) -> Vec<Named> {
    let mut found: Vec<Named> = vec![];
    // The hyphens are rarer than any letter of the word.
    for at in memchr::memmem::find_iter(message, b"uthored-") {
        let Some(start) = at.checked_sub(4).filter(|start| starts_line(message, *start)) else { continue };
        let Some(word) = message.get(start..start + CO_AUTHOR.len()) else { break };
        if !word.eq_ignore_ascii_case(CO_AUTHOR) {
            continue;
        }
        let rest = &message[start + CO_AUTHOR.len()..];
        let line = &rest[..memchr::memchr(b'\n', rest).unwrap_or(rest.len())];
        let who = named(line);
        if who != Named::default() && !found.contains(&who) {
            found.push(who);
        }
        if found.len() == MAX_CO_AUTHORS {
            break;
        }
    }
    found
}

fn starts_line(message: &[u8], at: usize) -> bool {
    at.checked_sub(1).is_none_or(|before| message[before] == b'\n')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(author: &[u8], message: &str) -> NamedHeader {
        let mut text = format!("tree {}\nparent {}\nauthor ", "1".repeat(40), "2".repeat(40)).into_bytes();
        text.extend_from_slice(author);
        text.extend_from_slice(b" 1000 +0200\ncommitter Cho <cho@acme.example> 2000 +0000\nencoding x\n\n");
        text.extend_from_slice(message.as_bytes());
        NamedHeader::parse(&text).unwrap()
    }

    fn author(line: &[u8]) -> (String, String) {
        let Named { name, mail } = parsed(line, "").own.author;
        (name, mail)
    }

    #[test]
    fn empty_hostile_and_huge_names_are_read() {
        let pair = |name: &str, mail: &str| (name.to_owned(), mail.to_owned());
        assert_eq!(author(b"Ann Lee <ann@acme.example>"), pair("Ann Lee", "ann@acme.example"));
        assert_eq!(author(b"<>"), pair("", ""));
        assert_eq!(author(b"Ann"), pair("Ann 1000 +0200", ""), "nothing says where the name ends");
        assert_eq!(author(b"A\x00\x1b[31m\tB < a@x\r>"), pair("A[31mB", "a@x"));
        assert_eq!(author(b"J\xf6rg <j@acme.example>"), pair("J\u{fffd}rg", "j@acme.example"));
        let huge = [&vec![b'x'; 10 << 20][..], b" <", &vec![b'y'; 10 << 20], b">"].concat();
        assert_eq!(author(&huge), pair(&"x".repeat(200), &"y".repeat(200)));
    }

    #[test]
    fn trailers_name_co_authors_once_each_and_only_at_the_start_of_a_line() {
        let message = "Fix\n\nnot Co-authored-by: No <no@acme.example>\nCo-authored-by: Bo <bo@acme.example>\n\
            CO-AUTHORED-BY: x\nco-authored-by:Di <di@acme.example>\r\nCo-Authored-By: Bo <bo@acme.example>\nCo-authored-by:  \nuthored-";
        let found = parsed(b"Ann <ann@acme.example>", message);
        let names: Vec<&str> = found.own.co_authors.iter().map(|who| who.name.as_str()).collect();
        assert_eq!(names, ["Bo", "Di"]);
        let many: String = (0..50).map(|n| format!("Co-authored-by: N{n} <n{n}@acme.example>\n")).collect();
        assert_eq!(parsed(b"Ann <a>", &many).own.co_authors.len(), MAX_CO_AUTHORS);
        assert_eq!((found.committed, found.own.authored, found.committer.name.as_str()), (2000, 1000, "Cho"));
    }
}
