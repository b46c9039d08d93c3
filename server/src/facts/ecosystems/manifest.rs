//! What every package file parser needs: clean text, clean names, and problems worded alike.
//! It must not know a single file format's keys.
use crate::facts::model::{FileFacts, Problem, TypeHint};
use memchr::memmem;
use shared::{RepoPath, Severity};

/// Problems of one kind shown for one file; more of them help nobody.
pub(super) const MAX_SYNTAX_PROBLEMS: usize = 5;

/// Problems of all kinds kept for one file.
const MAX_PROBLEMS: usize = 50;

/// The text of a manifest: UTF-8, without a byte order mark.
///
/// # Errors
/// The facts of a file that is no text: one problem with the place of the first bad byte.
pub(super) fn text(bytes: &[u8]) -> Result<&str, Box<FileFacts>> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    std::str::from_utf8(bytes).map_err(|error| {
        let line = memchr::memchr_iter(b'\n', &bytes[..error.valid_up_to()]).count() + 1;
        let message = "The file is not UTF-8 text; save it as UTF-8 to have it read.";
        let place = (u32::try_from(line).unwrap_or(u32::MAX), 1);
        Box::new(FileFacts {
            problems: vec![problem("manifest-not-utf8", Severity::Warning, Some(place), message)],
            ..FileFacts::default()
        })
    })
}

/// What a parser hands on: of a template nothing but one quiet problem, for its packages and dependencies are those of
/// files that do not exist yet.
pub(super) fn settle(mut facts: FileFacts) -> FileFacts {
    let template = facts.problems.iter().find(|problem| problem.rule == "manifest-templated").cloned();
    facts.problems.truncate(MAX_PROBLEMS);
    if let Some(template) = template {
        facts = FileFacts { problems: vec![template], ..FileFacts::default() };
    }
    facts
}

/// A problem at a line and column.
pub(super) fn problem(
    rule: &str,
    severity: Severity,
    place: Option<(u32, u32)>,
    message: impl Into<String>,
) -> Problem {
    Problem {
        rule: rule.to_owned(),
        severity,
        line: place.map(|(line, _)| line),
        column: place.map(|(_, column)| column),
        message: message.into(),
    }
}

/// The problem of a file that does not parse. A template that becomes a manifest later is no fault of anybody.
pub(super) fn unreadable(format: &str, text: &str, place: (u32, u32), reason: &str) -> Problem {
    if is_templated(text) {
        let message = format!("This is a template, not yet valid {format}; it is read once it has been filled in.");
        return problem("manifest-templated", Severity::Info, Some(place), message);
    }
    let rule = format!("manifest-invalid-{}", format.to_lowercase().replace('.', "-"));
    let reason = tidy(reason, 200);
    let message = format!(
        "The file is not valid {format}: {}. Mend it here; what could be read is kept.",
        reason.trim_end_matches('.')
    );
    problem(&rule, Severity::Warning, Some(place), message)
}

/// Whether a text holds marks of Go, Jinja, Nunjucks, cookiecutter, ERB or EJS templates.
pub(super) fn is_templated(text: &str) -> bool {
    ["{{", "<%", "{%"].iter().any(|mark| memmem::find(text.as_bytes(), mark.as_bytes()).is_some())
}

/// The facts of source code that an ERB or EEx template will give: one quiet problem.
pub(super) fn code_template(place: (u32, u32)) -> FileFacts {
    let message = "This is a template, not yet source code; it is read once it has been filled in.";
    let problems = vec![problem("manifest-templated", Severity::Info, Some(place), message)];
    FileFacts { problems, ..FileFacts::default() }
}

/// Whether a text can be the name of a package: something, not long, without spaces, control, invisible or template
/// characters.
pub(super) fn is_name(name: &str) -> bool {
    let bad = |c: char| c.is_whitespace() || is_hidden(c) || matches!(c, '{' | '}' | '<' | '>' | '"' | '\'' | '\\');
    !name.is_empty() && name.len() <= 300 && !name.chars().any(bad)
}

/// The text without control and invisible characters, cut to so many characters, without outer spaces.
pub(super) fn tidy(text: &str, max_chars: usize) -> String {
    let spaced = text.chars().map(|c| if c.is_whitespace() { ' ' } else { c });
    let kept: String = spaced.filter(|c| !is_hidden(*c)).take(max_chars).collect();
    kept.trim().to_owned()
}

/// A requirement or version as written, made safe to store; `None` when nothing is left.
pub(super) fn requirement(text: &str) -> Option<String> {
    Some(tidy(text, 500)).filter(|text| !text.is_empty())
}

/// A description as one paragraph.
pub(super) fn description(text: &str) -> Option<String> {
    Some(tidy(text, 4000)).filter(|text| !text.is_empty())
}

/// The problem of a dependency whose name cannot be one; quiet in templates.
pub(super) fn bad_name(name: &str, place: (u32, u32)) -> Problem {
    let shown = tidy(name, 80);
    if is_templated(name) {
        let message = format!("\"{shown}\" is filled in by a template; the file is read once that has happened.");
        return problem("manifest-templated", Severity::Info, Some(place), message);
    }
    let message = format!("\"{shown}\" is not a package name; correct or remove it. It is left out.");
    problem("dependency-invalid-name", Severity::Warning, Some(place), message)
}

/// A reason for a component type.
pub(super) fn hint(subtype: &str, weight: u8, reason: impl Into<String>) -> TypeHint {
    TypeHint { subtype: subtype.to_owned(), reason: reason.into(), weight }
}

/// The name for a package whose manifest gives none: its folder's, else the repository's last segment.
pub(super) fn folder_name(manifest: &RepoPath, repository: &shared::RepoName) -> String {
    let folder = manifest.parent();
    let last = repository.as_str().rsplit('/').next().unwrap_or_default();
    if folder.is_root() { last.to_owned() } else { folder.file_name().to_owned() }
}

fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}'
            | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_printable_and_whole() {
        for name in ["serde", "@acme/flags", "acme.dev/flags/v2", "Zope.Interface"] {
            assert!(is_name(name), "{name}");
        }
        for name in ["", "a b", "a\0b", "{{name}}", "a\u{202e}b", "<%= x %>"] {
            assert!(!is_name(name), "{name:?}");
        }
    }

    #[test]
    fn bytes_that_are_no_text_have_a_place() {
        let facts = text(b"ok\n\xff\xfe").unwrap_err();
        assert_eq!(facts.problems[0].line, Some(2));
        assert_eq!(text(b"\xef\xbb\xbf{}").unwrap(), "{}");
    }
}
