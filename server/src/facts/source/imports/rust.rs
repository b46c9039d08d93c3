//! Rust's `use` trees, `extern crate`, and paths in code that may begin with a crate's name.
//! It must not resolve names: what the file itself binds is left out, the rest may still be a module of the crate.
use super::{Cursor, Found, cursor::is_word};

/// First segments that are no crates of others.
const OWN: [&str; 8] = ["crate", "self", "super", "std", "core", "alloc", "proc_macro", "test"];

/// Deeper groups are not written by hand.
const DEEPEST: usize = 32;

pub(super) fn read(cursor: &mut Cursor<'_>, found: &mut Found) {
    let start = cursor.at;
    if !statement(cursor, found) {
        // Paths in an attribute or a function's head are yet to be met.
        cursor.at = start;
    }
}

fn statement(cursor: &mut Cursor<'_>, found: &mut Found) -> bool {
    while cursor.rest().starts_with(b"#[") {
        let line = cursor.rest();
        let length = memchr::memchr2(b']', b'\n', line).filter(|end| line[*end] == b']');
        let Some(length) = length else { return false };
        cursor.at += length + 1;
        cursor.blanks();
    }
    if cursor.eat_word("pub") {
        cursor.blanks();
        if cursor.eat(b'(') {
            cursor.take(|b| b != b')' && b != b'\n');
            cursor.eat(b')');
            cursor.blanks();
        }
    }
    if cursor.eat_word("mod") {
        cursor.blanks();
        found.bind(cursor.word());
    } else if cursor.eat_word("extern") {
        cursor.blanks();
        if cursor.eat_word("crate") {
            cursor.blanks();
            let line = cursor.line;
            add(cursor.word(), line, found);
        }
    } else if cursor.eat_word("use") {
        tree(cursor, found);
    } else {
        return false;
    }
    true
}

/// Reads `a::b::{c, d::*} as e` up to its semicolon.
fn tree(cursor: &mut Cursor<'_>, found: &mut Found) {
    let (mut path, mut groups, mut closed) = (String::new(), vec![], false);
    loop {
        cursor.space();
        match cursor.peek() {
            Some(b':') if cursor.rest().starts_with(b"::") => {
                cursor.at += 2;
                if !path.is_empty() && !path.ends_with("::") {
                    path.push_str("::");
                }
            }
            Some(b'{') if groups.len() < DEEPEST => {
                cursor.at += 1;
                groups.push(path.len());
            }
            Some(b'*') => cursor.at += 1,
            Some(end @ (b',' | b'}' | b';')) => {
                if !closed {
                    leaf(&path, groups.last().copied(), cursor.line, found);
                }
                closed = end == b'}';
                cursor.at += 1;
                if end == b';' {
                    return;
                }
                let Some(kept) = groups.last().copied() else { return };
                path.truncate(kept);
                if closed {
                    groups.pop();
                }
            }
            Some(byte) if is_word(byte) => segment(cursor, &mut path, found),
            _ => return,
        }
    }
}

fn segment(cursor: &mut Cursor<'_>, path: &mut String, found: &mut Found) {
    if !path.is_empty() && !path.ends_with("::") && cursor.eat_word("as") {
        cursor.space();
        found.bind(cursor.word());
        return;
    }
    let word = cursor.word();
    let word = if word == "r" && cursor.eat(b'#') { cursor.word() } else { word };
    if path.len() < super::LONGEST {
        path.push_str(word);
    }
}

fn leaf(path: &str, group: Option<usize>, line: u32, found: &mut Found) {
    if group == Some(path.len()) {
        return;
    }
    let path = path.trim_end_matches("::").trim_end_matches("::self");
    // `use anyhow::anyhow` binds a name that leaves the crate's own one in reach.
    if let Some((above, name)) = path.rsplit_once("::")
        && above.split("::").next() != Some(name)
    {
        found.bind(name);
    }
    add(path, line, found);
}

fn add(path: &str, line: u32, found: &mut Found) {
    let head = path.split("::").next().unwrap_or_default();
    if is_crate(head) {
        found.add(path, line, false);
    }
}

/// Crates begin with a small letter, which types and variants do not.
fn is_crate(head: &str) -> bool {
    head.starts_with(|c: char| c.is_ascii_lowercase()) && !OWN.contains(&head)
}

/// The `::` of a path in code: its first segment, which may be a crate.
pub(super) fn path(bytes: &[u8], at: usize, line: u32, found: &mut Found) {
    let length = bytes[..at].iter().rev().take(64).take_while(|b| b.is_ascii_alphanumeric() || **b == b'_').count();
    let start = at - length;
    let first = bytes.get(start).copied().filter(|_| length > 0);
    let before = start.checked_sub(1).map(|before| bytes[before]);
    if !first.is_some_and(|b| b.is_ascii_lowercase())
        || before.is_some_and(|b| is_word(b) || matches!(b, b':' | b'.' | b'#'))
    {
        return;
    }
    if let Ok(head) = std::str::from_utf8(&bytes[start..at])
        && is_crate(head)
    {
        found.add(head, line, true);
    }
}

/// A text whose first byte is at `content`: a path when an attribute names it, as in `with = "serde_bytes::vec"`.
pub(super) fn attribute(bytes: &[u8], content: usize, line: u32, found: &mut Found) {
    let assigned = bytes[..content - 1].trim_ascii_end().ends_with(b"=");
    let length = bytes[content..].iter().take(64).take_while(|b| b.is_ascii_alphanumeric() || **b == b'_').count();
    if assigned && bytes[content + length..].starts_with(b"::") {
        path(bytes, content + length, line, found);
    }
}

/// Whether a module begins with a name that the file binds.
pub(super) fn begins_with_own(module: &str, bound: &[String]) -> bool {
    let head = module.split("::").next().unwrap_or_default();
    bound.iter().any(|name| name == head)
}
