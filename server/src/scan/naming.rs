//! Names and addresses of repositories: from folders, from URLs, and from a repository's own remote.
//! It must not look into objects or references.
use shared::{RepoName, RepoUrl};
use std::{collections::BTreeSet, path::Path};

/// The name of a repository from its place below the source's folder; `fallback` when it is the folder itself.
pub(super) fn of_folder(relative: &Path, fallback: &Path) -> RepoName {
    let segments: Vec<String> =
        relative.components().map(|c| printable_segment(&c.as_os_str().to_string_lossy())).collect();
    let mut parts: Vec<&str> = segments.iter().map(|s| without_git(s)).filter(|s| !s.is_empty()).collect();
    while parts.len() > 1 && is_redundant(parts[parts.len() - 1], parts[parts.len() - 2]) {
        parts.pop();
    }
    let own = printable_segment(&fallback.file_name().unwrap_or_default().to_string_lossy());
    let text = if parts.is_empty() { without_git(&own).to_owned() } else { parts.join("/") };
    checked(&text)
}

/// The name of a mirrored repository: the last two segments of its path, `owner/name`.
pub(super) fn of_url(url: &RepoUrl) -> RepoName {
    let path = url.as_str().split_once("://").map_or("", |(_, rest)| rest.split_once('/').map_or("", |(_, path)| path));
    let segments: Vec<&str> = path.split('/').filter(|s| !matches!(*s, "" | "." | "..")).collect();
    let last = &segments[segments.len().saturating_sub(2)..];
    checked(without_git(&printable_segment(&last.join("/"))))
}

/// Makes every name unique: the second of the same name becomes `name-2`, in the order given.
pub(super) fn unique(names: Vec<RepoName>) -> Vec<RepoName> {
    let mut taken: BTreeSet<RepoName> = BTreeSet::new();
    let all: BTreeSet<RepoName> = names.iter().cloned().collect();
    names
        .into_iter()
        .map(|name| {
            let free = if taken.contains(&name) { numbered(&name, &taken, &all) } else { name };
            taken.insert(free.clone());
            free
        })
        .collect()
}

fn numbered(name: &RepoName, taken: &BTreeSet<RepoName>, all: &BTreeSet<RepoName>) -> RepoName {
    (2_u32..)
        .map(|n| checked(&format!("{name}-{n}")))
        .find(|candidate| !taken.contains(candidate) && !all.contains(candidate))
        .expect("there are more numbers than repositories")
}

/// The address a person can open, from what git has as a remote: `https://…`, `ssh://git@…` or `git@host:path`.
/// Credentials and `.git` are left out; anything else is no address.
pub(super) fn web_url(remote: &str) -> Option<String> {
    let remote = remote.trim();
    let (host, path) = match remote.split_once("://") {
        Some(("https" | "http" | "ssh" | "git" | "git+ssh", rest)) => {
            let (authority, path) = rest.split_once('/')?;
            let host = authority.rsplit('@').next()?;
            let is_web = remote.starts_with("http");
            (if is_web { host } else { host.split(':').next()? }, path)
        }
        Some(_) => return None,
        None => {
            let (authority, path) = remote.split_once(':')?;
            let (_, host) = authority.split_once('@')?;
            (host, path)
        }
    };
    let path = path.trim_matches('/');
    let path = path.strip_suffix(".git").unwrap_or(path);
    let plain =
        |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._~/:%+@".contains(&b));
    (plain(host) && plain(path) && !host.contains('/')).then(|| format!("https://{host}/{path}"))
}

fn without_git(segment: &str) -> &str {
    segment.strip_suffix(".git").unwrap_or(segment)
}

/// `owner+name/repo`, `owner+name/name` and `name/name` say nothing that the folder above does not say.
fn is_redundant(last: &str, above: &str) -> bool {
    let mirror_of = above.rsplit_once('+').map(|(_, name)| name);
    last == above || mirror_of == Some(last) || (mirror_of.is_some() && last == "repo")
}

fn printable_segment(text: &str) -> String {
    super::error::printable(text).replace(['\u{fffd}', '\\'], "_")
}

/// A name from text that is nearly one; what cannot be mended is called `repository`.
fn checked(text: &str) -> RepoName {
    let mut end = text.len().min(255);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    RepoName::new(text[..end].trim_matches('/'))
        .or_else(|_| RepoName::new("repository"))
        .expect("\"repository\" is a repository name")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_name_their_repositories() {
        for (relative, name) in [
            ("", "estate"),
            ("shop.git", "shop"),
            ("team/shop.git", "team/shop"),
            ("owner+shop/repo", "owner+shop"),
            ("owner+shop/shop.git", "owner+shop"),
            ("team/repo", "team/repo"),
            ("shop/shop.git", "shop"),
        ] {
            assert_eq!(of_folder(Path::new(relative), Path::new("/x/estate.git")).as_str(), name, "{relative}");
        }
        assert_eq!(of_folder(Path::new("a\u{202e}b"), Path::new("/x")).as_str(), "a_u{202e}b");
    }

    #[test]
    fn equal_names_are_numbered_past_taken_ones() {
        let names = ["a", "a", "a-2", "a"].map(|n| RepoName::new(n).unwrap()).to_vec();
        let unique: Vec<String> = unique(names).into_iter().map(String::from).collect();
        assert_eq!(unique, ["a", "a-3", "a-2", "a-4"]);
    }

    #[test]
    fn remotes_become_addresses_without_credentials() {
        for (remote, expected) in [
            ("https://user:secret@git.acme.example/a/b.git", Some("https://git.acme.example/a/b")),
            ("git@git.acme.example:a/b.git", Some("https://git.acme.example/a/b")),
            ("ssh://git@git.acme.example:2222/a/b.git", Some("https://git.acme.example/a/b")),
            ("https://git.acme.example:8443/a/b", Some("https://git.acme.example:8443/a/b")),
            ("file:///srv/git/a.git", None),
            ("../a", None),
            ("https://x/\"><script>", None),
        ] {
            assert_eq!(web_url(remote).as_deref(), expected, "{remote}");
        }
    }

    #[test]
    fn urls_name_their_repositories_by_owner_and_name() {
        let name = |url: &str| of_url(&RepoUrl::new(url).unwrap()).to_string();
        assert_eq!(name("https://git.acme.example/group/owner/shop.git"), "owner/shop");
        assert_eq!(name("file:///srv/shop.git"), "srv/shop");
        assert_eq!(name("https://git.acme.example"), "repository");
    }
}
