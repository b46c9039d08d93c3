//! Hooks of pre-commit: the repositories they come from, and the packages installed beside them
//! (<https://pre-commit.com/#adding-pre-commit-plugins-to-your-project>). It must not fetch a hook's definition.
use super::{
    manifest, pipeline,
    yaml_file::{self, Node},
};
use crate::facts::{
    model::{DependencyDecl, FileFacts},
    parser::Parser,
};
use shared::{DependencyKind, Ecosystem, RepoPath, Scope};

/// The parser of pre-commit's configuration.
pub(super) struct PreCommit;

/// Languages of well-known hooks that take further packages; the configuration does not say it for hooks from elsewhere.
const HOOKS: &[(&str, &str)] = &[
    ("mypy", "python"),
    ("flake8", "python"),
    ("pylint", "python"),
    ("black", "python"),
    ("blacken-docs", "python"),
    ("isort", "python"),
    ("bandit", "python"),
    ("pydocstyle", "python"),
    ("codespell", "python"),
    ("mdformat", "python"),
    ("pyright", "node"),
    ("prettier", "node"),
    ("eslint", "node"),
    ("stylelint", "node"),
    ("commitlint", "node"),
];

impl Parser for PreCommit {
    fn key(&self) -> &'static str {
        "pre-commit"
    }

    fn version(&self) -> u32 {
        1
    }

    fn wants(&self, path: &RepoPath) -> bool {
        matches!(path.file_name(), ".pre-commit-config.yaml" | ".pre-commit-config.yml")
    }

    fn parse(&self, _file_name: &str, bytes: &[u8]) -> FileFacts {
        // The oldest form is the bare list.
        let fill = |root: &Node, facts: &mut FileFacts| {
            root.get("repos").unwrap_or(root).items().iter().for_each(|repo| read(repo, facts));
        };
        manifest::settle(yaml_file::facts_of(bytes, fill))
    }
}

fn read(repo: &Node, facts: &mut FileFacts) {
    for hook in repo.get("hooks").map(Node::items).unwrap_or_default() {
        let id = hook.text_of("id").unwrap_or_default();
        let known = HOOKS.iter().find(|(hook, _)| *hook == id).map(|(_, language)| *language);
        let language = hook.text_of("language").or(known);
        for item in hook.get("additional_dependencies").map(Node::items).unwrap_or_default() {
            facts.dependencies.extend(item.text().and_then(|text| additional(text, language, item.line)));
        }
    }
    let Some(node) = repo.get("repo") else { return };
    let Some(text) = node.text().filter(|text| !matches!(*text, "local" | "meta" | "builtin")) else { return };
    // A path is a repository on somebody's disk.
    if let Some(name) = pipeline::host_path(text) {
        pipeline::part("pre-commit", (&name, repo.text_of("rev").or_else(|| repo.text_of("sha"))), node.line, facts);
    }
}

/// A package that the hook's environment gets. Without the hook's language only what can be of one language alone is read.
fn additional(text: &str, language: Option<&str>, line: u32) -> Option<DependencyDecl> {
    let text = text.trim();
    if text.starts_with(['.', '/', '-']) || pipeline::is_open(text) || text.contains("://") {
        return None;
    }
    let is_node = text.starts_with('@') || text.split_once('@').is_some_and(|(_, v)| v.starts_with(char::is_numeric));
    let is_python = ["==", ">=", "~=", "["].iter().any(|mark| text.contains(mark));
    let language = language.or(if is_node { Some("node") } else { is_python.then_some("python") });
    let (ecosystem, name, requirement) = match language? {
        "python" | "python_venv" => {
            let (name, requirement) = specifier(text)?;
            (Ecosystem::known("pypi"), name, requirement)
        }
        "node" => {
            let at = text.get(1..).and_then(|rest| rest.find('@')).map(|at| at + 1);
            let (name, version) = at.map_or((text, None), |at| (&text[..at], text.get(at + 1..)));
            (Ecosystem::known("npm"), name.to_owned(), version.map(str::to_owned))
        }
        _ => return None,
    };
    let requirement = requirement.as_deref().and_then(manifest::requirement);
    let kind = DependencyKind::Declared;
    let scope = Scope::Dev;
    manifest::is_name(&name).then_some(DependencyDecl {
        ecosystem,
        name,
        requirement,
        version: None,
        scope,
        kind,
        line: Some(line),
    })
}

/// Name and requirement of `name[extra] >=1 ; marker`, the name as PyPI writes it.
fn specifier(text: &str) -> Option<(String, Option<String>)> {
    let end = text.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'))).unwrap_or(text.len());
    let (name, rest) = text.split_at(end);
    let rest = rest.split(';').next().unwrap_or_default().trim();
    let rest = rest.strip_prefix('[').and_then(|rest| Some(rest.split_once(']')?.1)).unwrap_or(rest).trim();
    let is_spec = rest.is_empty() || rest.starts_with(['=', '<', '>', '!', '~']);
    let name = name.to_ascii_lowercase().replace(['_', '.'], "-");
    (is_spec && !name.is_empty()).then(|| (name, Some(rest.to_owned()).filter(|rest| !rest.is_empty())))
}
