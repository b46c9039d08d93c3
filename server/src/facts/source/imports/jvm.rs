//! `import` of Java, Kotlin, Scala and Groovy: dotted names, Java's `static`, Scala's groups and lists.
//! It must not tell packages from classes.
use super::{Cursor, Found, cursor::is_word};

pub(super) fn read(cursor: &mut Cursor<'_>, found: &mut Found) {
    if !cursor.eat_word("import") || !cursor.peek().is_some_and(|b| matches!(b, b' ' | b'\t')) {
        return;
    }
    cursor.blanks();
    if cursor.eat_word("static") {
        cursor.blanks();
    }
    loop {
        let line = cursor.line;
        let written = cursor.take(|b| is_word(b) || matches!(b, b'.' | b'`'));
        let name = written.replace('`', "");
        let name = name.strip_prefix("_root_.").unwrap_or(&name);
        let name = name.trim_end_matches("._").trim_end_matches('.');
        cursor.eat(b'*');
        if cursor.eat(b'{') && !group(cursor) {
            return;
        }
        cursor.blanks();
        if name.contains('.') && !name.starts_with('.') && ends(cursor) {
            found.add(name, line, false);
        }
        if !cursor.eat(b',') {
            return;
        }
        cursor.space();
    }
}

/// Scala's `{A, B => C}` up to its end.
fn group(cursor: &mut Cursor<'_>) -> bool {
    loop {
        cursor.space();
        cursor.take(|b| is_word(b) || matches!(b, b' ' | b',' | b'=' | b'>' | b'*' | b'.' | b'`'));
        match cursor.peek() {
            Some(b'}') => return cursor.eat(b'}'),
            Some(b'\n' | b'\r' | b'/' | b'\t') if !cursor.rest().starts_with(b"/=") => {
                let before = cursor.at;
                cursor.space();
                if cursor.at == before {
                    return false;
                }
            }
            _ => return false,
        }
    }
}

/// What may follow a name: the end of the statement, an alias, another name, a comment.
fn ends(cursor: &Cursor<'_>) -> bool {
    let rest = cursor.rest();
    matches!(rest.first(), None | Some(b';' | b'\n' | b',')) || rest.starts_with(b"as ") || rest.starts_with(b"/")
}
