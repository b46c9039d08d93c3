//! Texts that begin on the next line and end at a mark, in Ruby and PHP.
//! It must not take a shift or an append for one: the mark must be written as marks are.

/// Whose heredocs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Heredoc {
    /// `<<~MARK`, `<<-MARK`, `<<MARK`, also with the mark in quotes.
    Ruby,
    /// `<<<MARK`, also with the mark in quotes.
    Php,
}

/// Where the end mark stands that the opening at `at` names.
pub(super) fn label(kind: Heredoc, bytes: &[u8], at: usize) -> Option<(usize, usize)> {
    let mut at = at + 2;
    match (kind, bytes.get(at)) {
        (Heredoc::Php, Some(b'<')) | (Heredoc::Ruby, Some(b'~' | b'-')) => at += 1,
        (Heredoc::Php, _) => return None,
        (Heredoc::Ruby, _) => {}
    }
    while kind == Heredoc::Php && bytes.get(at) == Some(&b' ') {
        at += 1;
    }
    if matches!(bytes.get(at), Some(b'"' | b'\'')) {
        at += 1;
    }
    let length = bytes[at.min(bytes.len())..].iter().take_while(|b| b.is_ascii_alphanumeric() || **b == b'_').count();
    let first = *bytes.get(at)?;
    let is_mark = first.is_ascii_uppercase() || first == b'_' || (kind == Heredoc::Php && first.is_ascii_lowercase());
    (length > 0 && is_mark).then_some((at, at + length))
}

/// Bytes of the body up to the end of its mark; `None` when the mark never comes.
pub(super) fn length(label: &[u8], rest: &[u8]) -> Option<usize> {
    let mut at = 0;
    while at < rest.len() {
        let end = memchr::memchr(b'\n', &rest[at..]).map_or(rest.len(), |skip| at + skip);
        let line = &rest[at..end];
        let indent = line.len() - line.trim_ascii_start().len();
        if let Some(after) = line[indent..].strip_prefix(label)
            && !after.first().is_some_and(|b| b.is_ascii_alphanumeric() || *b == b'_')
        {
            return Some(at + indent + label.len());
        }
        at = end + 1;
    }
    None
}
