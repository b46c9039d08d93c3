//! PHP's `use A\B\C;`, <https://www.php.net/manual/en/language.namespaces.importing.php>.
//! It must not take a closure's `use ($x)` or a name without a namespace.
use super::{Cursor, Found, cursor::is_word};

pub(super) fn read(cursor: &mut Cursor<'_>, found: &mut Found) {
    if !cursor.eat_word("use") || !matches!(cursor.peek(), Some(b' ' | b'\t' | b'\n')) {
        return;
    }
    cursor.space();
    if cursor.eat_word("function") || cursor.eat_word("const") {
        cursor.space();
    }
    let mut names: Vec<(String, u32)> = vec![];
    loop {
        cursor.space();
        let line = cursor.line;
        let name = name(cursor);
        if cursor.eat(b'{') {
            if !group(cursor, name, &mut names) {
                return;
            }
        } else {
            names.push((name.to_owned(), line));
            alias(cursor);
        }
        cursor.space();
        if !cursor.eat(b',') {
            break;
        }
        if names.len() > super::MOST {
            return;
        }
    }
    // Only a whole statement is one: prose of the page around the code has no semicolon here.
    if cursor.eat(b';') {
        for (name, line) in names.iter().filter(|(name, _)| name.contains('\\') && !name.ends_with('\\')) {
            found.add(name, *line, false);
        }
    }
}

fn name<'a>(cursor: &mut Cursor<'a>) -> &'a str {
    cursor.take(|b| is_word(b) || b == b'\\').trim_start_matches('\\')
}

fn alias(cursor: &mut Cursor<'_>) {
    cursor.space();
    if cursor.eat_word("as") {
        cursor.space();
        cursor.word();
    }
}

/// `A\{B, C as D}` after its brace.
fn group(cursor: &mut Cursor<'_>, prefix: &str, names: &mut Vec<(String, u32)>) -> bool {
    while names.len() <= super::MOST {
        cursor.space();
        if cursor.eat(b'}') {
            return true;
        }
        let line = cursor.line;
        let written = name(cursor);
        if written.is_empty() {
            return false;
        }
        names.push((format!("{prefix}{written}"), line));
        alias(cursor);
        cursor.space();
        cursor.eat(b',');
    }
    false
}
