//! Go's `import "a"` and `import ( … )`, <https://go.dev/ref/spec#Import_declarations>.
//! It must not tell the standard library from modules.
use super::{Cursor, Found};

pub(super) fn read(cursor: &mut Cursor<'_>, found: &mut Found) {
    if !cursor.at_margin || !cursor.eat_word("import") {
        return;
    }
    cursor.space();
    if !cursor.eat(b'(') {
        spec(cursor, found);
        return;
    }
    loop {
        cursor.space();
        if cursor.eat(b';') {
            continue;
        }
        if cursor.eat(b')') || !spec(cursor, found) {
            return;
        }
    }
}

/// An optional name and a path.
fn spec(cursor: &mut Cursor<'_>, found: &mut Found) -> bool {
    if !cursor.eat(b'.') {
        cursor.word();
    }
    cursor.space();
    let line = cursor.line;
    let Some(path) = cursor.quoted(b"\"`") else { return false };
    if path != "C" && !path.starts_with(['.', '/']) {
        found.add(path, line, false);
    }
    true
}
