//! Which packages an imported module may belong to, by ecosystem, best guess first.
//! It must not know what a repository declares.
use super::tables::{artifacts, distributions, is_python_stdlib, prefixes};

/// The ecosystem whose packages a language imports.
pub(super) fn ecosystem_of(language: &str) -> Option<&'static str> {
    Some(match language {
        "Go" => "go",
        "JavaScript" | "JSX" | "TypeScript" | "TSX" | "Vue" | "Svelte" | "CoffeeScript" | "CSS" | "Sass" | "LESS" => {
            "npm"
        }
        "Python" => "pypi",
        "Rust" => "cargo",
        "Java" | "Kotlin" | "Scala" | "Groovy" => "maven",
        "C#" => "nuget",
        "Ruby" => "gem",
        "PHP" => "composer",
        _ => return None,
    })
}

/// The spelling under which a declared name and a candidate meet.
pub(super) fn normalise(ecosystem: &str, name: &str) -> String {
    match ecosystem {
        "pypi" => name.to_lowercase().replace(['_', '.'], "-"),
        "cargo" => name.replace('_', "-"),
        "nuget" | "composer" => name.to_lowercase(),
        _ => name.to_owned(),
    }
}

/// The packages that the module may belong to, normalised, best guess first; none for standard libraries and local names.
pub(super) fn candidates(ecosystem: &str, module: &str) -> Vec<String> {
    match ecosystem {
        "go" => go(module),
        "npm" => npm(module).map(str::to_owned).into_iter().collect(),
        "pypi" => python(module),
        "cargo" => vec![module.split("::").next().unwrap_or_default().replace('_', "-")],
        "maven" => artifacts(module).iter().map(|name| (*name).to_owned()).collect(),
        "nuget" => prefixes(&module.to_lowercase(), '.').map(str::to_owned).collect(),
        "gem" => gem(module),
        "composer" => composer(module),
        _ => vec![],
    }
}

/// Every path above the package; the standard library has no dot in its first segment.
fn go(module: &str) -> Vec<String> {
    if !module.split('/').next().is_some_and(|host| host.contains('.')) {
        return vec![];
    }
    prefixes(module, '/').map(str::to_owned).collect()
}

/// The repository of a Go package where the host's paths tell it.
pub(super) fn go_repository(module: &str) -> Option<&str> {
    let host = module.split('/').next()?;
    let segments = match host {
        "github.com" | "gitlab.com" | "bitbucket.org" | "golang.org" => 3,
        _ => return None,
    };
    let ends = module.match_indices('/').map(|(at, _)| at).chain([module.len()]);
    ends.skip(segments - 1).map(|end| &module[..end]).next()
}

/// `@scope/x/y` is of `@scope/x`, `x/y` of `x`. Schemes, aliases and what no package may be called are none.
fn npm(module: &str) -> Option<&str> {
    let mut segments = module.splitn(3, '/');
    let (first, second) = (segments.next()?, segments.next());
    let part = |text: &str| {
        !text.is_empty()
            && !text.starts_with(['.', '_', '-'])
            && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'-' | b'_' | b'.'))
    };
    if let Some(scope) = first.strip_prefix('@') {
        let second = second.filter(|second| part(scope) && part(second))?;
        return module.get(..first.len() + 1 + second.len());
    }
    part(first).then_some(first)
}

/// The distributions of the table, then equal names; inside packages that several share, by the longer name only.
fn python(module: &str) -> Vec<String> {
    if is_python_stdlib(module.split('.').next().unwrap_or_default()) {
        return vec![];
    }
    let mut names: Vec<String> = distributions(module).iter().map(|name| (*name).to_owned()).collect();
    names.extend(prefixes(module, '.').map(|prefix| normalise("pypi", prefix)));
    names
}

fn gem(module: &str) -> Vec<String> {
    let mut names: Vec<String> = prefixes(module, '/').map(|prefix| prefix.replace('/', "-")).collect();
    let hyphenated: Vec<String> = names.iter().map(|name| name.replace('_', "-")).collect();
    names.extend(hyphenated);
    names
}

/// A namespace's vendor and name; frameworks that go by another name are said.
fn composer(module: &str) -> Vec<String> {
    let mut segments = module.split('\\').map(kebab);
    let Some(vendor) = segments.next() else { return vec![] };
    let mut names: Vec<String> = segments.take(2).map(|name| format!("{vendor}/{name}")).collect();
    names.push(format!("{vendor}/{vendor}"));
    names.extend(match vendor.as_str() {
        "illuminate" => Some("laravel/framework".to_owned()),
        "guzzle-http" => Some("guzzlehttp/guzzle".to_owned()),
        "php-unit" => Some("phpunit/phpunit".to_owned()),
        "doctrine" => Some("doctrine/orm".to_owned()).filter(|_| module.starts_with("Doctrine\\ORM")),
        _ => None,
    });
    names
}

/// `HttpKernel` as `http-kernel`; a run of capitals is one word.
fn kebab(name: &str) -> String {
    let mut out = String::new();
    let mut before = '-';
    for letter in name.chars() {
        if letter.is_ascii_uppercase() && before.is_ascii_lowercase() {
            out.push('-');
        }
        out.push(letter.to_ascii_lowercase());
        before = letter;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn modules_are_of_the_packages_that_hold_them() {
        for (ecosystem, module, wanted) in [
            ("npm", "@acme/flags/react", Some("@acme/flags")),
            ("npm", "lodash/fp", Some("lodash")),
            ("npm", "node:fs", None),
            ("npm", "buffer/", Some("buffer")),
            ("npm", "@/a", None),
            ("npm", "~/a", None),
            ("npm", "#a", None),
            ("npm", "$lib/a", None),
            ("npm", "@acme", None),
            ("npm", "Button", None),
            ("npm", "virtual:pwa", None),
            ("pypi", "yaml.nodes", Some("pyyaml")),
            ("pypi", "os.path", None),
            ("pypi", "flask_sqlalchemy", Some("flask-sqlalchemy")),
            ("pypi", "acme_flags.client", Some("acme-flags-client")),
            ("go", "net/http", None),
            ("go", "acme.dev/flags/v2/x", Some("acme.dev/flags/v2/x")),
            ("cargo", "acme_flags::Client", Some("acme-flags")),
            ("maven", "com.google.common.base.Joiner", Some("com.google.guava:guava")),
            ("nuget", "Acme.Flags", Some("acme.flags")),
            ("gem", "acme/flags", Some("acme-flags")),
            ("composer", "Monolog\\Logger", Some("monolog/logger")),
        ] {
            assert_eq!(candidates(ecosystem, module).first().map(String::as_str), wanted, "{module}");
        }
        assert!(
            candidates("composer", "Symfony\\Component\\HttpKernel\\K").contains(&"symfony/http-kernel".to_owned())
        );
        assert!(candidates("pypi", "acme_flags.client").contains(&"acme-flags".to_owned()));
    }

    #[test]
    fn go_repositories_are_told_by_known_hosts_only() {
        assert_eq!(go_repository("github.com/acme/flags/v2/x"), Some("github.com/acme/flags"));
        assert_eq!(go_repository("golang.org/x/net"), Some("golang.org/x/net"));
        assert_eq!(go_repository("acme.dev/flags"), None);
        assert_eq!(go_repository("github.com/acme"), None);
    }
}
