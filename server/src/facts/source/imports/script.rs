//! `import`, `export … from`, `require()` and dynamic `import()` of JavaScript and TypeScript.
//! It must not follow relative paths, nor specifiers that a program makes at run time.
use super::{Cursor, Found, cursor::is_word};

/// Words and signs between `import` and `from` at most.
const MOST_TOKENS: usize = 5_000;

const QUOTES: &[u8] = b"\"'";

pub(super) fn read(cursor: &mut Cursor<'_>, found: &mut Found) {
    let exports = cursor.eat_word("export");
    if !exports && !cursor.eat_word("import") {
        return;
    }
    cursor.space();
    let types = cursor.eat_word("type") || cursor.eat_word("typeof");
    cursor.space();
    // `import type from "a"` imports a default that is called so.
    let types = types && !matches!(cursor.peek(), Some(b',' | b'=')) && !cursor.rest().starts_with(b"from");
    if exports && !matches!(cursor.peek(), Some(b'{' | b'*')) {
        return;
    }
    let mut named = types;
    for _ in 0..MOST_TOKENS {
        cursor.space();
        let Some(byte) = cursor.peek() else { return };
        if QUOTES.contains(&byte) {
            if let (false, false, Some(module)) = (exports, named, cursor.quoted(QUOTES)) {
                add(module, cursor.line, types, found);
            }
            return;
        }
        if cursor.eat_word("from") {
            cursor.space();
            if let Some(module) = cursor.quoted(QUOTES) {
                add(module, cursor.line, types, found);
                return;
            }
        } else if is_word(byte) {
            cursor.word();
        } else if matches!(byte, b'{' | b'}' | b',' | b'*') {
            cursor.at += 1;
        } else {
            return;
        }
        named = true;
    }
}

/// A text whose first byte is at `content`, when it is the whole argument of `require` or `import`.
pub(super) fn argument(bytes: &[u8], content: usize, line: u32, found: &mut Found) {
    // Most texts are no argument of anything.
    if !bytes[..content - 1].last().is_some_and(|b| matches!(b, b'(' | b' ' | b'\n' | b'\t' | b'/')) {
        return;
    }
    let before = without_comment(bytes[..content - 1].trim_ascii_end());
    let Some(callee) = before.strip_suffix(b"(").map(<[u8]>::trim_ascii_end) else { return };
    let callee = callee.strip_suffix(b".resolve").unwrap_or(callee);
    let Some(left) = callee.strip_suffix(b"require").or_else(|| callee.strip_suffix(b"import")) else { return };
    let left = left.strip_suffix(b"_").unwrap_or(left);
    if left.last().is_some_and(|b| is_word(*b) || *b == b'.') {
        return;
    }
    let mut cursor = Cursor::new(bytes, content - 1, line);
    let Some(module) = cursor.quoted(b"\"'`") else { return };
    cursor.space();
    if matches!(cursor.peek(), Some(b')' | b',')) {
        add(module, line, false, found);
    }
}

/// `import(/* webpackChunkName: "a" */ "b")`: what stands before the comment.
fn without_comment(before: &[u8]) -> &[u8] {
    let Some(inside) = before.strip_suffix(b"*/") else { return before };
    let least = inside.len().saturating_sub(super::LONGEST);
    memchr::memmem::rfind(&inside[least..], b"/*").map_or(before, |open| before[..least + open].trim_ascii_end())
}

fn add(module: &str, line: u32, weak: bool, found: &mut Found) {
    let module = module.split('?').next().unwrap_or_default();
    let local = module.starts_with(['.', '/', '\\']) || module.contains(['$', '!', '*', '<', '{']);
    // `$lib` and `$app` are names that a framework binds; everything else with a dollar is made at run time.
    if !local || (module.starts_with('$') && !module.contains('{')) {
        found.add(module, line, weak);
    }
}
