//! Matches one CODEOWNERS pattern against one path, as the forges do.
//! It must not know about rules and owners.
use crate::facts::model::OwnerRule;

/// Whose pattern rules hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Dialect {
    /// As in `.gitignore`, without `!` and `[]`; `docs/*` does not reach into folders below.
    GitHub,
    /// Ruby's `fnmatch`: a pattern without leading `/` matches at any depth, and a folder needs its trailing `/`.
    GitLab,
}

impl Dialect {
    /// Sections and exclusions exist in GitLab's dialect only; without them the two read alike almost always.
    pub(super) fn of(rules: &[OwnerRule]) -> Self {
        let gitlab = rules.iter().any(|rule| rule.section.is_some() || rule.pattern.starts_with('!'));
        if gitlab { Self::GitLab } else { Self::GitHub }
    }
}

/// Whether the pattern matches the file `path`.
pub(super) fn matches(dialect: Dialect, pattern: &str, path: &str) -> bool {
    let (body, folder) = match pattern.strip_suffix('/') {
        Some(body) => (body, true),
        None => (pattern, false),
    };
    let anchored = match dialect {
        Dialect::GitHub => body.contains('/'),
        Dialect::GitLab => body.starts_with('/'),
    };
    let mut segments: Vec<&str> = if anchored { vec![] } else { vec!["**"] };
    segments.extend(body.trim_start_matches('/').split('/').filter(|segment| !segment.is_empty()));
    let path: Vec<&str> = path.split('/').collect();
    if pattern.trim_matches('/').is_empty() {
        // A lone "/" matches nothing on GitHub and everything on GitLab.
        return dialect == Dialect::GitLab && !pattern.is_empty();
    }
    let descends = match dialect {
        Dialect::GitHub => folder || segments.last() != Some(&"*"),
        Dialect::GitLab => folder,
    };
    matches_segments(
        &segments,
        &path,
        if folder {
            Below::Must
        } else if descends {
            Below::May
        } else {
            Below::No
        },
    )
}

/// Whether the path may go on below what the pattern names.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Below {
    No,
    May,
    Must,
}

/// The classic two-pointer walk: `**` is tried with nothing first and grows on failure, so that it stays quick.
fn matches_segments(pattern: &[&str], path: &[&str], below: Below) -> bool {
    let (mut p, mut s) = (0, 0);
    let mut retry: Option<(usize, usize)> = None;
    loop {
        if p == pattern.len() {
            let done = match below {
                Below::No => s == path.len(),
                Below::May => true,
                Below::Must => s < path.len(),
            };
            if done {
                return true;
            }
        } else if pattern[p] == "**" {
            // A last `**` needs something to stand for.
            if p + 1 == pattern.len() {
                return s < path.len();
            }
            retry = Some((p + 1, s));
            p += 1;
            continue;
        } else if s < path.len() && matches_segment(pattern[p].as_bytes(), path[s].as_bytes()) {
            p += 1;
            s += 1;
            continue;
        }
        match retry {
            Some((at, from)) if from < path.len() => {
                retry = Some((at, from + 1));
                (p, s) = (at, from + 1);
            }
            _ => return false,
        }
    }
}

/// One segment: `*` any run, `?` one byte, `\` takes the next byte as it is.
fn matches_segment(pattern: &[u8], name: &[u8]) -> bool {
    let (mut p, mut s) = (0, 0);
    let mut retry: Option<(usize, usize)> = None;
    while s < name.len() {
        let escaped = pattern.get(p) == Some(&b'\\') && p + 1 < pattern.len();
        let literal = if escaped { pattern.get(p + 1) } else { pattern.get(p) };
        if !escaped && literal == Some(&b'*') {
            retry = Some((p + 1, s));
            p += 1;
        } else if literal.is_some_and(|c| *c == name[s] || (!escaped && *c == b'?')) {
            p += 1 + usize::from(escaped);
            s += 1;
        } else if let Some((at, from)) = retry {
            retry = Some((at, from + 1));
            (p, s) = (at, from + 1);
        } else {
            return false;
        }
    }
    pattern[p..].iter().all(|c| *c == b'*')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn github_patterns() {
        for (pattern, yes, no) in [
            ("*", vec!["a", "a/b/c.js"], vec![]),
            ("*.js", vec!["a.js", "x/y/a.js"], vec!["a.jsx"]),
            ("/build/logs/", vec!["build/logs/a", "build/logs/x/a"], vec!["build/logs", "x/build/logs/a"]),
            ("docs/*", vec!["docs/a.md"], vec!["docs/x/a.md", "x/docs/a.md"]),
            ("apps/", vec!["apps/a", "x/apps/a", "x/apps/y/a"], vec!["apps"]),
            ("/docs/", vec!["docs/a", "docs/x/a"], vec!["x/docs/a"]),
            ("/scripts", vec!["scripts", "scripts/a"], vec!["x/scripts"]),
            ("**/logs", vec!["logs/a", "x/logs/a", "deep/er/logs/b/c", "logs"], vec!["x/logs2/a"]),
            ("/apps/github", vec!["apps/github", "apps/github/a"], vec!["x/apps/github"]),
            ("docs/**", vec!["docs/a", "docs/x/y"], vec!["docs", "x/docs/a"]),
            ("docs/**/a.md", vec!["docs/a.md", "docs/x/y/a.md"], vec!["docs/b.md"]),
            ("src/*/test", vec!["src/a/test", "src/a/test/x"], vec!["src/a/b/test", "src/test"]),
            ("fo?.go", vec!["foo.go", "x/fox.go"], vec!["fo.go"]),
            ("a b.md", vec!["a b.md"], vec!["ab.md"]),
            ("[ab].go", vec!["[ab].go"], vec!["a.go"]),
            ("/", vec![], vec!["a"]),
        ] {
            yes.iter().for_each(|path| assert!(matches(Dialect::GitHub, pattern, path), "{pattern} {path}"));
            no.iter().for_each(|path| assert!(!matches(Dialect::GitHub, pattern, path), "{pattern} not {path}"));
        }
    }

    #[test]
    fn gitlab_patterns() {
        for (pattern, yes, no) in [
            ("docs/a.md", vec!["docs/a.md", "x/docs/a.md"], vec!["docs/a.md/b"]),
            ("/docs/a.md", vec!["docs/a.md"], vec!["x/docs/a.md"]),
            ("/docs/", vec!["docs/a", "docs/x/a"], vec!["x/docs/a"]),
            ("/docs", vec!["docs"], vec!["docs/a"]),
            ("/docs/*", vec!["docs/a"], vec!["docs/x/a"]),
            ("/docs/**/*.md", vec!["docs/a.md", "docs/x/a.md"], vec!["docs/a.rb"]),
            ("*", vec!["a", "x/a"], vec![]),
        ] {
            yes.iter().for_each(|path| assert!(matches(Dialect::GitLab, pattern, path), "{pattern} {path}"));
            no.iter().for_each(|path| assert!(!matches(Dialect::GitLab, pattern, path), "{pattern} not {path}"));
        }
    }

    #[test]
    fn many_stars_stay_quick() {
        let path = "a/".repeat(500) + "b";
        assert!(!matches(Dialect::GitHub, &"**/a/".repeat(300).replace("a/", "*a*a*a*/"), &path));
    }

    proptest! {
        #[test]
        fn nothing_panics(pattern in "[a*?/\\\\!é \\[\\]]{0,20}", path in "[aé/]{0,20}") {
            matches(Dialect::GitHub, &pattern, &path);
            matches(Dialect::GitLab, &pattern, &path);
        }
    }
}
