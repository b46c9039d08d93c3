//! What one matcher of an offer is: its kind, the text it looks for, and when an observed name meets it.
//! It must not know which offer it belongs to.
use super::index;
use crate::catalog::nearest::did_you_mean;
use std::{borrow::Cow, fmt};

/// Longer matchers are mistakes.
const MAX_LENGTH: usize = 300;

/// Where a matcher looks. The spelling is the key under `detect`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum MatcherKind {
    Package,
    Image,
    Action,
    Chart,
    Module,
    Resource,
    File,
    Import,
    Symbol,
}

impl MatcherKind {
    pub(crate) const ALL: [Self; 9] = [
        Self::Package,
        Self::Image,
        Self::Action,
        Self::Chart,
        Self::Module,
        Self::Resource,
        Self::File,
        Self::Import,
        Self::Symbol,
    ];

    /// The key under `detect`.
    pub(crate) const fn key(self) -> &'static str {
        match self {
            Self::Package => "packages",
            Self::Image => "images",
            Self::Action => "actions",
            Self::Chart => "charts",
            Self::Module => "modules",
            Self::Resource => "resources",
            Self::File => "files",
            Self::Import => "imports",
            Self::Symbol => "symbols",
        }
    }

    /// The word before the colon in an example; packages carry their ecosystem instead.
    pub(crate) const fn example_word(self) -> &'static str {
        match self {
            Self::Package => "package",
            Self::Image => "image",
            Self::Action => "action",
            Self::Chart => "chart",
            Self::Module => "module",
            Self::Resource => "resource",
            Self::File => "file",
            Self::Import => "import",
            Self::Symbol => "symbol",
        }
    }

    /// What a dependency of this ecosystem is matched as.
    pub(crate) fn of_ecosystem(ecosystem: &str) -> Self {
        match ecosystem {
            "docker" => Self::Image,
            "github-actions" => Self::Action,
            "helm" => Self::Chart,
            "terraform" => Self::Module,
            "kubernetes" => Self::Resource,
            other if CI_SYSTEMS.contains(&other) => Self::Action,
            _ => Self::Package,
        }
    }

    /// The text under which a dependency is looked up: packages and the references of CI systems other than GitHub's
    /// carry their ecosystem before a colon.
    pub(crate) fn observed<'a>(self, ecosystem: &str, name: &'a str) -> Cow<'a, str> {
        match self {
            Self::Package => Cow::Owned(format!("{ecosystem}:{name}")),
            Self::Action if ecosystem != "github-actions" => Cow::Owned(format!("{ecosystem}:{name}")),
            _ => Cow::Borrowed(name),
        }
    }
}

/// Ecosystems whose packages a matcher may name.
pub(crate) const ECOSYSTEMS: [&str; 21] = [
    "cargo",
    "npm",
    "go",
    "pypi",
    "maven",
    "nuget",
    "gem",
    "composer",
    "hex",
    "swift",
    "pub",
    "cocoapods",
    "conan",
    "conda",
    "vcpkg",
    "jsr",
    "buf",
    "git",
    "dapr",
    "mcp",
    "devcontainer",
];

/// Systems whose pipelines refer to shared parts as GitHub's do to actions; written `circleci:owner/orb` under `actions`.
pub(crate) const CI_SYSTEMS: [&str; 6] =
    ["gitlab-ci", "circleci", "azure-pipelines", "jenkins", "buildkite", "pre-commit"];

/// The name under which matcher and observation meet: lower case, without version, default registry or spelling variants.
/// File globs, imports and symbols stay as written.
pub(crate) fn normalise(kind: MatcherKind, text: &str) -> String {
    match kind {
        MatcherKind::File | MatcherKind::Import | MatcherKind::Symbol => text.to_owned(),
        MatcherKind::Package => package(&text.to_lowercase()),
        MatcherKind::Image => image(&text.to_lowercase()),
        MatcherKind::Action => {
            text.to_lowercase().split('@').next().unwrap_or_default().trim_end_matches('/').to_owned()
        }
        MatcherKind::Chart | MatcherKind::Resource => text.to_lowercase(),
        MatcherKind::Module => module(&text.to_lowercase()),
    }
}

/// PyPI names by PEP 503; Go modules without the major version at their end (`/v2`).
fn package(text: &str) -> String {
    let Some((ecosystem, name)) = text.split_once(':') else { return text.to_owned() };
    match ecosystem {
        "pypi" => format!("pypi:{}", name.replace(['_', '.'], "-")),
        "golang" | "go" => format!("go:{}", without_major(name)),
        "rubygems" => format!("gem:{name}"),
        _ => text.to_owned(),
    }
}

fn without_major(name: &str) -> &str {
    let Some((rest, last)) = name.rsplit_once('/') else { return name };
    let is_major = last.strip_prefix('v').is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()));
    if is_major { rest } else { name }
}

/// An image without digest, tag and Docker Hub's own names.
fn image(text: &str) -> String {
    let text = text.split('@').next().unwrap_or_default();
    let slash = text.rfind('/').map_or(0, |at| at + 1);
    let untagged = text[slash..].find(':').map_or(text, |at| &text[..slash + at]);
    let mut name = untagged;
    for prefix in ["docker.io/", "index.docker.io/", "library/"] {
        name = name.strip_prefix(prefix).unwrap_or(name);
    }
    name.to_owned()
}

/// A module source without protocol, default registry, subfolder and query.
fn module(text: &str) -> String {
    let text = text.split('?').next().unwrap_or_default();
    let text = text.strip_prefix("git::").unwrap_or(text);
    let text = text.split_once("://").map_or(text, |(_, rest)| rest);
    let text = text.split("//").next().unwrap_or_default();
    let mut name = text.trim_end_matches(".git");
    for prefix in ["registry.terraform.io/", "registry.opentofu.org/"] {
        name = name.strip_prefix(prefix).unwrap_or(name);
    }
    name.to_owned()
}

/// A name, or a name with `*` (anything within a segment) and `**` (anything). Segments end at `/` and `:`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Pattern {
    parts: Vec<Part>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    Text(String),
    WithinSegment,
    Anything,
}

impl Pattern {
    pub(crate) fn new(text: &str) -> Self {
        let mut parts = Vec::new();
        let mut rest = text;
        while let Some(at) = rest.find('*') {
            if at > 0 {
                parts.push(Part::Text(rest[..at].to_owned()));
            }
            let stars = rest[at..].len() - rest[at..].trim_start_matches('*').len();
            parts.push(if stars == 1 { Part::WithinSegment } else { Part::Anything });
            rest = &rest[at + stars..];
        }
        if !rest.is_empty() {
            parts.push(Part::Text(rest.to_owned()));
        }
        Self { parts }
    }

    /// The text before the first star.
    pub(crate) fn prefix(&self) -> &str {
        match self.parts.first() {
            Some(Part::Text(text)) => text,
            _ => "",
        }
    }

    pub(crate) fn matches(&self, name: &str) -> bool {
        // The set of positions in `name` that the parts so far can end at: linear in both, whatever the stars.
        let mut ends = vec![false; name.len() + 1];
        ends[0] = true;
        for part in &self.parts {
            ends = part.advance(name, &ends);
        }
        ends[name.len()]
    }
}

impl Part {
    fn advance(&self, name: &str, starts: &[bool]) -> Vec<bool> {
        let bytes = name.as_bytes();
        let mut ends = vec![false; starts.len()];
        match self {
            Self::Text(text) => {
                for (at, _) in starts.iter().enumerate().filter(|(_, start)| **start) {
                    if bytes[at..].starts_with(text.as_bytes()) {
                        ends[at + text.len()] = true;
                    }
                }
            }
            Self::WithinSegment | Self::Anything => {
                let mut open = false;
                for at in 0..starts.len() {
                    let barred = *self == Self::WithinSegment && at > 0 && matches!(bytes[at - 1], b'/' | b':');
                    open = (open && !barred) || starts[at];
                    ends[at] = open;
                }
            }
        }
        ends
    }
}

/// Whether the text can be a matcher of this kind; otherwise what is wrong and what to write.
pub(crate) fn check(kind: MatcherKind, text: &str) -> Result<(), String> {
    let text = text.trim();
    if text.len() > MAX_LENGTH {
        return Err(format!("The matcher has more than {MAX_LENGTH} characters; shorten it with a *."));
    }
    if text.trim_matches(['*', '/', '.', ':']).is_empty() {
        return Err(format!("\"{text}\" matches everything; name something."));
    }
    match kind {
        MatcherKind::Package => check_package(text),
        MatcherKind::File => index::file_glob(text).map(|_| ()).map_err(|error| format!("{error}; mend the glob.")),
        MatcherKind::Import | MatcherKind::Symbol if text.contains('*') || text.contains(char::is_whitespace) => {
            Err(format!("\"{text}\" is looked for as it stands: write it without * and spaces."))
        }
        _ => Ok(()),
    }
}

fn check_package(text: &str) -> Result<(), String> {
    let (ecosystem, name) = text.split_once(':').unwrap_or(("", text));
    if ecosystem.is_empty() {
        return Err(format!("\"{text}\" names no ecosystem; write e.g. npm:{name}."));
    }
    if !ECOSYSTEMS.contains(&ecosystem) {
        let near = did_you_mean(ecosystem, ECOSYSTEMS);
        return Err(format!("\"{ecosystem}\" is no ecosystem; use one of {}.{near}", ECOSYSTEMS.join(", ")));
    }
    if name.trim_matches(['*', '/']).is_empty() {
        return Err(format!("\"{text}\" matches every package of {ecosystem}; name one."));
    }
    Ok(())
}

/// One matcher as compiled.
#[derive(Debug, Clone)]
pub(crate) struct Matcher {
    pub(crate) kind: MatcherKind,
    /// As written.
    pub(crate) text: String,
    /// Positions in `Ruleset::capabilities` and in the capability's offers.
    pub(crate) capability: usize,
    pub(crate) offer: usize,
}

impl fmt::Display for Matcher {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.kind.key(), self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_stays_in_its_segment_and_two_do_not() {
        let star = Pattern::new("npm:launchdarkly-*");
        assert!(star.matches("npm:launchdarkly-js-client-sdk"));
        assert!(star.matches("npm:launchdarkly-"));
        assert!(!star.matches("npm:launch"));
        assert!(!star.matches("npm:launchdarkly-a/b"));
        let deep = Pattern::new("go:go.opentelemetry.io/**");
        assert!(deep.matches("go:go.opentelemetry.io/otel/sdk/metric"));
        assert!(!deep.matches("go:go.opentelemetry.org/otel"));
        let middle = Pattern::new("maven:*.acme:flags-*-sdk");
        assert!(middle.matches("maven:com.acme:flags-java-sdk"));
        assert!(!middle.matches("maven:com.acme:other:flags-java-sdk"));
    }

    #[test]
    fn spelling_variants_meet() {
        assert_eq!(normalise(MatcherKind::Package, "pypi:Flask_Login"), "pypi:flask-login");
        assert_eq!(
            normalise(MatcherKind::Package, "go:github.com/Unleash/unleash-client-go/v4"),
            "go:github.com/unleash/unleash-client-go"
        );
        assert_eq!(normalise(MatcherKind::Package, "go:example.com/vault"), "go:example.com/vault");
        assert_eq!(normalise(MatcherKind::Image, "docker.io/library/Postgres:16-alpine@sha256:ab"), "postgres");
        assert_eq!(normalise(MatcherKind::Image, "localhost:5000/acme/base:1"), "localhost:5000/acme/base");
        assert_eq!(normalise(MatcherKind::Action, "GitHub/codeql-action/init@v3"), "github/codeql-action/init");
        assert_eq!(
            normalise(MatcherKind::Module, "git::https://github.com/acme/vpc.git//modules/a?ref=v1"),
            "github.com/acme/vpc"
        );
        assert_eq!(normalise(MatcherKind::Module, "registry.terraform.io/hashicorp/aws"), "hashicorp/aws");
    }
}
