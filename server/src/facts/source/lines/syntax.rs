//! The comment and text signs of one language: tokei's tables, mended where Go, Rust, Java and their like are read wrong.
//! It must not keep a place in a file.
use super::heredoc::Heredoc;
use std::sync::OnceLock;
use tokei::LanguageType;

/// Classes of bytes outside comments and texts.
pub(super) const SPACE: u8 = 0;
const CODE: u8 = 1;
pub(in crate::facts) const SIGN: u8 = 2;
/// What a sign may be, beside `SIGN`.
pub(in crate::facts) const COMMENT: u8 = 4;
pub(in crate::facts) const QUOTE: u8 = 8;

/// How a text is written.
#[derive(Debug, Clone, Copy)]
pub(in crate::facts) struct Quote {
    /// Bytes of the opening.
    pub(in crate::facts) open: usize,
    pub(in crate::facts) end: &'static str,
    /// So many `#` follow the end of Rust's raw texts.
    pub(in crate::facts) hashes: usize,
    pub(in crate::facts) escapes: bool,
    pub(in crate::facts) spans_lines: bool,
}

/// The signs of one language.
pub(in crate::facts) struct Syntax {
    line_comments: Vec<&'static [u8]>,
    block_comments: Vec<(&'static str, &'static str)>,
    /// Longer openings first, so that `"""` is not read as `""` and `"`.
    quotes: Vec<(&'static str, Quote)>,
    pub(in crate::facts) nested: bool,
    /// Whether `'x'` is one character, and `'` alone is nothing.
    characters: bool,
    /// Whether `/x/` may be a regular expression.
    expressions: bool,
    raw_texts: bool,
    pub(super) paths: bool,
    pub(super) heredoc: Option<Heredoc>,
    pub(in crate::facts) classes: [u8; 256],
}

impl Syntax {
    pub(in crate::facts) fn of(language: LanguageType) -> &'static Self {
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
        use LanguageType as L;
        let mut block_comments = [language.multi_line_comments(), language.nested_comments()].concat();
        block_comments.dedup();
        block_comments.retain(|(open, close)| !open.is_empty() && !close.is_empty());
        let is_rust = language == L::Rust;
        let mut out = Self {
            line_comments: language.line_comments().iter().map(|sign| sign.as_bytes()).collect(),
            block_comments,
            quotes: quotes(language),
            nested: language.allows_nested(),
            characters: matches!(language, L::Rust | L::Go | L::Java | L::Kotlin | L::Scala | L::CSharp),
            expressions: is_script(language),
            raw_texts: is_rust,
            paths: is_rust,
            heredoc: match language {
                L::Ruby => Some(Heredoc::Ruby),
                L::Php => Some(Heredoc::Php),
                _ => None,
            },
            classes: [CODE; 256],
        };
        out.classify();
        out
    }

    fn classify(&mut self) {
        for space in [b' ', b'\t', b'\r', b'\x0c'] {
            self.classes[usize::from(space)] = SPACE;
        }
        let blocks = self.block_comments.iter().map(|(open, _)| open.as_bytes());
        let comments = blocks.chain(self.line_comments.iter().copied()).map(|sign| (sign, COMMENT));
        let quotes = self.quotes.iter().map(|(open, _)| (open.as_bytes(), QUOTE));
        let mut signs: Vec<(&[u8], u8)> = comments.chain(quotes).collect();
        signs.push((b"\n", 0));
        signs.extend(self.characters.then_some((b"'".as_slice(), 0)));
        signs.extend(self.paths.then_some((b":".as_slice(), 0)));
        signs.extend(self.heredoc.map(|_| (b"<".as_slice(), 0)));
        for (sign, kind) in signs {
            if let Some(class) = sign.first().map(|first| &mut self.classes[usize::from(*first)]) {
                *class = SIGN | kind | if *class & SIGN != 0 { *class } else { 0 };
            }
        }
    }

    /// The block comment that opens here: its signs.
    pub(in crate::facts) fn comment(&self, here: &[u8]) -> Option<(&'static str, &'static str)> {
        self.block_comments.iter().find(|(open, _)| here.starts_with(open.as_bytes())).copied()
    }

    pub(in crate::facts) fn is_line_comment(&self, here: &[u8]) -> bool {
        self.line_comments.iter().any(|sign| here.starts_with(sign))
    }

    /// The text that opens at `at`.
    pub(in crate::facts) fn quote(&self, bytes: &[u8], at: usize) -> Option<Quote> {
        let here = &bytes[at..];
        let (_, quote) = self.quotes.iter().find(|(open, _)| here.starts_with(open.as_bytes()))?;
        if !self.raw_texts {
            return Some(*quote);
        }
        let hashes = bytes[..at].iter().rev().take_while(|b| **b == b'#').count();
        if at.checked_sub(hashes + 1).is_some_and(|before| bytes[before] == b'r') {
            return Some(Quote { hashes, escapes: false, ..*quote });
        }
        Some(*quote)
    }

    /// Bytes of the character or regular expression at `at`, which may hold signs that mean nothing.
    pub(in crate::facts) fn literal(&self, bytes: &[u8], at: usize) -> Option<usize> {
        match bytes[at] {
            b'\'' if self.characters => Some(character(&bytes[at..])),
            b'/' if self.expressions && may_follow(&bytes[..at]) => expression(&bytes[at..]),
            _ => None,
        }
    }
}

/// JavaScript, TypeScript and the files that hold them.
fn is_script(language: LanguageType) -> bool {
    use LanguageType as L;
    matches!(language, L::JavaScript | L::Jsx | L::TypeScript | L::Tsx | L::Vue | L::Svelte)
}

fn quotes(language: LanguageType) -> Vec<(&'static str, Quote)> {
    use LanguageType as L;
    let escaped = [language.quotes(), language.doc_quotes()].concat().into_iter().map(|signs| (signs, true));
    let verbatim = language.verbatim_quotes().iter().map(|signs| (*signs, false));
    let mut signs: Vec<_> = escaped.chain(verbatim).collect();
    match language {
        // tokei does not know Go's raw strings, which may hold anything.
        L::Go => signs.push((("`", "`"), false)),
        // Raw texts are told by what stands before the quote, whatever the number of signs.
        L::Rust => signs.retain(|((open, _), _)| *open == "\""),
        L::Vue | L::Svelte => signs.push((("`", "`"), true)),
        _ => {}
    }
    if matches!(language, L::Java | L::Kotlin | L::Scala | L::CSharp | L::Swift | L::Groovy | L::Dart) {
        signs.push((("\"\"\"", "\"\"\""), language != L::Scala && language != L::Kotlin));
    }
    signs.retain(|((open, end), _)| !open.is_empty() && !end.is_empty());
    signs.sort_by_key(|((open, _), _)| std::cmp::Reverse(open.len()));
    signs.dedup_by_key(|((open, _), _)| *open);
    let quote = |(open, end): (&'static str, &'static str), escapes: bool| {
        let spans_lines = open.len() > 1 || open == "`" || language == L::Rust;
        (open, Quote { open: open.len(), end, hashes: 0, escapes, spans_lines })
    };
    signs.into_iter().map(|(signs, escapes)| quote(signs, escapes)).collect()
}

/// `'x'`, `'\n'`, `'\u{1f}'` as a whole; of a lifetime or a stray apostrophe the sign alone.
fn character(here: &[u8]) -> usize {
    if here.get(1) == Some(&b'\\') {
        if here.get(2) == Some(&b'\n') {
            return 1;
        }
        let rest = &here[here.len().min(3)..here.len().min(14)];
        return memchr::memchr2(b'\'', b'\n', rest).filter(|end| rest[*end] == b'\'').map_or(1, |end| end + 4);
    }
    let width = match here.get(1) {
        None | Some(b'\n' | b'\'') => return 1,
        Some(0xf0..) => 4,
        Some(0xe0..) => 3,
        Some(0xc0..) => 2,
        Some(_) => 1,
    };
    if here.get(1 + width) == Some(&b'\'') { width + 2 } else { 1 }
}

/// Whether a regular expression rather than a division may follow.
fn may_follow(before: &[u8]) -> bool {
    let before = before.trim_ascii_end();
    match before.last() {
        None => true,
        Some(b'>') => before.ends_with(b"=>"),
        Some(b'(' | b',' | b'=' | b':' | b'[' | b'!' | b'&' | b'|' | b'?' | b'{' | b';' | b'+' | b'~' | b'^') => true,
        _ => before.ends_with(b"return") || before.ends_with(b"case") || before.ends_with(b"typeof"),
    }
}

fn expression(here: &[u8]) -> Option<usize> {
    // Longer ones are not written by hand, and looking further at each slash would cost too much.
    let here = &here[..here.len().min(1_000)];
    let (mut at, mut in_class) = (1, false);
    loop {
        match here.get(at)? {
            b'\n' => return None,
            b'\\' if here.get(at + 1) == Some(&b'\n') => return None,
            b'\\' => at += 1,
            b'[' => in_class = true,
            b']' => in_class = false,
            b'/' if !in_class => return Some(at + 1),
            _ => {}
        }
        at += 1;
    }
}
