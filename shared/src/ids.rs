//! Identifiers, each checked once where it enters; inside, nothing takes a raw name, id or URL.
//! It must not reach for the file system or the network.
use serde::{Deserialize, Serialize};
use std::fmt;

/// A string that is not the identifier it should be.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("\"{value}\" is not a {what}: {reason}")]
pub struct IdError {
    pub what: &'static str,
    pub value: String,
    pub reason: &'static str,
}

/// OpenAPI sees the checked string types as plain strings.
macro_rules! string_schema {
    ($name:ident) => {
        #[cfg(not(target_arch = "wasm32"))]
        impl utoipa::PartialSchema for $name {
            fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
                String::schema()
            }
        }
        #[cfg(not(target_arch = "wasm32"))]
        impl utoipa::ToSchema for $name {
            fn name() -> std::borrow::Cow<'static, str> {
                std::borrow::Cow::Borrowed(stringify!($name))
            }
        }
    };
}
pub(crate) use string_schema;

/// A string newtype with a check at the door; serde reads it through the same check.
macro_rules! checked_string {
    ($(#[$meta:meta])* $name:ident, $label:literal, $check:expr) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        #[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
        #[cfg_attr(not(target_arch = "wasm32"), schemars(with = "String"))]
        pub struct $name(String);

        impl $name {
            /// Checks and wraps.
            ///
            /// # Errors
            /// When the text is not of the form the type's docs give.
            pub fn new(value: impl Into<String>) -> Result<Self, IdError> {
                let value = value.into();
                let check: fn(&str) -> Result<(), &'static str> = $check;
                match check(&value) {
                    Ok(()) => Ok(Self(value)),
                    Err(reason) => Err(IdError { what: $label, value, reason }),
                }
            }

            /// The text.
            pub fn as_str(&self) -> &str { &self.0 }
        }

        string_schema!($name);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { f.write_str(&self.0) }
        }
        impl TryFrom<String> for $name {
            type Error = IdError;
            fn try_from(value: String) -> Result<Self, IdError> { Self::new(value) }
        }
        impl std::str::FromStr for $name {
            type Err = IdError;
            fn from_str(value: &str) -> Result<Self, IdError> { Self::new(value) }
        }
        impl From<$name> for String {
            fn from(value: $name) -> String { value.0 }
        }
        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str { &self.0 }
        }
    };
}

fn hex_object_id(value: &str) -> Result<(), &'static str> {
    if !matches!(value.len(), 40 | 64) {
        return Err("an object id has 40 or 64 hexadecimal digits");
    }
    if !value.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b)) {
        return Err("an object id has lower-case hexadecimal digits only");
    }
    Ok(())
}

fn no_controls(value: &str) -> Result<(), &'static str> {
    let hidden = |c: char| {
        c.is_control()
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' | '\u{e0000}'..='\u{e007f}')
    };
    if value.chars().any(hidden) { Err("it holds control or invisible characters") } else { Ok(()) }
}

checked_string!(
    /// The id of a commit: 40 (SHA-1) or 64 (SHA-256) lower-case hexadecimal digits.
    CommitId, "commit id", hex_object_id
);
checked_string!(
    /// The id of a blob: 40 (SHA-1) or 64 (SHA-256) lower-case hexadecimal digits.
    BlobId, "blob id", hex_object_id
);
checked_string!(
    /// The name of a repository in the catalog: `repo` or `owner/repo` and deeper, without `.git`, 1 to 255 bytes,
    /// no empty, `.` or `..` segment.
    RepoName, "repository name", |value| {
        if value.is_empty() || value.len() > 255 { return Err("it has 1 to 255 bytes"); }
        if value.split('/').any(|s| s.is_empty() || s == "." || s == "..") { return Err("it has an empty, \".\" or \"..\" segment"); }
        no_controls(value)
    }
);
checked_string!(
    /// A path inside a repository: relative, `/`-separated, no empty, `.`, `..` or `.git` segment, at most 4,096 bytes.
    /// The empty path is the repository's root.
    RepoPath, "path in a repository", |value| {
        if value.is_empty() { return Ok(()); }
        if value.len() > 4096 { return Err("it has more than 4,096 bytes"); }
        if value.split('/').any(|s| s.is_empty() || s == "." || s == ".." || s.eq_ignore_ascii_case(".git")) {
            return Err("it has an empty, \".\", \"..\" or \".git\" segment");
        }
        no_controls(value)
    }
);
checked_string!(
    /// The name of a package ecosystem as in a package URL type: `cargo`, `npm`, `golang` is spelled `go` here;
    /// lower-case letters, digits and `-`.
    Ecosystem, "ecosystem", |value| {
        if value.is_empty() || value.len() > 40 { return Err("it has 1 to 40 bytes"); }
        if value.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-') { Ok(()) } else { Err("it has lower-case letters, digits and \"-\" only") }
    }
);
checked_string!(
    /// A git URL that Waymark mirrors: `https://…` or `file://…`, without credentials in it.
    RepoUrl, "repository URL", |value| {
        let Some((scheme, rest)) = value.split_once("://") else { return Err("it has no scheme; use https:// or file://"); };
        if !matches!(scheme, "https" | "file" | "http") { return Err("only https:// and file:// are mirrored"); }
        if scheme == "http" && !(rest.starts_with("127.0.0.1") || rest.starts_with("localhost") || rest.starts_with("[::1]")) {
            return Err("plain http:// is allowed to this machine only; use https://");
        }
        let authority = rest.split('/').next().unwrap_or_default();
        if authority.contains('@') { return Err("it holds a user name or password; give credentials by configuration"); }
        if scheme != "file" && authority.is_empty() { return Err("it has no host"); }
        no_controls(value)
    }
);
checked_string!(
    /// An instant as RFC 3339 in UTC with seconds, e.g. `2026-11-21T10:00:00Z`.
    Timestamp, "time", |value| {
        let b = value.as_bytes();
        let shape = b.len() == 20 && b[4] == b'-' && b[7] == b'-' && b[10] == b'T' && b[13] == b':' && b[16] == b':' && b[19] == b'Z';
        let digits = b.iter().enumerate().all(|(i, c)| matches!(i, 4 | 7 | 10 | 13 | 16 | 19) || c.is_ascii_digit());
        if shape && digits { Ok(()) } else { Err("it is not RFC 3339 in UTC with seconds") }
    }
);

impl RepoPath {
    /// The repository's root.
    pub fn root() -> Self {
        Self(String::new())
    }

    /// Whether this is the root.
    pub fn is_root(&self) -> bool {
        self.0.is_empty()
    }

    /// The folder that holds this file or folder; the root's parent is the root.
    pub fn parent(&self) -> Self {
        Self(self.0.rsplit_once('/').map(|(dir, _)| dir.to_owned()).unwrap_or_default())
    }

    /// The last segment; empty for the root.
    pub fn file_name(&self) -> &str {
        self.0.rsplit('/').next().unwrap_or_default()
    }

    /// `relative` taken from this folder, with `.` and `..` resolved; `None` when it leaves the repository or is no path.
    pub fn join(&self, relative: &str) -> Option<Self> {
        let mut segments: Vec<&str> = if self.is_root() { vec![] } else { self.0.split('/').collect() };
        for segment in relative.split('/') {
            match segment {
                "" | "." => {}
                ".." => {
                    segments.pop()?;
                }
                other => segments.push(other),
            }
        }
        Self::new(segments.join("/")).ok()
    }

    /// Whether this path is `folder` or lies below it. Everything lies below the root.
    pub fn starts_with(&self, folder: &RepoPath) -> bool {
        folder.is_root()
            || self.0 == folder.0
            || (self.0.starts_with(&folder.0) && self.0.as_bytes().get(folder.0.len()) == Some(&b'/'))
    }
}

impl Ecosystem {
    /// For the names that parsers carry as constants.
    ///
    /// # Panics
    /// When the constant is not a valid ecosystem name, which the parser's own test finds.
    pub fn known(name: &'static str) -> Self {
        Self::new(name).expect("parsers name their ecosystem by a valid constant")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_resolve_inside_the_repository_only() {
        let dir = RepoPath::new("services/pay").unwrap();
        assert_eq!(dir.join("../common/base.txt").unwrap().as_str(), "services/common/base.txt");
        assert_eq!(dir.join("../../.."), None);
        assert_eq!(dir.join("./a//b").unwrap().as_str(), "services/pay/a/b");
        assert!(dir.starts_with(&RepoPath::new("services").unwrap()));
        assert!(!dir.starts_with(&RepoPath::new("serv").unwrap()));
    }

    #[test]
    fn hostile_identifiers_are_refused() {
        for path in ["/etc/passwd", "a/../b", "a/.git/config", "a\u{202e}b", "a\0b"] {
            assert!(RepoPath::new(path).is_err(), "{path:?}");
        }
        for url in ["ssh://git@host/a", "https://user:pw@host/a", "http://host/a", "host/a", "https:///a"] {
            assert!(RepoUrl::new(url).is_err(), "{url:?}");
        }
        assert!(CommitId::new("G".repeat(40)).is_err());
        assert!(CommitId::new("a".repeat(64)).is_ok());
    }
}
