//! Names of what manifests fetch from elsewhere: git repositories, single files, charts.
//! It must not fetch anything, and a local path has no name.
use crate::facts::{ecosystems::manifest, model::DependencyDecl};
use shared::{DependencyKind, Ecosystem, Scope};

/// A git repository as a dependency; `None` for a local path, a template or no address at all.
pub(super) fn git(url: &str, reference: Option<&str>, line: u32) -> Option<DependencyDecl> {
    let name = without_scheme(url)?;
    let name = name.split(['?', '#']).next()?.trim_end_matches('/');
    let name = name.strip_suffix(".git").unwrap_or(name);
    dependency("git", name, reference, line)
}

/// A chart with its repository: `host/path/name`.
pub(super) fn chart(repository: &str, name: &str, reference: Option<&str>, line: u32) -> Option<DependencyDecl> {
    // Argo CD writes registries without `oci://`.
    let plain = (!repository.is_empty()).then(|| repository.to_owned());
    let full = match without_scheme(repository).or(plain) {
        Some(place) => format!("{}/{name}", place.trim_matches('/')),
        None => name.to_owned(),
    };
    dependency("helm", &full, reference, line)
}

/// A resource of a kustomization: a repository by `host/owner/name`, any other file by `host/path`; `None` for a local one.
pub(super) fn resource(written: &str, line: u32) -> Option<DependencyDecl> {
    let (place, query) = written.split_once('?').unwrap_or((written, ""));
    let reference = query.split('&').find_map(|pair| pair.strip_prefix("ref=").or(pair.strip_prefix("version=")));
    let address = written.contains("://") || written.starts_with("git@") || written.starts_with("git::");
    let host = place.split('/').next().unwrap_or_default();
    let forge = matches!(host, "github.com" | "gitlab.com" | "bitbucket.org");
    let remote = address || forge || (host.contains('.') && !host.starts_with('.') && reference.is_some());
    if !remote {
        return None;
    }
    let name = without_scheme(place).or_else(|| Some(place.to_owned()))?;
    let segments: Vec<&str> = name.split('/').collect();
    let (name, reference) = match segments[..] {
        ["raw.githubusercontent.com", owner, repository, "refs", "heads" | "tags", tag, ..]
        | ["raw.githubusercontent.com", owner, repository, tag, ..]
        | ["github.com", owner, repository, "releases", "download", tag, ..]
        | ["github.com", owner, repository, "raw" | "blob" | "tree", tag, ..] => {
            (format!("github.com/{owner}/{repository}"), Some(tag))
        }
        ["github.com" | "bitbucket.org", owner, repository, ..] => {
            let host = segments[0];
            (format!("{host}/{owner}/{}", repository.strip_suffix(".git").unwrap_or(repository)), reference)
        }
        _ => (repository_part(&name).to_owned(), reference),
    };
    dependency("git", &name, reference.filter(|tag| *tag != "latest"), line)
}

/// The part of a git address before the folder inside it.
fn repository_part(name: &str) -> &str {
    let end = name.find(".git/").or_else(|| name.find("//")).unwrap_or(name.len());
    let name = name[..end].trim_end_matches('/');
    name.strip_suffix(".git").unwrap_or(name)
}

/// `host/path` of an address, without scheme, user and `git@host:`; `None` when it is none.
pub(super) fn without_scheme(url: &str) -> Option<String> {
    let url = url.trim();
    let url = url.strip_prefix("git::").unwrap_or(url);
    let place = match url.split_once("://") {
        Some(("file", _)) => return None,
        Some((_, rest)) => {
            let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
            // Credentials have no place in a name.
            let host = host.rsplit_once('@').map_or(host, |(_, host)| host);
            format!("{host}/{path}")
        }
        None => {
            let (host, path) = url.split_once('@')?.1.split_once(':')?;
            format!("{host}/{path}")
        }
    };
    let place = place.trim_end_matches('/');
    (place.len() > 1 && !place.starts_with('/')).then(|| place.to_owned())
}

fn dependency(ecosystem: &'static str, name: &str, reference: Option<&str>, line: u32) -> Option<DependencyDecl> {
    let unknown = |text: &str| text.contains(['$', '%']) || manifest::is_templated(text);
    if unknown(name) || !manifest::is_name(name) {
        return None;
    }
    let is_commit = |text: &str| text.len() == 40 && text.bytes().all(|b| b.is_ascii_hexdigit());
    let reference = reference.filter(|text| !unknown(text)).and_then(manifest::requirement);
    let (version, requirement) = match reference {
        Some(commit) if is_commit(&commit) => (Some(commit), None),
        other => (None, other),
    };
    Some(DependencyDecl {
        ecosystem: Ecosystem::known(ecosystem),
        name: name.to_owned(),
        requirement,
        version,
        scope: Scope::Runtime,
        kind: DependencyKind::Declared,
        line: Some(line),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn resources_elsewhere_become_names() {
        for (written, name, reference) in [
            ("https://github.com/acme/base//overlays/dev?ref=v1", "github.com/acme/base", Some("v1")),
            ("github.com/acme/base/overlays/dev?ref=v1", "github.com/acme/base", Some("v1")),
            ("git@github.com:acme/base.git//x", "github.com/acme/base", None),
            ("https://raw.githubusercontent.com/acme/base/v2/deploy/all.yaml", "github.com/acme/base", Some("v2")),
            ("https://github.com/acme/base/releases/download/v3/install.yaml", "github.com/acme/base", Some("v3")),
            ("https://github.com/acme/base/releases/latest/download/x.yaml", "github.com/acme/base", None),
            ("ssh://git@git.acme.dev/team/base.git/x?ref=main", "git.acme.dev/team/base", Some("main")),
            ("https://get.acme.dev/install.yaml", "get.acme.dev/install.yaml", None),
        ] {
            let found = resource(written, 1).unwrap();
            assert_eq!((found.name.as_str(), found.requirement.as_deref()), (name, reference), "{written}");
        }
        for local in ["../base", "deployment.yaml", "./x", "a.b/c", "base"] {
            assert_eq!(resource(local, 1), None, "{local}");
        }
    }

    #[test]
    fn addresses_lose_what_is_no_name() {
        for (url, name) in [
            ("https://user:word@git.acme.dev/a/b.git", Some("git.acme.dev/a/b")),
            ("git@git.acme.dev:a/b.git", Some("git.acme.dev/a/b")),
            ("ssh://git@git.acme.dev/a/b", Some("git.acme.dev/a/b")),
            ("https://git.acme.dev/${X}/b", None),
            ("{{repoURL}}", None),
            ("file:///tmp/x", None),
            ("./x", None),
        ] {
            assert_eq!(git(url, None, 1).map(|found| found.name), name.map(str::to_owned), "{url}");
        }
        assert_eq!(chart("ghcr.io/acme/charts", "api", None, 1).unwrap().name, "ghcr.io/acme/charts/api");
        assert_eq!(chart("", "api", None, 1).unwrap().name, "api");
    }
}
