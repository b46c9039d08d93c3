//! Where repositories come from, as a person names it: a folder or a URL, checked before anything is written.
//! It must not read repositories.
use shared::RepoUrl;
use std::{fmt, path::PathBuf};

/// A folder of this machine, or a git URL.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Source {
    /// Absolute, with symlinks resolved.
    Folder(PathBuf),
    Url(RepoUrl),
}

/// Why a text is not a usable source. The message says what to do.
#[derive(Debug, thiserror::Error)]
pub enum SourceError {
    #[error("{0}")]
    Url(#[from] shared::IdError),
    #[error("cannot use the folder {path}: {reason}. Name an existing folder that this user can read, or a git URL")]
    Folder { path: String, reason: String },
}

impl Source {
    /// Reads what a person wrote: anything with `://` is a URL, the rest a folder.
    ///
    /// # Errors
    /// When the URL is not one Waymark mirrors, or the folder is absent, unreadable or no folder.
    pub fn parse(text: &str) -> Result<Self, SourceError> {
        if text.contains("://") {
            return Ok(Self::Url(RepoUrl::new(text)?));
        }
        let unusable = |reason: String| SourceError::Folder { path: text.to_owned(), reason };
        let path = std::fs::canonicalize(text).map_err(|error| unusable(error.to_string()))?;
        if !path.is_dir() {
            return Err(unusable("it is not a folder".into()));
        }
        std::fs::read_dir(&path).map_err(|error| unusable(error.to_string()))?;
        Ok(Self::Folder(path))
    }

    /// `folder` or `url`, as stored.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Folder(_) => "folder",
            Self::Url(_) => "url",
        }
    }
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Folder(path) => write!(f, "{}", path.display()),
            Self::Url(url) => write!(f, "{url}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_must_exist_and_a_url_must_be_mirrored() {
        let folder = tempfile::tempdir().unwrap();
        let text = folder.path().to_str().unwrap();
        assert!(matches!(Source::parse(text).unwrap(), Source::Folder(_)));
        let absent = Source::parse("/no/such/folder").unwrap_err().to_string();
        assert!(absent.contains("/no/such/folder") && absent.contains("Name an existing folder"), "{absent}");
        assert!(Source::parse("ssh://git@host/a").unwrap_err().to_string().contains("https://"));
        assert_eq!(Source::parse("https://host/a/b").unwrap().to_string(), "https://host/a/b");
    }
}
