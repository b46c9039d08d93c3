//! Tells which tokens belong to a statement that says where names come from: imports, the package of a file.
//! It must not understand them: their tokens count for the file's hash and are no part of any fingerprint, so that a file
//! copied into another package is still known.

/// An import that is read. Statements of more lines than this are none.
const MOST_LINES: u32 = 300;

/// Where in such a statement the scanner stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Statement {
    depth: u32,
    /// Whether `{` ends it.
    header: bool,
    until: u32,
}

/// What to do with a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    Inside,
    /// It is the last of the statement.
    Last,
    /// The statement was over before it.
    Over,
}

impl Statement {
    pub(super) fn new(line: u32, header: bool) -> Self {
        Self { depth: 0, header, until: line.saturating_add(MOST_LINES) }
    }

    pub(super) fn punctuation(&mut self, byte: u8) -> Step {
        match byte {
            b'{' if self.header => return Step::Over,
            b'(' | b'[' | b'{' => self.depth += 1,
            b')' | b']' | b'}' if self.depth == 0 => return Step::Over,
            b')' | b']' | b'}' => self.depth -= 1,
            b';' if self.depth == 0 => return Step::Last,
            _ => {}
        }
        Step::Inside
    }

    /// Whether the statement goes on in the next line.
    pub(super) fn goes_on(&self, line: u32, escaped: bool) -> bool {
        (self.depth > 0 || escaped) && line < self.until
    }
}
