//! One pass over a source file: which lines hold code, and where statements and texts begin outside comments and texts.
//! It must not understand the language: the signs are tokei's tables, mended where they would hide or invent an import.
//!
//! tokei's own counter is not used: it gives totals only, not which lines are comments, and it hands work to a global
//! thread pool from inside our bounded workers.
mod heredoc;
pub(in crate::facts) mod syntax;

use syntax::{Quote, SPACE, Syntax};
use tokei::LanguageType;

/// Who wants to know what the pass meets. Offsets are bytes of the file, lines are 1-based.
pub(super) trait Watch {
    /// A line of code begins at `at` with a byte that `begins` accepts.
    fn statement(&mut self, bytes: &[u8], at: usize, line: u32);

    /// A text in quotes opens; its first byte is at `content`.
    fn text(&mut self, bytes: &[u8], content: usize, line: u32);

    /// Rust's `::` at `at`.
    fn path(&mut self, bytes: &[u8], at: usize, line: u32);

    /// A line that begins at `start` has ended.
    fn line(&mut self, start: usize, holds_code: bool);
}

/// Walks through the file once. `begins` tells with which bytes a line may begin that `Watch::statement` is told of.
pub(super) fn scan(language: LanguageType, bytes: &[u8], begins: &[bool; 256], watch: &mut impl Watch) {
    let at = if bytes.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
    let (syntax, heredocs) = (Syntax::of(language), true);
    Scan { syntax, bytes, begins, watch, at, start: 0, line: 1, holds_code: false, heredoc: None, heredocs }.run();
}

struct Scan<'a, W> {
    syntax: &'static Syntax,
    bytes: &'a [u8],
    begins: &'a [bool; 256],
    watch: &'a mut W,
    at: usize,
    /// Offset and number of the line that is read, and whether it holds code so far.
    start: usize,
    line: u32,
    holds_code: bool,
    /// The end mark of the heredoc that begins with the next line.
    heredoc: Option<(usize, usize)>,
    /// Off from the first heredoc without an end on: it was none.
    heredocs: bool,
}

impl<W: Watch> Scan<'_, W> {
    fn run(&mut self) {
        self.begin_line();
        while self.at < self.bytes.len() {
            self.plain();
            if self.at < self.bytes.len() {
                self.sign();
            }
        }
        if self.start < self.bytes.len() {
            self.watch.line(self.start, self.holds_code);
        }
    }

    /// Walks up to the next byte that may be a sign.
    fn plain(&mut self) {
        let mut seen = 0;
        while let Some(byte) = self.bytes.get(self.at) {
            let class = self.syntax.classes[usize::from(*byte)];
            if class & syntax::SIGN != 0 {
                break;
            }
            seen |= class;
            self.at += 1;
        }
        self.holds_code |= seen != SPACE;
    }

    fn begin_line(&mut self) {
        while self.bytes.get(self.at).is_some_and(|b| matches!(b, b' ' | b'\t')) {
            self.at += 1;
        }
        if self.bytes.get(self.at).is_some_and(|b| self.begins[usize::from(*b)]) {
            self.watch.statement(self.bytes, self.at, self.line);
        }
    }

    /// Takes a line end at `self.at`.
    fn end_line(&mut self) {
        self.watch.line(self.start, self.holds_code);
        self.at += 1;
        self.start = self.at;
        self.line = self.line.saturating_add(1);
        self.holds_code = false;
    }

    fn sign(&mut self) {
        let here = &self.bytes[self.at..];
        if here[0] == b'\n' {
            self.end_line();
            self.heredoc();
            return self.begin_line();
        }
        let class = self.syntax.classes[usize::from(here[0])];
        if class & syntax::COMMENT != 0 {
            if let Some((open, end)) = self.syntax.comment(here) {
                self.at += open.len();
                return self.comment(open, end);
            }
            if self.syntax.is_line_comment(here) {
                self.at += memchr::memchr(b'\n', here).unwrap_or(here.len());
                return;
            }
        }
        self.holds_code = true;
        if let Some(length) = self.syntax.literal(self.bytes, self.at) {
            self.at += length;
        } else if let Some(quote) = self.quote_at(class) {
            self.at += quote.open;
            self.watch.text(self.bytes, self.at, self.line);
            self.text(&quote);
        } else {
            if self.syntax.paths && here.starts_with(b"::") {
                self.watch.path(self.bytes, self.at, self.line);
                self.at += 1;
            } else if self.heredocs && self.heredoc.is_none() && here.starts_with(b"<<") {
                self.heredoc = self.syntax.heredoc.and_then(|kind| heredoc::label(kind, self.bytes, self.at));
            }
            self.at += 1;
        }
    }

    fn quote_at(&self, class: u8) -> Option<Quote> {
        if class & syntax::QUOTE == 0 { None } else { self.syntax.quote(self.bytes, self.at) }
    }

    fn comment(&mut self, open: &'static str, end: &'static str) {
        let (first, second) = (end.as_bytes()[0], if self.syntax.nested { open.as_bytes()[0] } else { b'\n' });
        let mut depth = 1_u32;
        while let Some(skip) = memchr::memchr3(first, second, b'\n', &self.bytes[self.at..]) {
            self.at += skip;
            let here = &self.bytes[self.at..];
            if here.starts_with(end.as_bytes()) {
                self.at += end.len();
                depth -= 1;
                if depth == 0 {
                    return;
                }
            } else if here[0] == b'\n' {
                self.end_line();
            } else if self.syntax.nested && here.starts_with(open.as_bytes()) {
                self.at += open.len();
                depth = depth.saturating_add(1);
            } else {
                self.at += 1;
            }
        }
        self.at = self.bytes.len();
    }

    fn text(&mut self, quote: &Quote) {
        let end = quote.end.as_bytes();
        while let Some(skip) = next_of(end[0], &self.bytes[self.at..]) {
            self.at += skip;
            let here = &self.bytes[self.at..];
            if here.starts_with(end) && here[end.len()..].iter().take_while(|b| **b == b'#').count() >= quote.hashes {
                self.at += end.len() + quote.hashes;
                self.holds_code = true;
                return;
            }
            match here[0] {
                // Texts in plain quotes end with their line: a stray apostrophe must not swallow the file.
                b'\n' if !quote.spans_lines => return,
                b'\n' => {
                    self.holds_code |= self.at > self.start;
                    self.end_line();
                }
                // An escaped line end is met again as a line end, where the text goes on.
                b'\\' if quote.escapes && here.get(1) == Some(&b'\n') => {
                    self.holds_code = true;
                    self.at += 1;
                    self.end_line();
                }
                b'\\' if quote.escapes => self.at += here.len().min(2),
                _ => self.at += 1,
            }
        }
        self.holds_code |= self.at < self.bytes.len();
        self.at = self.bytes.len();
    }

    /// Takes the whole body of a heredoc that the line before opened.
    fn heredoc(&mut self) {
        let Some((start, end)) = self.heredoc.take() else { return };
        let label = &self.bytes[start..end];
        let Some(body) = heredoc::length(label, &self.bytes[self.at..]) else {
            self.heredocs = false;
            return;
        };
        let until = self.at + body;
        while let Some(skip) = memchr::memchr(b'\n', &self.bytes[self.at..until]) {
            self.at += skip;
            self.holds_code = true;
            self.end_line();
        }
        self.holds_code = true;
    }
}

/// How far the next end of a text, backslash or line end is. Most texts are too short for a search to pay off.
fn next_of(end: u8, rest: &[u8]) -> Option<usize> {
    let (near, far) = rest.split_at(rest.len().min(24));
    let found = near.iter().position(|b| *b == end || *b == b'\\' || *b == b'\n');
    found.or_else(|| Some(near.len() + memchr::memchr3(end, b'\\', b'\n', far)?))
}

#[cfg(test)]
mod tests;
