//! Comments, texts, characters and regular expressions: what signs open, and where it ends.
//! It must not know what a sign is: the tables of the line scanner tell.
use super::Scanner;
use crate::facts::{
    prints::grams::{Weight, mix},
    source::lines::syntax::{COMMENT, QUOTE, Quote},
};

/// Marks texts, so that `"a"` is not `a`.
const TEXT: u64 = 0x7c15_9e37_79b9_7f4a;

impl Scanner<'_> {
    /// Takes a comment or a text that opens here; tells whether there was one.
    pub(super) fn sign(&mut self, byte: u8) -> bool {
        let here = &self.bytes[self.at..];
        let class = self.syntax.classes[usize::from(byte)];
        if class & COMMENT != 0 {
            if let Some((open, end)) = self.syntax.comment(here) {
                self.at += open.len();
                self.comment(open.as_bytes(), end.as_bytes());
                return true;
            }
            if self.syntax.is_line_comment(here) {
                self.at += memchr::memchr(b'\n', here).unwrap_or(here.len());
                return true;
            }
        }
        if let Some(length) = self.syntax.literal(self.bytes, self.at) {
            self.literal(&here[..length]);
            self.at += length;
            return true;
        }
        if class & QUOTE != 0
            && let Some(quote) = self.syntax.quote(self.bytes, self.at)
        {
            self.text(&quote);
            return true;
        }
        false
    }

    fn comment(&mut self, open: &[u8], end: &[u8]) {
        let second = if self.syntax.nested { open[0] } else { b'\n' };
        let mut depth = 1_u32;
        while let Some(skip) = memchr::memchr3(end[0], second, b'\n', &self.bytes[self.at..]) {
            self.at += skip;
            let here = &self.bytes[self.at..];
            if here.starts_with(end) {
                self.at += end.len();
                depth -= 1;
                if depth == 0 {
                    return;
                }
            } else if here[0] == b'\n' {
                self.next_line();
            } else if self.syntax.nested && here.starts_with(open) {
                self.at += open.len();
                depth = depth.saturating_add(1);
            } else {
                self.at += 1;
            }
        }
        self.at = self.bytes.len();
    }

    /// A text is one token, by its content: quotes are a matter of style.
    fn text(&mut self, quote: &Quote) {
        let (start, line) = (self.at + quote.open, self.line);
        let end = quote.end.as_bytes();
        self.at = start;
        let mut content = self.bytes.len();
        while let Some(byte) = self.bytes.get(self.at).copied() {
            if byte == end[0] && self.ends_text(end, quote.hashes) {
                content = self.at;
                self.at += end.len() + quote.hashes;
                break;
            }
            match byte {
                // A stray apostrophe must not swallow the file.
                b'\n' if !quote.spans_lines => {
                    content = self.at;
                    break;
                }
                b'\n' => self.next_line(),
                b'\\' if quote.escapes && self.bytes.get(self.at + 1).is_some_and(|next| *next != b'\n') => {
                    self.at += 2
                }
                _ => self.at += 1,
            }
        }
        self.at = self.at.min(self.bytes.len());
        let content = content.min(self.at).max(start.min(self.at));
        self.emit(text_hash(&self.bytes[start.min(content)..content]), line, Weight::Common);
    }

    fn ends_text(&self, end: &[u8], hashes: usize) -> bool {
        let here = &self.bytes[self.at..];
        here.starts_with(end)
            && (hashes == 0 || here[end.len()..].iter().take(hashes).filter(|b| **b == b'#').count() == hashes)
    }

    /// A character, or a regular expression.
    fn literal(&mut self, content: &[u8]) {
        self.emit(text_hash(content), self.line, Weight::Common);
    }
}

/// Eight bytes a step.
fn text_hash(content: &[u8]) -> u64 {
    let (chunks, rest) = content.as_chunks::<8>();
    let mut hash = TEXT ^ content.len() as u64;
    for chunk in chunks {
        hash = (hash.rotate_left(5) ^ u64::from_le_bytes(*chunk)).wrapping_mul(0x517c_c1b7_2722_0a95);
    }
    let tail = rest.iter().fold(0, |tail, byte| (tail << 8) | u64::from(*byte));
    mix((hash.rotate_left(5) ^ tail).wrapping_mul(0x517c_c1b7_2722_0a95))
}
