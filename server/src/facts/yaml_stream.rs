//! A YAML stream cut into its documents before any is parsed, so that a broken one does not take the others with it.
//! It must not understand YAML beyond document marks, comments and directives.

/// The text of one document, its `---` included.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::facts) struct Chunk<'a> {
    pub text: &'a str,
    /// 1-based line of the text's first line in the file.
    pub line: u32,
}

/// Cuts at `---` and after `...`, each at the start of a line: neither can stand there inside a scalar
/// (<https://yaml.org/spec/1.2.2/#914-explicit-documents>).
pub(in crate::facts) fn split(text: &str) -> Vec<Chunk<'_>> {
    let mut chunks = vec![];
    let (mut start, mut start_line) = (0, 1);
    let (mut offset, mut line) = (0, 1);
    for raw in text.split_inclusive('\n') {
        let end = offset + raw.len();
        if is_mark(raw, "---") && offset > start {
            chunks.push(Chunk { text: &text[start..offset], line: start_line });
            (start, start_line) = (offset, line);
        } else if is_mark(raw, "...") {
            chunks.push(Chunk { text: &text[start..offset], line: start_line });
            (start, start_line) = (end, line + 1);
        }
        (offset, line) = (end, line + 1);
    }
    chunks.push(Chunk { text: &text[start..], line: start_line });
    chunks
}

impl Chunk<'_> {
    /// Whether nothing stands in it but its mark, comments, directives and blank lines.
    pub(in crate::facts) fn is_empty(&self) -> bool {
        let nothing = |line: &str| {
            let line = line.strip_prefix("---").unwrap_or(line).trim();
            line.is_empty() || line.starts_with('#') || line.starts_with('%')
        };
        self.text.lines().all(nothing)
    }

    /// Whether it says `kind: Template`, whose spec holds template marks by right.
    pub(in crate::facts) fn is_of_kind_template(&self) -> bool {
        let kind = |line: &str| Some(line.strip_prefix("kind:")?.trim().trim_matches(['"', '\'']) == "Template");
        self.text.lines().any(|line| kind(line).unwrap_or_default())
    }

    /// Whether a top-level `apiVersion` of Backstage or ours stands in it, judged without parsing.
    pub(in crate::facts) fn claims_to_be_ours(&self) -> bool {
        let ours = |line: &str| line.contains("backstage.io/v") || line.contains("waymark.dev/v");
        let key =
            |line: &&str| line.trim_start_matches("--- ").trim_start_matches(['"', '\'']).starts_with("apiVersion");
        let flow = self.text.trim_start_matches("---").trim_start().starts_with('{');
        self.text.lines().filter(key).any(ours) || (flow && self.text.contains("apiVersion") && ours(self.text))
    }
}

fn is_mark(line: &str, mark: &str) -> bool {
    line.strip_prefix(mark).is_some_and(|rest| rest.chars().next().is_none_or(char::is_whitespace))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cuts_at_marks_in_the_first_column_only() {
        let text = "a: 1\n---\nb: |\n  ---\n  x\n--- # c\nc: 1\n...\nd: 1\n----\n";
        let chunks = split(text);
        assert_eq!(chunks.iter().map(|chunk| chunk.line).collect::<Vec<_>>(), [1, 2, 6, 9]);
        assert_eq!(chunks[1].text, "---\nb: |\n  ---\n  x\n");
        assert_eq!(chunks[3].text, "d: 1\n----\n");
    }

    #[test]
    fn knows_an_empty_document() {
        assert!(split("# c\n%YAML 1.2\n").iter().all(Chunk::is_empty));
        assert!(split("---\n\n---\n").iter().all(Chunk::is_empty));
        assert!(!split("--- {a: 1}\n")[0].is_empty());
    }
}
