//! The plain YAML that pnpm and Yarn write, line by line: it is far too much of it to build a tree.
//! It must not be used for YAML that people write.
use super::super::manifest;
use crate::facts::model::Problem;
use shared::Severity;

/// One line that says something.
pub(super) struct Line<'a> {
    /// 1-based.
    pub number: u32,
    /// Spaces at its start.
    pub indent: usize,
    /// Without the quotes around it.
    pub key: &'a str,
    /// Without the quotes around it; empty when the value follows on deeper lines.
    pub value: &'a str,
}

/// What git writes between the sides of a merge.
const MARKS: [&str; 4] = ["<<<<<<<", "|||||||", "=======", ">>>>>>>"];

/// Every line but comments, blanks and list items. A key too long for its line (`? key` and `: value` below it) is one as
/// well.
pub(super) fn read(text: &str) -> impl Iterator<Item = Line<'_>> {
    text.lines().zip(1..).filter_map(|(line, number)| {
        let content = line.trim_start_matches(' ');
        let mut indent = line.len() - content.len();
        let content = content.trim_end();
        let is_mark = MARKS.iter().any(|mark| line.starts_with(mark));
        if content.is_empty() || content.starts_with('#') || content.starts_with("- ") || is_mark {
            return None;
        }
        if let Some(key) = content.strip_prefix("? ") {
            return Some(Line { number, indent, key: unquote(key), value: "" });
        }
        let content = content.strip_prefix(": ").inspect(|_| indent += 2).unwrap_or(content);
        let (key, value) = entry(content)?;
        Some(Line { number, indent, key, value })
    })
}

/// `key: value`, `key:`, and Yarn's `key value`, each side with or without quotes.
fn entry(content: &str) -> Option<(&str, &str)> {
    let quote = content.chars().next().filter(|c| matches!(c, '\'' | '"'));
    let (key, rest) = match (quote, content.strip_suffix(':')) {
        // Yarn's first version quotes each of several names by itself.
        (Some(_), Some(key)) => (key.trim_matches(['"', '\'']), ""),
        (Some(quote), None) => content[1..].split_once(quote)?,
        (None, key) => match content.find(": ").or(key.map(str::len)) {
            Some(colon) => content.split_at(colon),
            None => content.split_once(' ')?,
        },
    };
    Some((key, unquote(rest.trim_start_matches([':', ' ']))))
}

fn unquote(text: &str) -> &str {
    let inner = |quote: char| text.strip_prefix(quote)?.strip_suffix(quote);
    inner('\'').or_else(|| inner('"')).unwrap_or(text)
}

/// Name and version of `name@version`, the first `@` of a scope aside.
pub(super) fn split_at(text: &str) -> Option<(&str, &str)> {
    let at = text.get(1..)?.find('@')? + 1;
    Some((&text[..at], &text[at + 1..]))
}

/// The problem of a lock file in the middle of a merge.
pub(super) fn conflict(text: &str) -> Option<Problem> {
    let line = text.lines().position(|line| line.starts_with("<<<<<<< "))?;
    let place = (u32::try_from(line + 1).unwrap_or(u32::MAX), 1);
    let message = "The file holds both sides of a merge; install again to settle it. What both sides name was read.";
    Some(manifest::problem("lock-conflict", Severity::Warning, Some(place), message))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_lines_apart() {
        let text = "a: 1\n\n# no\n  '@b/c@1.0.0':\n    d: {x: '>=1'}\n  - e\n? \"long\"\n: f: g\n\"h@^1\", \"h@^2\":\n  version \"2.0.0\"\ni@^1:\n";
        let got: Vec<_> = read(text).map(|line| (line.number, line.indent, line.key, line.value)).collect();
        let expected = [
            (1, 0, "a", "1"),
            (4, 2, "@b/c@1.0.0", ""),
            (5, 4, "d", "{x: '>=1'}"),
            (7, 0, "long", ""),
            (8, 2, "f", "g"),
            (9, 0, "h@^1\", \"h@^2", ""),
            (10, 2, "version", "2.0.0"),
            (11, 0, "i@^1", ""),
        ];
        assert_eq!(got, expected);
    }

    #[test]
    fn a_scope_is_no_version() {
        assert_eq!(split_at("@a/b@1.0.0"), Some(("@a/b", "1.0.0")));
        assert_eq!(split_at("a@npm:b@1"), Some(("a", "npm:b@1")));
        assert_eq!(split_at("@a/b"), None);
        assert_eq!(split_at("å"), None);
    }
}
