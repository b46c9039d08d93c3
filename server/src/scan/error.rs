//! Why a source, a mirror or a repository gave nothing, as something a caller can act on and a person can read.
//! It must not decide whether a run goes on: that is the caller's.
use super::Finding;
use shared::Severity;
use std::path::{Path, PathBuf};

/// A source or a repository that cannot be read. Each is a finding of the scan, never the end of it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ScanError {
    #[error("{path} cannot be used as a source: {reason}")]
    SourceUnusable { path: String, reason: String },
    #[error("the repository in {path} is broken: {reason}; run `git fsck` on it, or remove it and clone it again")]
    RepositoryBroken { path: String, reason: String },
    #[error(
        "the repository in {path} borrows from outside itself ({what}); it is not read, because it could show files of others; make it self-contained with `git repack -a -d` and without links"
    )]
    RepositoryBorrows { path: String, what: String },
    #[error("{url} could not be mirrored: {reason}; check the address, the network and the rights")]
    MirrorFailed { url: String, reason: String },
    #[error(
        "{url} needs the program `git-upload-pack`, which is not on PATH; install git, or give the folder itself as a source"
    )]
    GitMissing { url: String },
    #[error("the data folder {path} cannot be written: {reason}; check that it exists and is yours")]
    DataUnusable { path: String, reason: String },
}

impl ScanError {
    /// The stable name of the rule, as in [`Finding::rule`].
    pub fn rule(&self) -> &'static str {
        match self {
            Self::SourceUnusable { .. } => "source-unusable",
            Self::RepositoryBroken { .. } => "repository-broken",
            Self::RepositoryBorrows { .. } => "repository-borrows",
            Self::MirrorFailed { .. } => "mirror-failed",
            Self::GitMissing { .. } => "git-missing",
            Self::DataUnusable { .. } => "data-unusable",
        }
    }

    pub(super) fn source(path: &Path, reason: impl Into<String>) -> Self {
        Self::SourceUnusable { path: path.display().to_string(), reason: reason.into() }
    }

    pub(super) fn broken(path: &Path, reason: impl Into<String>) -> Self {
        Self::RepositoryBroken { path: path.display().to_string(), reason: reason.into() }
    }

    pub(super) fn borrows(path: &Path, what: impl Into<String>) -> Self {
        Self::RepositoryBorrows { path: path.display().to_string(), what: what.into() }
    }

    pub(super) fn data(path: &Path, error: &std::io::Error) -> Self {
        Self::DataUnusable { path: path.display().to_string(), reason: error.to_string() }
    }
}

impl From<&ScanError> for Finding {
    fn from(error: &ScanError) -> Self {
        Finding::of_repository(error.rule(), Severity::Error, error.to_string())
    }
}

impl From<ScanError> for Finding {
    fn from(error: ScanError) -> Self {
        Finding::from(&error)
    }
}

impl Finding {
    /// A finding about a repository as a whole.
    pub(super) fn of_repository(rule: &str, severity: Severity, message: impl Into<String>) -> Self {
        Self { rule: rule.to_owned(), severity, path: None, line: None, column: None, message: message.into() }
    }
}

/// The text of an error of gix, with its causes, on one line and of bounded length: it can quote hostile input.
pub(super) fn reason(error: &gix::Error) -> String {
    let mut texts: Vec<String> = vec![];
    for text in error.iter_errors().map(ToString::to_string).filter(|text| !text.is_empty()) {
        if texts.last() != Some(&text) {
            texts.push(text);
        }
    }
    printable(&texts.join(": "))
}

/// Text that may come from a repository, with control characters escaped, at most 400 characters.
pub(super) fn printable(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars().take(400) {
        if c == '\n' || c == '\t' {
            out.push(' ');
        } else if c.is_control()
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
        {
            out.extend(c.escape_unicode());
        } else {
            out.push(c);
        }
    }
    out
}

/// The folder as people see it, and `PathBuf` for the system.
pub(super) fn absolute(path: &Path) -> Result<PathBuf, ScanError> {
    path.canonicalize().map_err(|error| {
        let hint = match error.kind() {
            std::io::ErrorKind::NotFound => "it does not exist; check the spelling".to_owned(),
            std::io::ErrorKind::PermissionDenied => "it may not be read; check the rights on it".to_owned(),
            _ => error.to_string(),
        };
        ScanError::source(path, hint)
    })
}
