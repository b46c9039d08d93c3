//! Import statements that stand on one line: C#, Ruby, C and its kin, Dart, Protocol Buffers, style sheets.
//! It must not take a C# `using` that closes a resource.
use super::{Cursor, Found, cursor::is_word};

/// `[global] using [static] A.B;` and `using C = A.B;`.
pub(super) fn c_sharp(cursor: &mut Cursor<'_>, found: &mut Found) {
    if cursor.eat_word("global") {
        cursor.blanks();
    }
    if !cursor.eat_word("using") || !matches!(cursor.peek(), Some(b' ' | b'\t')) {
        return;
    }
    cursor.blanks();
    while cursor.eat_word("static") || cursor.eat_word("unsafe") {
        cursor.blanks();
    }
    let mut name = namespace(cursor);
    cursor.blanks();
    let alias = cursor.eat(b'=');
    if alias {
        cursor.blanks();
        name = namespace(cursor);
        cursor.blanks();
    }
    let ends = cursor.peek() == Some(b';') || (alias && cursor.peek() == Some(b'<'));
    if ends && !name.is_empty() && !name.ends_with('.') {
        found.add(name, cursor.line, false);
    }
}

fn namespace<'a>(cursor: &mut Cursor<'a>) -> &'a str {
    if cursor.rest().starts_with(b"global::") {
        cursor.at += "global::".len();
    }
    cursor.take(|b| is_word(b) || b == b'.')
}

/// `require 'a/b'`; `require_relative` is another word.
pub(super) fn ruby(cursor: &mut Cursor<'_>, found: &mut Found) {
    if !cursor.eat_word("require") {
        return;
    }
    cursor.blanks();
    cursor.eat(b'(');
    cursor.blanks();
    if let Some(module) = cursor.quoted(b"\"'")
        && !module.starts_with(['.', '/', '~'])
        && !module.contains("#{")
    {
        found.add(module, cursor.line, false);
    }
}

/// `#include <a/b.h>`; in quotes only with a folder, as a plain file beside the source is the program's own.
pub(super) fn include(cursor: &mut Cursor<'_>, found: &mut Found) {
    cursor.eat(b'#');
    cursor.blanks();
    if !cursor.eat_word("include") && !cursor.eat_word("import") {
        return;
    }
    cursor.blanks();
    let line = cursor.line;
    if cursor.eat(b'<') {
        let header = cursor.take(|b| b != b'>' && b != b'\n');
        if cursor.eat(b'>') {
            found.add(header, line, false);
        }
    } else if let Some(header) = cursor.quoted(b"\"").filter(|h| h.contains('/') && !h.starts_with('.')) {
        found.add(header, line, false);
    }
}

/// `import "a";` and `export "a";`, with Protocol Buffers' `public` and `weak`.
pub(super) fn quoted(cursor: &mut Cursor<'_>, found: &mut Found) {
    if !cursor.eat_word("import") && !cursor.eat_word("export") {
        return;
    }
    cursor.blanks();
    if cursor.eat_word("public") || cursor.eat_word("weak") {
        cursor.blanks();
    }
    if let Some(module) = cursor.quoted(b"\"'").filter(|module| !module.starts_with('.') && module.contains(['/', ':']))
    {
        found.add(module, cursor.line, false);
    }
}

/// `@import "a"`, `@use "a"`, `@plugin "a"`. A name without `~` may also be a file beside, so that it is weak.
pub(super) fn style_sheet(cursor: &mut Cursor<'_>, found: &mut Found) {
    cursor.eat(b'@');
    if !["import", "use", "forward", "plugin", "reference"].iter().any(|word| cursor.eat_word(word)) {
        return;
    }
    cursor.blanks();
    if cursor.rest().starts_with(b"url(") {
        cursor.at += "url(".len();
    }
    if let Some(module) = cursor.quoted(b"\"'") {
        let module = module.trim_start_matches('~');
        if !module.starts_with(['.', '/']) && !module.contains(':') {
            found.add(module, cursor.line, true);
        }
    }
}
