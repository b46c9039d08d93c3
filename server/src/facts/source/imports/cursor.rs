//! A place in a source file that steps over words, blanks, comments and quoted texts.
//! It must not know a language.

/// A place in a file.
pub(super) struct Cursor<'a> {
    pub(super) bytes: &'a [u8],
    pub(super) at: usize,
    /// 1-based.
    pub(super) line: u32,
    /// Whether the statement stands at the very beginning of its line.
    pub(super) at_margin: bool,
}

impl<'a> Cursor<'a> {
    pub(super) fn new(bytes: &'a [u8], at: usize, line: u32) -> Self {
        let at_margin = at == 0 || bytes[at - 1] == b'\n' || bytes[..at] == *b"\xef\xbb\xbf";
        Self { bytes, at, line, at_margin }
    }

    pub(super) fn rest(&self) -> &'a [u8] {
        &self.bytes[self.at.min(self.bytes.len())..]
    }

    pub(super) fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    pub(super) fn eat(&mut self, byte: u8) -> bool {
        let found = self.peek() == Some(byte);
        self.at += usize::from(found);
        found
    }

    /// The bytes that `part` accepts, as text; what is no UTF-8 gives an empty text.
    pub(super) fn take(&mut self, part: impl Fn(u8) -> bool) -> &'a str {
        let rest = self.rest();
        let length = rest.iter().take_while(|b| part(**b)).count();
        self.at += length;
        std::str::from_utf8(&rest[..length]).unwrap_or_default()
    }

    /// A word of letters, digits, `_`, `$` and anything beyond ASCII.
    pub(super) fn word(&mut self) -> &'a str {
        self.take(is_word)
    }

    /// Takes the word if it stands here whole.
    pub(super) fn eat_word(&mut self, word: &str) -> bool {
        let found =
            self.rest().starts_with(word.as_bytes()) && !self.rest().get(word.len()).is_some_and(|b| is_word(*b));
        self.at += if found { word.len() } else { 0 };
        found
    }

    /// Blanks within the line.
    pub(super) fn blanks(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\r')) {
            self.at += 1;
        }
    }

    /// Blanks, line ends, and comments as C writes them.
    pub(super) fn space(&mut self) {
        loop {
            self.blanks();
            let rest = self.rest();
            if self.eat(b'\n') {
                self.line = self.line.saturating_add(1);
            } else if rest.starts_with(b"//") {
                self.skip_line();
            } else if rest.starts_with(b"/*") {
                let length = memchr::memmem::find(rest, b"*/").map_or(rest.len(), |end| end + 2);
                let lines = memchr::memchr_iter(b'\n', &rest[..length]).count();
                self.line = self.line.saturating_add(u32::try_from(lines).unwrap_or(u32::MAX));
                self.at += length;
            } else {
                return;
            }
        }
    }

    pub(super) fn skip_line(&mut self) {
        let rest = self.rest();
        self.at += memchr::memchr(b'\n', rest).unwrap_or(rest.len());
    }

    /// A text on one line without escapes, in any of the quotes.
    pub(super) fn quoted(&mut self, quotes: &[u8]) -> Option<&'a str> {
        let quote = self.peek().filter(|b| quotes.contains(b))?;
        let rest = &self.rest()[1..];
        let end = memchr::memchr2(quote, b'\n', &rest[..rest.len().min(super::LONGEST)])?;
        if rest[end] != quote || rest[..end].contains(&b'\\') {
            return None;
        }
        self.at += end + 2;
        std::str::from_utf8(&rest[..end]).ok()
    }
}

pub(super) fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'$') || byte >= 0x80
}
