//! Groovy text as words, strings and signs (<https://groovy-lang.org/syntax.html>), without comments.
//! It must not know what a word means.

/// What a word is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Name,
    /// A text in single quotes, as it stands.
    Plain,
    /// A text in double quotes, which may hold `${…}`.
    Open,
    Sign,
}

impl Kind {
    pub(super) fn is_text(self) -> bool {
        matches!(self, Self::Plain | Self::Open)
    }
}

/// A word and the 1-based line on which it starts.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Word<'a> {
    pub text: &'a str,
    pub kind: Kind,
    pub line: u32,
}

/// Every word of a text. A string that is not closed ends with its line.
pub(super) fn read(text: &str) -> Vec<Word<'_>> {
    let mut words = vec![];
    let (mut rest, mut line) = (text, 1);
    while let Some(first) = rest.chars().next() {
        let (word, length) = next(rest, first);
        if let Some((text, kind)) = word {
            words.push(Word { text, kind, line });
        }
        let (passed, after) = rest.split_at(length);
        line += u32::try_from(memchr::memchr_iter(b'\n', passed.as_bytes()).count()).unwrap_or(0);
        rest = after;
    }
    words
}

/// The word at the start of a text, nothing for blanks and comments, and the bytes it takes.
fn next(rest: &str, first: char) -> (Option<(&str, Kind)>, usize) {
    let until = |mark: &str, from: usize| rest[from..].find(mark).map_or(rest.len(), |at| from + at);
    if rest.starts_with("//") {
        return (None, until("\n", 2));
    }
    if rest.starts_with("/*") {
        return (None, (until("*/", 2) + 2).min(rest.len()));
    }
    if first.is_whitespace() {
        return (None, first.len_utf8());
    }
    if matches!(first, '\'' | '"') {
        return string(rest, first);
    }
    if first.is_alphanumeric() || first == '_' {
        let end = rest.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(rest.len());
        return (Some((&rest[..end], Kind::Name)), end);
    }
    (Some((&rest[..first.len_utf8()], Kind::Sign)), first.len_utf8())
}

fn string(rest: &str, quote: char) -> (Option<(&str, Kind)>, usize) {
    let kind = if quote == '"' { Kind::Open } else { Kind::Plain };
    let long = if quote == '"' { "\"\"\"" } else { "'''" };
    let mark = if rest.starts_with(long) { long } else { &long[..1] };
    let bytes = rest.as_bytes();
    let mut at = mark.len();
    while at < bytes.len() {
        match bytes[at] {
            b'\\' => at += 1,
            b'\n' if mark.len() == 1 => break,
            _ if bytes[at..].starts_with(mark.as_bytes()) => {
                return (Some((&rest[mark.len()..at], kind)), at + mark.len());
            }
            _ => {}
        }
        at += 1;
    }
    let end = (at.min(bytes.len())..=bytes.len()).find(|end| rest.is_char_boundary(*end)).unwrap_or(bytes.len());
    (None, end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_strings_are_told_apart() {
        let text = "a // 'no'\n/* \"no\"\n*/ b('it', \"\"\"x\n\"y\"\"\") 'open\nc '\\'é' \"";
        let got: Vec<_> = read(text).into_iter().map(|word| (word.text, word.line)).collect();
        let expected =
            [("a", 1), ("b", 3), ("(", 3), ("it", 3), (",", 3), ("x\n\"y", 3), (")", 4), ("c", 5), ("\\'é", 5)];
        assert_eq!(got, expected);
    }
}
