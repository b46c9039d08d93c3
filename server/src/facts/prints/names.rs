//! Names that a file offers to others, told by the words before them.
//! It must not resolve anything: a name is a word after a word that defines.
use super::families::{DEFINE, Family, Offered, PRIVATE, PUBLIC};

/// Names kept of one file, and bytes of the longest.
const MOST: usize = 200;
const LONGEST: usize = 100;

/// What the line says so far.
#[derive(Default)]
struct Line {
    public: bool,
    private: bool,
    /// Whether its first token stands at the margin.
    at_margin: bool,
    named: bool,
}

/// Gathers names while a file is scanned.
pub(super) struct Names<'a> {
    family: &'static Family,
    line: Line,
    /// Whether the next word is a name; within a receiver's brackets it is not.
    defines: bool,
    receiver: bool,
    last: &'a [u8],
    found: Vec<String>,
}

impl<'a> Names<'a> {
    pub(super) fn new(family: &'static Family) -> Self {
        Self { family, line: Line::default(), defines: false, receiver: false, last: b"", found: Vec::new() }
    }

    pub(super) fn begin_line(&mut self, at_margin: bool) {
        self.line = Line { at_margin, ..Line::default() };
        self.defines = false;
        self.last = b"";
    }

    #[inline]
    pub(super) fn word(&mut self, word: &'a [u8], roles: u8) {
        self.last = word;
        if self.defines && !self.receiver && roles & DEFINE == 0 {
            self.defines = false;
            self.take(word);
        } else if roles & (DEFINE | PUBLIC | PRIVATE) != 0 {
            self.line.public |= roles & PUBLIC != 0;
            self.line.private |= roles & PRIVATE != 0;
            self.defines |= roles & DEFINE != 0;
        }
    }

    /// Go writes a receiver between `func` and the name; elsewhere a bracket means that nothing is named.
    #[inline]
    pub(super) fn punctuation(&mut self, byte: u8) {
        match byte {
            b'(' if self.defines && self.family.offered == Offered::Upper && self.line.at_margin => {
                self.receiver = true
            }
            b')' => self.receiver = false,
            b'(' if self.family.methods && !self.defines && self.line.public && !self.line.named => {
                self.take(self.last)
            }
            b'(' | b'{' | b'[' | b'=' | b':' if !self.receiver => self.defines = false,
            _ => {}
        }
    }

    fn take(&mut self, name: &[u8]) {
        self.line.named = true;
        let first = name.first().copied().unwrap_or(b'0');
        let offered = match self.family.offered {
            Offered::Upper => first.is_ascii_uppercase() && self.line.at_margin,
            Offered::Plain => first != b'_' && self.line.at_margin,
            Offered::Marked => self.line.public && !self.line.private,
            Offered::Unmarked => !self.line.private && first != b'_',
        };
        if !offered || first.is_ascii_digit() || name.len() > LONGEST || self.found.len() >= MOST {
            return;
        }
        if let Ok(name) = std::str::from_utf8(name)
            && !self.found.iter().any(|known| known == name)
        {
            self.found.push(name.to_owned());
        }
    }

    pub(super) fn finish(self) -> Vec<String> {
        self.found
    }
}
