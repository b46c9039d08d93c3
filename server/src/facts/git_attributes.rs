//! Reads what `.gitattributes` says of source files: `linguist-vendored` and `linguist-generated`
//! (<https://github.com/github-linguist/linguist/blob/main/docs/overrides.md>).
//! It must not speak of manifests and lock files: many mark those as generated only to fold them in reviews.
use super::{
    exclusion::excluding,
    model::{Exclusion, FileFacts, RepositoryFiles},
    parser::Parser,
};
use globset::{GlobBuilder, GlobMatcher};
use serde::{Deserialize, Serialize};
use shared::RepoPath;

/// Lines of one file that are kept.
const MAX_RULES: usize = 500;

/// Reads `.gitattributes` in any folder.
pub(super) struct GitAttributesParser;

/// One pattern with what it says of one attribute.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Rule {
    pattern: String,
    why: Exclusion,
    set: bool,
    line: u32,
}

impl Parser for GitAttributesParser {
    fn key(&self) -> &'static str {
        "git_attributes"
    }

    fn version(&self) -> u32 {
        1
    }

    fn wants(&self, path: &RepoPath) -> bool {
        path.as_str().ends_with(".gitattributes") && path.file_name() == ".gitattributes"
    }

    fn parse(&self, _file_name: &str, bytes: &[u8]) -> FileFacts {
        let text = String::from_utf8_lossy(bytes);
        let lines = text.lines().enumerate();
        let rules: Vec<Rule> = lines.flat_map(|(at, line)| rules(line, at + 1)).take(MAX_RULES).collect();
        let extra = if rules.is_empty() { None } else { serde_json::to_value(rules).ok() };
        FileFacts { extra: extra.unwrap_or_default(), ..FileFacts::default() }
    }
}

fn rules(line: &str, number: usize) -> Vec<Rule> {
    let mut words = line.split_ascii_whitespace();
    let Some(pattern) = words.next().filter(|pattern| !pattern.starts_with(['#', '!', '[', '"'])) else {
        return vec![];
    };
    let rule = |word: &str| {
        let (name, set) = match word.split_once('=') {
            Some((name, value)) => (name, value != "false"),
            None => (word.trim_start_matches('-'), !word.starts_with('-')),
        };
        let why = match name {
            "linguist-vendored" => Exclusion::Vendored,
            "linguist-generated" => Exclusion::Generated,
            _ => return None,
        };
        Some(Rule { pattern: pattern.to_owned(), why, set, line: u32::try_from(number).unwrap_or(u32::MAX) })
    };
    words.filter_map(rule).collect()
}

/// The rules of one repository, ready to be asked.
pub(crate) struct Attributes {
    /// Folder, matcher and rule; deeper folders and later lines last, as they win.
    rules: Vec<(RepoPath, GlobMatcher, Rule, RepoPath)>,
}

impl Attributes {
    pub(crate) fn of(files: &RepositoryFiles) -> Self {
        let mut rules = vec![];
        for (path, _, facts) in files.of_parser("git_attributes") {
            if excluding(path).is_some() {
                continue;
            }
            let read: Vec<Rule> = serde_json::from_value(facts.extra.clone()).unwrap_or_default();
            let compiled = |rule: Rule| Some((path.parent(), glob(&rule.pattern)?, rule, path.clone()));
            rules.extend(read.into_iter().filter_map(compiled));
        }
        rules.sort_by_key(|(folder, ..)| folder.as_str().len());
        Self { rules }
    }

    /// What is said of a file: why it is left out, or that it is not for that reason, with the reason for people.
    pub(crate) fn of_file(&self, path: &RepoPath, why: Exclusion) -> Option<(bool, String)> {
        let met = self.rules.iter().rev().find(|(folder, glob, rule, _)| {
            rule.why == why && path.starts_with(folder) && glob.is_match(below(path, folder))
        })?;
        let (_, _, rule, file) = met;
        Some((rule.set, format!("{file}:{} says so of {}", rule.line, rule.pattern)))
    }
}

fn below<'p>(path: &'p RepoPath, folder: &RepoPath) -> &'p str {
    path.as_str().get(folder.as_str().len()..).unwrap_or_default().trim_start_matches('/')
}

/// A pattern without a slash means the name in any folder; one that ends in a slash means no file
/// (<https://git-scm.com/docs/gitattributes>).
fn glob(pattern: &str) -> Option<GlobMatcher> {
    if pattern.ends_with('/') {
        return None;
    }
    let text = match pattern.strip_prefix('/') {
        Some(anchored) => anchored.to_owned(),
        None if pattern.contains('/') => pattern.to_owned(),
        None => format!("**/{pattern}"),
    };
    Some(GlobBuilder::new(&text).literal_separator(true).backslash_escape(true).build().ok()?.compile_matcher())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::testing::from_contents;
    use std::collections::BTreeMap;

    fn attributes(files: &[(&str, &str)]) -> Attributes {
        let contents: BTreeMap<RepoPath, Vec<u8>> =
            files.iter().map(|(path, text)| (RepoPath::new(*path).unwrap(), text.as_bytes().to_vec())).collect();
        Attributes::of(&from_contents(&contents, &[&GitAttributesParser]))
    }

    #[test]
    fn the_deepest_folder_and_the_last_line_win() {
        let held = attributes(&[
            (
                ".gitattributes",
                "# x linguist-vendored\n*.js linguist-vendored\n/api/** linguist-generated=true\nlib/ linguist-vendored\n",
            ),
            ("web/.gitattributes", "own.js -linguist-vendored text\n"),
        ]);
        let of = |path: &str, why| held.of_file(&RepoPath::new(path).unwrap(), why).map(|(set, _)| set);
        assert_eq!(of("web/other.js", Exclusion::Vendored), Some(true));
        assert_eq!(of("web/own.js", Exclusion::Vendored), Some(false));
        assert_eq!(of("api/v1/a.go", Exclusion::Generated), Some(true));
        assert_eq!(of("lib/a.go", Exclusion::Vendored), None);
        assert_eq!(of("x", Exclusion::Vendored), None);
    }

    #[test]
    fn hostile_files_are_no_rules() {
        let held = attributes(&[(
            ".gitattributes",
            "[ linguist-vendored\n{a linguist-generated\n\u{0}\n**** linguist-vendored=x\n",
        )]);
        assert!(held.rules.len() <= 2);
    }
}
