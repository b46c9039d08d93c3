//! Keeps READMEs and start documents as written, and takes the first paragraph of one as a summary in plain text.
//! It must not render: nothing here makes HTML.
use super::{
    model::{FileFacts, Problem},
    parser::Parser,
};
use comrak::{
    Arena, Options,
    nodes::{AstNode, NodeValue},
    parse_document,
};
use shared::{RepoPath, Severity};

/// Longer texts are cut here, at a character's border. Bytes.
const MAX_TEXT_BYTES: usize = 256 << 10;

/// So much of a text is enough to find its first paragraph. Bytes.
const SUMMARY_SOURCE_BYTES: usize = 16 << 10;

/// The longest summary. Characters.
const MAX_SUMMARY_CHARS: usize = 400;

/// Reads READMEs at any depth and start documents below `docs/`.
pub struct TextParser;

impl Parser for TextParser {
    fn key(&self) -> &'static str {
        "text"
    }

    fn version(&self) -> u32 {
        1
    }

    fn wants(&self, path: &RepoPath) -> bool {
        is_readme(path.file_name()) || is_start(path)
    }

    fn in_history(&self, _path: &RepoPath) -> bool {
        false
    }

    fn parse(&self, _file_name: &str, bytes: &[u8]) -> FileFacts {
        let cut = &bytes[..bytes.len().min(MAX_TEXT_BYTES)];
        let text = String::from_utf8_lossy(cut);
        // A character cut in two at the end would stand as a replacement character.
        let text = if cut.len() < bytes.len() { text.trim_end_matches('\u{fffd}') } else { text.as_ref() };
        let mut facts = FileFacts { text: Some(text.to_owned()), ..FileFacts::default() };
        if cut.len() < bytes.len() {
            facts.problems.push(Problem {
                rule: "text-cut".to_owned(),
                severity: Severity::Info,
                line: None,
                column: None,
                message: "The text is longer than 256 KiB; only its beginning is kept.".to_owned(),
            });
        }
        facts
    }
}

/// `README`, `README.md`, `Readme.rst`, `readme.txt` …, and not `readme_test.go`.
pub(crate) fn is_readme(name: &str) -> bool {
    let Some(rest) = name.get(..6).filter(|head| head.eq_ignore_ascii_case("readme")).map(|_| &name[6..]) else {
        return false;
    };
    rest.is_empty() || TEXT_ENDINGS.iter().any(|ending| rest.eq_ignore_ascii_case(ending))
}

const TEXT_ENDINGS: &[&str] = &[".md", ".markdown", ".mdx", ".rst", ".adoc", ".asciidoc", ".txt"];

/// A document below a `docs` folder that says how to start.
pub(crate) fn is_start(path: &RepoPath) -> bool {
    let Some((folders, name)) = path.as_str().rsplit_once('/') else { return false };
    let Some(stem) = name.strip_suffix(".md") else { return false };
    let stem = stem.to_ascii_lowercase().replace('_', "-");
    matches!(stem.as_str(), "quickstart" | "quick-start" | "getting-started" | "start" | "get-started")
        && folders.split('/').any(|folder| matches!(folder, "docs" | "doc"))
}

/// The first real paragraph as plain text of at most 400 characters, without badges, headings, HTML, tables and front
/// matter; `None` when there is none.
pub fn summary_of(markdown: &str) -> Option<String> {
    let source =
        markdown.char_indices().find(|(at, _)| *at >= SUMMARY_SOURCE_BYTES).map_or(markdown, |(at, _)| &markdown[..at]);
    let arena = Arena::new();
    let mut options = Options::default();
    options.extension.table = true;
    options.extension.front_matter_delimiter = Some("---".to_owned());
    let root = parse_document(&arena, source.trim_start_matches('\u{feff}'), &options);
    root.children().find_map(|node| paragraph_text(node)).map(|text| shorten(&text))
}

/// The text of a paragraph that says something; badges are links and images without text of their own.
fn paragraph_text<'a>(node: &'a AstNode<'a>) -> Option<String> {
    if !matches!(node.data.borrow().value, NodeValue::Paragraph) {
        return None;
    }
    let mut text = String::new();
    plain_text(node, &mut text);
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let n_words = text.split(' ').filter(|word| word.chars().any(char::is_alphabetic)).count();
    // A line of links ("Docs | Blog | Chat") is navigation, and reStructuredText shows its own marks.
    let navigation = node.children().all(
        |child| !matches!(child.data.borrow().value, NodeValue::Text(ref t) if t.chars().any(char::is_alphabetic)),
    );
    let markup = text.starts_with("..") || text.starts_with("===") || text.starts_with(":target:");
    (n_words >= 3 && !navigation && !markup).then_some(text)
}

fn plain_text<'a>(node: &'a AstNode<'a>, out: &mut String) {
    for child in node.children() {
        match &child.data.borrow().value {
            NodeValue::Text(text) => out.push_str(text),
            NodeValue::Code(code) => out.push_str(&code.literal),
            NodeValue::SoftBreak | NodeValue::LineBreak => out.push(' '),
            NodeValue::Image(_) | NodeValue::HtmlInline(_) | NodeValue::FootnoteReference(_) => {}
            _ => plain_text(child, out),
        }
    }
}

fn shorten(text: &str) -> String {
    let hidden = |c: &char| {
        c.is_control()
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' | '\u{e0000}'..='\u{e007f}')
    };
    let clean: String = text.chars().filter(|c| !hidden(c)).collect();
    if clean.chars().count() <= MAX_SUMMARY_CHARS {
        return clean;
    }
    let cut: String = clean.chars().take(MAX_SUMMARY_CHARS - 1).collect();
    let whole_words = cut.rsplit_once(' ').map_or(cut.as_str(), |(head, _)| head);
    format!("{}…", whole_words.trim_end_matches([',', ';', '.']))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_first_real_paragraph_is_the_summary() {
        for (markdown, summary) in [
            (
                "# Flags\n\n[![Build](https://a/b.svg)](https://a)\n\nTurn *features* on with `flags`,\nper [customer](x).\n",
                Some("Turn features on with flags, per customer."),
            ),
            (
                "---\ntitle: x y z\n---\n\n<p align=center>Hello big world</p>\n\nOne two three.\n",
                Some("One two three."),
            ),
            ("| a | b |\n|---|---|\n| one two | three four |\n\nThe real text here.\n", Some("The real text here.")),
            ("[Docs](a) | [Blog here](b) | [Chat now](c)\n\nWhat it does is this.\n", Some("What it does is this.")),
            ("# Only a heading\n\n- a list of things\n", None),
            ("", None),
        ] {
            assert_eq!(summary_of(markdown).as_deref(), summary, "{markdown}");
        }
    }

    #[test]
    fn long_paragraphs_are_cut_between_words() {
        let summary = summary_of(&"wörd ".repeat(200)).unwrap();
        assert!(summary.chars().count() <= 400 && summary.ends_with("wörd…"), "{summary}");
    }

    #[test]
    fn readmes_and_start_documents_are_wanted() {
        let wants = |path: &str| TextParser.wants(&RepoPath::new(path).unwrap());
        for path in ["README.md", "a/b/readme.rst", "README", "docs/quickstart.md", "x/docs/guide/Getting_Started.md"] {
            assert!(wants(path), "{path}");
        }
        for path in ["readme_test.go", "start.md", "docs/other.md", "READMEé.md", "é.md"] {
            assert!(!wants(path), "{path}");
        }
    }

    #[test]
    fn long_texts_are_cut_at_a_character() {
        let facts = TextParser.parse("README.md", "é".repeat(200 << 10).as_bytes());
        assert_eq!(facts.text.unwrap().len(), MAX_TEXT_BYTES);
        assert_eq!(facts.problems[0].rule, "text-cut");
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(text in "[#>*\\[\\]()!|`<\\-\né a]{0,200}") {
            summary_of(&text);
        }
    }
}
