//! Which work belongs to which component and to which CODEOWNERS rule, in one pass over a log.
//! It must not weigh it.
use super::{model::RepositoryClaims, people::People, signals::Subject};
use crate::{
    facts::{code_owners::OwnerIndex, work::model::WorkLog},
    scan::Finding,
};
use shared::{RepoPath, Severity};
use std::collections::{BTreeMap, HashMap};

/// Rules of CODEOWNERS that are judged in one repository.
pub(super) const MAX_RULES: usize = 200;

/// The work on each component root and each rule.
pub(super) struct Layout {
    pub(super) by_root: BTreeMap<RepoPath, Subject>,
    /// By position in the CODEOWNERS file; those of most files when there are too many.
    pub(super) by_rule: BTreeMap<usize, RuleWork>,
    pub(super) findings: Vec<Finding>,
}

/// The work on the files of one rule.
#[derive(Default)]
pub(super) struct RuleWork {
    pub(super) subject: Subject,
    /// Files at the tip by component root.
    pub(super) roots: BTreeMap<RepoPath, u32>,
}

/// Where each file belongs.
struct Places<'a> {
    roots: Vec<Option<&'a RepoPath>>,
    rules: Vec<Option<usize>>,
}

impl Layout {
    /// Deals the work out. A file belongs to the deepest root above it and to the rule that decides about it; its work
    /// follows it through renames, and what was deleted since counts as work.
    pub(super) fn new(claims: &RepositoryClaims, log: &WorkLog, people: &People<'_>) -> Self {
        let mut layout = Self { by_root: BTreeMap::new(), by_rule: BTreeMap::new(), findings: vec![] };
        for component in &claims.components {
            layout.by_root.entry(component.root.clone()).or_default();
        }
        let places = layout.places(claims, log);
        layout.count_files(log, &places);
        layout.drop_rules(claims);
        for touch in &log.touches {
            let lines = u64::from(touch.added) + u64::from(touch.removed);
            if touch.formatting || !people.worked(touch.commit) {
                continue;
            }
            let lineage = touch.lineage as usize;
            let is_first = log.lineages[lineage].from == touch.commit && log.lineages[lineage].to.is_none();
            let root = places.roots[lineage].and_then(|root| layout.by_root.get_mut(root));
            let rule = places.rules[lineage].and_then(|rule| layout.by_rule.get_mut(&rule));
            for subject in root.into_iter().chain(rule.map(|rule| &mut rule.subject)) {
                // A bare move is no work on what is in the file.
                if lines > 0 {
                    subject.add(touch.commit, lines);
                }
                if is_first {
                    subject.brought.push((touch.commit, u64::from(touch.added)));
                }
            }
        }
        layout
    }

    fn places<'a>(&mut self, claims: &'a RepositoryClaims, log: &WorkLog) -> Places<'a> {
        let roots: HashMap<&str, &RepoPath> =
            claims.components.iter().map(|component| (component.root.as_str(), &component.root)).collect();
        let rules = claims.code_owners.as_ref().map_or(&[][..], |file| &file.rules);
        let mut index = OwnerIndex::new(rules);
        let places = Places {
            roots: log.lineages.iter().map(|lineage| deepest(&roots, lineage.path.as_str())).collect(),
            rules: log.lineages.iter().map(|lineage| index.rule_of(&lineage.path)).collect(),
        };
        if index.is_exhausted() {
            let message = "Comparing the rules with the files takes too long; later files are judged without them.";
            self.too_many(claims, message.to_owned());
        }
        places
    }

    fn count_files(&mut self, log: &WorkLog, places: &Places<'_>) {
        for (at, lineage) in log.lineages.iter().enumerate().filter(|(_, lineage)| lineage.to.is_none()) {
            debug_assert!(at < places.roots.len(), "every file has its place: {}", lineage.path);
            let (root, rule) = (places.roots[at], places.rules[at]);
            if let Some(subject) = root.and_then(|root| self.by_root.get_mut(root)) {
                subject.count_file(rule);
            }
            if let Some(position) = rule {
                let work = self.by_rule.entry(position).or_default();
                work.subject.count_file(rule);
                if let Some(root) = root {
                    *work.roots.entry(root.clone()).or_default() += 1;
                }
            }
        }
    }

    /// Rules without owners clear; they claim nothing that could be judged.
    fn drop_rules(&mut self, claims: &RepositoryClaims) {
        let Some(file) = &claims.code_owners else { return };
        self.by_rule.retain(|position, _| file.rules.get(*position).is_some_and(|rule| !rule.owners.is_empty()));
        if self.by_rule.len() <= MAX_RULES {
            return;
        }
        let mut sizes: Vec<(u32, usize)> = self.by_rule.iter().map(|(at, rule)| (rule.subject.n_files, *at)).collect();
        sizes.sort_by_key(|(files, at)| (std::cmp::Reverse(*files), *at));
        sizes.iter().skip(MAX_RULES).for_each(|(_, at)| drop(self.by_rule.remove(at)));
        let message = format!(
            "{} rules speak of files; the {MAX_RULES} of most files are judged. Name folders instead of single files.",
            sizes.len()
        );
        self.too_many(claims, message);
    }

    fn too_many(&mut self, claims: &RepositoryClaims, message: String) {
        self.findings.push(Finding {
            rule: "code-owners-too-many-rules".to_owned(),
            severity: Severity::Warning,
            path: claims.code_owners.as_ref().map(|file| file.path.clone()),
            line: None,
            column: None,
            message,
        });
    }
}

impl Subject {
    /// Touches come by commit.
    fn add(&mut self, commit: u32, lines: u64) {
        match self.commits.last_mut() {
            Some((last, held)) if *last == commit => *held += lines,
            _ => self.commits.push((commit, lines)),
        }
    }

    fn count_file(&mut self, rule: Option<usize>) {
        self.n_files += 1;
        if let Some(rule) = rule {
            *self.rules.entry(rule).or_default() += 1;
        }
    }
}

/// The nearest folder at or above the path that is a root.
fn deepest<'a>(roots: &HashMap<&str, &'a RepoPath>, path: &str) -> Option<&'a RepoPath> {
    let mut at = path;
    loop {
        if let Some(root) = roots.get(at) {
            return Some(root);
        }
        if at.is_empty() {
            return None;
        }
        at = at.rsplit_once('/').map_or("", |(folder, _)| folder);
    }
}
