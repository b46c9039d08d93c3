//! Links to a file, line or folder at a commit on a repository's web page.
//! It must not make a link that is not http(s).
use std::fmt::Write;

/// Where a repository can be opened and at which commit it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Web {
    url: String,
    commit: String,
}

impl Web {
    /// None without a web address, without a commit, or when the address is not http(s).
    pub(super) fn new(url: Option<&str>, commit: Option<&str>) -> Option<Self> {
        let url = url?.trim_end_matches('/');
        let safe = url.starts_with("https://") || url.starts_with("http://");
        safe.then_some(Self { url: url.to_owned(), commit: commit?.to_owned() })
    }

    /// The page of a file, at a line when one is known.
    pub(super) fn file(&self, path: &str, line: Option<u32>) -> String {
        let mut link = self.at("blob", path);
        if let Some(line) = line {
            write!(link, "#L{line}").expect("writing to a string cannot fail");
        }
        link
    }

    /// The page of a folder; the repository's own page for its root.
    pub(super) fn folder(&self, path: &str) -> String {
        if path.is_empty() { self.url.clone() } else { self.at("tree", path) }
    }

    /// The page of a commit.
    pub(super) fn commit(&self, commit: &str) -> String {
        format!("{}{}commit/{commit}", self.url, self.separator())
    }

    /// The same repository at another commit.
    pub(super) fn at_commit(&self, commit: &str) -> Self {
        Self { url: self.url.clone(), commit: commit.to_owned() }
    }

    fn at(&self, word: &str, path: &str) -> String {
        format!("{}{}{word}/{}/{}", self.url, self.separator(), self.commit, escape(path))
    }

    fn separator(&self) -> &'static str {
        let host = self.url.split('/').nth(2).unwrap_or_default();
        if host.contains("gitlab") { "/-/" } else { "/" }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_follow_the_host() {
        let commit = "c".repeat(40);
        let github = Web::new(Some("https://github.com/acme/pay/"), Some(&commit)).unwrap();
        assert_eq!(
            github.file("a b/#1.rs", Some(3)),
            format!("https://github.com/acme/pay/blob/{commit}/a%20b/%231.rs#L3")
        );
        assert_eq!(github.folder(""), "https://github.com/acme/pay");
        let gitlab = Web::new(Some("https://gitlab.acme.dev/pay"), Some(&commit)).unwrap();
        assert_eq!(gitlab.commit(&commit), format!("https://gitlab.acme.dev/pay/-/commit/{commit}"));
        assert_eq!(github.at_commit("d").file("a", None), "https://github.com/acme/pay/blob/d/a");
        assert_eq!(gitlab.folder("src"), format!("https://gitlab.acme.dev/pay/-/tree/{commit}/src"));
        assert_eq!(Web::new(Some("javascript:alert(1)"), Some(&commit)), None);
        assert_eq!(Web::new(Some("https://github.com/acme/pay"), None), None);
    }
}
