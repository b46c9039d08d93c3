//! What a requirement of a package.json asks for: a package of a registry, something of a catalog, or a folder of the
//! repository (<https://docs.npmjs.com/cli/configuring-npm/package-json#dependencies>, <https://yarnpkg.com/protocols>,
//! <https://pnpm.io/workspaces>). It must not look a version up.
use super::installed;
use shared::Ecosystem;

/// What a key and its requirement name together.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Asked {
    /// A workspace member or a path: the repository's own.
    Own,
    Package {
        ecosystem: Ecosystem,
        name: String,
    },
}

/// Protocols whose target lies in the repository.
const OWN: [&str; 9] = ["workspace:", "link:", "file:", "portal:", "exec:", "./", "../", "~/", "/"];

/// Reads one entry of a table. What is neither own nor an alias is known by its key: ranges, tags, git and other URLs,
/// `owner/repo`, `catalog:`, `backstage:`, `patch:`.
pub(super) fn read(key: &str, requirement: &str) -> Asked {
    let requirement = requirement.trim();
    if OWN.iter().any(|own| requirement.starts_with(own)) || matches!(requirement, "." | "..") {
        return Asked::Own;
    }
    if let Some(alias) = requirement.strip_prefix("jsr:") {
        return Asked::Package { ecosystem: Ecosystem::known("jsr"), name: aliased(alias, key).to_owned() };
    }
    let name = requirement.strip_prefix("npm:").map_or(key, |alias| aliased(alias, key));
    let (ecosystem, name) = installed::registry_name(name);
    Asked::Package { ecosystem, name }
}

/// The catalog that `catalog:` (the default one) or `catalog:name` points at.
pub(super) fn catalog(requirement: &str) -> Option<&str> {
    let name = requirement.strip_prefix("catalog:")?.trim();
    Some(if name.is_empty() { "default" } else { name })
}

/// The real name in `npm:@scope/name@^1.2`; pnpm's and Deno's `npm:^1.2` names nothing and keeps the key.
fn aliased<'t>(alias: &'t str, key: &'t str) -> &'t str {
    let scoped = usize::from(alias.starts_with('@'));
    let name = alias[scoped..].split_once('@').map_or(alias, |(name, _)| &alias[..scoped + name.len()]);
    let first = name.chars().nth(scoped);
    let is_range = !name.starts_with('@') && first.is_none_or(|c| !c.is_ascii_alphabetic() && c != '_');
    if is_range { key } else { name }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_alias_gives_the_real_name() {
        assert_eq!(aliased("@scope/real@^1", "key"), "@scope/real");
        assert_eq!(aliased("real@1.2.3", "key"), "real");
        assert_eq!(aliased("real", "key"), "real");
        assert_eq!(aliased("^1.2.3", "key"), "key");
        assert_eq!(aliased("@", "key"), "@");
        assert_eq!(aliased("", "key"), "key");
    }

    #[test]
    fn protocols_are_known() {
        let package = |ecosystem: &str, name: &str| Asked::Package {
            ecosystem: Ecosystem::known(if ecosystem == "jsr" { "jsr" } else { "npm" }),
            name: name.to_owned(),
        };
        for own in ["workspace:^", "workspace:other@*", "link:../a", "file:a.tgz", "portal:../a", "../a", "./a"] {
            assert_eq!(read("a", own), Asked::Own, "{own}");
        }
        for (requirement, expected) in [
            ("^1", package("npm", "a")),
            ("npm:real@^1", package("npm", "real")),
            ("jsr:^1", package("jsr", "a")),
            ("jsr:@std/path@^1", package("jsr", "@std/path")),
            ("npm:@jsr/std__path@^1", package("jsr", "@std/path")),
            ("backstage:^", package("npm", "a")),
            ("catalog:", package("npm", "a")),
            ("acme/a#v1", package("npm", "a")),
            ("git+ssh://git@acme.dev/a.git", package("npm", "a")),
            ("patch:a@npm%3A1.0.0#~/.yarn/a.patch", package("npm", "a")),
        ] {
            assert_eq!(read("a", requirement), expected, "{requirement}");
        }
        assert_eq!(
            (catalog("catalog:"), catalog("catalog:react18"), catalog("^1")),
            (Some("default"), Some("react18"), None)
        );
    }
}
