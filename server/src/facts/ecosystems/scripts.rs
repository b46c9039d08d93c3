//! Splits code-like package files (Groovy, Kotlin, Scala, Swift, Ruby, Python) into words, strings and marks with places.
//! It must not know what any word means, and never runs anything: what a program computes stays as written.
mod script;

pub(super) use script::{Script, Statement, arguments, inside, path};

/// How a language writes comments and strings.
#[derive(Debug, Clone, Copy)]
pub(super) struct Dialect {
    /// What starts a comment up to the end of the line.
    line_comment: &'static str,
    /// Whether `/* */` are comments, and whether they nest.
    block_comments: Option<Nesting>,
    /// Whether `'…'` is a string; a character or symbol otherwise.
    single_quotes: bool,
    /// What opens an expression inside `"…"`, with its closing bracket.
    expression: Option<(&'static str, u8)>,
    /// Whether `/…/` may be a string.
    slashes: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Nesting {
    Flat,
    Nested,
}

impl Dialect {
    pub(super) const GROOVY: Self = Self {
        line_comment: "//",
        block_comments: Some(Nesting::Flat),
        single_quotes: true,
        expression: Some(("${", b'}')),
        slashes: true,
    };
    pub(super) const KOTLIN: Self =
        Self { block_comments: Some(Nesting::Nested), single_quotes: false, slashes: false, ..Self::GROOVY };
    pub(super) const SCALA: Self = Self::KOTLIN;
    pub(super) const SWIFT: Self = Self { expression: Some(("\\(", b')')), ..Self::KOTLIN };
    pub(super) const RUBY: Self = Self {
        line_comment: "#",
        block_comments: None,
        single_quotes: true,
        expression: Some(("#{", b'}')),
        slashes: false,
    };
    pub(super) const PYTHON: Self = Self { expression: None, ..Self::RUBY };
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// An identifier, keyword or number; of `` `quoted` `` ones the inside.
    Word,
    /// A string, without its quotes and as written between them.
    Text,
    /// Brackets, commas and dots alone, operators as one.
    Mark,
}

/// A piece of code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Token<'a> {
    pub kind: Kind,
    pub text: &'a str,
    /// Byte offset of the text.
    pub offset: usize,
    /// Whether it is the first of its line.
    pub starts_line: bool,
}

impl Token<'_> {
    pub(super) fn is_mark(&self, mark: &str) -> bool {
        self.kind == Kind::Mark && self.text == mark
    }

    pub(super) fn is_word(&self, word: &str) -> bool {
        self.kind == Kind::Word && self.text == word
    }
}

/// Every token of a text, in order. Unclosed strings end with their line, unclosed comments with the text.
pub(super) fn tokens(text: &str, dialect: Dialect) -> Vec<Token<'_>> {
    let mut lexer = Lexer { text, bytes: text.as_bytes(), at: 0, dialect, starts_line: true, out: vec![] };
    while lexer.at < lexer.bytes.len() {
        lexer.step();
    }
    lexer.out
}

struct Lexer<'a> {
    text: &'a str,
    bytes: &'a [u8],
    at: usize,
    dialect: Dialect,
    starts_line: bool,
    out: Vec<Token<'a>>,
}

impl Lexer<'_> {
    fn step(&mut self) {
        let byte = self.bytes[self.at];
        match byte {
            b'\n' => {
                self.starts_line = true;
                self.at += 1;
            }
            _ if byte.is_ascii_whitespace() => self.at += 1,
            _ if self.starts_with(self.dialect.line_comment) => self.at = self.line_end(self.at),
            b'/' if self.dialect.block_comments.is_some() && self.starts_with("/*") => self.block_comment(),
            b'"' => self.string(b'"'),
            b'\'' if self.dialect.single_quotes => self.string(b'\''),
            b'\'' => self.character(),
            b'/' if self.dialect.slashes && self.slashy_end().is_some() => {
                let end = self.slashy_end().unwrap_or(self.at);
                self.push(Kind::Text, self.at + 1, end, end + 1);
            }
            b'`' => self.quoted_word(),
            _ if is_word(byte) => self.word(),
            _ => self.mark(),
        }
    }

    fn starts_with(&self, what: &str) -> bool {
        self.bytes[self.at..].starts_with(what.as_bytes())
    }

    fn line_end(&self, from: usize) -> usize {
        memchr::memchr(b'\n', &self.bytes[from..]).map_or(self.bytes.len(), |length| from + length)
    }

    fn push(&mut self, kind: Kind, start: usize, end: usize, next: usize) {
        let starts_line = std::mem::take(&mut self.starts_line);
        self.out.push(Token { kind, text: &self.text[start..end], offset: start, starts_line });
        self.at = next;
    }

    fn block_comment(&mut self) {
        let nests = self.dialect.block_comments == Some(Nesting::Nested);
        let mut depth = 0_usize;
        while self.at < self.bytes.len() {
            if self.starts_with("*/") {
                self.at += 2;
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return;
                }
            } else if self.starts_with("/*") && (nests || depth == 0) {
                self.at += 2;
                depth += 1;
            } else {
                self.at += 1;
            }
        }
    }

    fn string(&mut self, quote: u8) {
        let triple = [quote; 3];
        if self.bytes[self.at..].starts_with(&triple) {
            let start = self.at + 3;
            let end = memchr::memmem::find(&self.bytes[start..], &triple).map_or(self.bytes.len(), |n| start + n);
            return self.push(Kind::Text, start, end, (end + 3).min(self.bytes.len()));
        }
        let start = self.at + 1;
        let line_end = self.line_end(start);
        let mut at = start;
        while at < line_end && self.bytes[at] != quote {
            at = match self.dialect.expression {
                Some((open, close)) if quote == b'"' && self.bytes[at..].starts_with(open.as_bytes()) => {
                    self.expression_end(at + open.len(), line_end, close)
                }
                _ if self.bytes[at] == b'\\' => at + 2,
                _ => at + 1,
            };
        }
        let end = self.boundary(at.min(line_end));
        self.push(Kind::Text, start, end, (end + 1).min(line_end.max(end)));
    }

    /// Behind the bracket that closes an expression inside a string; strings inside are looked through.
    fn expression_end(&self, from: usize, line_end: usize, close: u8) -> usize {
        let (mut depth, mut inside) = (1_usize, None);
        for at in from..line_end {
            let byte = self.bytes[at];
            match inside {
                Some(quote) if byte == quote => inside = None,
                Some(_) => {}
                None if byte == b'"' || byte == b'\'' => inside = Some(byte),
                None if byte == close => depth -= 1,
                None if matches!(byte, b'{' | b'(') && matches!((byte, close), (b'{', b'}') | (b'(', b')')) => {
                    depth += 1
                }
                None => {}
            }
            if depth == 0 {
                return at + 1;
            }
        }
        line_end
    }

    fn character(&mut self) {
        let rest = &self.text[self.at + 1..];
        let escaped = rest.starts_with('\\');
        let mut chars = rest.char_indices().skip(usize::from(escaped) + 1);
        match chars.next() {
            Some((length, '\'')) => self.at += length + 2,
            _ => self.push(Kind::Mark, self.at, self.at + 1, self.at + 1),
        }
    }

    /// Where a Groovy `/…/` ends on this line; `None` where a division may stand.
    fn slashy_end(&self) -> Option<usize> {
        let before = self.out.last()?;
        if before.kind != Kind::Mark || matches!(before.text, ")" | "]" | "}") {
            return None;
        }
        let start = self.at + 1;
        let length = memchr::memchr(b'/', &self.bytes[start..self.line_end(start)])?;
        (length > 0).then_some(start + length)
    }

    fn quoted_word(&mut self) {
        let start = self.at + 1;
        match memchr::memchr(b'`', &self.bytes[start..self.line_end(start)]) {
            Some(length) => self.push(Kind::Word, start, start + length, start + length + 1),
            None => self.push(Kind::Mark, self.at, start, start),
        }
    }

    fn word(&mut self) {
        let length = self.bytes[self.at..].iter().take_while(|byte| is_word(**byte)).count();
        self.push(Kind::Word, self.at, self.at + length, self.at + length);
    }

    fn mark(&mut self) {
        let rest = &self.bytes[self.at..];
        let length = rest.iter().take_while(|byte| b"%+=<>:-~!?&|*".contains(byte)).count().max(1);
        self.push(Kind::Mark, self.at, self.at + length, self.at + length);
    }

    fn boundary(&self, at: usize) -> usize {
        (0..=at.min(self.text.len())).rev().find(|at| self.text.is_char_boundary(*at)).unwrap_or_default()
    }
}

/// Bytes outside ASCII are parts of words, so that a token never splits a character.
fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'$' || byte == b'@' || !byte.is_ascii()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, dialect: Dialect) -> Vec<String> {
        tokens(text, dialect)
            .iter()
            .map(|token| match token.kind {
                Kind::Word => token.text.to_owned(),
                Kind::Text => format!("<{}>", token.text),
                Kind::Mark => format!("'{}", token.text),
            })
            .collect()
    }

    #[test]
    fn comments_and_strings_are_told_apart() {
        let text = "a // b\n/* c */ 'd // e' \"f ${g(\"h\")} i\" '''j\n'k'''";
        assert_eq!(shown(text, Dialect::GROOVY), ["a", "<d // e>", "<f ${g(\"h\")} i>", "<j\n'k>"]);
    }

    #[test]
    fn kotlin_comments_nest_and_characters_are_no_strings() {
        assert_eq!(shown("a /* /* b */ c */ d '\"' 'e' `f-g`", Dialect::KOTLIN), ["a", "d", "f-g"]);
    }

    #[test]
    fn operators_stand_together_and_brackets_alone() {
        assert_eq!(shown("\"a\" %% \"b\"))", Dialect::SCALA), ["<a>", "'%%", "<b>", "')", "')"]);
        assert_eq!(shown("x = ~/a\"b/", Dialect::GROOVY), ["x", "'=", "'~", "<a\"b>"]);
    }

    #[test]
    fn broken_text_ends_quietly() {
        assert_eq!(shown("'a\nb", Dialect::RUBY), ["<a>", "b"]);
        assert_eq!(shown("\"å\\", Dialect::SWIFT), ["<å\\>"]);
        assert_eq!(shown("/* a", Dialect::SCALA), Vec::<String>::new());
        assert_eq!(shown("\"\"\"a", Dialect::KOTLIN), ["<a>"]);
        assert_eq!(shown("\"${a", Dialect::GROOVY), ["<${a>"]);
    }
}
