//! Matchers of offers as what `git grep` and `grep` look for.
//! It must not look for anything a matcher does not name.
use super::past::PastOffer;
use std::collections::{BTreeMap, BTreeSet};

/// One thing to look for in a tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Search {
    /// Lines that meet an extended regular expression, in files whose paths meet one of the globs.
    Lines { pattern: String, files: &'static [&'static str] },
    /// Lines that hold a text.
    Text(String),
    /// Files whose paths meet an extended regular expression.
    Names(String),
}

/// Where the names of an ecosystem's packages are written down.
const MANIFESTS: &[(&str, &[&str])] = &[
    ("buf", &["**/buf*.yaml"]),
    ("cargo", &["**/Cargo.toml"]),
    ("cocoapods", &["**/Podfile", "**/*.podspec*"]),
    ("composer", &["**/composer.json"]),
    ("conan", &["**/conanfile.*"]),
    ("conda", &["**/environment*.y*ml"]),
    ("devcontainer", &["**/*devcontainer.json"]),
    ("gem", &["**/Gemfile", "**/*.gemspec"]),
    ("git", &["**/.gitmodules"]),
    ("go", &["**/go.mod"]),
    ("hex", &["**/mix.exs", "**/rebar.config"]),
    ("jsr", &["**/deno.json*", "**/jsr.json", "**/package.json"]),
    ("maven", &["**/pom.xml", "**/*.gradle", "**/*.gradle.kts", "**/*.versions.toml", "**/*.sbt"]),
    ("npm", &["**/package.json"]),
    ("nuget", &["**/*.*proj", "**/*.props", "**/packages.config"]),
    ("pub", &["**/pubspec.yaml"]),
    ("pypi", &["**/pyproject.toml", "**/*requirements*.txt", "**/setup.py", "**/setup.cfg", "**/Pipfile"]),
    ("swift", &["**/Package.swift"]),
    ("vcpkg", &["**/vcpkg.json"]),
];
const ANYWHERE: &[&str] = &["**"];
const ACTIONS: &[&str] = &[".github/**", "**/action.y*ml"];
const PIPELINES: &[&str] = &["**/*.y*ml", "**/*Jenkinsfile*"];
const IMAGES: &[&str] = &["**/*Dockerfile*", "**/*Containerfile*", "**/*.y*ml"];
const CHARTS: &[&str] = &["**/Chart.yaml", "**/requirements.yaml", "**/helmfile*.yaml"];
const MODULES: &[&str] = &["**/*.tf", "**/*.tofu", "**/*.hcl"];
const MANIFESTS_OF_KUBERNETES: &[&str] = &["**/*.y*ml"];

/// What shows the offers: matchers that look in the same files are one search.
pub(super) fn searches(offers: &[&PastOffer]) -> Vec<Search> {
    let mut lines: BTreeMap<&'static [&'static str], BTreeSet<String>> = BTreeMap::new();
    let mut names = BTreeSet::new();
    let mut texts = BTreeSet::new();
    let matchers = offers.iter().flat_map(|offer| &offer.detect).filter_map(|matcher| matcher.split_once(": "));
    for (kind, text) in matchers {
        match kind {
            "files" => drop(names.insert(path_pattern(text))),
            "imports" | "symbols" => drop(texts.insert(text.to_owned())),
            _ => {
                let (pattern, files) = line_pattern(kind, text);
                lines.entry(files).or_default().insert(pattern);
            }
        }
    }
    let lines = lines.into_iter().map(|(files, patterns)| Search::Lines { pattern: any_of(patterns), files });
    let names = (!names.is_empty()).then(|| Search::Names(any_of(names)));
    lines.chain(names).chain(texts.into_iter().map(Search::Text)).collect()
}

fn any_of(patterns: BTreeSet<String>) -> String {
    patterns.into_iter().collect::<Vec<_>>().join("|")
}

fn line_pattern(kind: &str, text: &str) -> (String, &'static [&'static str]) {
    let (before, name) = text.split_once(':').unwrap_or(("", text));
    match kind {
        "packages" => (package_pattern(before, name), manifests(before)),
        "images" => (format!("(^|[^[:alnum:]_.-]){}($|[^[:alnum:]_./-])", name_pattern(text)), IMAGES),
        "actions" if before.is_empty() => (bounded(&name_pattern(text)), ACTIONS),
        "actions" => (bounded(&name_pattern(name)), PIPELINES),
        "charts" => (bounded(&name_pattern(text)), CHARTS),
        "modules" => (name_pattern(text), MODULES),
        // A kind's group stands in `apiVersion`, the kind on a line of its own.
        "resources" => (name_pattern(text.split('/').next().unwrap_or(text)), MANIFESTS_OF_KUBERNETES),
        _ => (name_pattern(text), ANYWHERE),
    }
}

fn manifests(ecosystem: &str) -> &'static [&'static str] {
    MANIFESTS.iter().find(|(of, _)| *of == ecosystem).map_or(ANYWHERE, |(_, files)| files)
}

/// A package as its manifests write it: Go modules with any major version, PyPI names in any of their spellings, of Maven's
/// coordinates the artifact, which stands on a line of its own in a POM.
fn package_pattern(ecosystem: &str, name: &str) -> String {
    match ecosystem {
        "go" => bounded(&format!("{}(/v[0-9]+)?", name_pattern(name))),
        "pypi" => bounded(&name_pattern(&name.replace(['_', '.'], "-")).replace('-', "[-_.]")),
        "maven" => match name.split_once(':') {
            Some((_, artifact)) if artifact.chars().any(char::is_alphanumeric) => bounded(&name_pattern(artifact)),
            Some((group, _)) => bounded(&name_pattern(group)),
            None => bounded(&name_pattern(name)),
        },
        _ => bounded(&name_pattern(name)),
    }
}

/// The name as a whole, not as a part of a longer one.
fn bounded(pattern: &str) -> String {
    format!("(^|[^[:alnum:]_./@-]){pattern}($|[^[:alnum:]_./-])")
}

/// A name with `*` (within a segment) and `**` (anything) as an extended regular expression.
fn name_pattern(name: &str) -> String {
    let deep = name.split("**").map(|part| part.split('*').map(escaped).collect::<Vec<_>>().join("[^/:]*"));
    deep.collect::<Vec<_>>().join(".*")
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if r"\.^$*+?()[]{}|".contains(c) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// A file glob as an extended regular expression over whole paths.
fn path_pattern(glob: &str) -> String {
    let mut out = String::from("^");
    let mut rest = glob;
    let mut depth = 0;
    while let Some(c) = rest.chars().next() {
        let (text, used) = match c {
            '*' if rest.starts_with("**/") => ("(.*/)?".to_owned(), 3),
            '*' if rest.starts_with("**") => (".*".to_owned(), 2),
            '*' => ("[^/]*".to_owned(), 1),
            '?' => ("[^/]".to_owned(), 1),
            '[' => class(rest),
            '{' => ("(".to_owned(), 1),
            '}' if depth > 0 => (")".to_owned(), 1),
            ',' if depth > 0 => ("|".to_owned(), 1),
            '\\' => rest[1..]
                .chars()
                .next()
                .map_or_else(|| (r"\\".to_owned(), 1), |c| (escaped(c.encode_utf8(&mut [0; 4])), 1 + c.len_utf8())),
            other => (escaped(other.encode_utf8(&mut [0; 4])), other.len_utf8()),
        };
        depth = match c {
            '{' => depth + 1,
            '}' if depth > 0 => depth - 1,
            _ => depth,
        };
        out.push_str(&text);
        rest = &rest[used..];
    }
    out.push('$');
    out
}

/// A class as it stands, `[!a]` as `[^a]`; a bracket without its end as itself.
fn class(rest: &str) -> (String, usize) {
    match rest.find(']') {
        Some(end) if end > 1 => (rest[..=end].replacen("[!", "[^", 1), end + 1),
        _ => (r"\[".to_owned(), 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metrics::testing::capability;
    use shared::OfferPath;

    fn of(detect: &[&str]) -> Vec<Search> {
        let mut offer = capability("flags", &[("flagship", OfferPath::Golden)]).offers.remove(0);
        offer.detect = detect.iter().map(|text| (*text).to_owned()).collect();
        searches(&[&offer])
    }

    #[test]
    fn matchers_of_one_kind_of_file_are_one_search() {
        let both = of(&["packages: npm:@acme/flags", "packages: npm:launchdarkly-*", "imports: acme.flags"]);
        let pattern = "(^|[^[:alnum:]_./@-])@acme/flags($|[^[:alnum:]_./-])|\
                       (^|[^[:alnum:]_./@-])launchdarkly-[^/:]*($|[^[:alnum:]_./-])";
        let lines = Search::Lines { pattern: pattern.to_owned(), files: &["**/package.json"] };
        assert_eq!(both, [lines, Search::Text("acme.flags".to_owned())]);
        assert_eq!(of(&[]), []);
        assert_eq!(of(&["what is this"]), []);
    }

    #[test]
    fn each_ecosystem_is_looked_for_as_it_is_written() {
        let name = |ecosystem, name| {
            package_pattern(ecosystem, name).replace("(^|[^[:alnum:]_./@-])", "<").replace("($|[^[:alnum:]_./-])", ">")
        };
        assert_eq!(name("pypi", "flask_login"), "<flask[-_.]login>");
        assert_eq!(name("maven", "com.acme:flags-*"), "<flags-[^/:]*>");
        assert_eq!(name("maven", "com.acme:*"), r"<com\.acme>");
        assert_eq!(name("go", "acme.dev/**"), r"<acme\.dev/.*(/v[0-9]+)?>");
        assert_eq!(
            line_pattern("resources", "cert-manager.io/*"),
            (r"cert-manager\.io".to_owned(), MANIFESTS_OF_KUBERNETES)
        );
        assert_eq!(line_pattern("actions", "azure/login").1, ACTIONS);
        assert_eq!(line_pattern("actions", "circleci:acme/orb"), (bounded("acme/orb"), PIPELINES));
    }

    #[test]
    fn globs_become_expressions_over_whole_paths() {
        assert_eq!(path_pattern("**/feature_flags/**"), "^(.*/)?feature_flags/.*$");
        assert_eq!(path_pattern("a.{yml,yaml}"), r"^a\.(yml|yaml)$");
        assert_eq!(path_pattern("[!a]?*,}"), r"^[^a][^/][^/]*,\}$");
        assert_eq!(path_pattern(r"\*["), r"^\*\[$");
    }
}
