//! Times and links as the API gives them.
//! It must not make a link that is not http(s).
use shared::{CommitId, RepoPath, Timestamp};
use std::fmt::Write;

/// Where commits and files of one repository can be opened.
pub(super) struct Web<'a> {
    url: Option<&'a str>,
    tip: &'a CommitId,
}

impl<'a> Web<'a> {
    pub(super) fn new(url: Option<&'a str>, tip: &'a CommitId) -> Self {
        let safe = |url: &&str| url.starts_with("https://") || url.starts_with("http://");
        Self { url: url.filter(safe).map(|url| url.trim_end_matches('/')), tip }
    }

    pub(super) fn commit(&self, commit: &CommitId) -> Option<String> {
        Some(format!("{}commit/{commit}", self.base()?))
    }

    /// The file at the tip, at a line when one is known.
    pub(super) fn file(&self, path: &RepoPath, line: Option<u32>) -> Option<String> {
        let mut link = format!("{}blob/{}/{}", self.base()?, self.tip, escape(path.as_str()));
        if let Some(line) = line {
            write!(link, "#L{line}").expect("writing to a string cannot fail");
        }
        Some(link)
    }

    /// GitLab puts `/-` before.
    fn base(&self) -> Option<String> {
        let url = self.url?;
        let host = url.split('/').nth(2).unwrap_or_default();
        Some(format!("{url}{}", if host.contains("gitlab") { "/-/" } else { "/" }))
    }
}

/// Percent-encodes what a path segment may not hold (RFC 3986, section 3.3).
fn escape(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"/-._~!$&'()*+,;=:@".contains(&byte) {
            out.push(char::from(byte));
        } else {
            write!(out, "%{byte:02X}").expect("writing to a string cannot fail");
        }
    }
    out
}

/// Seconds since 1970 as the API writes times.
pub(super) fn timestamp(at: i64) -> Timestamp {
    let time = chrono::DateTime::from_timestamp(at.max(0), 0).unwrap_or_default();
    Timestamp::new(time.format("%Y-%m-%dT%H:%M:%SZ").to_string())
        .unwrap_or_else(|_| Timestamp::new("1970-01-01T00:00:00Z").expect("this is RFC 3339 with seconds"))
}
