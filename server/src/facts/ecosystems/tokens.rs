//! Words, marks, strings and comments of GraphQL and protobuf, each with its line.
//! It must not know a keyword of either.
use super::manifest;

/// One token and its 1-based line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token<'a> {
    pub what: What<'a>,
    pub line: u32,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum What<'a> {
    /// Letters, digits, `_` and, where the language allows it, `.`.
    Word(&'a str),
    Mark(char),
    /// A string's text without quotes; escapes stay as written.
    Text(&'a str),
    /// A comment's text without its marks.
    Comment(&'a str),
}

/// How a language writes its comments and words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Syntax {
    /// `#` comments, `"""` block strings.
    GraphQl,
    /// `//` and `/* */` comments, dotted words.
    Protobuf,
}

/// Cuts a text into tokens. What is left open at the end ends there.
pub(super) fn tokens(text: &str, syntax: Syntax) -> Vec<Token<'_>> {
    let mut scanner = Scanner { text, at: 0, line: 1, syntax };
    std::iter::from_fn(|| scanner.next()).collect()
}

struct Scanner<'a> {
    text: &'a str,
    at: usize,
    line: u32,
    syntax: Syntax,
}

impl<'a> Scanner<'a> {
    fn next(&mut self) -> Option<Token<'a>> {
        let rest = self.rest().trim_start_matches([' ', '\t', '\r', '\n', ',', '\u{feff}']);
        self.go_to(self.text.len() - rest.len());
        let first = rest.chars().next()?;
        let line = self.line;
        let what = match (self.syntax, first) {
            (Syntax::GraphQl, '#') => What::Comment(self.until("\n", 1)),
            (Syntax::Protobuf, '/') if rest.starts_with("//") => What::Comment(self.until("\n", 2)),
            (Syntax::Protobuf, '/') if rest.starts_with("/*") => What::Comment(self.until("*/", 2)),
            (Syntax::GraphQl, '"') if rest.starts_with("\"\"\"") => What::Text(self.until("\"\"\"", 3)),
            (_, '"') => What::Text(self.string('"')),
            (Syntax::Protobuf, '\'') => What::Text(self.string('\'')),
            (syntax, c) if is_word(c, syntax) => {
                let end = rest.find(|c| !is_word(c, syntax)).unwrap_or(rest.len());
                self.go_to(self.at + end);
                What::Word(&rest[..end])
            }
            (_, c) => {
                self.go_to(self.at + c.len_utf8());
                What::Mark(c)
            }
        };
        Some(Token { what, line })
    }

    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn go_to(&mut self, at: usize) {
        let passed = self.text.get(self.at..at).unwrap_or_default();
        let n_lines = memchr::memchr_iter(b'\n', passed.as_bytes()).count();
        self.line = self.line.saturating_add(u32::try_from(n_lines).unwrap_or(u32::MAX));
        self.at = at;
    }

    /// The text after `skip` bytes up to the end mark, which is passed over.
    fn until(&mut self, end: &str, skip: usize) -> &'a str {
        let body = self.rest().get(skip..).unwrap_or_default();
        let length = body.find(end).unwrap_or(body.len());
        let passed = (skip + length + end.len()).min(self.rest().len());
        self.go_to(self.at + passed);
        &body[..length]
    }

    /// The text up to the closing quote or the end of the line.
    fn string(&mut self, quote: char) -> &'a str {
        let body = self.rest().get(1..).unwrap_or_default();
        let mut escaped = false;
        let end = body.find(|c: char| {
            let found = !escaped && (c == quote || c == '\n');
            escaped = !escaped && c == '\\';
            found
        });
        let length = end.unwrap_or(body.len());
        let closed = usize::from(body[length..].starts_with(quote));
        self.go_to(self.at + 1 + length + closed);
        &body[..length]
    }
}

fn is_word(c: char, syntax: Syntax) -> bool {
    c.is_ascii_alphanumeric() || c == '_' || (c == '.' && syntax == Syntax::Protobuf)
}

/// The text of comments or of a description as one line.
pub(super) fn prose(text: &str) -> Option<String> {
    let lines = text.lines().map(|line| line.trim().trim_start_matches(['*', '/', '!']).trim());
    let joined = lines.take_while(|line| !line.starts_with("buf:lint")).collect::<Vec<_>>().join(" ");
    Some(manifest::tidy(&joined, 400)).filter(|text| !text.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_strings_hide_what_they_hold() {
        let graphql = tokens("# type Query {\ntype \"\"\"a\n}\"\"\" Q { \"x\\\" y\" f: Int! }", Syntax::GraphQl);
        let words: Vec<_> = graphql.iter().filter(|t| matches!(t.what, What::Word(_))).collect();
        assert_eq!(words.len(), 4, "{graphql:?}");
        assert_eq!((words[0].line, words[1].line), (2, 3));
        let proto = tokens("/* service A { */ service a.B { // rpc\n rpc C('//') }", Syntax::Protobuf);
        assert!(proto.contains(&Token { what: What::Word("a.B"), line: 1 }));
        assert!(proto.contains(&Token { what: What::Text("//"), line: 2 }));
    }

    #[test]
    fn what_is_left_open_ends_with_the_text() {
        for text in ["\"", "\"\"\"", "\"\"", "/*", "/", "#", "'", "é", "\"é\\", "/*é", "//"] {
            tokens(text, Syntax::GraphQl);
            tokens(text, Syntax::Protobuf);
        }
    }
}
