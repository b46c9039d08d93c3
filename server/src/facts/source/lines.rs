//! Tells for each line of a source file whether it holds code, by tokei's tables of comment and string signs.
//! It must not understand the language: one pass over the bytes, and a wrong guess costs a line, never the file.
//!
//! tokei's own counter is not used: it gives totals only, not which lines are comments, and it hands work to a global
//! thread pool from inside our bounded workers.
use std::sync::OnceLock;
use tokei::LanguageType;

/// One line of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Line {
    /// Byte offset of its first byte; it ends where the next line starts.
    pub(super) start: usize,
    /// Neither blank nor comment only.
    pub(super) holds_code: bool,
}

/// The lines of a file in order.
pub(super) fn classify(language: LanguageType, bytes: &[u8]) -> Vec<Line> {
    let syntax = Syntax::of(language);
    let mut lines = Vec::with_capacity(bytes.len() / 32 + 1);
    let mut state = State::Code;
    let mut start = 0;
    while start < bytes.len() {
        let end = memchr::memchr(b'\n', &bytes[start..]).map_or(bytes.len(), |at| start + at);
        let holds_code = scan_line(syntax, &bytes[start..end], &mut state);
        lines.push(Line { start, holds_code });
        start = end + 1;
    }
    lines
}

/// What the end of one line leaves for the next.
#[derive(Debug, Clone, Copy)]
enum State {
    Code,
    /// Inside the block comment that ends so, this deep.
    Comment {
        opened_by: &'static str,
        end: &'static str,
        depth: u32,
    },
    /// Inside a text that ends so and may hold line ends.
    Text {
        end: &'static str,
    },
}

fn scan_line(syntax: &Syntax, line: &[u8], state: &mut State) -> bool {
    let mut at = 0;
    let mut holds_code = false;
    while at < line.len() {
        let rest = &line[at..];
        match *state {
            State::Comment { opened_by, end, depth } => {
                let (step, next) = inside_comment(syntax, rest, opened_by, end, depth);
                at += step;
                *state = next;
            }
            State::Text { end } => {
                holds_code = true;
                let (step, closed) = inside_text(rest, end);
                at += step;
                if closed {
                    *state = State::Code;
                }
            }
            State::Code => match syntax.next(rest, &mut holds_code) {
                Next::LineEnds => break,
                Next::Opens(step, next) => {
                    at += step;
                    *state = next;
                }
            },
        }
    }
    // Texts in plain quotes end with their line: a stray apostrophe must not swallow the file.
    if let State::Text { end } = *state
        && end.len() == 1
        && end != "`"
        && line.last() != Some(&b'\\')
    {
        *state = State::Code;
    }
    holds_code
}

fn inside_comment(
    syntax: &Syntax,
    rest: &[u8],
    opened_by: &'static str,
    end: &'static str,
    depth: u32,
) -> (usize, State) {
    let (first, second) = (end.as_bytes()[0], opened_by.as_bytes()[0]);
    let Some(skip) = memchr::memchr2(first, second, rest) else {
        return (rest.len(), State::Comment { opened_by, end, depth });
    };
    let here = &rest[skip..];
    if here.starts_with(end.as_bytes()) {
        let next = if depth > 1 { State::Comment { opened_by, end, depth: depth - 1 } } else { State::Code };
        return (skip + end.len(), next);
    }
    if syntax.nested && here.starts_with(opened_by.as_bytes()) {
        return (skip + opened_by.len(), State::Comment { opened_by, end, depth: depth.saturating_add(1) });
    }
    (skip + 1, State::Comment { opened_by, end, depth })
}

/// How far to go, and whether the text has ended there.
fn inside_text(rest: &[u8], end: &'static str) -> (usize, bool) {
    let Some(skip) = memchr::memchr2(b'\\', end.as_bytes()[0], rest) else { return (rest.len(), false) };
    let here = &rest[skip..];
    if here.starts_with(end.as_bytes()) {
        (skip + end.len(), true)
    } else if here[0] == b'\\' {
        (skip + here.len().min(2), false)
    } else {
        (skip + 1, false)
    }
}

enum Next {
    LineEnds,
    Opens(usize, State),
}

/// The signs of one language.
struct Syntax {
    line_comments: Vec<&'static [u8]>,
    block_comments: Vec<(&'static str, &'static str)>,
    /// Longer openings first, so that `"""` is not read as `""` and `"`.
    quotes: Vec<(&'static str, &'static str)>,
    nested: bool,
    /// Whether a sign may begin with this byte.
    interesting: [bool; 256],
}

impl Syntax {
    fn of(language: LanguageType) -> &'static Self {
        static ALL: OnceLock<Vec<(LanguageType, OnceLock<Syntax>)>> = OnceLock::new();
        let all = ALL.get_or_init(|| LanguageType::list().iter().map(|(l, _)| (*l, OnceLock::new())).collect());
        // The list is in the order of the enum; should that ever change, a search finds it.
        let slot = match all.get(language as usize) {
            Some((found, slot)) if *found == language => slot,
            _ => &all[all.iter().position(|(found, _)| *found == language).unwrap_or(0)].1,
        };
        slot.get_or_init(|| Self::new(language))
    }

    fn new(language: LanguageType) -> Self {
        let mut quotes = [language.quotes(), language.doc_quotes(), language.verbatim_quotes()].concat();
        // tokei does not know Go's raw strings, which may hold anything.
        if language == LanguageType::Go {
            quotes.push(("`", "`"));
        }
        quotes.sort_by_key(|(open, _)| std::cmp::Reverse(open.len()));
        let line_comments: Vec<&[u8]> = language.line_comments().iter().map(|sign| sign.as_bytes()).collect();
        let mut block_comments = [language.multi_line_comments(), language.nested_comments()].concat();
        block_comments.dedup();
        let mut interesting = [false; 256];
        let openings = block_comments.iter().chain(&quotes).map(|(open, _)| open.as_bytes());
        for sign in openings.chain(line_comments.iter().copied()) {
            if let Some(first) = sign.first() {
                interesting[usize::from(*first)] = true;
            }
        }
        block_comments.retain(|(open, close)| !open.is_empty() && !close.is_empty());
        quotes.retain(|(open, close)| !open.is_empty() && !close.is_empty());
        Self { line_comments, block_comments, quotes, nested: language.allows_nested(), interesting }
    }

    /// Walks through code up to the next comment or text.
    fn next(&self, rest: &[u8], holds_code: &mut bool) -> Next {
        for (at, byte) in rest.iter().enumerate() {
            if !self.interesting[usize::from(*byte)] {
                *holds_code |= !byte.is_ascii_whitespace();
                continue;
            }
            let here = &rest[at..];
            if let Some((open, end)) = opening(&self.block_comments, here) {
                return Next::Opens(at + open.len(), State::Comment { opened_by: open, end, depth: 1 });
            }
            if self.line_comments.iter().any(|sign| here.starts_with(sign)) {
                return Next::LineEnds;
            }
            *holds_code = true;
            if let Some((open, end)) = opening(&self.quotes, here) {
                return Next::Opens(at + open.len(), State::Text { end });
            }
        }
        Next::LineEnds
    }
}

fn opening(signs: &[(&'static str, &'static str)], here: &[u8]) -> Option<(&'static str, &'static str)> {
    signs.iter().find(|(open, _)| here.starts_with(open.as_bytes())).copied()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// One letter a line: `c` code, `.` anything else.
    fn shape(language: LanguageType, text: &str) -> String {
        classify(language, text.as_bytes()).iter().map(|line| if line.holds_code { 'c' } else { '.' }).collect()
    }

    #[test]
    fn comments_and_blanks_are_told_from_code() {
        use LanguageType as L;
        for (language, text, wanted) in [
            (L::Go, "// a\n\npackage x // b\n/* c\nd */ var y = 1\n\t/* e */\n", "..c.c."),
            (L::Go, "var a = \"/*\"\nvar b = `//\n/* x */\n`\n// c\n", "cccc."),
            (L::Rust, "/* a /* b */ c */\nfn x() {}\n//! d\nlet c = '\"';\n// e\n", ".c.c."),
            (L::Python, "# a\nx = 1  # b\n\"\"\"doc\nmore\n\"\"\"\ny = '#'\n", ".ccccc"),
            (L::JavaScript, "const a = 'it\\'s' // b\nconst c = `\n// not a comment\n`\n", "cccc"),
            (L::TypeScript, "<p>Don't</p>\n// a\n", "c."),
            (L::Sql, "-- a\nselect 1\n", ".c"),
            (L::Hcl, "# a\nb = \"c\" // d\n/* e\n*/\n", ".c.."),
            (L::Ruby, "=begin\na\n=end\nb\n", "...c"),
        ] {
            assert_eq!(shape(language, text), wanted, "{text}");
        }
    }

    #[test]
    fn line_starts_are_byte_offsets() {
        let lines = classify(LanguageType::Go, "é\r\n\nx".as_bytes());
        assert_eq!(
            lines.iter().map(|line| (line.start, line.holds_code)).collect::<Vec<_>>(),
            [(0, true), (4, false), (5, true)]
        );
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300), text in "[/*'\"`#\\\\a\n<!-]{0,120}") {
            for (language, _) in LanguageType::list() {
                classify(*language, &bytes);
                classify(*language, text.as_bytes());
            }
        }
    }
}
