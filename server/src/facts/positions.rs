//! From byte offsets to the lines and columns that people read.
//! It must not know what the text means.

/// The line starts of one text.
#[derive(Debug)]
pub struct Lines<'a> {
    text: &'a str,
    /// Byte offset of each line's first byte.
    starts: Vec<usize>,
}

impl<'a> Lines<'a> {
    /// Indexes a text; lines end at `\n`.
    pub fn new(text: &'a str) -> Self {
        let ends = memchr::memchr_iter(b'\n', text.as_bytes()).map(|end| end + 1);
        Self { text, starts: std::iter::once(0).chain(ends).collect() }
    }

    /// The 1-based line that holds the byte; the last line for an offset past the end.
    pub fn line(&self, offset: usize) -> u32 {
        u32::try_from(self.starts.partition_point(|start| *start <= offset)).unwrap_or(u32::MAX)
    }

    /// The 1-based line and column of the byte; columns count characters.
    pub fn place(&self, offset: usize) -> (u32, u32) {
        let line = self.starts.partition_point(|start| *start <= offset);
        let start = self.starts.get(line.saturating_sub(1)).copied().unwrap_or_default();
        let end = (start..=offset.min(self.text.len())).rev().find(|end| self.text.is_char_boundary(*end));
        let column = self.text.get(start..end.unwrap_or(start)).map_or(0, |before| before.chars().count());
        (u32::try_from(line).unwrap_or(u32::MAX), u32::try_from(column + 1).unwrap_or(u32::MAX))
    }

    /// The 1-based line and column in characters of a place given as 1-based line and column in bytes.
    pub fn of_bytes(&self, line: usize, column: usize) -> (u32, u32) {
        let start = self.starts.get(line.saturating_sub(1)).copied().unwrap_or(self.text.len());
        self.place((start + column.saturating_sub(1)).min(self.text.len()))
    }
}

/// The byte offset of `part` in `whole`; `None` when `part` is no slice of `whole`.
pub fn offset_in(whole: &str, part: &str) -> Option<usize> {
    let offset = (part.as_ptr() as usize).checked_sub(whole.as_ptr() as usize)?;
    (offset + part.len() <= whole.len()).then_some(offset)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_lines_and_characters_from_one() {
        let lines = Lines::new("a\nåb\n\nc");
        assert_eq!(lines.place(0), (1, 1));
        assert_eq!(lines.place(4), (2, 2));
        assert_eq!(lines.place(3), (2, 1), "a byte inside a character belongs to the character");
        assert_eq!(lines.place(6), (3, 1));
        assert_eq!(lines.place(99), (4, 2));
        assert_eq!(lines.line(7), 4);
        assert_eq!(lines.of_bytes(2, 3), (2, 2), "the byte after a character of two bytes");
        assert_eq!(Lines::new("").place(0), (1, 1));
    }

    #[test]
    fn finds_slices_but_no_copies() {
        let text = "name = \"acme\"".to_owned();
        assert_eq!(offset_in(&text, &text[8..12]), Some(8));
        assert_eq!(offset_in(&text, "acme"), None);
    }
}
