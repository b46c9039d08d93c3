//! In which form a report is printed, and where to.
//! It must not open a store.
use super::Form;
use anyhow::{Context, Result, bail};
use shared::api::ReportSummary;
use std::{fmt::Write as _, io::Write as _, path::Path};

/// The form asked for; else as the output file ends; else Markdown on a terminal and JSON elsewhere.
///
/// # Errors
/// When a terminal would be given a PDF.
pub(super) fn form(asked: Option<Form>, output: Option<&Path>, terminal: bool) -> Result<Form> {
    let ending = output.and_then(Path::extension).and_then(|ending| ending.to_str());
    let by_name = ending.and_then(|ending| ending.to_ascii_lowercase().parse().ok());
    let screen = terminal && output.is_none();
    let form = asked.or(by_name).unwrap_or(if screen { Form::Markdown } else { Form::Json });
    if form == Form::Pdf && screen {
        bail!("a terminal cannot show a PDF; name a file, e.g. waymark report shadow --format pdf --output shadow.pdf");
    }
    Ok(form)
}

/// Writes to the file, or to standard output.
///
/// # Errors
/// When it cannot be written.
pub(super) fn write(bytes: &[u8], output: Option<&Path>) -> Result<()> {
    match output {
        Some(path) => std::fs::write(path, bytes).with_context(|| format!("cannot write {}", path.display())),
        None => {
            let mut out = std::io::stdout().lock();
            out.write_all(bytes).and_then(|()| out.flush()).context("writing the report")
        }
    }
}

/// Frozen reports, a line each.
pub(super) fn table(items: &[ReportSummary]) -> String {
    if items.is_empty() {
        return "No report is frozen yet; waymark report shadow --freeze makes the first.\n".to_owned();
    }
    let mut out = format!("{:<22}{:<22}headline\n", "id", "at");
    for item in items {
        let headline: String = item.headline.chars().filter(|letter| !letter.is_control()).collect();
        let _ = writeln!(out, "{:<22}{:<22}{headline}", item.id, item.at.as_str());
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_form_follows_what_is_asked_and_where_it_goes() {
        let of = |asked, output: Option<&str>, terminal| form(asked, output.map(Path::new), terminal).unwrap();
        assert_eq!(of(None, None, true), Form::Markdown);
        assert_eq!(of(None, None, false), Form::Json);
        assert_eq!(of(None, Some("a/b.PDF"), true), Form::Pdf);
        assert_eq!(of(None, Some("report"), true), Form::Json);
        assert_eq!(of(Some(Form::Html), Some("b.pdf"), false), Form::Html);
        assert_eq!(of(Some(Form::Pdf), None, false), Form::Pdf);
        let refused = form(Some(Form::Pdf), None, true).unwrap_err().to_string();
        assert!(refused.contains("--output shadow.pdf"), "{refused}");
    }

    #[test]
    fn a_list_of_none_says_how_to_make_one() {
        assert!(table(&[]).contains("--freeze"));
        let item = ReportSummary {
            id: "2026-11-21-1a2b3c4d".to_owned(),
            at: shared::Timestamp::new("2026-11-21T10:00:00Z").unwrap(),
            digest: String::new(),
            headline: "2 homegrown platforms\u{1b}[31m".to_owned(),
        };
        assert_eq!(
            table(&[item]).lines().nth(1).unwrap(),
            "2026-11-21-1a2b3c4d   2026-11-21T10:00:00Z  2 homegrown platforms[31m"
        );
    }
}
