//! The forms in which a report is handed out.
//! It must not compose one.
use super::{to_csv, to_html, to_markdown, to_pdf};
use shared::api::ShadowReport;

/// One form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    Json,
    Markdown,
    Csv,
    Html,
    Pdf,
}

impl Form {
    /// Every form.
    pub const ALL: [Self; 5] = [Self::Json, Self::Markdown, Self::Csv, Self::Html, Self::Pdf];

    /// Its name in a query or a command, and the ending of its files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Markdown => "md",
            Self::Csv => "csv",
            Self::Html => "html",
            Self::Pdf => "pdf",
        }
    }

    /// Its media type.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Json => "application/json",
            Self::Markdown => "text/markdown; charset=utf-8",
            Self::Csv => "text/csv; charset=utf-8; header=present",
            Self::Html => "text/html; charset=utf-8",
            Self::Pdf => "application/pdf",
        }
    }

    /// The report as a file of this form.
    pub fn write(self, report: &ShadowReport) -> Vec<u8> {
        match self {
            Self::Json => serde_json::to_vec(report).expect("a report holds nothing that JSON cannot"),
            Self::Markdown => to_markdown(report).into_bytes(),
            Self::Csv => to_csv(report).into_bytes(),
            Self::Html => to_html(report).into_bytes(),
            Self::Pdf => to_pdf(report),
        }
    }
}

/// A name that is no form's.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("\"{0}\" is no form of a report; give json, md, csv, html or pdf")]
pub struct UnknownForm(pub String);

impl std::str::FromStr for Form {
    type Err = UnknownForm;

    fn from_str(text: &str) -> Result<Self, UnknownForm> {
        Self::ALL.into_iter().find(|form| form.name() == text).ok_or_else(|| UnknownForm(text.to_owned()))
    }
}
