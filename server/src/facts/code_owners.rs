//! Reads CODEOWNERS files (GitHub's and GitLab's dialects; Gitea reads GitHub's) and says which rule a path falls under.
//! It must not judge whether the owners exist or still work on the code.
//!
//! Formats: <https://docs.github.com/en/repositories/managing-your-repositorys-settings-and-features/customizing-your-repository/about-code-owners>
//! and <https://docs.gitlab.com/user/project/codeowners/reference/>.
mod index;
mod pattern;

use super::{
    model::{FileFacts, OwnerRule, Problem},
    parser::Parser,
};
pub use index::OwnerIndex;
use pattern::Dialect;
use shared::{RepoPath, Severity};

/// Where the file may lie, the one that wins first. GitHub and GitLab agree except for their own folder.
pub(crate) const PLACES: &[&str] = &[
    ".github/CODEOWNERS",
    ".gitlab/CODEOWNERS",
    ".gitea/CODEOWNERS",
    ".forgejo/CODEOWNERS",
    "CODEOWNERS",
    "docs/CODEOWNERS",
];

/// Reads CODEOWNERS at the places that forges look at.
pub struct CodeOwnersParser;

impl Parser for CodeOwnersParser {
    fn key(&self) -> &'static str {
        "code_owners"
    }

    fn version(&self) -> u32 {
        1
    }

    fn wants(&self, path: &RepoPath) -> bool {
        path.as_str().ends_with("CODEOWNERS") && PLACES.contains(&path.as_str())
    }

    /// GitHub ignores files over 3 MB.
    fn max_bytes(&self) -> u64 {
        3 << 20
    }

    fn parse(&self, _file_name: &str, bytes: &[u8]) -> FileFacts {
        let text = String::from_utf8_lossy(bytes);
        let mut reader = Reader::default();
        for (index, line) in text.trim_start_matches('\u{feff}').lines().enumerate() {
            reader.read(line.trim(), u32::try_from(index + 1).unwrap_or(u32::MAX));
        }
        reader.facts
    }
}

/// The rule that decides about a file, or `None` when no rule speaks of it. A rule without owners clears.
///
/// Without sections the last match wins. With GitLab's sections the last match of each section counts; the answer is then
/// the last section's that names an owner.
pub fn owners_of<'a>(rules: &'a [OwnerRule], path: &RepoPath) -> Option<&'a OwnerRule> {
    let dialect = Dialect::of(rules);
    let matches = |rule: &OwnerRule| pattern::matches(dialect, index::body(dialect, &rule.pattern), path.as_str());
    let matched = rules.iter().enumerate().filter(|(_, rule)| matches(rule));
    decide(dialect, matched).map(|position| &rules[position])
}

/// The position of the rule that decides, of all that match a path in file order.
fn decide<'a>(dialect: Dialect, matched: impl Iterator<Item = (usize, &'a OwnerRule)>) -> Option<usize> {
    let mut sections: Vec<Section<'a>> = vec![];
    for (position, rule) in matched {
        let section = Section::of(&mut sections, rule);
        // An exclusion is final in its section: later rules do not bring the path back.
        section.excluded |= dialect == Dialect::GitLab && rule.pattern.starts_with('!');
        section.winner = if section.excluded { None } else { Some((position, rule)) };
    }
    let winners = || sections.iter().rev().filter_map(|section| section.winner);
    winners().find(|(_, rule)| !rule.owners.is_empty()).or_else(|| winners().next()).map(|(position, _)| position)
}

/// What a section of the file has said of the path so far.
struct Section<'a> {
    /// Lower-case: sections whose names differ by case only are one.
    name: String,
    winner: Option<(usize, &'a OwnerRule)>,
    excluded: bool,
}

impl<'a> Section<'a> {
    fn of<'s>(sections: &'s mut Vec<Self>, rule: &OwnerRule) -> &'s mut Self {
        let name = rule.section.as_deref().unwrap_or_default().to_lowercase();
        let at = sections.iter().position(|section| section.name == name).unwrap_or(sections.len());
        if at == sections.len() {
            sections.push(Self { name, winner: None, excluded: false });
        }
        &mut sections[at]
    }
}

/// The rule that decides about a folder as a whole: what a new file directly in it would fall under.
pub(crate) fn owners_of_folder<'a>(rules: &'a [OwnerRule], folder: &RepoPath) -> Option<&'a OwnerRule> {
    owners_of(rules, &folder.join("any-file-of-this-folder")?)
}

#[derive(Default)]
struct Reader {
    facts: FileFacts,
    section: Option<String>,
    /// Owners of the section's header, for rules in it that name none.
    default_owners: Vec<String>,
}

impl Reader {
    fn read(&mut self, line: &str, number: u32) {
        if line.is_empty() || line.starts_with('#') {
            return;
        }
        if let Some((name, rest)) = section_header(line) {
            self.section = Some(name.to_owned());
            self.default_owners = self.owners(rest.split_whitespace(), number);
            return;
        }
        let (pattern, rest) = split_pattern(line);
        let mut owners = self.owners(rest.split_whitespace(), number);
        if owners.is_empty() {
            owners.clone_from(&self.default_owners);
        }
        self.facts.code_owners.push(OwnerRule { pattern, owners, section: self.section.clone(), line: number });
    }

    fn owners<'a>(&mut self, words: impl Iterator<Item = &'a str>, line: u32) -> Vec<String> {
        let mut owners = vec![];
        for word in words.take_while(|word| !word.starts_with('#')) {
            if word.len() > 1 && word.contains('@') && !word.ends_with('@') {
                owners.push(word.to_owned());
                continue;
            }
            self.facts.problems.push(Problem {
                rule: "owner-malformed".to_owned(),
                severity: Severity::Warning,
                line: Some(line),
                column: None,
                message: format!("\"{word}\" is no owner; write @user, @organisation/team or a mail address."),
            });
        }
        owners
    }
}

/// `[Name]`, `^[Name]`, `[Name][2]`, each with default owners after it. A pattern such as `[ab].go` is none.
fn section_header(line: &str) -> Option<(&str, &str)> {
    let (name, rest) = line.strip_prefix('^').unwrap_or(line).strip_prefix('[')?.split_once(']')?;
    let rest = match rest.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        Some((count, rest)) if count.bytes().all(|b| b.is_ascii_digit()) => rest,
        _ => rest,
    };
    (!name.trim().is_empty() && (rest.is_empty() || rest.starts_with([' ', '\t']))).then_some((name.trim(), rest))
}

/// The pattern up to the first space that no `\` escapes, and the rest. Other escapes stay for the matcher.
fn split_pattern(line: &str) -> (String, &str) {
    let mut pattern = String::new();
    let mut chars = line.char_indices();
    while let Some((at, c)) = chars.next() {
        match c {
            '\\' => match chars.next() {
                Some((_, next @ (' ' | '\t' | '#'))) => pattern.push(next),
                Some((_, next)) => pattern.extend(['\\', next]),
                None => pattern.push('\\'),
            },
            ' ' | '\t' => return (pattern, &line[at..]),
            _ => pattern.push(c),
        }
    }
    (pattern, "")
}

#[cfg(test)]
mod tests;
