//! The names behind the many ways to write a module's or provider's source.
//! It must not fetch anything.

/// A module's name and the reference in its source; `None` for a folder of the same repository or nothing.
///
/// Registry modules keep `namespace/name/provider`; git and archive sources become `host/path` without scheme, user,
/// `.git`, sub-folder and query.
pub(super) fn module(written: &str) -> Option<(String, Option<String>)> {
    let written = written.trim();
    if written.is_empty() || written.starts_with("./") || written.starts_with("../") || written.starts_with('/') {
        return None;
    }
    let (place, query) = written.split_once('?').map_or((written, ""), |(place, query)| (place, query));
    let reference = |pair: &'_ str| pair.strip_prefix("ref=").or(pair.strip_prefix("version=")).map(str::to_owned);
    let reference = query.split('&').find_map(reference);
    // `git::https://…`, `s3::https://…`, `hg::…`
    let place = place.split_once("::").map_or(place, |(_, rest)| rest);
    let (remote, place) = match place.split_once("://") {
        Some((_, rest)) => (true, rest.to_owned()),
        // `git@github.com:acme/x.git`
        None => match place.split_once('@').and_then(|(_, rest)| rest.split_once(':')) {
            Some((host, path)) => (true, format!("{host}/{path}")),
            None => (false, place.to_owned()),
        },
    };
    let place = if remote { place.rsplit_once('@').map_or(place.as_str(), |(_, rest)| rest).to_owned() } else { place };
    let place = place.split("//").next().unwrap_or_default().trim_matches('/');
    let place = place.strip_suffix(".git").unwrap_or(place);
    let place = place.strip_prefix("registry.terraform.io/").unwrap_or(place);
    (!place.is_empty()).then(|| (place.to_owned(), reference))
}

/// A provider's name: `hashicorp/aws`; other registries keep their host.
pub(super) fn provider(written: Option<&str>, local: &str) -> String {
    let written = written.map(|text| text.trim().to_lowercase()).filter(|text| !text.is_empty());
    let Some(written) = written else { return format!("hashicorp/{local}") };
    let public =
        ["registry.terraform.io/", "registry.opentofu.org/"].iter().find_map(|host| written.strip_prefix(host));
    let name = public.unwrap_or(&written);
    if name.contains('/') { name.to_owned() } else { format!("hashicorp/{name}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn module_sources_become_names() {
        for (written, name, reference) in [
            ("terraform-aws-modules/vpc/aws", "terraform-aws-modules/vpc/aws", None),
            ("terraform-aws-modules/iam/aws//modules/x", "terraform-aws-modules/iam/aws", None),
            ("registry.terraform.io/a/b/c", "a/b/c", None),
            ("app.terraform.io/acme/vpc/aws", "app.terraform.io/acme/vpc/aws", None),
            ("github.com/acme/mod//sub?ref=v1", "github.com/acme/mod", Some("v1")),
            ("git::https://github.com/acme/mod.git?ref=v1&depth=1", "github.com/acme/mod", Some("v1")),
            ("git::ssh://git@github.com/acme/mod.git//x", "github.com/acme/mod", None),
            ("git@github.com:acme/mod.git", "github.com/acme/mod", None),
            ("git::https://user:word@git.acme.dev/mod.git", "git.acme.dev/mod", None),
            ("tfr:///acme/vpc/aws?version=3.5.0", "acme/vpc/aws", Some("3.5.0")),
            ("s3::https://s3.amazonaws.com/b/vpc.zip", "s3.amazonaws.com/b/vpc.zip", None),
        ] {
            assert_eq!(module(written), Some((name.to_owned(), reference.map(str::to_owned))), "{written}");
        }
        for local in ["./modules/x", "../x", "/x", ""] {
            assert_eq!(module(local), None, "{local}");
        }
    }

    #[test]
    fn provider_sources_become_names() {
        for (written, local, name) in [
            (Some("hashicorp/aws"), "aws", "hashicorp/aws"),
            (Some("registry.terraform.io/Datadog/datadog"), "dd", "datadog/datadog"),
            (Some("tf.acme.dev/acme/x"), "x", "tf.acme.dev/acme/x"),
            (None, "google", "hashicorp/google"),
        ] {
            assert_eq!(provider(written, local), name);
        }
    }
}
