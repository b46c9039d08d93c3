//! The lexical form that go.mod and go.work share: directives, blocks in parentheses, quoted strings, `//` comments
//! (<https://go.dev/ref/mod#go-mod-file-lexical>). It must not know what a directive means.

/// One directive with its arguments; a line of a block carries the block's verb.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Directive<'a> {
    pub verb: &'a str,
    pub arguments: Vec<&'a str>,
    /// The text after `//` at the end of the line.
    pub comment: &'a str,
    /// 1-based.
    pub line: u32,
}

/// Every directive of a file, and the line of a block that is never closed.
pub(super) fn read(text: &str) -> (Vec<Directive<'_>>, Option<u32>) {
    let mut directives = vec![];
    let mut block: Option<(&str, u32)> = None;
    let mut line = 0;
    for raw in text.lines() {
        line += 1;
        let (tokens, comment) = tokens(raw);
        match (block, tokens.as_slice()) {
            (_, []) => {}
            (Some(_), [")", ..]) => block = None,
            (Some((verb, _)), arguments) => {
                directives.push(Directive { verb, arguments: arguments.to_vec(), comment, line });
            }
            (None, [verb, "("]) => block = Some((*verb, line)),
            (None, [_, "(", ")"]) => {}
            (None, [verb, arguments @ ..]) => {
                directives.push(Directive { verb, arguments: arguments.to_vec(), comment, line });
            }
        }
    }
    (directives, block.map(|(_, line)| line))
}

/// The words of a line without quotes, and its comment without the slashes.
fn tokens(line: &str) -> (Vec<&str>, &str) {
    let mut tokens = vec![];
    let mut rest = line.trim_start();
    while let Some(first) = rest.chars().next() {
        if let Some(comment) = rest.strip_prefix("//") {
            return (tokens, comment.trim());
        }
        let (token, after) = match first {
            '"' | '`' => quoted(&rest[1..], first),
            '(' | ')' | ',' | '[' | ']' => rest.split_at(1),
            _ => rest.split_at(word_end(rest)),
        };
        tokens.push(token);
        rest = after.trim_start();
    }
    (tokens, "")
}

fn quoted(rest: &str, quote: char) -> (&str, &str) {
    rest.split_once(quote).unwrap_or((rest, ""))
}

/// A word ends at a space, at a bracket, or where a comment starts. Only the word itself is looked through.
fn word_end(rest: &str) -> usize {
    let end = rest.find(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | ',' | '[' | ']')).unwrap_or(rest.len());
    rest[..end].find("//").unwrap_or(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_lines_blocks_quotes_and_comments() {
        let text = "module \"acme.dev/a\" // x\nrequire (\n\t// only a comment\n\tacme.dev/b v1.0.0 // indirect\n)\nexclude (\n";
        let (directives, open) = read(text);
        assert_eq!(open, Some(6));
        let b = &directives[1];
        assert_eq!((b.verb, b.comment, b.line), ("require", "indirect", 4));
        assert_eq!(b.arguments, ["acme.dev/b", "v1.0.0"]);
        assert_eq!(directives[0].arguments, ["acme.dev/a"]);
    }

    #[test]
    fn a_comment_needs_no_space_before_it() {
        let (directives, _) = read("require acme.dev/b v1.0.0//indirect");
        assert_eq!(
            (directives[0].arguments.as_slice(), directives[0].comment),
            (&["acme.dev/b", "v1.0.0"][..], "indirect")
        );
    }

    #[test]
    fn a_range_of_versions_falls_apart_into_tokens() {
        let (directives, _) = read("retract [v1.0.0, v1.9.9]");
        assert_eq!(directives[0].arguments, ["[", "v1.0.0", ",", "v1.9.9", "]"]);
    }
}
