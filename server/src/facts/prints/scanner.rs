//! One pass over the bytes of a source file: tokens without blanks, comments and what formatters change.
//! It must not understand the language: comment and text signs are those of the line scanner.
mod signs;

use super::{
    families::{COMMON, FNV_OFFSET, FNV_PRIME, Family, HEADER, IMPORT},
    grams::{Grams, Weight, mix},
    model::Print,
    names::Names,
    statements::{Statement, Step},
};
use crate::facts::source::lines::syntax::{SIGN, Syntax};
use tokei::LanguageType;

/// What a scan gives.
pub(super) struct Scanned {
    pub(super) n_tokens: u32,
    pub(super) n_lines: u32,
    pub(super) tokens: u64,
    pub(super) prints: Vec<Print>,
    pub(super) names: Vec<String>,
}

pub(super) fn scan(language: LanguageType, bytes: &[u8]) -> Scanned {
    let (syntax, family) = (Syntax::of(language), Family::of(language));
    let at = if bytes.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
    let mut scanner = Scanner {
        bytes,
        at,
        line: 1,
        line_start: at,
        syntax,
        family,
        first: true,
        statement: None,
        pending: None,
        tokens: 0,
        n_tokens: 0,
        grams: Grams::new(),
        names: Names::new(family),
    };
    scanner.run();
    let n_lines = if bytes.last() == Some(&b'\n') { scanner.line - 1 } else { scanner.line };
    Scanned {
        n_tokens: scanner.n_tokens,
        n_lines,
        tokens: mix(scanner.tokens),
        prints: scanner.grams.finish(),
        names: scanner.names.finish(),
    }
}

struct Scanner<'a> {
    bytes: &'a [u8],
    at: usize,
    line: u32,
    line_start: usize,
    syntax: &'static Syntax,
    family: &'static Family,
    /// Whether no token was met in this line, but a sign before `include` or `import`.
    first: bool,
    statement: Option<Statement>,
    /// A sign that the next token may make meaningless, and its line: a comma before a closing bracket, `#` of an include.
    pending: Option<(u8, u32)>,
    tokens: u64,
    n_tokens: u32,
    grams: Grams,
    names: Names<'a>,
}

impl<'a> Scanner<'a> {
    fn run(&mut self) {
        while let Some(byte) = self.bytes.get(self.at).copied() {
            match byte {
                b' ' | b'\t' | b'\r' | b'\x0c' => self.at += 1,
                b'\n' => self.end_line(),
                _ if self.syntax.classes[usize::from(byte)] & SIGN != 0 && self.sign(byte) => {}
                _ if is_word(byte) => self.word(),
                _ => {
                    self.punctuation(byte);
                    self.at += 1;
                }
            }
        }
        self.flush();
    }

    fn end_line(&mut self) {
        let escaped = self.at > 0 && self.bytes[self.at - 1] == b'\\';
        self.statement = self.statement.filter(|statement| statement.goes_on(self.line, escaped));
        self.next_line();
        self.first = true;
    }

    fn next_line(&mut self) {
        self.at += 1;
        self.line = self.line.saturating_add(1);
        self.line_start = self.at;
    }

    fn word(&mut self) {
        let start = self.at;
        let mut hash = FNV_OFFSET;
        while let Some(byte) = self.bytes.get(self.at).filter(|byte| is_word(**byte)) {
            hash = (hash ^ u64::from(*byte)).wrapping_mul(FNV_PRIME);
            self.at += 1;
        }
        let (hash, word) = (mix(hash), &self.bytes[start..self.at]);
        let roles = self.family.roles(hash);
        if self.first {
            self.names.begin_line(start == self.line_start);
        }
        if self.statement.is_none() && self.begins_statement(roles, word) {
            // The sign before an include goes with it.
            if matches!(self.pending, Some((b'#' | b'@', _))) {
                self.pending = None;
            }
            self.statement = Some(Statement::new(self.line, roles & HEADER != 0));
        }
        if self.statement.is_none() {
            self.names.word(word, roles);
        }
        let own = roles & COMMON == 0 && word.len() > 1 && !word[0].is_ascii_digit();
        self.emit(hash, self.line, if own { Weight::Own } else { Weight::Common });
    }

    fn begins_statement(&self, roles: u8, word: &[u8]) -> bool {
        if !self.first && !self.family.reserved {
            return false;
        }
        if self.family.script {
            return self.begins_script_import(roles, word);
        }
        roles & (IMPORT | HEADER) != 0
    }

    /// `import x`, `export {` and `export *`; at the margin `const x = require(`.
    fn begins_script_import(&self, roles: u8, word: &[u8]) -> bool {
        let rest = &self.bytes[self.at..];
        let next = rest.iter().find(|byte| !matches!(byte, b' ' | b'\t'));
        match word {
            b"export" => matches!(next, Some(b'{' | b'*')),
            b"const" | b"let" | b"var" if self.at == self.line_start + word.len() => {
                let line = &rest[..memchr::memchr(b'\n', rest).unwrap_or(rest.len())];
                memchr::memmem::find(line, b"require(").is_some()
            }
            _ => roles & IMPORT != 0 && !matches!(next, Some(b'(' | b'.')),
        }
    }

    fn punctuation(&mut self, byte: u8) {
        if self.first {
            self.names.begin_line(false);
        }
        self.names.punctuation(byte);
        if let Some(statement) = &mut self.statement {
            match statement.punctuation(byte) {
                Step::Inside => {}
                Step::Last => {
                    self.count(punctuation_hash(byte));
                    self.statement = None;
                    return;
                }
                Step::Over => self.statement = None,
            }
        }
        match byte {
            b';' if self.family.loose_semicolons => {}
            b')' | b']' | b'}' => {
                // A comma before the end of a list is a matter of style.
                if matches!(self.pending, Some((b',', _))) {
                    self.pending = None;
                }
                self.emit(punctuation_hash(byte), self.line, Weight::Common);
            }
            b',' | b'#' | b'@' => {
                let first = self.first && byte != b',';
                self.flush();
                self.pending = Some((byte, self.line));
                self.first = first;
            }
            _ => self.emit(punctuation_hash(byte), self.line, Weight::Common),
        }
    }

    /// Takes the sign that waited for what follows it.
    fn flush(&mut self) {
        if let Some((byte, line)) = self.pending.take() {
            self.put(punctuation_hash(byte), line, Weight::Common);
        }
    }

    #[inline]
    fn emit(&mut self, hash: u64, line: u32, weight: Weight) {
        self.flush();
        self.put(hash, line, weight);
    }

    #[inline]
    fn put(&mut self, hash: u64, line: u32, weight: Weight) {
        self.first = false;
        self.count(hash);
        if self.statement.is_none() {
            self.grams.push(hash, line, weight);
        }
    }

    #[inline]
    fn count(&mut self, hash: u64) {
        self.tokens = (self.tokens.rotate_left(5) ^ hash).wrapping_mul(0x517c_c1b7_2722_0a95);
        self.n_tokens = self.n_tokens.saturating_add(1);
    }
}

#[inline]
fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'$') || byte >= 0x80
}

#[inline]
const fn punctuation_hash(byte: u8) -> u64 {
    mix(byte as u64 + 1)
}
