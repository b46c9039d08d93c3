//! Cuts one text into tokens: where strings, patterns, here documents and comments begin and end.
//! It must not pair brackets or know statements.
use super::{Kind, Language, Token};

/// The state of one pass over a text.
pub(super) struct Lexer<'a> {
    text: &'a str,
    at: usize,
    language: Language,
    tokens: Vec<Token<'a>>,
    /// Ends of here documents that begin on the next line.
    documents: Vec<&'a str>,
}

/// What an interpolated string is inside of, innermost last.
enum Inside {
    Quotes(u8),
    Code,
}

impl<'a> Lexer<'a> {
    pub(super) fn new(text: &'a str, language: Language) -> Self {
        Self { text, at: 0, language, tokens: vec![], documents: vec![] }
    }

    pub(super) fn run(mut self) -> Vec<Token<'a>> {
        while let Some(byte) = self.byte(0) {
            self.step(byte);
        }
        self.tokens
    }

    fn step(&mut self, byte: u8) {
        match byte {
            b'\n' => self.end_line(),
            b' ' | b'\t' | b'\r' | 0x0c => self.at += 1,
            b'#' if self.language != Language::Erlang => self.skip_line(),
            b'%' if self.language == Language::Erlang => self.skip_line(),
            b'\\' => self.at += if self.byte(1) == Some(b'\n') { 2 } else { 1 },
            b'"' | b'\'' => self.string(byte, self.at),
            _ if self.special(byte) => {}
            _ if is_word(byte) || matches!(byte, b'@' | b'$') => self.word(),
            _ => {
                let width = self.text[self.at..].chars().next().map_or(1, char::len_utf8);
                self.push(Kind::Mark, self.at, self.at + width);
                self.at += width;
            }
        }
    }

    /// What only one or two of the languages have.
    fn special(&mut self, byte: u8) -> bool {
        match (self.language, byte) {
            (Language::Ruby, b'=' | b'_') if self.at_line_start() => self.block_comment(),
            (Language::Ruby, b'%') => self.percent(),
            (Language::Ruby, b'/') if !self.after_value() => self.pattern(),
            (Language::Ruby, b'<') => self.document(),
            (Language::Ruby | Language::Elixir, b':') => self.symbol(),
            (Language::Ruby | Language::Elixir, b'?') => self.character(),
            (Language::Elixir, b'~') => self.sigil(),
            (Language::Erlang, b'$') => self.character(),
            _ => false,
        }
    }

    fn byte(&self, ahead: usize) -> Option<u8> {
        self.text.as_bytes().get(self.at + ahead).copied()
    }

    fn push(&mut self, kind: Kind, start: usize, end: usize) {
        // Cuts fall on ASCII bytes; a slice that would not be text is none.
        let text = self.text.get(start..end).unwrap_or_default();
        self.tokens.push(Token { kind, text, offset: start });
    }

    fn computed(&mut self, end: usize) -> bool {
        let start = self.at;
        self.tokens.push(Token { kind: Kind::Computed, text: "", offset: start });
        self.at = end;
        while !self.text.is_char_boundary(self.at) {
            self.at += 1;
        }
        true
    }

    fn skip_line(&mut self) {
        self.at = self.line_end(self.at);
    }

    fn line_end(&self, from: usize) -> usize {
        memchr::memchr(b'\n', &self.text.as_bytes()[from..]).map_or(self.text.len(), |length| from + length)
    }

    fn at_line_start(&self) -> bool {
        self.at == 0 || self.text.as_bytes()[self.at - 1] == b'\n'
    }

    fn end_line(&mut self) {
        self.push(Kind::End, self.at, self.at + 1);
        self.at += 1;
        for end in std::mem::take(&mut self.documents) {
            while self.at < self.text.len() {
                let stop = self.line_end(self.at);
                let line = self.text[self.at..stop].trim();
                self.at = (stop + 1).min(self.text.len());
                if line == end {
                    break;
                }
            }
        }
    }

    /// `=begin` … `=end`, and everything behind `__END__`.
    fn block_comment(&mut self) -> bool {
        let rest = &self.text[self.at..];
        if rest.starts_with("__END__") {
            self.at = self.text.len();
            return true;
        }
        if !rest.starts_with("=begin") {
            return false;
        }
        let end = memchr::memmem::find(rest.as_bytes(), b"\n=end").map_or(rest.len(), |end| end + 1);
        self.at = self.line_end(self.at + end);
        self.at = (self.at + 1).min(self.text.len());
        true
    }

    fn word(&mut self) {
        let start = self.at;
        self.at += 1;
        let number = self.text.as_bytes()[start].is_ascii_digit();
        while let Some(byte) = self.byte(0) {
            let point = number && byte == b'.' && self.byte(1).is_some_and(|next| next.is_ascii_digit());
            let attribute = byte == b'@' && self.at == start + 1;
            if !(is_word(byte) || point || attribute) {
                break;
            }
            self.at += 1;
        }
        let asks = matches!(self.language, Language::Ruby | Language::Elixir);
        if asks && matches!(self.byte(0), Some(b'?' | b'!')) && self.byte(1) != Some(b'=') {
            self.at += 1;
        }
        let prefix = &self.text[start..self.at];
        if self.language == Language::Python && prefix.len() <= 2 && matches!(self.byte(0), Some(b'"' | b'\'')) {
            let quote = self.byte(0).unwrap_or_default();
            return self.string(quote, start);
        }
        self.push(Kind::Word, start, self.at);
        self.maybe_key();
    }

    /// A colon right behind a word or string makes it a key.
    fn maybe_key(&mut self) {
        let keyed = matches!(self.language, Language::Ruby | Language::Elixir);
        if keyed && self.byte(0) == Some(b':') && self.byte(1) != Some(b':') {
            if let Some(token) = self.tokens.last_mut() {
                token.kind = if token.kind == Kind::Computed { Kind::Computed } else { Kind::Key };
            }
            self.at += 1;
        }
    }

    /// A string in quotes; `start` is before the quote when it has a prefix.
    fn string(&mut self, quote: u8, start: usize) {
        let prefix = self.text[start..self.at].to_ascii_lowercase();
        let triple = [quote; 3];
        let long = matches!(self.language, Language::Python | Language::Elixir)
            && self.text.as_bytes()[self.at..].starts_with(&triple);
        let open = self.at + if long { 3 } else { 1 };
        let (end, after, plain) = if long {
            let end = memchr::memmem::find(&self.text.as_bytes()[open..], &triple).map(|length| open + length);
            let stop = end.unwrap_or(self.text.len());
            (stop, end.map_or(stop, |end| end + 3), end.is_some() && self.language == Language::Python)
        } else {
            self.short_string(quote, open)
        };
        let plain = plain && !prefix.contains('f') && !self.text[open..end].contains('\\');
        let kind = match (plain, self.language, quote) {
            (false, _, _) | (true, Language::Elixir, b'\'') => Kind::Computed,
            (true, Language::Erlang, b'\'') => Kind::Symbol,
            (true, _, _) => Kind::Text,
        };
        self.push(kind, open, end);
        self.at = after;
        self.maybe_key();
    }

    /// The end of a string's text, the place behind it, and whether it has no interpolation.
    fn short_string(&self, quote: u8, open: usize) -> (usize, usize, bool) {
        let bytes = self.text.as_bytes();
        let interpolates = (self.language == Language::Ruby && quote == b'"') || self.language == Language::Elixir;
        let (mut at, mut plain) = (open, true);
        let mut inside = vec![Inside::Quotes(quote)];
        while at < bytes.len() {
            match (inside.last(), bytes[at]) {
                (Some(Inside::Quotes(_)), b'\\') => at += 1,
                (Some(Inside::Quotes(_)), b'\n') if self.language == Language::Python => return (at, at, false),
                (Some(Inside::Quotes(close)), byte) if byte == *close => {
                    inside.pop();
                    if inside.is_empty() {
                        return (at, at + 1, plain);
                    }
                }
                (Some(Inside::Quotes(b'"')), b'#') if interpolates && bytes.get(at + 1) == Some(&b'{') => {
                    plain = false;
                    inside.push(Inside::Code);
                    at += 1;
                }
                (Some(Inside::Code), b'{') => inside.push(Inside::Code),
                (Some(Inside::Code), b'}') => drop(inside.pop()),
                (Some(Inside::Code), byte @ (b'"' | b'\'')) => inside.push(Inside::Quotes(byte)),
                _ => {}
            }
            at += 1;
        }
        (bytes.len(), bytes.len(), false)
    }

    fn symbol(&mut self) -> bool {
        let quoted = matches!(self.byte(1), Some(b'"'));
        let first = self.at + 1 + usize::from(quoted);
        let bytes = self.text.as_bytes();
        let mut end = first;
        if quoted {
            end = self.text[first..].find(['"', '\n']).map_or(self.text.len(), |length| first + length);
        } else {
            while bytes.get(end).is_some_and(|byte| is_word(*byte)) {
                end += 1;
            }
        }
        // `::` parts names, and `a ? b : c` has no symbol.
        if end == first || (self.at > 0 && bytes[self.at - 1] == b':') {
            return false;
        }
        self.push(Kind::Symbol, first, end);
        self.at = end + usize::from(quoted && bytes.get(end) == Some(&b'"'));
        true
    }

    /// `?c` of Ruby and Elixir and `$c` of Erlang, so that `?"` opens no string.
    fn character(&mut self) -> bool {
        let escaped = self.byte(1) == Some(b'\\');
        let end = self.at + if escaped { 3 } else { 2 };
        let one = self.byte(1).is_some_and(|byte| !byte.is_ascii_whitespace());
        let alone = !self.text.as_bytes().get(end).is_some_and(|byte| is_word(*byte));
        if !one || !alone || end > self.text.len() {
            return false;
        }
        self.computed(end)
    }

    /// Whether the token before could be divided or taken as an operand.
    fn after_value(&self) -> bool {
        let spaced = self.at > 0 && self.text.as_bytes()[self.at - 1] == b' ';
        let open_argument = spaced && self.byte(1).is_some_and(|next| !matches!(next, b' ' | b'='));
        match self.tokens.last() {
            Some(Token { kind: Kind::Word, .. }) => !open_argument,
            Some(Token { kind: Kind::Text | Kind::Computed | Kind::Symbol, .. }) => true,
            Some(Token { kind: Kind::Mark, text, .. }) => matches!(*text, ")" | "]" | "}"),
            _ => false,
        }
    }

    /// `/pattern/` on one line.
    fn pattern(&mut self) -> bool {
        let bytes = self.text.as_bytes();
        let mut end = self.at + 1;
        while bytes.get(end).is_some_and(|byte| !matches!(byte, b'/' | b'\n')) {
            end += if bytes[end] == b'\\' { 2 } else { 1 };
        }
        if bytes.get(end) != Some(&b'/') {
            return false;
        }
        self.computed(end + 1)
    }

    /// `%w[a b]` and `%i[a b]` are lists, `%q(…)` and its like one literal.
    fn percent(&mut self) -> bool {
        let letter = self.byte(1).filter(u8::is_ascii_alphabetic);
        let open = self.at + if letter.is_some() { 2 } else { 1 };
        if self.after_value() {
            return false;
        }
        self.delimited(letter.unwrap_or(b'Q'), open)
    }

    /// `~w(a b)` is a list, other sigils one literal.
    fn sigil(&mut self) -> bool {
        let Some(letter) = self.byte(1).filter(u8::is_ascii_alphabetic) else { return false };
        let open = self.at + 2;
        let rest = &self.text.as_bytes()[open.min(self.text.len())..];
        for long in [b"\"\"\"", b"'''"] {
            if rest.starts_with(long) {
                let length = memchr::memmem::find(&rest[3..], long).map_or(rest.len(), |length| length + 6);
                return self.computed(open + length);
            }
        }
        self.delimited(letter, open)
    }

    fn delimited(&mut self, letter: u8, open: usize) -> bool {
        let bytes = self.text.as_bytes();
        let Some(first) = bytes.get(open).copied() else { return false };
        let last = match first {
            b'(' => b')',
            b'[' => b']',
            b'{' => b'}',
            b'<' => b'>',
            b'|' | b'/' | b'!' | b'"' | b'\'' | b'^' | b'-' if letter != b'Q' || first == b'|' => first,
            _ => return false,
        };
        let (mut end, mut depth) = (open + 1, 1);
        while let Some(byte) = bytes.get(end) {
            match *byte {
                b'\\' => end += 1,
                byte if byte == last => depth -= 1,
                byte if byte == first => depth += 1,
                _ => {}
            }
            if depth == 0 {
                break;
            }
            end += 1;
        }
        let end = end.min(bytes.len());
        if matches!(letter, b'w' | b'W' | b'i' | b'I') && self.text.is_char_boundary(end) {
            self.list(letter, open, end);
            return true;
        }
        if letter == b'q' && self.text.get(open + 1..end).is_some_and(|text| !text.contains('\\')) {
            self.push(Kind::Text, open + 1, end);
            self.at = (end + 1).min(bytes.len());
            return true;
        }
        self.computed((end + 1).min(bytes.len()))
    }

    fn list(&mut self, letter: u8, open: usize, end: usize) {
        let kind = if letter.eq_ignore_ascii_case(&b'w') { Kind::Text } else { Kind::Symbol };
        let mark = |text, offset| Token { kind: Kind::Mark, text, offset };
        self.tokens.push(mark("[", open));
        let mut at = open + 1;
        for word in self.text[open + 1..end].split_ascii_whitespace() {
            let start = self.text[at..end].find(word).map_or(at, |length| at + length);
            let plain = !word.contains("#{") && !word.contains('\\');
            let kind = if plain { kind } else { Kind::Computed };
            self.tokens.push(Token { kind, text: word, offset: start });
            self.tokens.push(mark(",", start));
            at = start + word.len();
        }
        self.tokens.push(mark("]", end.min(self.text.len().saturating_sub(1))));
        self.at = (end + 1).min(self.text.len());
        // Elixir says behind the bracket what the words become.
        if self.language == Language::Elixir && matches!(self.byte(0), Some(b'a' | b's' | b'c')) {
            self.at += 1;
        }
    }

    /// `<<~NAME`, `<<-NAME` and `<<NAME`.
    fn document(&mut self) -> bool {
        let Some(rest) = self.text[self.at..].strip_prefix("<<") else { return false };
        let name = rest.trim_start_matches(['~', '-']);
        let marked = name.len() < rest.len();
        let quote = name.chars().next().filter(|c| marked && matches!(c, '\'' | '"' | '`'));
        let name = &name[quote.map_or(0, char::len_utf8)..];
        let end = name.bytes().position(|byte| !is_word(byte)).unwrap_or(name.len());
        let name = &name[..end];
        let valid = name.bytes().next().is_some_and(|b| b.is_ascii_uppercase() || (marked && b.is_ascii_alphabetic()));
        if !valid {
            return false;
        }
        let start = crate::facts::positions::offset_in(self.text, name).unwrap_or(self.at);
        self.documents.push(name);
        self.computed(start + name.len() + usize::from(quote.is_some()))
    }
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte >= 0x80
}
