//! Tells whether a place in a source line is a module path of an import statement.
//! It must not resolve modules: it looks at the line, and for Go's import blocks at the lines above.
use super::lines::Line;
use tokei::LanguageType;

/// How a language writes its imports.
enum Style {
    /// The module stands in quotes: JavaScript and its kin.
    Script,
    /// `import "a"`, and blocks of such lines.
    Go,
    /// The module stands in quotes or angle brackets on a line that begins so.
    Quoted(&'static [&'static str]),
    /// The module stands bare on a line that begins so.
    Bare(&'static [&'static str]),
}

fn style(language: LanguageType) -> Option<Style> {
    use LanguageType as L;
    Some(match language {
        L::JavaScript | L::Jsx | L::TypeScript | L::Tsx | L::Vue | L::Svelte | L::CoffeeScript => Style::Script,
        L::Go => Style::Go,
        L::C | L::CHeader | L::Cpp | L::CppHeader | L::ObjectiveC | L::ObjectiveCpp | L::Cuda => {
            Style::Quoted(&["#include", "#import", "# include"])
        }
        L::Ruby => Style::Quoted(&["require", "require_relative", "gem", "load"]),
        L::Dart | L::Protobuf => Style::Quoted(&["import", "export", "part"]),
        L::Lua => Style::Quoted(&["require", "local"]),
        L::Python => Style::Bare(&["import", "from"]),
        L::Java | L::Kotlin | L::Scala | L::Groovy | L::Haskell | L::Swift | L::Elm | L::Nim => {
            Style::Bare(&["import"])
        }
        L::Rust => Style::Bare(&["use", "pub", "extern"]),
        L::CSharp | L::FSharp | L::Julia => Style::Bare(&["using", "global", "open", "import"]),
        L::VisualBasic => Style::Bare(&["Imports"]),
        L::Php => Style::Bare(&["use"]),
        L::Elixir => Style::Bare(&["import", "alias", "use", "require"]),
        L::Perl => Style::Bare(&["use", "require"]),
        L::R => Style::Bare(&["library", "require"]),
        _ => return None,
    })
}

/// Whether the bytes from `start` to `end` of `bytes` are a module path, or its beginning, in an import statement.
/// `line` is the index of the line that holds them.
pub(super) fn is_import(
    language: LanguageType,
    bytes: &[u8],
    lines: &[Line],
    line: usize,
    (start, end): (usize, usize),
) -> bool {
    let Some(style) = style(language) else { return false };
    if !ends_well(bytes.get(end..).unwrap_or_default(), language) {
        return false;
    }
    let before = bytes[lines[line].start..start].trim_ascii_start();
    match style {
        Style::Script => quoted(before) && script_statement(before),
        Style::Go => quoted(before) && go_statement(before, bytes, lines, line),
        Style::Quoted(words) => quoted(before) && begins(before, words),
        Style::Bare(words) => begins(before, words) && bare(language, before),
    }
}

/// The path ends here or goes on with a separator.
fn ends_well(after: &[u8], language: LanguageType) -> bool {
    match after.first() {
        None => true,
        Some(b':') => after.starts_with(b"::"),
        Some(b'\\') => language == LanguageType::Php,
        Some(b'-') => false,
        Some(b) => !(b.is_ascii_alphanumeric() || matches!(b, b'_' | b'$' | b'@') || *b >= 0x80),
    }
}

fn quoted(before: &[u8]) -> bool {
    matches!(before.last(), Some(b'"' | b'\'' | b'`' | b'<'))
}

fn begins(before: &[u8], words: &[&str]) -> bool {
    words.iter().any(|word| {
        before
            .strip_prefix(word.as_bytes())
            .is_some_and(|rest| rest.first().is_none_or(|b| !(b.is_ascii_alphanumeric() || *b == b'_')))
    })
}

/// `from "x"`, `import "x"`, `import("x")`, `require("x")`, `jest.mock` and the like are not imports.
fn script_statement(before: &[u8]) -> bool {
    let before = before[..before.len() - 1].trim_ascii_end();
    let call = before.strip_suffix(b"(").map(<[u8]>::trim_ascii_end);
    let keywords: &[&[u8]] = if call.is_some() { &[b"require", b"import"] } else { &[b"from", b"import"] };
    let before = call.unwrap_or(before);
    keywords.iter().any(|keyword| {
        before.strip_suffix(*keyword).is_some_and(|rest| {
            rest.last().is_none_or(|b| !(b.is_ascii_alphanumeric() || matches!(b, b'_' | b'$' | b'.')))
        })
    })
}

fn go_statement(before: &[u8], bytes: &[u8], lines: &[Line], line: usize) -> bool {
    if begins(before, &["import"]) {
        return true;
    }
    // Inside a block: each line above is another import, a comment or blank, up to `import (`.
    go_spec(before)
        && (0..line).rev().map(|above| text_of(bytes, lines, above)).find(|text| !go_line_of_block(text)).is_some_and(
            |text| text.strip_prefix(b"import").is_some_and(|rest| rest.trim_ascii_start().starts_with(b"(")),
        )
}

/// Nothing, or one name, stands before the quote.
fn go_spec(before: &[u8]) -> bool {
    let alias = before[..before.len() - 1].trim_ascii();
    alias.iter().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'.'))
}

fn go_line_of_block(text: &[u8]) -> bool {
    let Some(quote) = memchr::memchr2(b'"', b'`', text) else {
        return text.is_empty() || text.starts_with(b"//") || text.starts_with(b"*") || text.starts_with(b"/*");
    };
    text.starts_with(b"//") || go_spec(&text[..=quote])
}

fn text_of<'a>(bytes: &'a [u8], lines: &[Line], line: usize) -> &'a [u8] {
    let end = lines.get(line + 1).map_or(bytes.len(), |next| next.start);
    bytes[lines[line].start..end].trim_ascii()
}

/// A bare path begins after a space, a brace or a comma, and is neither a renaming nor an imported name.
fn bare(language: LanguageType, before: &[u8]) -> bool {
    let starts = match before.last() {
        Some(b' ' | b'\t' | b'{' | b',' | b'(' | b'\\' | b'"' | b'\'') => true,
        Some(b':') => before.strip_suffix(b"::").is_some_and(|rest| rest.ends_with(b" ")),
        _ => false,
    };
    let last_word = before.trim_ascii_end().rsplit(|b| b.is_ascii_whitespace()).next().unwrap_or_default();
    let statement = language != LanguageType::Rust || rust_statement(before);
    let imported_name = language == LanguageType::Python
        && before.starts_with(b"from")
        && memchr::memmem::find(before, b" import").is_some();
    // Inside braces a name belongs to the path before them, unless nothing stands there (`use {a, b}`).
    let inside = memchr::memchr(b'{', before).is_some_and(|at| !before[..at].ends_with(b" "));
    starts && statement && last_word != b"as" && !imported_name && !inside
}

/// `use`, `pub use`, `pub(crate) use`, `extern crate`.
fn rust_statement(before: &[u8]) -> bool {
    before.starts_with(b"use ")
        || before.starts_with(b"extern crate ")
        || (before.starts_with(b"pub") && memchr::memmem::find(before, b" use ").is_some())
}
