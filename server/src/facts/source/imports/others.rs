//! Languages whose imports are a word and a bare or quoted name on one line.
//! It must not be more exact than such a line allows.
use super::{Cursor, Found, Read, cursor::is_word};
use tokei::LanguageType;

/// First bytes of the words below.
pub(super) const BEGINS: &[u8] = b"iurao@lI";

/// Who reads the language, if anybody.
pub(super) fn of(language: LanguageType) -> Option<Read> {
    use LanguageType as L;
    Some(match language {
        L::Swift => |c, f| bare(c, f, &["import"], &["struct", "class", "enum", "func", "protocol"]),
        L::Elixir => |c, f| bare(c, f, &["import", "alias", "use", "require"], &[]),
        L::Haskell => |c, f| bare(c, f, &["import"], &["qualified"]),
        L::Elm | L::Nim => |c, f| bare(c, f, &["import"], &[]),
        L::Julia => |c, f| bare(c, f, &["import", "using"], &[]),
        L::FSharp => |c, f| bare(c, f, &["open"], &["type"]),
        L::VisualBasic => |c, f| bare(c, f, &["Imports"], &[]),
        L::Perl => |c, f| bare(c, f, &["use", "require"], &[]),
        L::R => library,
        _ => return None,
    })
}

fn bare(cursor: &mut Cursor<'_>, found: &mut Found, words: &[&str], skipped: &[&str]) {
    if cursor.eat(b'@') {
        cursor.word();
        cursor.blanks();
    }
    if !words.iter().any(|word| cursor.eat_word(word)) || !matches!(cursor.peek(), Some(b' ' | b'\t')) {
        return;
    }
    cursor.blanks();
    if skipped.iter().any(|word| cursor.eat_word(word)) {
        cursor.blanks();
    }
    let module = cursor.take(|b| is_word(b) || matches!(b, b'.' | b':')).trim_end_matches(['.', ':']);
    if module.starts_with(|c: char| c.is_alphabetic()) {
        found.add(module, cursor.line, false);
    }
}

/// R's `library(x)` and `require(x)`.
fn library(cursor: &mut Cursor<'_>, found: &mut Found) {
    if (cursor.eat_word("library") || cursor.eat_word("require")) && cursor.eat(b'(') {
        cursor.eat(b'"');
        let module = cursor.take(|b| is_word(b) || b == b'.');
        found.add(module, cursor.line, false);
    }
}
