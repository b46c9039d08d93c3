//! Rules of CODEOWNERS sorted by what a path must hold to fall under them, so that thousands of rules over thousands of
//! files take linear time. It must not answer otherwise than `owners_of`.
use super::{
    decide,
    pattern::{self, Dialect},
};
use crate::facts::model::OwnerRule;
use shared::RepoPath;
use std::collections::HashMap;

/// Comparisons of a rule with a path, over all paths: some seconds at most.
const MAX_COMPARED: usize = 20_000_000;

/// The rules of one file, ready to be asked about many paths.
#[derive(Debug)]
pub struct OwnerIndex<'a> {
    rules: &'a [OwnerRule],
    dialect: Dialect,
    /// Positions of rules by what a path must hold.
    by_need: HashMap<Need<'a>, Vec<usize>>,
    compared: usize,
}

/// What a path must hold to fall under a rule.
#[derive(Debug, PartialEq, Eq, Hash)]
enum Need<'a> {
    /// It is this file or folder, or lies below it.
    Below(&'a str),
    /// A segment is this.
    Segment(&'a str),
    /// A segment ends with a dot and this.
    Extension(&'a str),
    Nothing,
}

impl<'a> OwnerIndex<'a> {
    /// Sorts the rules.
    pub fn new(rules: &'a [OwnerRule]) -> Self {
        let dialect = Dialect::of(rules);
        let mut by_need: HashMap<Need<'a>, Vec<usize>> = HashMap::new();
        for (position, rule) in rules.iter().enumerate() {
            by_need.entry(need(dialect, &rule.pattern)).or_default().push(position);
        }
        Self { rules, dialect, by_need, compared: 0 }
    }

    /// The position of the rule that decides about a file, as `owners_of` has it; `None` past the limit, too.
    pub fn rule_of(&mut self, path: &RepoPath) -> Option<usize> {
        let mut positions: Vec<usize> =
            needs(path.as_str()).into_iter().filter_map(|need| self.by_need.get(&need)).flatten().copied().collect();
        positions.sort_unstable();
        positions.dedup();
        self.compared = self.compared.saturating_add(positions.len());
        if self.is_exhausted() {
            return None;
        }
        let matched = |position: &usize| {
            pattern::matches(self.dialect, body(self.dialect, &self.rules[*position].pattern), path.as_str())
        };
        match self.dialect {
            Dialect::GitHub => positions.into_iter().rev().find(matched),
            Dialect::GitLab => {
                let matched = positions.into_iter().filter(matched);
                decide(self.dialect, matched.map(|position| (position, &self.rules[position])))
            }
        }
    }

    /// Whether the limit of comparisons was hit: later files were not looked up.
    pub fn is_exhausted(&self) -> bool {
        self.compared > MAX_COMPARED
    }
}

/// The pattern without GitLab's mark of an exclusion.
pub(super) fn body(dialect: Dialect, pattern: &str) -> &str {
    match dialect {
        Dialect::GitLab => pattern.strip_prefix('!').unwrap_or(pattern),
        Dialect::GitHub => pattern,
    }
}

fn need(dialect: Dialect, pattern: &str) -> Need<'_> {
    let body = body(dialect, pattern).trim_end_matches('/');
    let anchored = match dialect {
        Dialect::GitHub => body.contains('/'),
        Dialect::GitLab => body.starts_with('/'),
    };
    let rest = body.trim_start_matches('/');
    let is_plain = |segment: &str| !segment.is_empty() && !segment.contains(['*', '?', '\\']);
    if anchored && !rest.starts_with("**") {
        let len =
            rest.split('/').take_while(|segment| is_plain(segment)).fold(0, |len, segment| len + segment.len() + 1);
        return if len == 0 { Need::Nothing } else { Need::Below(&rest[..len - 1]) };
    }
    let first = rest.split('/').find(|segment| *segment != "**").unwrap_or_default();
    if is_plain(first) {
        return Need::Segment(first);
    }
    match first.strip_prefix('*').and_then(|rest| rest.rsplit_once('.')) {
        Some((before, extension)) if is_plain(extension) && (before.is_empty() || is_plain(before)) => {
            Need::Extension(extension)
        }
        _ => Need::Nothing,
    }
}

/// All that a path holds.
fn needs(path: &str) -> Vec<Need<'_>> {
    let mut needs = vec![Need::Nothing, Need::Below(path)];
    needs.extend(path.match_indices('/').map(|(at, _)| Need::Below(&path[..at])));
    for segment in path.split('/') {
        needs.push(Need::Segment(segment));
        needs.extend(segment.rsplit_once('.').map(|(_, extension)| Need::Extension(extension)));
    }
    needs
}

#[cfg(test)]
mod tests {
    use super::{super::owners_of, *};
    use proptest::prelude::*;

    fn rule(pattern: &str, section: Option<&str>, line: u32) -> OwnerRule {
        let owners = if line.is_multiple_of(5) { vec![] } else { vec![format!("@acme/t{line}")] };
        OwnerRule { pattern: pattern.to_owned(), owners, section: section.map(str::to_owned), line }
    }

    fn assert_same(rules: &[OwnerRule], path: &str) {
        let path = RepoPath::new(path).unwrap();
        let found = OwnerIndex::new(rules).rule_of(&path).map(|position| &rules[position]);
        assert_eq!(found, owners_of(rules, &path), "{path} {rules:?}");
    }

    proptest! {
        #[test]
        fn answers_as_the_plain_walk(
            patterns in prop::collection::vec("!?/?(\\*\\*/)?(a|b|a/b|\\*|\\*\\.c|a\\*|a\\.c|\\*\\.b\\.c)(/(\\*|b|\\*\\*|a\\.c))?/?", 1..8),
            sections in prop::collection::vec(prop::option::of("[xy]"), 8),
            path in "(a|b|d)(/(a|b))?(/(a\\.c|x\\.b\\.c|b))?",
            gitlab in any::<bool>(),
        ) {
            let rules: Vec<OwnerRule> = patterns.iter().enumerate().map(|(n, pattern)| {
                let pattern = if gitlab { pattern.as_str() } else { pattern.trim_start_matches('!') };
                let section = if gitlab { sections[n].as_deref() } else { None };
                rule(pattern, section, u32::try_from(n).unwrap() + 1)
            }).collect();
            assert_same(&rules, &path);
        }
    }

    #[test]
    fn thousands_of_rules_are_quick_and_bounded() {
        let rules: Vec<OwnerRule> = (1..=5_000).map(|n| rule(&format!("/services/s{n}/"), None, n)).collect();
        let mut index = OwnerIndex::new(&rules);
        for n in 1..=5_000 {
            let path = RepoPath::new(format!("services/s{n}/src/main.rs")).unwrap();
            assert_eq!(index.rule_of(&path), Some(n - 1));
        }
        assert_eq!(index.compared, 5_000);
        let hostile: Vec<OwnerRule> = (1..=5_000).map(|n| rule("*a*a*a*b", None, n)).collect();
        let mut index = OwnerIndex::new(&hostile);
        let path = RepoPath::new("aaaa/aaaa").unwrap();
        assert!((0..10).all(|_| index.rule_of(&path).is_none()) && !index.is_exhausted());
        index.compared = MAX_COMPARED;
        assert!(index.rule_of(&path).is_none() && index.is_exhausted());
    }
}
