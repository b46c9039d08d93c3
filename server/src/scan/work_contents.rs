//! The contents that a walk over work compares, each read as seldom as memory allows.
//! It must not compare them, and keeps nothing of a content that is no text of usual shape.
use super::{BlobRead, Blobs, Repository, generations::Generations, packs::ObjectBytes};
use shared::BlobId;
use std::rc::Rc;

/// Bytes of contents that are kept for the next commit that changes the file.
const MAX_KEPT_BYTES: usize = 64 << 20;
/// The largest file whose lines are followed.
const MAX_FILE_BYTES: u64 = 1 << 20;
/// The longest line of a file whose lines are followed, in bytes.
const MAX_LINE_BYTES: usize = 20_000;
/// A NUL byte among the first bytes marks a binary file, as git judges it.
const BINARY_PROBE_BYTES: usize = 8 << 10;

/// What is known of one content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Text {
    Read(ObjectBytes),
    /// Binary, too large, or with a line that is too long.
    Other,
    Unreadable,
}

/// A reader of contents.
pub(super) struct Contents<'r> {
    blobs: Blobs<'r>,
    known: Generations<BlobId, Text>,
}

impl<'r> Contents<'r> {
    pub(super) fn of(repository: &'r Repository) -> Self {
        Self { blobs: repository.blobs(), known: Generations::new(MAX_KEPT_BYTES) }
    }

    pub(super) fn text(&mut self, blob: &BlobId) -> Text {
        if let Some(known) = self.known.get(blob) {
            return known.clone();
        }
        let text = match self.blobs.shared(blob, MAX_FILE_BYTES) {
            Ok(bytes) if is_text(&bytes) => Text::Read(Rc::clone(&bytes)),
            Ok(_) | Err(BlobRead::Read(_) | BlobRead::TooLarge { .. }) => Text::Other,
            Err(BlobRead::Unreadable { .. }) => Text::Unreadable,
        };
        let weight = if let Text::Read(bytes) = &text { bytes.len() + 128 } else { 128 };
        self.known.put(blob.clone(), text.clone(), weight);
        text
    }
}

/// Whether a content is a text whose lines people write.
fn is_text(bytes: &[u8]) -> bool {
    memchr::memchr(0, &bytes[..bytes.len().min(BINARY_PROBE_BYTES)]).is_none() && !has_long_line(bytes)
}

fn has_long_line(bytes: &[u8]) -> bool {
    // Any stretch of the longest length must hold the end of a line; the last one in it begins the next stretch.
    let mut rest = bytes;
    while rest.len() > MAX_LINE_BYTES {
        match memchr::memrchr(b'\n', &rest[..=MAX_LINE_BYTES]) {
            Some(end) => rest = &rest[end + 1..],
            None => return true,
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_may_be_so_long_and_no_longer() {
        let line = |n: usize| [&vec![b'x'; n][..], b"\n"].concat();
        assert!(!has_long_line(&line(MAX_LINE_BYTES)));
        assert!(has_long_line(&line(MAX_LINE_BYTES + 1)));
        assert!(!has_long_line(&line(MAX_LINE_BYTES).repeat(5)));
        assert!(has_long_line(&[line(5), vec![b'x'; MAX_LINE_BYTES + 1]].concat()));
        assert!(!has_long_line(&b"short\n".repeat(10_000)));
        assert!(!is_text(b"package a\n\0"));
    }
}
