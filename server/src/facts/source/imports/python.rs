//! Python's `import a.b as c` and `from a.b import c`, <https://docs.python.org/3/reference/simple_stmts.html#import>.
//! It must not follow relative imports: they are the package's own.
use super::{Cursor, Found, cursor::is_word};

/// Packages that many distributions share: there the imported name tells which one.
const SHARED: [&str; 3] = ["google", "azure", "opentelemetry"];

pub(super) fn read(cursor: &mut Cursor<'_>, found: &mut Found) {
    // Inside a block an import may be one of several choices, as in `try` or `if TYPE_CHECKING`.
    let weak = !cursor.at_margin;
    if cursor.eat_word("from") && is_blank(cursor) {
        from(cursor, found, weak);
        return;
    }
    while cursor.eat_word("import") && is_blank(cursor) {
        if !names(cursor, found, weak) {
            return;
        }
    }
}

fn is_blank(cursor: &Cursor<'_>) -> bool {
    matches!(cursor.peek(), Some(b' ' | b'\t' | b'\\'))
}

/// Blanks and continued lines.
fn blanks(cursor: &mut Cursor<'_>) {
    cursor.blanks();
    while cursor.rest().starts_with(b"\\\n") || cursor.rest().starts_with(b"\\\r\n") {
        cursor.skip_line();
        cursor.at += 1;
        cursor.line = cursor.line.saturating_add(1);
        cursor.blanks();
    }
}

fn dotted<'a>(cursor: &mut Cursor<'a>) -> &'a str {
    cursor.take(|b| is_word(b) || b == b'.')
}

/// The list after `import`. Tells whether another statement follows on the line.
fn names(cursor: &mut Cursor<'_>, found: &mut Found, weak: bool) -> bool {
    loop {
        blanks(cursor);
        let (line, name) = (cursor.line, dotted(cursor));
        blanks(cursor);
        if cursor.eat_word("as") {
            blanks(cursor);
            cursor.word();
            blanks(cursor);
        }
        let next = cursor.peek();
        if is_module(name) && matches!(next, None | Some(b',' | b'\n' | b';' | b'#')) {
            found.add(name, line, weak);
        }
        if !cursor.eat(b',') {
            break;
        }
    }
    let more = cursor.eat(b';');
    blanks(cursor);
    more
}

fn is_module(name: &str) -> bool {
    !name.is_empty()
        && !name.starts_with(['.', '$'])
        && !name.starts_with(|c: char| c.is_ascii_digit())
        && !name.ends_with('.')
}

fn from(cursor: &mut Cursor<'_>, found: &mut Found, weak: bool) {
    blanks(cursor);
    let (line, module) = (cursor.line, dotted(cursor));
    blanks(cursor);
    if !is_module(module) || !cursor.eat_word("import") {
        return;
    }
    let head = module.split('.').next().unwrap_or_default();
    if !SHARED.contains(&head) {
        found.add(module, line, weak);
        return;
    }
    blanks(cursor);
    let in_brackets = cursor.eat(b'(');
    for name in imported_names(cursor, in_brackets) {
        found.add(&format!("{module}.{name}"), line, weak);
    }
}

fn imported_names<'a>(cursor: &mut Cursor<'a>, in_brackets: bool) -> Vec<&'a str> {
    let mut names = vec![];
    loop {
        blanks(cursor);
        while in_brackets && matches!(cursor.peek(), Some(b'\n' | b'#')) {
            cursor.skip_line();
            cursor.eat(b'\n');
            cursor.line = cursor.line.saturating_add(1);
            cursor.blanks();
        }
        let name = cursor.word();
        if name.is_empty() {
            return names;
        }
        names.push(name);
        blanks(cursor);
        if cursor.eat_word("as") {
            blanks(cursor);
            cursor.word();
            blanks(cursor);
        }
        if !cursor.eat(b',') {
            return names;
        }
    }
}
